"""Tickets opened and resolved, day by day, so that a month need not read every ticket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from helpdesk.domain.business_time import Calendar
from helpdesk.domain.courts import local
from helpdesk.port import Port, Statement
from helpdesk.stats.pieces import Place
from helpdesk.stats.rolling import add_kept
from helpdesk.stats.rollups import days_of_month, kept_days, kept_rows
from helpdesk.stats.scope import Scope
from helpdesk.stats.source import Source
from helpdesk.stats.ticket_facts import (
    REOPEN_SECONDS,
    OpenedTicket,
    ResolvedTicket,
    fetch_opened,
    fetch_resolved,
)

PART: Final = "ticket"
"""Which of the kept sums they are."""


class Resolution(NamedTuple):
    """How a ticket that was resolved several times was resolved on a day."""

    ticket: int
    """Its id."""

    at: int
    """When it was first resolved on the day, in seconds UTC."""

    first: int
    """Whether that was its first resolution ever."""

    reopened: int
    """Whether it was reopened soon after."""

    calls: int
    """How many inbound calls it took."""

    elapsed_s: int
    """Seconds since it was opened."""

    business_s: int
    """Those in which the desk's own office was open."""


@dataclass(slots=True)
class TicketSums:
    """What became of tickets in a period; each ticket counts once, however often resolved."""

    counts: Counter[str] = field(default_factory=Counter)
    """Tickets ``opened``, ``without_call``, ``resolved``, ``reopened``, ``young``; ``calls``."""

    elapsed: Counter[int] = field(default_factory=Counter)
    """How often each number of seconds to the first resolution occurs."""

    business: Counter[int] = field(default_factory=Counter)
    """The same of the seconds in office hours."""

    several: dict[int, Resolution] = field(default_factory=dict)
    """The first resolution in the period of each ticket that was resolved several times."""

    def add(self, kept: Mapping[str, Any]) -> None:
        """Add what became of tickets on another day, as it is kept."""
        self.counts.update(kept["counts"])
        self.elapsed.update(dict(zip(*kept["elapsed"], strict=True)))
        self.business.update(dict(zip(*kept["business"], strict=True)))
        for each in map(Resolution._make, kept["several"]):
            known = self.several.get(each.ticket)
            if known is not None:
                earlier = known if known.at <= each.at else each
                each = earlier._replace(reopened=max(known.reopened, each.reopened))  # noqa: PLW2901
            self.several[each.ticket] = each

    def as_json(self, several: Sequence[Resolution]) -> dict[str, Any]:
        """The sums as they are kept.

        Args:
            several: The resolutions of tickets that were resolved several times, day by day.
        """
        elapsed, business = (
            [[*times], [*times.values()]] for times in (self.elapsed, self.business)
        )
        return {
            "counts": self.counts, "elapsed": elapsed, "business": business, "several": several,
        }  # fmt: skip

    def settle(self) -> None:
        """Count the tickets that were resolved several times, now that all days are added."""
        for each in self.several.values():
            self._count(each)
        self.several.clear()

    def _count(self, each: Resolution) -> None:
        self.counts["resolved"] += 1
        self.counts["reopened"] += each.reopened
        self.counts["calls"] += each.calls
        if each.first:
            self.elapsed[each.elapsed_s] += 1
            self.business[each.business_s] += 1


def ticket_sums(source: Source) -> TicketSums:
    """Say what became of tickets in the period of a report.

    Args:
        source: What the report is made from.

    Returns:
        The sums: those of kept days where they hold, else of the rows.
    """
    found = _added(source)
    found.counts["young"] = _young(source, found.several.values())
    found.settle()
    return found


def _added(source: Source) -> TicketSums:
    found = TicketSums()
    days, gaps = kept_days(source.port, source.scope, by_day=False)
    for _, kept in kept_rows(source.port, source.scope, PART, days):
        found.add(kept)
    for gap in gaps:
        scope = replace(source.scope, period=gap)
        opened, resolved = fetch_opened(source.port, scope), fetch_resolved(source.port, scope)
        found.add(_summed(opened, resolved, source.calendar))
    return found


def _young(source: Source, several: Iterable[Resolution]) -> int:
    """How many were resolved so lately that they may still be reopened in time."""
    scope, period = source.scope, source.scope.period
    since = max(period.start, scope.as_of - REOPEN_SECONDS + 1)
    if since >= scope.end:
        return 0
    once = _added(source.within(period._replace(start=since))).counts["resolved"]
    return once + sum(each.at >= since for each in several)


def roll_up_tickets(port: Port, scope: Scope, calendar: Calendar) -> list[Statement]:
    """Say what became of tickets on one day, to be kept.

    Args:
        port: The database.
        scope: The day, and the moment whose knowledge counts.
        calendar: When the desk's own office is open.

    Returns:
        The statements that keep it.
    """
    day = local(scope.period.start, scope.period.zone).date().isoformat()
    opened: dict[Place, list[OpenedTicket]] = {}
    resolved: dict[Place, list[ResolvedTicket]] = {}
    for ticket in fetch_opened(port, scope):
        opened.setdefault(Place(day, ticket.court, ticket.office), []).append(ticket)
    for each in fetch_resolved(port, scope):
        resolved.setdefault(Place(day, each.court, each.office), []).append(each)
    return [
        add_kept(PART, place, _summed(opened.get(place, []), resolved.get(place, []), calendar))
        for place in sorted({*opened, *resolved})
    ]


def roll_up_month_of_tickets(port: Port, month: str, scope: Scope) -> list[Statement]:
    """Add up what became of tickets on the days of a month that are all kept.

    Args:
        port: The database.
        month: Such as ``2026-05``.
        scope: Says the zone in which its days are meant.

    Returns:
        The statements that keep it.
    """
    places: dict[tuple[str, str], TicketSums] = {}
    several: dict[tuple[str, str], list[Resolution]] = {}
    for (_, court, office), kept in kept_rows(port, scope, PART, days_of_month(month)):
        several.setdefault((court, office), []).extend(kept["several"])
        places.setdefault((court, office), TicketSums()).add({**kept, "several": []})
    return [
        add_kept(PART, Place(month, *place), sums.as_json(several[place]))
        for place, sums in places.items()
    ]


def _summed(
    opened: Sequence[OpenedTicket], resolved: Sequence[ResolvedTicket], calendar: Calendar
) -> dict[str, Any]:
    once = [_resolution(ticket, calendar) for ticket in resolved if ticket.times == 1]
    elapsed = Counter(each.elapsed_s for each in once)
    business = Counter(each.business_s for each in once)
    return {
        "counts": {
            "opened": len(opened),
            "without_call": sum(not ticket.by_phone for ticket in opened),
            "resolved": len(once),
            "reopened": sum(each.reopened for each in once),
            "calls": sum(each.calls for each in once),
        },
        "elapsed": [[*elapsed], [*elapsed.values()]],
        "business": [[*business], [*business.values()]],
        "several": [_resolution(ticket, calendar) for ticket in resolved if ticket.times > 1],
    }


def _resolution(ticket: ResolvedTicket, calendar: Calendar) -> Resolution:
    return Resolution(
        ticket.id, ticket.resolved_at, int(ticket.first_at == ticket.resolved_at),
        ticket.reopened, ticket.calls, ticket.resolved_at - ticket.opened_at,
        calendar.seconds_open(ticket.opened_at, ticket.resolved_at),
    )  # fmt: skip
