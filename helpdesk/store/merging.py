"""What went on in what: the pointers of merged tickets, followed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Rows

_ROOTS: Final = """
WITH RECURSIVE way(first, id, merged_into) AS (
    SELECT t.id, t.id, t.merged_into FROM ticket t
    WHERE t.id IN (SELECT value FROM json_each(?))
    UNION
    SELECT w.first, t.id, t.merged_into FROM way w JOIN ticket t ON t.id = w.merged_into
)
SELECT first, id FROM way WHERE merged_into IS NULL
"""
_MEMBERS: Final = """
WITH RECURSIVE member(id) AS (
    SELECT ?
    UNION
    SELECT t.id FROM member m JOIN ticket t ON t.merged_into = m.id
)
SELECT t.id, t.year, t.n, t.opened_at FROM member m JOIN ticket t ON t.id = m.id
WHERE t.id <> ? ORDER BY t.opened_at, t.id
"""
_STATUS_BEFORE: Final = """
SELECT status FROM status_span WHERE ticket = ? AND status <> 'merged'
ORDER BY from_at DESC, id DESC LIMIT 1
"""
_SETTLED: Final = """
SELECT CAST(substr(v.field, 12) AS INTEGER) FROM journal j
JOIN journal_value v ON v.entry = j.id AND v.field LIKE 'escalation/%/answer'
WHERE j.subject = ? AND v.new = 'settled' AND j.seq = (
    SELECT max(e.seq) FROM journal e JOIN journal_value m ON m.entry = e.id
    WHERE e.subject = ? AND m.field = ? AND m.new IS NOT NULL
)
"""
_MOVED_CALLS: Final = """
SELECT c.call FROM journal j JOIN journal_value v ON v.entry = j.id
JOIN call_ticket c ON v.field = 'call_ticket/' || c.call || '/ticket' AND c.ticket = v.new
JOIN call l ON l.id = c.call AND l.wrap_ended_at IS NULL
WHERE j.subject = ? AND j.act = 'continue_ticket' AND v.old = ?
"""
_BEFORE_CONTINUING: Final = """
SELECT v.field, v.old FROM journal j JOIN journal_value v ON v.entry = j.id
WHERE j.subject = ? AND j.seq = (
    SELECT max(e.seq) FROM journal e JOIN journal_value c ON c.entry = e.id
    WHERE e.subject = ? AND e.act = 'continue_ticket' AND c.field = 'call' AND c.new = ?
)
"""


def find_roots(port: Port, tickets: Sequence[int]) -> dict[int, int]:
    """Follow the pointers of tickets to where each goes on now.

    Args:
        port: The database.
        tickets: The tickets' ids.

    Returns:
        For each the ticket it went on in; itself when it was never merged.
    """
    return dict(port.query(_ROOTS, (json.dumps(list(tickets)),)).rows)


def find_merged_in(port: Port, ticket: int) -> Rows:
    """List the tickets that go on in one, at whatever depth.

    Args:
        port: The database.
        ticket: The ticket's id.

    Returns:
        Their ids, numbers and moments, oldest first.
    """
    return port.query(_MEMBERS, (ticket, ticket))


def get_status_before(port: Port, ticket: int) -> str | None:
    """Find where a merged ticket stood before it was merged.

    Args:
        port: The database.
        ticket: The ticket's id.

    Returns:
        The status, or ``None`` when it never had another.
    """
    found: str | None = port.query(_STATUS_BEFORE, (ticket,)).value()
    return found


def find_settled(port: Port, ticket: int) -> list[int]:
    """Find the escalations of a merged ticket that nobody needed to answer any more by that.

    Args:
        port: The database.
        ticket: The ticket's id.

    Returns:
        Their ids.
    """
    chain, pointer = f"ticket:{ticket}", f"ticket/{ticket}/merged_into"
    return [row[0] for row in port.query(_SETTLED, (chain, chain, pointer)).rows]


def find_moved_calls(port: Port, chain: str, ticket: int) -> list[int]:
    """Find the calls that go on and were taken along when a ticket went on in another.

    Args:
        port: The database.
        chain: The journal's subject of the other ticket.
        ticket: The merged ticket's id.

    Returns:
        The calls that are tied to the other ticket still.
    """
    return [row[0] for row in port.query(_MOVED_CALLS, (chain, str(ticket))).rows]


def find_before_continuing(port: Port, ticket: int, call: int) -> dict[str, str | int | None]:
    """Find where a ticket stood before a call went on with it.

    Args:
        port: The database.
        ticket: The ticket's id.
        call: The call.

    Returns:
        What the columns that the call changed held then; nothing when it did not go on with it.
    """
    chain, own = f"ticket:{ticket}", f"ticket/{ticket}/"
    rows = port.query(_BEFORE_CONTINUING, (chain, chain, str(call))).rows
    return {
        field.removeprefix(own): int(old) if old is not None and old.isdecimal() else old
        for field, old in rows
        if field.startswith(own)
    }
