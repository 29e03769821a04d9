"""Texts of tickets that are still to be written anew, some at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Statement
from helpdesk.store.search import index_tickets

_HOW_MANY_OF: Final = """
SELECT count(*) FROM (
    SELECT 1 FROM ticket WHERE caller IN (SELECT value FROM json_each(?)) LIMIT ?
)
"""
_ADD_OF: Final = """
INSERT OR IGNORE INTO text_due(ticket)
SELECT id FROM ticket WHERE caller IN (SELECT value FROM json_each(?))
"""
_ADD_ABOVE: Final = """
INSERT OR IGNORE INTO text_due(ticket)
WITH RECURSIVE above(id) AS (
    SELECT merged_into FROM ticket WHERE caller IN (SELECT value FROM json_each(?))
        AND status IN ('merged', 'void') AND merged_into IS NOT NULL
    UNION SELECT t.merged_into FROM above JOIN ticket t ON t.id = above.id
    WHERE t.merged_into IS NOT NULL
)
SELECT id FROM above
"""
_NEXT: Final = """
SELECT ticket FROM (
    SELECT d.ticket, sum(length(x.text)) OVER (ORDER BY d.ticket) - length(x.text) AS before
    FROM (SELECT ticket FROM text_due ORDER BY ticket LIMIT ?) d
    LEFT JOIN ticket_text x ON x.ticket = d.ticket
) WHERE coalesce(before, 0) < ?
"""
_DONE: Final = "DELETE FROM text_due WHERE ticket IN (SELECT value FROM json_each(?))"
_HOW_MANY: Final = "SELECT count(*) FROM text_due"


def count_tickets_of(port: Port, callers: Sequence[int], most: int) -> int:
    """Count the tickets of some callers.

    Args:
        port: The database.
        callers: The callers' ids.
        most: So many are enough.

    Returns:
        How many; at most so many.
    """
    return int(port.query(_HOW_MANY_OF, (json.dumps(list(callers)), most)).value())


def add_due_of(callers: Sequence[int]) -> list[Statement]:
    """Write down that all tickets of some callers, and those they went on in, are due.

    Args:
        callers: The callers' ids.

    Returns:
        The statements.
    """
    many = json.dumps(list(callers))
    return [(_ADD_OF, (many,)), (_ADD_ABOVE, (many,))]


def count_due(port: Port) -> int:
    """Count the tickets that are due."""
    return int(port.query(_HOW_MANY).value())


def find_due(port: Port, many: int, signs: int) -> list[int]:
    """Find the next tickets that are due.

    Args:
        port: The database.
        many: At most so many.
        signs: The last of them begins within so many signs of text, whatever it has itself.

    Returns:
        Their ids.
    """
    return [int(row[0]) for row in port.query(_NEXT, (many, signs)).rows]


def write_due(tickets: Sequence[int]) -> list[Statement]:
    """Write the texts of tickets that are due, as their rows are by then.

    Args:
        tickets: The tickets' ids.

    Returns:
        The statements, for one batch.
    """
    return [index_tickets(tickets), (_DONE, (json.dumps(list(tickets)),))]
