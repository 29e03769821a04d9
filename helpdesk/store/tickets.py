"""The rows of tickets, and their status."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from helpdesk.port import Port, Rows, Statement, Value

MEMBERS: Final = """(WITH RECURSIVE member(id) AS (
        SELECT t.id UNION SELECT m.id FROM member JOIN ticket m ON m.merged_into = member.id
    ) SELECT id FROM member)"""
"""The ids of a ticket ``t`` and of all that go on in it, at whatever depth."""

ROOT: Final = """CASE WHEN b.merged_into IS NULL THEN b.id ELSE (
    WITH RECURSIVE way(id, into_) AS (
        SELECT b.id, b.merged_into
        UNION SELECT u.id, u.merged_into FROM way JOIN ticket u ON u.id = way.into_
    ) SELECT id FROM way WHERE into_ IS NULL) END"""
"""Where a ticket ``b`` goes on; itself when it was never merged.

Few tickets are merged, and the walk takes longer than all the rest.
"""


def of_all(found: str) -> str:
    """What is found in the rows of a ticket ``t`` and of those that were merged into it.

    Few tickets have others merged into them; of the rest only their own rows are looked at.

    Args:
        found: Constant SQL, where ``OF_T`` stands for whose rows they are.

    Returns:
        The SQL.
    """
    own, every = found.replace("OF_T", "= t.id"), found.replace("OF_T", f"IN {MEMBERS}")
    is_root = "EXISTS (SELECT 1 FROM ticket m WHERE m.merged_into = t.id)"
    return f"(CASE WHEN {is_root} THEN {every} ELSE {own} END)"


_ADD = """
INSERT INTO ticket(id, year, n, court, office, zone, clerk, status, opened_at, changed_at)
SELECT ?, ?, max(coalesce(max(n), 0),
    coalesce((SELECT g.n FROM number_given g WHERE g.year = ?), 0)) + 1,
    ?, ?, ?, ?, 'open', ?, ? FROM ticket WHERE year = ?
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
UPDATE ticket SET status = ?, wakes_at = ?, merged_into = NULL, changed_at = ? WHERE id = ?
"""
_SAVE_CHANGED = "UPDATE ticket SET changed_at = ? WHERE id = ?"
_SAVE_CLERK = "UPDATE ticket SET clerk = ?, changed_at = ? WHERE id = ?"
_ADD_TAG = "INSERT INTO tag(ticket, tag) VALUES (?, ?) ON CONFLICT DO NOTHING"
_DROP_TAG = "DELETE FROM tag WHERE ticket = ? AND tag = ?"
_PHONE = "(SELECT p.digits FROM caller_phone p WHERE p.caller = t.caller LIMIT 1)"
_TAGS = "(SELECT group_concat(g.tag, ' ') FROM tag g WHERE g.ticket = t.id)"
COLUMNS: Final = f"""
t.id, t.year, t.n, t.court, t.office, t.zone, t.symptom, t.version, t.status, t.outcome,
t.opened_at, t.changed_at, t.resolved_at, t.wakes_at, t.reopened, t.merged_into, t.caller,
k.login AS clerk, t.clerk AS clerk_id, c.name, c.firm, c.email, c.role,
{_PHONE} AS phone, {_TAGS} AS tags
"""
"""What is fetched of one ticket ``t``, its clerk ``k`` and its caller ``c``."""

_LISTED = """
t.id, t.year, t.n, t.status, t.wakes_at, coalesce(t.outcome, ''), coalesce(t.symptom, ''),
t.court, t.office, t.zone, k.login AS clerk, t.opened_at, t.resolved_at, t.reopened,
coalesce(c.name, ''), coalesce(c.firm, ''), {}, coalesce(c.email, ''), {}
"""
LISTED_COLUMNS: Final = _LISTED.format(f"coalesce({_PHONE}, '')", f"coalesce({_TAGS}, '')")
"""What a ``TicketRow`` holds, as columns of a ticket ``t``, its clerk ``k`` and its caller ``c``;
no place."""

LINE_COLUMNS: Final = _LISTED.format("''", "''")
"""Those without phone and tags, which are rows elsewhere and in no line of a list."""

FILED: Final = f"""
t.id, t.year, t.n, t.status, t.wakes_at, t.outcome, t.symptom, t.court, t.office,
nullif(c.name, ''), nullif(c.firm, ''), {_PHONE}, nullif(c.email, ''), k.login,
t.opened_at, t.zone, t.resolved_at, {_TAGS}
"""
"""What files have of it."""

_FROM = "FROM ticket t JOIN clerk k ON k.id = t.clerk LEFT JOIN caller c ON c.id = t.caller"
_GET = f"SELECT {COLUMNS} {_FROM} WHERE t.id = ?"
_MANY = f"SELECT {COLUMNS} {_FROM} WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id"  # noqa: S608
_BY_NUMBER = f"SELECT {COLUMNS} {_FROM} WHERE t.year = ? AND t.n = ?"


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
    return (_ADD, (ticket, year, year, *place, clerk, at, at, year))


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


def save_unmerged(ticket: int, status: str, wakes_at: int | None, at: int) -> Statement:
    """Take the pointer of a merged ticket away, and give it the status that it had."""
    return (_SAVE_UNMERGED, (status, wakes_at, at, ticket))


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


def get_ticket(port: Port, ticket: int) -> dict[str, Any] | None:
    """Fetch one ticket by its id.

    Args:
        port: The database.
        ticket: The id.

    Returns:
        The row, or ``None``.
    """
    return port.query(_GET, (ticket,)).one()


def find_rows(port: Port, tickets: Sequence[int]) -> Rows:
    """Fetch many tickets.

    Args:
        port: The database.
        tickets: Their ids.

    Returns:
        The rows, oldest first.
    """
    return port.query(_MANY, (json.dumps(list(tickets)),))


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
