"""The rows of passcodes, hashed, and of those that were tried."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.port import Port, Statement

_GET: Final = "SELECT id, login, role, passcode FROM clerk WHERE login = ?"
_SAVE: Final = "UPDATE clerk SET passcode = ? WHERE id = ?"
_ANY: Final = """
SELECT EXISTS (SELECT 1 FROM clerk WHERE role = 'admin' AND passcode IS NOT NULL)
"""
_TRIES: Final = """
SELECT at, accepted FROM passcode_try WHERE clerk = ? ORDER BY id DESC LIMIT ?
"""
_ADD_TRY: Final = """
INSERT INTO passcode_try(id, clerk, at, accepted)
SELECT coalesce(max(id), 0) + 1, ?, ?, ? FROM passcode_try
"""


def get_passcode(port: Port, login: str) -> dict[str, Any] | None:
    """Fetch the hash of somebody's passcode.

    Args:
        port: The database.
        login: Whose.

    Returns:
        ``id``, ``login``, ``role`` and ``passcode``, or ``None`` for an unknown login.
    """
    return port.query(_GET, (login,)).one()


def any_admin_has_one(port: Port) -> bool:
    """Whether an admin has a passcode by now.

    Args:
        port: The database.

    Returns:
        Whether.
    """
    return bool(port.query(_ANY).value())


def find_tries(port: Port, clerk: int, most: int) -> list[tuple[int, bool]]:
    """List the passcodes that were tried.

    Args:
        port: The database.
        clerk: For whom.
        most: How many of the newest.

    Returns:
        When each was tried, and whether it was right; newest first.
    """
    return [(at, bool(right)) for at, right in port.query(_TRIES, (clerk, most)).rows]


def save_passcode(clerk: int, hashed: str) -> Statement:
    """Give a clerk a passcode."""
    return (_SAVE, (hashed, clerk))


def add_try(clerk: int, at: int, *, accepted: bool) -> Statement:
    """Write down that a passcode is tried, or that it was right, behind all before."""
    return (_ADD_TRY, (clerk, at, int(accepted)))
