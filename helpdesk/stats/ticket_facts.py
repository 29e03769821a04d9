"""Tickets opened and resolved in a period, and what was active at a moment (STATS §1 and §3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple, TypeVar

from helpdesk.port import Port
from helpdesk.stats.calls import ACTIVE_SQL, ROOTS
from helpdesk.stats.scope import Scope
from helpdesk.stats.source import Source

REOPEN_SECONDS: Final = 14 * 86_400
"""R: a ticket that is reopened later than this was resolved all the same."""

_COLUMNS: Final = """
t.id, t.year, t.n, t.clerk, t.court, t.office, coalesce(t.symptom, '') AS symptom, t.opened_at
"""
_COUNTS: Final = "t.status NOT IN ('void', 'merged') AND t.id NOT IN (SELECT ticket FROM tested)"
_OPENED: Final = f"""{ROOTS}
SELECT {_COLUMNS}, EXISTS (SELECT 1 FROM call_ticket y WHERE y.ticket = t.id) AS by_phone
FROM ticket t WHERE t.opened_at >= ? AND t.opened_at < ? AND {_COUNTS}
"""  # noqa: S608 - constant
_RESOLVED: Final = f"""{ROOTS}
, resolved AS MATERIALIZED (
    SELECT s.ticket, min(s.from_at) AS at, max(
        s.to_at <= ? AND s.to_at - s.from_at <= ? AND EXISTS (
            SELECT 1 FROM status_span n WHERE n.ticket = s.ticket AND n.from_at = s.to_at
                AND n.status IN ({ACTIVE_SQL})
        )
    ) AS again
    FROM status_span s WHERE s.status = 'resolved' AND s.from_at >= ? AND s.from_at < ?
    GROUP BY s.ticket
)
SELECT {_COLUMNS}, x.at, (
        SELECT min(f.from_at) FROM status_span f WHERE f.ticket = t.id AND f.status = 'resolved'
    ) AS first_at, (
        SELECT count(*) FROM status_span f
        WHERE f.ticket = t.id AND f.status = 'resolved' AND f.from_at <= ?
    ) AS times, coalesce(x.again, 0) AS reopened, (
        SELECT count(DISTINCT l.id) FROM call_ticket y JOIN call l ON l.id = y.call
        WHERE l.direction = 'in' AND l.started_at <= ? AND (
            y.ticket = t.id OR y.ticket IN (SELECT r.ticket FROM root r WHERE r.root = t.id))
    ) AS calls
FROM resolved x JOIN ticket t ON t.id = x.ticket WHERE {_COUNTS}
"""  # noqa: S608 - constant
_ACTIVE_AT: Final = f"""{ROOTS}
, span(ticket, status, since) AS (
    SELECT ticket, status, from_at FROM status_span
    WHERE to_at IS NULL AND from_at <= ? AND status IN ({ACTIVE_SQL})
    UNION ALL
    SELECT ticket, status, from_at FROM status_span
    WHERE to_at > ? AND from_at <= ? AND status IN ({ACTIVE_SQL})
)
SELECT {_COLUMNS}, s.status, s.since
FROM span s CROSS JOIN ticket t ON t.id = s.ticket WHERE {_COUNTS}
"""  # noqa: S608 - constant


class OpenedTicket(NamedTuple):
    """One ticket that was opened in the period."""

    id: int
    """Its id."""

    year: int
    """The year of its number."""

    n: int
    """Its number in that year."""

    clerk: int
    """Whose it is."""

    court: str
    """Its court."""

    office: str
    """Its office."""

    symptom: str
    """Its symptom, or empty."""

    opened_at: int
    """When it was opened, in seconds UTC."""

    by_phone: int
    """Whether a call is on it."""


class ResolvedTicket(NamedTuple):
    """One ticket that was resolved in the period."""

    id: int
    """Its id."""

    year: int
    """The year of its number."""

    n: int
    """Its number in that year."""

    clerk: int
    """Whose it is."""

    court: str
    """Its court."""

    office: str
    """Its office."""

    symptom: str
    """Its symptom, or empty."""

    opened_at: int
    """When it was opened, in seconds UTC."""

    resolved_at: int
    """When it was first resolved in the period."""

    first_at: int
    """When it was first resolved ever."""

    times: int
    """How often it was resolved, as far as it is known."""

    reopened: int
    """Whether it was reopened within ``REOPEN_SECONDS``."""

    calls: int
    """How many inbound calls it took, those of merged tickets with it."""


class ActiveTicket(NamedTuple):
    """One ticket that was open, waiting or escalated at a moment."""

    id: int
    """Its id."""

    year: int
    """The year of its number."""

    n: int
    """Its number in that year."""

    clerk: int
    """Whose it is."""

    court: str
    """Its court."""

    office: str
    """Its office."""

    symptom: str
    """Its symptom, or empty."""

    opened_at: int
    """When it was opened, in seconds UTC."""

    status: str
    """Its status then."""

    since: int
    """Since when."""


TicketFact = TypeVar("TicketFact", OpenedTicket, ResolvedTicket, ActiveTicket)


def fetch_opened(port: Port, scope: Scope) -> list[OpenedTicket]:
    """Ask for the tickets that were opened in the period; merged ones are none.

    Args:
        port: The database.
        scope: What the report is about.

    Returns:
        They.
    """
    rows = port.query(_OPENED, (scope.period.start, scope.end)).rows
    return _within(map(OpenedTicket._make, rows), scope)


def fetch_resolved(port: Port, scope: Scope) -> list[ResolvedTicket]:
    """Ask for the tickets that were resolved in the period.

    Args:
        port: The database.
        scope: What the report is about.

    Returns:
        They, each once.
    """
    params = (scope.as_of, REOPEN_SECONDS, scope.period.start, scope.end, scope.as_of, scope.as_of)
    rows = port.query(_RESOLVED, params).rows
    return _within(map(ResolvedTicket._make, rows), scope)


def fetch_active(source: Source, at: int) -> list[ActiveTicket]:
    """Ask for the tickets that were open, waiting or escalated at a moment.

    Args:
        source: What the report is made from.
        at: The moment, in seconds UTC.

    Returns:
        They.
    """
    rows = source.port.query(_ACTIVE_AT, (at, at, at)).rows
    return _within(map(ActiveTicket._make, rows), source.scope)


def _within(facts: Iterable[TicketFact], scope: Scope) -> list[Any]:
    return [
        fact
        for fact in facts
        if scope.meets(fact.court, fact.office, fact.symptom, fact.clerk, fact.id)
    ]
