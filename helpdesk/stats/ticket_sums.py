"""What became of tickets, day by day, so that a month need not read every ticket."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, Final

from helpdesk.domain.business_time import Calendar
from helpdesk.domain.periods import period_of_days
from helpdesk.port import Port, Statement
from helpdesk.stats.callback_facts import Callback, fetch_callbacks
from helpdesk.stats.escalations import Escalation
from helpdesk.stats.kept_rows import kept_rows
from helpdesk.stats.pieces import Place
from helpdesk.stats.rolling import add_kept
from helpdesk.stats.rollups import days_of_month, kept_days
from helpdesk.stats.scope import Scope
from helpdesk.stats.slots import slot_of
from helpdesk.stats.source import Source
from helpdesk.stats.ticket_days import (
    Facts,
    Resolution,
    callbacks_kept,
    facts_of,
    in_pairs,
    sums_of,
)
from helpdesk.stats.ticket_facts import (
    REOPEN_SECONDS,
    OpenedTicket,
    ResolvedTicket,
    fetch_resolved,
)

PART: Final = "ticket"
"""Which of the kept sums they are."""


@dataclass(slots=True)
class TicketSums:
    """What became of tickets in a period; each ticket counts once, however often resolved."""

    counts: Counter[str] = field(default_factory=Counter)
    """Tickets ``opened``, ``without_call``, ``resolved``, ``reopened``, ``young``; ``calls``;
    callbacks ``due`` and ``kept``; escalations that are ``over``, and those that ``bounced``."""

    elapsed: Counter[int] = field(default_factory=Counter)
    """How often each number of seconds to the first resolution occurs."""

    business: Counter[int] = field(default_factory=Counter)
    """The same of the seconds in office hours."""

    unanswered: Counter[int] = field(default_factory=Counter)
    """How many escalations that nobody answered come back by themselves at each moment."""

    several: dict[int, Resolution] = field(default_factory=dict)
    """The first resolution in the period of each ticket that was resolved several times."""

    def add(self, kept: Mapping[str, Any]) -> None:
        """Add what became of tickets on another day, as it is kept."""
        self.counts.update(kept["counts"])
        for times, name in (
            (self.elapsed, "elapsed"), (self.business, "business"),
            (self.unanswered, "unanswered"),
        ):  # fmt: skip
            there = times.get
            for value, many in zip(*kept[name], strict=True):
                times[value] = there(value, 0) + many
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
        return {
            "counts": self.counts, "elapsed": in_pairs(self.elapsed),
            "business": in_pairs(self.business), "unanswered": in_pairs(self.unanswered),
            "several": several,
        }  # fmt: skip

    def settle(self, as_of: int) -> None:
        """Count what could not be counted before all days were added.

        Args:
            as_of: The moment whose knowledge counts, in seconds UTC.
        """
        for each in self.several.values():
            self._count(each)
        self.several.clear()
        bounced = sum(many for at, many in self.unanswered.items() if at <= as_of)
        self.counts.update(over=bounced, bounced=bounced)

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
    found.settle(source.scope.as_of)
    return found


def _added(source: Source) -> TicketSums:
    found = TicketSums()
    days, gaps = kept_days(source.port, source.scope, by_day=False)
    for _, kept in kept_rows(source.port, source.scope, PART, days):
        found.add(kept)
    for gap in gaps:
        there = replace(source, scope=replace(source.scope, period=gap))
        found.add(sums_of(facts_of(there), source.calendar, source.scope.as_of))
    if source.scope.end < source.scope.period.end:  # a callback may be tried before it is due
        ahead = source.scope.period._replace(start=source.scope.end)
        coming = fetch_callbacks(source.port, replace(source.scope, period=ahead))
        found.counts.update(callbacks_kept(coming, source.scope.as_of))
    return found


def _young(source: Source, several: Iterable[Resolution]) -> int:
    """How many were resolved so lately that they may still be reopened in time."""
    scope, period = source.scope, source.scope.period
    since = max(period.start, scope.as_of - REOPEN_SECONDS + 1)
    if since >= scope.end:
        return 0
    once = _added(source.within(period._replace(start=since))).counts["resolved"]
    return once + sum(each.at >= since for each in several)


def roll_up_tickets(
    port: Port, days: Sequence[date], scope: Scope, calendar: Calendar
) -> Iterator[Statement]:
    """Say what became of tickets on whole days, to be kept.

    Args:
        port: The database.
        days: Days that follow one another.
        scope: Says the moment whose knowledge counts, and the zone.
        calendar: When the desk's own office is open.

    Yields:
        The statements that keep it.
    """
    zone = scope.period.zone
    period = period_of_days(days[0], days[-1] + timedelta(days=1), zone)
    every = facts_of(Source(port, replace(scope, period=period), calendar), resolved=False)
    places: defaultdict[Place, Facts] = defaultdict(Facts)

    def there(fact: OpenedTicket | ResolvedTicket | Callback | Escalation, at: int) -> Facts:
        return places[Place(slot_of(at, zone).day.isoformat(), fact.court, fact.office)]

    for opened in every.opened:
        there(opened, opened.opened_at).opened.append(opened)
    for callback in every.callbacks:
        there(callback, callback.due_at).callbacks.append(callback)
    for escalated in every.escalated:
        there(escalated, escalated.at).escalated.append(escalated)
    for day in days:  # a ticket that is resolved on two days is resolved on each of them
        period = period_of_days(day, day + timedelta(days=1), zone)
        for resolved in fetch_resolved(port, replace(scope, period=period)):
            there(resolved, resolved.resolved_at).resolved.append(resolved)
    for place, facts in sorted(places.items(), key=itemgetter(0)):
        yield add_kept(PART, place, sums_of(facts, calendar, scope.as_of))


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
