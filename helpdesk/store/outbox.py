"""What is asked of the database before an act is done again."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from helpdesk.port import Port

_DONE = "SELECT 1 FROM op WHERE uid = ?"
_CONSOLE = "SELECT 1 FROM console WHERE id = ?"
_BY_LOGIN = "SELECT id, login, role FROM clerk WHERE login = ?"
_GOING = """
SELECT 1 FROM call WHERE id IN (SELECT value FROM json_each(?)) AND wrap_ended_at IS NULL LIMIT 1
"""
_NUMBER = """
SELECT t.year, t.n FROM call_ticket x JOIN ticket t ON t.id = x.ticket WHERE x.call = ?
ORDER BY t.id LIMIT 1
"""


def was_done(port: Port, op: str) -> bool:
    """Whether an operation is in the database.

    Args:
        port: The database.
        op: The operation's id.

    Returns:
        ``True`` when it is.
    """
    return bool(port.query(_DONE, (op,)).rows)


def knows_console(port: Port, console: int) -> bool:
    """Whether a console is in the database.

    Args:
        port: The database.
        console: Its id.

    Returns:
        ``True`` when it is.
    """
    return bool(port.query(_CONSOLE, (console,)).rows)


def get_by_login(port: Port, login: str) -> dict[str, Any] | None:
    """Find a clerk by name alone.

    Args:
        port: The database.
        login: The name.

    Returns:
        The row, or ``None``.
    """
    return port.query(_BY_LOGIN, (login,)).one()


def any_going(port: Port, calls: Collection[int]) -> bool:
    """Whether one of some calls is not finished.

    Args:
        port: The database.
        calls: Their ids.

    Returns:
        ``True`` when one is.
    """
    return bool(port.query(_GOING, (json.dumps(sorted(calls)),)).rows)


def get_number(port: Port, call: int) -> tuple[int, int] | None:
    """The year and the place of the ticket that a call works on.

    Args:
        port: The database.
        call: The call's id.

    Returns:
        Both, or ``None`` when there is no such call.
    """
    row = port.query(_NUMBER, (call,)).rows
    return (row[0][0], row[0][1]) if row else None
