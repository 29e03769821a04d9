"""The rows of imports: which file brought what, so that nothing comes twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from helpdesk.domain.records import RowRead
from helpdesk.port import Port, Rows, Statement

_ADD_RUN = """
INSERT INTO import_run(id, n, at, clerk, file, kind, faulty)
SELECT ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ? FROM import_run
"""
_RUNS = """
SELECT r.id, r.n, r.at, k.login AS clerk, r.file, r.kind, r.faulty, r.undone_at,
    (SELECT count(*) FROM import_row w WHERE w.run = r.id)
    + (SELECT count(*) FROM phone_interval p WHERE p.run = r.id) AS rows
FROM import_run r JOIN clerk k ON k.id = r.clerk
"""
_LIST = f"{_RUNS} WHERE rows > 0 ORDER BY r.n DESC"
_GET = f"{_RUNS} WHERE r.n = ?"
_BY_ID = f"{_RUNS} WHERE r.id = ?"
_END_RUN = "UPDATE import_run SET undone_at = ? WHERE id = ?"
_ADD_ROW = """
INSERT INTO import_row(run, source, key, number, ticket, call, action)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_KNOWN = """
SELECT w.key FROM json_each(?) k CROSS JOIN import_row w INDEXED BY import_row_key
    ON w.source = ? AND w.key = k.value AND w.struck = 0
"""
_HERE = {
    "calls": "SELECT id FROM call WHERE id IN (SELECT value FROM json_each(?))",
    "actions": "SELECT id FROM action WHERE id IN (SELECT value FROM json_each(?))",
}
_TICKETS_HERE = """
SELECT t.year, t.n, t.opened_at FROM json_each(?) k JOIN ticket t
    ON t.year = k.value ->> 0 AND t.n = k.value ->> 1 AND t.opened_at = k.value ->> 2
    AND t.status <> 'void'
"""
_NUMBERED = """
SELECT w.number, min(w.ticket) FROM json_each(?) k JOIN import_row w INDEXED BY import_row_number
    ON w.number = k.value AND w.number IS NOT NULL AND w.struck = 0
WHERE w.action IS NULL GROUP BY w.number
"""
_CALLERS = """
SELECT c.id, c.name, c.firm, c.email, p.digits AS by
FROM json_each(?) n JOIN caller_phone p ON p.digits = n.value
LEFT JOIN caller_root r ON r.caller = p.caller JOIN caller c ON c.id = coalesce(r.root, p.caller)
ORDER BY n.key, c.called_at DESC
"""
_BY_EMAIL = """
SELECT c.id, c.name, c.firm, c.email, c.email AS by
FROM json_each(?) n JOIN caller c INDEXED BY caller_email
    ON c.email = n.value COLLATE NOCASE AND c.email <> '' AND c.merged_into IS NULL
ORDER BY n.key, c.called_at DESC
"""
_RUN_TICKETS = """
SELECT DISTINCT w.ticket,
    (SELECT count(*) FROM journal j WHERE j.subject = 'ticket:' || w.ticket
        AND j.act NOT IN (SELECT value FROM json_each(?)))
    + (SELECT count(*) FROM call_ticket x WHERE x.ticket = w.ticket AND x.call NOT IN (
        SELECT o.call FROM import_row o
        WHERE o.run = w.run AND o.ticket = w.ticket AND o.call IS NOT NULL)) > 0 AS worked_on
FROM import_row w
WHERE w.run = ? AND w.ticket > ? AND w.action IS NULL AND w.struck = 0 ORDER BY w.ticket LIMIT ?
"""
_RUN_ACTIONS = """
SELECT w.ticket, w.action, a.struck FROM import_row w JOIN action a ON a.id = w.action
WHERE w.run = ? AND w.struck = 0 ORDER BY w.ticket, w.action LIMIT ?
"""
_RUN_CLERKS = """
SELECT k.login FROM clerk k WHERE k.uid IS NULL AND k.id IN (
    SELECT l.clerk FROM import_row w JOIN call l ON l.id = w.call WHERE w.run = ?
    UNION SELECT t.clerk FROM import_row w JOIN ticket t ON t.id = w.ticket
        WHERE w.run = ? AND w.call IS NULL AND w.action IS NULL
    UNION SELECT a.clerk FROM import_row w JOIN action a ON a.id = w.action WHERE w.run = ?
) AND NOT EXISTS (
    SELECT 1 FROM journal j WHERE j.subject = 'clerk:' || k.id AND j.act <> 'add_clerk'
) ORDER BY k.login
"""
_BEHIND = """
SELECT r.n FROM import_run r CROSS JOIN import_row w ON w.run = r.id AND w.struck = 0
CROSS JOIN import_row o ON o.run = ? AND o.ticket = w.ticket AND o.action IS NULL
WHERE r.kind = 'actions' AND r.undone_at IS NULL AND r.id <> ? ORDER BY r.n LIMIT 1
"""
_STRIKE_TICKETS = """
UPDATE import_row SET struck = 1 WHERE run = ? AND ticket IN (SELECT value FROM json_each(?))
"""
_STRIKE_ACTIONS = """
UPDATE import_row SET struck = 1 WHERE run = ? AND action IN (SELECT value FROM json_each(?))
"""


def add_run(run: int, at: int, clerk: int, file: str, kind: str, faulty: int) -> Statement:
    """Write an import down; its number is given inside the batch; every argument is a column."""
    return (_ADD_RUN, (run, at, clerk, file, kind, faulty))


def end_run(run: int, at: int) -> Statement:
    """Write down when an import was taken back."""
    return (_END_RUN, (at, run))


def find_run_tickets(
    port: Port, run: int, after: int, limit: int, imports: Collection[str]
) -> list[tuple[int, bool]]:
    """List tickets that an import opened and that still stand.

    Args:
        port: The database.
        run: The import's id.
        after: The ticket behind which they are wanted.
        limit: The most to fetch.
        imports: The acts by which imports write in the chain of a ticket.

    Returns:
        Each with whether anything else was done on it since.
    """
    asked = (json.dumps(list(imports)), run, after, limit)
    return [(row[0], bool(row[1])) for row in port.query(_RUN_TICKETS, asked).rows]


def find_run_actions(port: Port, run: int, limit: int) -> Rows:
    """List actions that an import brought and that it still stands for.

    Args:
        port: The database.
        run: The import's id.
        limit: The most to fetch.

    Returns:
        Ticket, action and whether that was struck already.
    """
    return port.query(_RUN_ACTIONS, (run, limit))


def find_run_clerks(port: Port, run: int) -> list[str]:
    """List who is on the staff list only because imports named them.

    Args:
        port: The database.
        run: The id of an import that named them.

    Returns:
        Their logins; nobody who ever started, was added by hand or was given anything.
    """
    return [row[0] for row in port.query(_RUN_CLERKS, (run, run, run)).rows]


def find_import_behind(port: Port, run: int) -> int | None:
    """Find an import whose actions lie on tickets of another one.

    Args:
        port: The database.
        run: The id of the other.

    Returns:
        Its number, or ``None``.
    """
    found: int | None = port.query(_BEHIND, (run, run)).value()
    return found


def strike_rows(run: int, tickets: Collection[int]) -> Statement:
    """Write down that an import does not stand for the rows of some tickets any more."""
    return (_STRIKE_TICKETS, (run, json.dumps(list(tickets))))


def strike_action_rows(run: int, actions: Collection[int]) -> Statement:
    """Write down that an import does not stand for the rows of some actions any more."""
    return (_STRIKE_ACTIONS, (run, json.dumps(list(actions))))


def list_runs(port: Port) -> Rows:
    """List all imports that brought rows, the newest first, each with how many."""
    return port.query(_LIST)


def get_run(port: Port, n: int) -> dict[str, Any] | None:
    """Fetch an import by its number.

    Args:
        port: The database.
        n: The number.

    Returns:
        The row, or ``None``.
    """
    return port.query(_GET, (n,)).one()


def run_by_id(run: int) -> Statement:
    """Ask for an import by its id, as :func:`get_run` does by its number."""
    return (_BY_ID, (run,))


def add_row(row: RowRead, ticket: int, call: int | None, action: int | None) -> Statement:
    """Write down what a row became.

    Args:
        row: The row.
        ticket: The ticket that it became or is on.
        call: The call that it became.
        action: The action that it became.

    Returns:
        The statement; it fails when the row is there already.
    """
    return (
        _ADD_ROW,
        (row.run, row.source, row.key, row.number or None, ticket, call, action),
    )


def find_known(port: Port, source: str, keys: Collection[str]) -> set[str]:
    """Find which rows were imported before.

    Args:
        port: The database.
        source: What the keys are unique in.
        keys: The keys.

    Returns:
        Those that are there.
    """
    return {row[0] for row in port.query(_KNOWN, (json.dumps(list(keys)), source)).rows}


def find_here(port: Port, kind: str, ids: Collection[int]) -> set[int]:
    """Find which calls or actions are this desk's own.

    Args:
        port: The database.
        kind: ``calls`` or ``actions``.
        ids: Their ids.

    Returns:
        Those that are there.
    """
    return {row[0] for row in port.query(_HERE[kind], (json.dumps(list(ids)),)).rows}


def find_tickets_here(
    port: Port, tickets: Sequence[tuple[int, int, int]]
) -> set[tuple[int, int, int]]:
    """Find which tickets are this desk's own.

    Args:
        port: The database.
        tickets: Year, place in its series and moment of opening of each.

    Returns:
        Those that are there.
    """
    return {tuple(row) for row in port.query(_TICKETS_HERE, (json.dumps(tickets),)).rows}


def find_numbered(port: Port, numbers: Collection[str]) -> dict[str, int]:
    """Find the tickets that imports brought, by the numbers that they had where they came from.

    Args:
        port: The database.
        numbers: The numbers, as imports keep them.

    Returns:
        The tickets' ids by number.
    """
    return dict(port.query(_NUMBERED, (json.dumps(list(numbers)),)).rows)


def find_callers_by(port: Port, digits: Sequence[str], emails: Sequence[str]) -> Rows:
    """Find the callers who have a number or an address.

    Args:
        port: The database.
        digits: The numbers.
        emails: The addresses.

    Returns:
        Id, name, firm, e-mail and the number or address that they were found by.
    """
    found = port.snapshot([(_CALLERS, (json.dumps(digits),)), (_BY_EMAIL, (json.dumps(emails),))])
    return Rows(found[0].columns, [row for rows in found for row in rows.rows])
