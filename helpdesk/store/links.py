"""The rows that tie tickets to each other."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.port import Port, Statement

_ADD: Final = """
INSERT INTO ticket_link(id, ticket, other, kind, at, clerk) VALUES (?, ?, ?, ?, ?, ?)
"""
_FIND: Final = """
SELECT l.id, l.ticket, l.other, l.kind, l.at, k.login AS clerk,
    a.year AS year, a.n AS n, b.year AS other_year, b.n AS other_n
FROM ticket_link l JOIN clerk k ON k.id = l.clerk
JOIN ticket a ON a.id = l.ticket JOIN ticket b ON b.id = l.other
WHERE (l.ticket = ? OR l.other = ?) AND l.struck = 0 ORDER BY l.at, l.id
"""


def add_link(link: int, ticket: int, other: int, kind: str, at: int, clerk: int) -> Statement:
    """Write down that two tickets have to do with each other; every argument is a column."""
    return (_ADD, (link, ticket, other, kind, at, clerk))


def find_links(port: Port, ticket: int) -> list[dict[str, Any]]:
    """List what a ticket is linked to, in both directions.

    Args:
        port: The database.
        ticket: The ticket's id.

    Returns:
        The rows, oldest first.
    """
    return list(port.query(_FIND, (ticket, ticket)).dicts())
