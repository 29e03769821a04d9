"""What was not done at a moment, by status and age (STATS §3 and §9, R10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from helpdesk.domain.ageing import BUCKETS, age_bucket
from helpdesk.domain.courts import local
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.calls import ROOTS
from helpdesk.stats.left_out import moment
from helpdesk.stats.measures import meanings
from helpdesk.stats.percentiles import percentile
from helpdesk.stats.source import Source
from helpdesk.stats.ticket_facts import ActiveTicket, fetch_active

STATUSES: Final = ("open", "due", "waiting", "escalated")
"""The rows: a wait whose time has come is open in lists, and apart here."""

_OF_OLDEST: Final = frozenset({"oldest_s", "oldest_at", "oldest_local"})
_TITLES: Final = {"due": "waiting, time over"}
_OVER: Final = f"""{ROOTS}
SELECT coalesce(r.root, p.ticket) AS ticket, min(p.due_at) FROM promise p
LEFT JOIN root r ON r.ticket = p.ticket
WHERE p.due_at <= ? AND p.made_at <= ? AND p.struck = 0 AND (p.done_at IS NULL OR p.done_at > ?)
GROUP BY 1
"""  # noqa: S608 - constant
_AGES: Final = {
    "under_1h": ("< 1 h", "opened less than an hour before"),
    "h1_4": ("1-4 h", "opened one to four hours before"),
    "today": ("today", "opened longer ago, but no business day has begun since"),
    "d1": ("1 d", "one business day has begun since it was opened"),
    "d2_4": ("2-4 d", "two to four business days have begun since"),
    "d5_9": ("5-9 d", "five to nine business days have begun since"),
    "d10": ("≥ 10 d", "ten business days or more have begun since"),
}
_MEANT: Final = meanings(
    status=("status", "text", (
        "the ticket's status at the moment; waiting, time over: somebody should look at it now, "
        "so that lists show it as open")),
    **{name: (heading, "count", f"tickets {words}") for name, (heading, words) in _AGES.items()},
    tickets=("all", "count", "tickets of any age; merged and void ones and trials left out"),
    median_s=("median age", "seconds", "median of the time since opening, elapsed"),
    oldest_s=("oldest", "seconds", "time since the oldest was opened, elapsed"),
    oldest_at=("oldest, UTC", "text", "when the oldest was opened"),
    oldest_local=("oldest at", "text", "the same in the zone of the report"),
)  # fmt: skip


def backlog(source: Source) -> Table:
    """Tickets open, waiting or escalated at the end of the period, or at as-of when earlier.

    Args:
        source: What it is made from.

    Returns:
        The table.
    """
    at, groups = moment_of(source), _grouped(source)
    every = [ticket for tickets in groups.values() for ticket in tickets]
    zone = source.scope.period.zone
    parts = " + ".join(f"{_said(key)} {len(groups[key]):,}" for key in STATUSES)
    return Table(
        title="Backlog by age",
        columns=tuple(_MEANT),
        rows=tuple((_said(key), *_cells(source, groups[key])) for key in STATUSES),
        total=("total", *_cells(source, every)),
        footer=(
            f"backlog at {local(at, zone):%Y-%m-%d %H:%M:%S %Z}: tickets {len(every):,} = {parts}",
            f"business days of the desk's own office, {source.calendar.zone}",
        ),
        keys=STATUSES,
        tickets=tuple(tuple(ticket.id for ticket in groups[key]) for key in STATUSES),
        shown=("status", *BUCKETS, "tickets", "median_s", "oldest_s"),
        meant=_MEANT,
    )


def moment_of(source: Source) -> int:
    """The moment of a backlog, in seconds UTC."""
    return min(source.scope.as_of, source.scope.period.end)


def tickets_of(source: Source, status: str | None, column: str) -> list[int]:
    """The tickets behind one cell of a backlog.

    Args:
        source: What the report was made from.
        status: One of ``STATUSES``; ``None`` for all.
        column: A bucket or the oldest; any other for tickets of any age.

    Returns:
        Their ids, the oldest of each status first.
    """
    found = [
        ticket
        for key, tickets in _grouped(source).items()
        if status in (None, key)
        for ticket in tickets
        if column not in BUCKETS or _bucket(source, ticket) == column
    ]
    if column in _OF_OLDEST:
        oldest = min((ticket.opened_at for ticket in found), default=None)
        found = [ticket for ticket in found if ticket.opened_at == oldest]
    return [ticket.id for ticket in found]


def _grouped(source: Source) -> dict[str, list[ActiveTicket]]:
    at = moment_of(source)
    over = dict(source.port.query(_OVER, (at, at, at)).rows)
    groups: dict[str, list[ActiveTicket]] = {key: [] for key in STATUSES}
    for ticket in sorted(fetch_active(source, at), key=lambda each: (each.opened_at, each.id)):
        due = ticket.status == "waiting" and ticket.id in over
        groups["due" if due else ticket.status].append(ticket)
    return groups


def _cells(source: Source, tickets: Iterable[ActiveTicket]) -> tuple[Figure, ...]:
    found, counts = list(tickets), dict.fromkeys(BUCKETS, 0)
    at, ages = moment_of(source), Counter[int]()
    for ticket in found:
        counts[_bucket(source, ticket)] += 1
        ages[at - ticket.opened_at] += 1
    oldest = min((ticket.opened_at for ticket in found), default=None)
    return (
        *counts.values(), len(found), percentile(ages, 50), max(ages, default=None),
        *moment(oldest, source.scope.period.zone),
    )  # fmt: skip


def _bucket(source: Source, ticket: ActiveTicket) -> str:
    calendar = source.calendar
    return age_bucket(ticket.opened_at, moment_of(source), calendar.zone, calendar.closed)


def _said(status: str) -> str:
    return _TITLES.get(status, status)
