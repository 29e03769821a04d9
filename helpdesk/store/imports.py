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
SELECT r.id, r.n, r.at, k.login AS clerk, r.file, r.kind, r.faulty, r.struck,
    (SELECT count(*) FROM import_row w WHERE w.run = r.id)
    + (SELECT count(*) FROM phone_interval p WHERE p.run = r.id) AS rows
FROM import_run r JOIN clerk k ON k.id = r.clerk
"""
_LIST = f"{_RUNS} ORDER BY r.n DESC"
_GET = f"{_RUNS} WHERE r.n = ?"
_BY_ID = f"{_RUNS} WHERE r.id = ?"
_STRIKE_RUN = "UPDATE import_run SET struck = 1 WHERE id = ?"
_ADD_ROW = """
INSERT INTO import_row(run, source, key, number, ticket, call, action)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_KNOWN = """
SELECT w.key FROM json_each(?) k JOIN import_row w
    ON w.source = ? AND w.key = k.value AND w.struck = 0
"""
_CALLS_HERE = "SELECT id FROM call WHERE id IN (SELECT value FROM json_each(?))"
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


def add_run(run: int, at: int, clerk: int, file: str, kind: str, faulty: int) -> Statement:
    """Write an import down; its number is given inside the batch; every argument is a column."""
    return (_ADD_RUN, (run, at, clerk, file, kind, faulty))


def strike_run(run: int) -> Statement:
    """Write down that an import was taken back."""
    return (_STRIKE_RUN, (run,))


def list_runs(port: Port) -> Rows:
    """List all imports, the newest first, each with how many rows it brought."""
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


def find_calls_here(port: Port, calls: Collection[int]) -> set[int]:
    """Find which calls are this desk's own.

    Args:
        port: The database.
        calls: The calls' ids.

    Returns:
        Those that are there.
    """
    return {row[0] for row in port.query(_CALLS_HERE, (json.dumps(list(calls)),)).rows}


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
