"""The rows of tickets: their status, and the lists of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.domain.queries import Query
from helpdesk.port import Port, Rows, Statement, Value
from helpdesk.store.search import match_of

_ADD = """
INSERT INTO ticket(id, year, n, court, office, zone, clerk, status, opened_at, changed_at)
SELECT ?, ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, 'open', ?, ? FROM ticket WHERE year = ?
"""
_ADD_SPAN = "INSERT INTO status_span(id, ticket, status, from_at) VALUES (?, ?, ?, ?)"
_END_SPAN = "UPDATE status_span SET to_at = max(?, from_at) WHERE ticket = ? AND to_at IS NULL"
_SAVE_CALLER = """
UPDATE ticket SET caller = ?, court = ?, office = ?, zone = ?, changed_at = ? WHERE id = ?
"""
_SAVE_SYMPTOM = "UPDATE ticket SET symptom = ?, version = ?, changed_at = ? WHERE id = ?"
_SAVE_STATUS = """
UPDATE ticket SET status = ?, outcome = ?, resolved_at = ?, wakes_at = ?, reopened = ?,
    changed_at = ?
WHERE id = ?
"""
_SAVE_MERGED = "UPDATE ticket SET status = 'merged', merged_into = ?, changed_at = ? WHERE id = ?"
_SAVE_UNMERGED = """
UPDATE ticket SET status = ?, merged_into = NULL, changed_at = ? WHERE id = ?
"""
_SAVE_CHANGED = "UPDATE ticket SET changed_at = ? WHERE id = ?"
_SAVE_CLERK = "UPDATE ticket SET clerk = ?, changed_at = ? WHERE id = ?"
_ADD_TAG = "INSERT INTO tag(ticket, tag) VALUES (?, ?) ON CONFLICT DO NOTHING"
_DROP_TAG = "DELETE FROM tag WHERE ticket = ? AND tag = ?"
_COLUMNS = """
t.id, t.year, t.n, t.court, t.office, t.zone, t.symptom, t.version, t.status, t.outcome,
t.opened_at, t.changed_at, t.resolved_at, t.wakes_at, t.reopened, t.merged_into, t.caller,
k.login AS clerk, t.clerk AS clerk_id, c.name, c.firm, c.email, c.role,
(SELECT p.digits FROM caller_phone p WHERE p.caller = t.caller LIMIT 1) AS phone,
(SELECT group_concat(g.tag, ' ') FROM tag g WHERE g.ticket = t.id) AS tags
"""
_FROM = "FROM ticket t JOIN clerk k ON k.id = t.clerk LEFT JOIN caller c ON c.id = t.caller"
_GET = f"SELECT {_COLUMNS} {_FROM} WHERE t.id = ?"
_BY_NUMBER = f"SELECT {_COLUMNS} {_FROM} WHERE t.year = ? AND t.n = ?"
_NUMBER = "SELECT year, n FROM ticket WHERE id = ?"
_OPENED = "t.opened_at >= ? AND t.opened_at < ?"
_STATUS = """
(? = '' OR ? = CASE WHEN t.status = 'waiting' AND t.wakes_at <= ? THEN 'open' ELSE t.status END)
"""
_LIST = f"""
SELECT {_COLUMNS} {_FROM}
WHERE t.opened_at >= ? AND (t.opened_at, t.id) < (?, ?) AND {_STATUS} AND t.status <> 'merged'
ORDER BY t.opened_at DESC, t.id DESC LIMIT ?
"""
_SEARCH = f"""
SELECT {_COLUMNS} {_FROM} JOIN ticket_search s ON s.rowid = t.id
WHERE ticket_search MATCH ? AND {_OPENED} AND {_STATUS} AND s.rowid < ? AND t.status <> 'merged'
ORDER BY s.rowid DESC LIMIT ?
"""
_COUNT_LIST = f"""
SELECT count(*) FROM (
    SELECT 1 FROM ticket t WHERE {_OPENED} AND {_STATUS} AND t.status <> 'merged' LIMIT ?
)
"""  # noqa: S608 - constant
_COUNT_SEARCH = f"""
SELECT count(*) FROM (
    SELECT 1 FROM ticket t JOIN ticket_search s ON s.rowid = t.id
    WHERE ticket_search MATCH ? AND {_OPENED} AND {_STATUS} AND t.status <> 'merged' LIMIT ?
)
"""  # noqa: S608 - constant
_NEVER = 2**62


def add_ticket(
    ticket: int, year: int, place: tuple[str, str, str], clerk: int, at: int
) -> Statement:
    """Write a ticket down; its number is given inside the batch.

    Args:
        ticket: Its id.
        year: The series of its number.
        place: Court, office and the office's zone.
        clerk: Whose it is.
        at: When it was opened, in seconds UTC.

    Returns:
        The statement.
    """
    return (_ADD, (ticket, year, *place, clerk, at, at, year))


def add_span(span: int, ticket: int, status: str, from_at: int) -> Statement:
    """Begin a stretch in one status; every argument is a column."""
    return (_ADD_SPAN, (span, ticket, status, from_at))


def end_span(ticket: int, to_at: int) -> Statement:
    """End the stretch in the status that a ticket has."""
    return (_END_SPAN, (to_at, ticket))


def save_caller(
    ticket: int, caller: int | None, place: tuple[str, str, str], at: int
) -> Statement:
    """Write down whose request it is."""
    return (_SAVE_CALLER, (caller, *place, at, ticket))


def save_symptom(ticket: int, symptom: str, version: str | None, at: int) -> Statement:
    """Write down what is wrong, and the playbook version that the run keeps."""
    return (_SAVE_SYMPTOM, (symptom or None, version, at, ticket))


def save_status(ticket: int, at: int, standing: Mapping[str, Value]) -> Statement:
    """Give a ticket a status.

    Args:
        ticket: The ticket's id.
        at: When, in seconds UTC.
        standing: ``status, outcome, resolved_at, wakes_at`` and ``reopened``.

    Returns:
        The statement.
    """
    names = ("status", "outcome", "resolved_at", "wakes_at", "reopened")
    return (_SAVE_STATUS, (*(standing[name] for name in names), at, ticket))


def save_merged(ticket: int, into: int, at: int) -> Statement:
    """Point a ticket to the one it goes on in."""
    return (_SAVE_MERGED, (into, at, ticket))


def save_unmerged(ticket: int, status: str, at: int) -> Statement:
    """Take the pointer of a merged ticket away, and give it the status that it had."""
    return (_SAVE_UNMERGED, (status, at, ticket))


def save_changed(ticket: int, at: int) -> Statement:
    """Write down that a ticket was changed."""
    return (_SAVE_CHANGED, (at, ticket))


def save_clerk(ticket: int, clerk: int, at: int) -> Statement:
    """Write down whose a ticket is."""
    return (_SAVE_CLERK, (clerk, at, ticket))


def add_tag(ticket: int, tag: str) -> Statement:
    """Tag a ticket."""
    return (_ADD_TAG, (ticket, tag))


def drop_tag(ticket: int, tag: str) -> Statement:
    """Take a tag off a ticket."""
    return (_DROP_TAG, (ticket, tag))


def read_number(ticket: int) -> Statement:
    """Ask, in the batch that makes a ticket, which number it got."""
    return (_NUMBER, (ticket,))


def get_ticket(port: Port, ticket: int) -> dict[str, Any] | None:
    """Fetch one ticket by its id.

    Args:
        port: The database.
        ticket: The id.

    Returns:
        The row, or ``None``.
    """
    return port.query(_GET, (ticket,)).one()


def find_number(port: Port, year: int, n: int) -> dict[str, Any] | None:
    """Fetch one ticket by its number.

    Args:
        port: The database.
        year: The series.
        n: The place in it.

    Returns:
        The row, or ``None``.
    """
    return port.query(_BY_NUMBER, (year, n)).one()


def find_tickets(
    port: Port, query: Query, now: int, limit: int, before: tuple[int, int] | None = None
) -> Rows:
    """List tickets, newest first.

    Args:
        port: The database.
        query: Which ones.
        now: The moment, for what wakes by itself.
        limit: The most to fetch.
        before: ``opened_at`` and id of the last row seen, for the page after it.

    Returns:
        The rows; merged tickets are found under the one they went on in.
    """
    opened, status = _opened(query), _status(query, now)
    if match := match_of(query):
        below = before[1] if before else _NEVER
        return port.query(_SEARCH, (match, *opened, *status, below, limit))
    start, end = opened
    return port.query(_LIST, (start, *(before or (end, 0)), *status, limit))


def count_tickets(port: Port, query: Query, now: int, most: int) -> int:
    """Count tickets, but no further than anybody reads.

    Args:
        port: The database.
        query: Which ones.
        now: The moment, for what wakes by itself.
        most: Where counting stops.

    Returns:
        How many there are; ``most`` for that many or more.
    """
    filters = (*_opened(query), *_status(query, now))
    if match := match_of(query):
        return int(port.query(_COUNT_SEARCH, (match, *filters, most)).value())
    return int(port.query(_COUNT_LIST, (*filters, most)).value())


def _opened(query: Query) -> tuple[int, int]:
    """Both ends are always given: only a plain range is looked up in the index."""
    start, end = (query.opened.start, query.opened.end) if query.opened else (None, None)
    return (0 if start is None else start, _NEVER if end is None else end)


def _status(query: Query, now: int) -> tuple[Value, ...]:
    return (query.status, query.status, now)
