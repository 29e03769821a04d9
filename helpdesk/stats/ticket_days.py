"""What happened to tickets in a stretch of time, and what is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from helpdesk.domain.business_time import Calendar
from helpdesk.stats.callback_facts import Callback, fetch_callbacks, kept_ratio, state_of
from helpdesk.stats.escalations import Escalation, escalated_as, fetch_escalations
from helpdesk.stats.left_out import why_nothing
from helpdesk.stats.source import Source
from helpdesk.stats.ticket_facts import (
    OpenedTicket,
    ResolvedTicket,
    fetch_opened,
    fetch_resolved,
)


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
class Facts:
    """What happened to tickets in a period."""

    opened: list[OpenedTicket] = field(default_factory=list)
    """Those that were opened."""

    resolved: list[ResolvedTicket] = field(default_factory=list)
    """Those that were resolved."""

    callbacks: list[Callback] = field(default_factory=list)
    """What was promised for then."""

    escalated: list[Escalation] = field(default_factory=list)
    """What was escalated."""


def facts_of(source: Source, *, resolved: bool = True) -> Facts:
    """Ask for what happened to tickets in the period of a report.

    Args:
        source: What the report is made from.
        resolved: Whether those that were resolved are wanted.

    Returns:
        The facts; what counts for nothing is left out.
    """
    return Facts(
        fetch_opened(source.port, source.scope),
        fetch_resolved(source.port, source.scope) if resolved else [],
        fetch_callbacks(source.port, source.scope),
        [each for each in fetch_escalations(source) if not why_nothing(each)],
    )  # fmt: skip


def callbacks_kept(callbacks: Iterable[Callback], as_of: int) -> dict[str, int]:
    """Count the callbacks that were due, and those of them that were kept.

    Args:
        callbacks: The callbacks.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Returns:
        The counts, as sums of tickets name them.
    """
    kept = kept_ratio([state_of(each, as_of) for each in callbacks])
    return {"kept": kept.part, "due": kept.whole}


def sums_of(facts: Facts, calendar: Calendar, as_of: int) -> dict[str, Any]:
    """Sum up what happened to tickets.

    Args:
        facts: What happened.
        calendar: When the desk's own office is open.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Returns:
        The sums as they are kept.
    """
    opened, resolved = facts.opened, facts.resolved
    once = [_resolution(ticket, calendar) for ticket in resolved if ticket.times == 1]
    answered = [each for each in facts.escalated if each.answered_at is not None]
    return {
        "counts": {
            "opened": len(opened),
            "without_call": sum(not ticket.by_phone for ticket in opened),
            "resolved": len(once),
            "reopened": sum(each.reopened for each in once),
            "calls": sum(each.calls for each in once),
            **callbacks_kept(facts.callbacks, as_of),
            "over": len(answered),
            "bounced": sum(escalated_as(each, as_of) == "bounced" for each in answered),
        },
        "elapsed": in_pairs(Counter(each.elapsed_s for each in once)),
        "business": in_pairs(Counter(each.business_s for each in once)),
        "unanswered": in_pairs(Counter(
            each.returns_at for each in facts.escalated if each.answered_at is None
        )),
        "several": [_resolution(ticket, calendar) for ticket in resolved if ticket.times > 1],
    }  # fmt: skip


def in_pairs(times: Mapping[int, int]) -> list[list[int]]:
    """Lay out how often each value occurs, as it is kept.

    Args:
        times: How often each does.

    Returns:
        The values, and how often each occurs.
    """
    return [[*times], [*times.values()]]


def _resolution(ticket: ResolvedTicket, calendar: Calendar) -> Resolution:
    return Resolution(
        ticket.id, ticket.resolved_at, int(ticket.first_at == ticket.resolved_at),
        ticket.reopened, ticket.calls, ticket.resolved_at - ticket.opened_at,
        calendar.seconds_open(ticket.opened_at, ticket.resolved_at),
    )  # fmt: skip
