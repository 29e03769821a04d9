"""What is asked of the database before an act is done again."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from helpdesk.port import Port

_DONE = "SELECT 1 FROM op WHERE uid = ?"
_CONSOLE = "SELECT 1 FROM console WHERE id = ?"
_BY_LOGIN = "SELECT id, login, role FROM clerk WHERE login = ?"
_KNOWN = "SELECT count(*) FROM call WHERE id IN (SELECT value FROM json_each(?))"
_OVER = """
SELECT count(*) FROM call WHERE id IN (SELECT value FROM json_each(?))
    AND wrap_ended_at IS NOT NULL
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


def all_over(port: Port, calls: Collection[int]) -> bool:
    """Whether some calls are in the database and finished there.

    Args:
        port: The database.
        calls: Their ids.

    Returns:
        ``True`` when all are.
    """
    return bool(port.query(_OVER, (json.dumps(sorted(calls)),)).value() == len(calls))


def all_known(port: Port, calls: Collection[int]) -> bool:
    """Whether some calls are in the database.

    Args:
        port: The database.
        calls: Their ids.

    Returns:
        ``True`` when all are.
    """
    return bool(port.query(_KNOWN, (json.dumps(sorted(calls)),)).value() == len(calls))
