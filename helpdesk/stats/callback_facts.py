"""What was promised for a time in a period, and how it was kept (STATS §3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from helpdesk.domain.promises import kept_rate, promise_state, waiting_state
from helpdesk.domain.ratios import Ratio
from helpdesk.port import Port
from helpdesk.stats.calls import ROOTS
from helpdesk.stats.scope import Scope
from helpdesk.stats.source import Source

_MEMBERS: Final = """
WITH RECURSIVE member(id) AS (
    SELECT t.id UNION SELECT m.id FROM member JOIN ticket m ON m.merged_into = member.id
) SELECT id FROM member
"""
_PROMISES: Final = f"""{ROOTS}
SELECT p.id, t.id AS ticket, t.year, t.n, p.clerk, t.court, t.office,
    coalesce(t.symptom, '') AS symptom, p.zone, p.made_at, p.due_at,
    (SELECT min(l.started_at) FROM call_ticket x JOIN call l ON l.id = x.call
        WHERE x.ticket IN ({_MEMBERS}) AND l.direction = 'out'
            AND l.started_at BETWEEN p.made_at AND min(?, coalesce(p.done_at, l.started_at))
    ) AS attempt_at,
    p.done_at, coalesce(p.ended, '') AS ended, p.reason, p.kind, p.struck,
    t.id IN (SELECT ticket FROM tested) AS test, t.status = 'void' AS void
FROM promise p LEFT JOIN root r ON r.ticket = p.ticket
JOIN ticket t ON t.id = coalesce(r.root, p.ticket)
WHERE p.due_at >= ? AND p.due_at < ? AND p.made_at <= ? AND p.kind IN ('callback', 'waiting')
ORDER BY p.due_at, p.id
"""  # noqa: S608 - constant
_CALLBACKS: Final = _PROMISES.replace(
    "p.kind IN ('callback', 'waiting')", "p.kind = 'callback' AND p.struck = 0"
)
"""Those alone."""


class Callback(NamedTuple):
    """One callback or wait that was promised for a time in the period."""

    id: int
    """The promise's id."""

    ticket: int
    """The ticket that it counts for."""

    year: int
    """The year of the ticket's number."""

    n: int
    """Its number in that year."""

    clerk: int
    """Who promised it."""

    court: str
    """The ticket's court."""

    office: str
    """Its office."""

    symptom: str
    """Its symptom, or empty."""

    zone: str
    """In which zone it was promised."""

    made_at: int
    """When it was promised, in seconds UTC."""

    due_at: int
    """For when."""

    attempt_at: int | None
    """When somebody first tried to call back, before it was dealt with."""

    done_at: int | None
    """When it was dealt with, in whatever way."""

    ended: str
    """How: ``called``, ``came`` (the caller called first), ``moved``, ``dropped`` or empty."""

    reason: str
    """Why, where somebody said so."""

    kind: str
    """``callback``, or ``waiting`` for the ticket to be looked at by then."""

    struck: int
    """Whether it was recorded in error."""

    test: int
    """Whether the ticket is a trial."""

    void: int
    """Whether the ticket counts for nothing."""


def fetch_promises(port: Port, scope: Scope) -> list[Callback]:
    """Ask for everything that was promised for a time in the period of a report.

    Args:
        port: The database.
        scope: What the report is about.

    Returns:
        The promises, by when they were due; those that count for nothing among them.
    """
    return _promises(port, scope, _PROMISES)


def _promises(port: Port, scope: Scope, sql: str) -> list[Callback]:
    params = (scope.as_of, scope.period.start, scope.period.end, scope.as_of)
    return within(map(Callback._make, port.query(sql, params).rows), scope)


def within(promises: Iterable[Callback], scope: Scope) -> list[Callback]:
    """Leave out what a report is not about.

    Args:
        promises: Promises for a time in its period.
        scope: What it is about.

    Returns:
        The others, in the same order.
    """
    if scope.everywhere:
        return list(promises)
    return [
        each
        for each in promises
        if scope.meets(each.court, each.office, each.symptom, each.clerk, each.ticket)
    ]


def fetch_callbacks(port: Port, scope: Scope) -> list[Callback]:
    """Ask for the callbacks that were due in the period of a report.

    Args:
        port: The database.
        scope: What the report is about.

    Returns:
        They, by when they were due; none that counts for nothing.
    """
    found = _promises(port, scope, _CALLBACKS)
    return [each for each in found if not (each.test or each.void)]


def state_of(callback: Callback, as_of: int) -> str:
    """What became of a promise, as it was known at a moment.

    Args:
        callback: The promise.
        as_of: The moment, in seconds UTC.

    Returns:
        ``kept``, ``late``, ``missed``, ``cancelled`` or ``pending``.
    """
    if callback.kind == "waiting":
        return waiting_state(callback.due_at, callback.done_at, callback.ended, as_of)
    return promise_state(callback.due_at, callback.attempt_at, callback.done_at, as_of)


def tickets_due(source: Source, clerk: str | None = None) -> list[int]:
    """The tickets of the callbacks that a kept ratio is of.

    Args:
        source: What the report is made from.
        clerk: Only those that the clerk with this id promised; ``None`` for all.

    Returns:
        Their ids, by when the callbacks were due.
    """
    due = (
        each.ticket
        for each in fetch_callbacks(source.port, source.scope)
        if clerk in {None, str(each.clerk)} and kept_rate([state_of(each, source.scope.as_of)]).due
    )
    return list(dict.fromkeys(due))


def kept_by_clerk(source: Source) -> dict[int, Ratio]:
    """How many of the callbacks that each clerk promised were kept.

    Args:
        source: What the report is made from.

    Returns:
        The ratios by the clerk's id; what was cancelled or is not due yet counts for nothing.
    """
    states: dict[int, list[str]] = {}
    for callback in fetch_callbacks(source.port, source.scope):
        states.setdefault(callback.clerk, []).append(state_of(callback, source.scope.as_of))
    return {clerk: kept_ratio(each) for clerk, each in states.items()}


def kept_ratio(states: list[str]) -> Ratio:
    """Count the promises that were kept.

    Args:
        states: What became of each.

    Returns:
        The ratio.
    """
    kept = kept_rate(states)
    return Ratio(kept.kept, kept.due)
