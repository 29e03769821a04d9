"""The rows of saved views."""

from __future__ import annotations

from typing import Final

from helpdesk.port import Port, Rows, Statement

_OF_CLERK: Final = """
SELECT id, place, name, query, owner FROM saved_view
WHERE struck = 0 AND (owner IS NULL OR owner = ?) ORDER BY id
"""
_ADD: Final = """
INSERT INTO saved_view(id, place, name, query, owner, at, clerk) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_AT_SAME_PLACE: Final = """
SELECT o.id, o.place, o.name FROM saved_view v
JOIN saved_view o ON o.place = v.place AND o.owner IS v.owner AND o.id <> v.id
WHERE v.id = ? AND o.struck = 0
"""
_STRIKE: Final = "UPDATE saved_view SET struck = 1 WHERE id = ?"


def find_views(port: Port, clerk: int) -> Rows:
    """List the views that a clerk sees.

    Args:
        port: The database.
        clerk: The clerk's id.

    Returns:
        The clerk's own rows and those without an owner, which all share; oldest first.
    """
    return port.query(_OF_CLERK, (clerk,))


def find_at_same_place(port: Port, view: int) -> Rows:
    """List the other views that stand at the digit of a view, and are of the same owner."""
    return port.query(_AT_SAME_PLACE, (view,))


def add_view(
    view: int, said: tuple[int, str, str], owner: int | None, at: int, clerk: int
) -> Statement:
    """Write a view down.

    Args:
        view: Its id.
        said: Its place, name and query.
        owner: Whose it is; ``None`` for one that all share.
        at: When, in seconds UTC.
        clerk: Who saved it.

    Returns:
        The statement.
    """
    return (_ADD, (view, *said, owner, at, clerk))


def strike_view(view: int) -> Statement:
    """Take a view away."""
    return (_STRIKE, (view,))
