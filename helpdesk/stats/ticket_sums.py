"""Tickets opened and resolved, day by day, so that a month need not read every ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from helpdesk.domain.business_time import Calendar
from helpdesk.domain.courts import local
from helpdesk.port import Port, Statement
from helpdesk.stats.pieces import Place
from helpdesk.stats.rolling import add_kept
from helpdesk.stats.rollups import kept_days, kept_rows
from helpdesk.stats.scope import Scope
from helpdesk.stats.source import Source
from helpdesk.stats.ticket_facts import (
    OpenedTicket,
    ResolvedTicket,
    fetch_opened,
    fetch_resolved,
)

PART: Final = "ticket"
"""Which of the kept sums they are."""


class Resolution(NamedTuple):
    """How one ticket was resolved on a day."""

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
    """What became of tickets in a period."""

    opened: int = 0
    """How many were opened."""

    without_call: int = 0
    """How many of them no call is on."""

    resolved: dict[int, Resolution] = field(default_factory=dict)
    """The first resolution in the period of each ticket that was resolved in it."""

    def add(self, opened: int, without_call: int, resolved: Iterable[Sequence[int]]) -> None:
        """Add what became of tickets on another day."""
        self.opened += opened
        self.without_call += without_call
        for each in map(Resolution._make, resolved):
            known = self.resolved.get(each.ticket)
            if known is None:
                self.resolved[each.ticket] = each
                continue
            earlier = known if known.at <= each.at else each
            again = max(known.reopened, each.reopened)
            self.resolved[each.ticket] = earlier._replace(reopened=again)


def ticket_sums(source: Source) -> TicketSums:
    """Say what became of tickets in the period of a report.

    Args:
        source: What the report is made from.

    Returns:
        The sums: those of kept days where they hold, else of the rows.
    """
    found = TicketSums()
    days, gaps = kept_days(source.port, source.scope, by_day=True)
    for _, kept in kept_rows(source.port, source.scope, PART, days):
        found.add(**kept)
    for gap in gaps:
        scope = replace(source.scope, period=gap)
        opened, resolved = fetch_opened(source.port, scope), fetch_resolved(source.port, scope)
        found.add(**_summed(opened, resolved, source.calendar))
    return found


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


def _summed(
    opened: Sequence[OpenedTicket], resolved: Sequence[ResolvedTicket], calendar: Calendar
) -> dict[str, Any]:
    return {
        "opened": len(opened),
        "without_call": sum(not ticket.by_phone for ticket in opened),
        "resolved": [_resolution(ticket, calendar) for ticket in resolved],
    }


def _resolution(ticket: ResolvedTicket, calendar: Calendar) -> Resolution:
    return Resolution(
        ticket.id, ticket.resolved_at, int(ticket.first_at == ticket.resolved_at),
        ticket.reopened, ticket.calls, ticket.resolved_at - ticket.opened_at,
        calendar.seconds_open(ticket.opened_at, ticket.resolved_at),
    )  # fmt: skip
