"""The rows of clerks and their consoles."""

from __future__ import annotations

from typing import Any

from helpdesk.port import Port, Rows, Statement

_BY_UID = "SELECT id, uid, login, role FROM clerk WHERE uid = ?"
_BY_LOGIN = "SELECT id, uid, login, role FROM clerk WHERE login = ?"
_ALL = """
SELECT id, uid, login, role, added_at, uid IS NOT NULL OR EXISTS (
    SELECT 1 FROM access a WHERE a.clerk = clerk.id AND a.kind = 'sign-in'
) AS started
FROM clerk ORDER BY login
"""
_LOGINS = "SELECT id, login FROM clerk"
_ROLE = "SELECT role FROM clerk WHERE id = ?"
_ADD = "INSERT INTO clerk(id, uid, login, role, added_at) VALUES (?, ?, ?, ?, ?)"
_SAVE_ROLE = "UPDATE clerk SET role = ? WHERE id = ?"
_AN_ADMIN_STAYS = """
UPDATE clerk SET role = NULL WHERE NOT EXISTS (SELECT 1 FROM clerk WHERE role = 'admin')
"""
_SAVE_UID = "UPDATE clerk SET uid = ? WHERE id = ? AND uid IS NULL"
_ADD_CONSOLE = """
INSERT INTO console(id, clerk, host, boot, pid, opened_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_SEEN = "UPDATE console SET seen_at = ? WHERE id = ?"
_CLOSED = "UPDATE console SET seen_at = ?, closed_at = ?, ticket = NULL WHERE id = ?"
_LOOKS = "UPDATE console SET seen_at = ?, ticket = ? WHERE id = ?"
_LOOKING = """
SELECT o.ticket, k.login, EXISTS (
    SELECT 1 FROM call_ticket x CROSS JOIN call l ON l.id = x.call
    CROSS JOIN call_segment s ON s.call = l.id AND s.to_at IS NULL
    WHERE l.wrap_ended_at IS NULL AND x.ticket = o.ticket AND s.console = o.id
) AS on_call
FROM console o INDEXED BY console_ticket JOIN clerk k ON k.id = o.clerk
WHERE o.ticket IS NOT NULL AND o.closed_at IS NULL AND o.seen_at > ? AND o.id IS NOT ?
ORDER BY k.login, o.id
"""

_OPEN = """
SELECT o.id, k.login, o.host, o.boot, o.pid, o.seen_at, o.closed_at
FROM console o JOIN clerk k ON k.id = o.clerk WHERE o.closed_at IS NULL ORDER BY k.login, o.id
"""


def find_clerk(port: Port, uid: int, login: str) -> dict[str, Any] | None:
    """Find a clerk by the operating system's user.

    Args:
        port: The database.
        uid: The user's number.
        login: The user's name, for clerks who were added before they first started.

    Returns:
        The row, or ``None``.
    """
    by_uid, by_login = port.snapshot([(_BY_UID, (uid,)), (_BY_LOGIN, (login,))])
    return by_uid.one() or by_login.one()


def find_clerks(port: Port) -> Rows:
    """List every clerk.

    Args:
        port: The database.

    Returns:
        The rows by login.
    """
    return port.query(_ALL)


def find_logins(port: Port) -> dict[int, str]:
    """Name every clerk there ever was.

    Args:
        port: The database.

    Returns:
        The logins by id.
    """
    return {row[0]: row[1] for row in port.query(_LOGINS).rows}


def get_role(port: Port, clerk: int) -> str:
    """Fetch what a clerk may do.

    Args:
        port: The database.
        clerk: The clerk's id.

    Returns:
        The role; empty for nobody.
    """
    return str(port.query(_ROLE, (clerk,)).value() or "")


def add_clerk(clerk: int, uid: int | None, login: str, role: str, at: int) -> Statement:
    """Write a clerk down; every argument is a column."""
    return (_ADD, (clerk, uid, login, role, at))


def save_role(clerk: int, role: str) -> Statement:
    """Give a clerk a role."""
    return (_SAVE_ROLE, (role, clerk))


def an_admin_stays() -> Statement:
    """Refuse the batch in which no admin is left: a role is never null."""
    return (_AN_ADMIN_STAYS, ())


def save_uid(clerk: int, uid: int) -> Statement:
    """Tie a clerk who was added by name to the operating system's user."""
    return (_SAVE_UID, (uid, clerk))


def add_console(console: int, clerk: int, host: str, boot: str, pid: int, at: int) -> Statement:
    """Write down that a console was opened; every argument is a column."""
    return (_ADD_CONSOLE, (console, clerk, host, boot, pid, at, at))


def save_seen(console: int, at: int) -> Statement:
    """Write down that a console still lives."""
    return (_SEEN, (at, console))


def save_closed(console: int, at: int) -> Statement:
    """Write down that a console was left."""
    return (_CLOSED, (at, at, console))


def save_looking(console: int, ticket: int | None, at: int) -> Statement:
    """Write down which ticket a console has on its screen."""
    return (_LOOKS, (at, ticket, console))


def find_looking(port: Port, since: int, but: int | None) -> Rows:
    """List the living consoles that have a ticket on the screen.

    Args:
        port: The database.
        since: Only those heard of after this, in seconds UTC.
        but: The console that asks.

    Returns:
        The rows by login.
    """
    return port.query(_LOOKING, (since, but))


def find_open_consoles(port: Port) -> Rows:
    """List the consoles that nobody left, whether they live or were killed.

    Args:
        port: The database.

    Returns:
        The rows by login.
    """
    return port.query(_OPEN)
