"""What the card of a caller counts and names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Rows

_CALLS: Final = """
SELECT coalesce(sum(started_at > ?), 0), coalesce(sum(started_at > ?), 0), count(*)
FROM call WHERE caller IN (SELECT value FROM json_each(?)) AND direction = 'in'
"""
_TICKETS: Final = """
SELECT coalesce(sum(opened_at > ?), 0), coalesce(sum(opened_at > ?), 0), count(*)
FROM ticket
WHERE caller IN (SELECT value FROM json_each(?)) AND status NOT IN ('merged', 'void')
"""
_FIRM: Final = """
SELECT count(DISTINCT CASE WHEN f.merged_into IS NULL THEN f.id END),
    coalesce(sum((SELECT count(*) FROM call l
        WHERE l.caller = f.id AND l.started_at > ? AND l.direction = 'in')), 0)
FROM caller f WHERE f.firm = ? COLLATE NOCASE AND f.firm <> ''
"""
_PROMISES: Final = """
SELECT p.kind, p.due_at, p.zone, p.made_at, k.login AS clerk, t.year, t.n
FROM ticket t INDEXED BY ticket_caller JOIN promise p ON p.ticket = t.id
JOIN clerk k ON k.id = p.clerk
WHERE t.caller IN (SELECT value FROM json_each(?)) AND p.done_at IS NULL AND p.struck = 0
    AND t.status IN ('open', 'waiting', 'escalated')
ORDER BY p.due_at, p.id
"""


def count_calls(port: Port, callers: Sequence[int], week: int, quarter: int) -> tuple[int, ...]:
    """Count a caller's inbound calls after two moments, and all of them.

    Args:
        port: The database.
        callers: The ids that count as this one person.
        week: The first moment, in seconds UTC.
        quarter: The second.

    Returns:
        The three numbers.
    """
    return tuple(port.query(_CALLS, (week, quarter, json.dumps(callers))).rows[0])


def count_tickets_of(
    port: Port, callers: Sequence[int], week: int, quarter: int
) -> tuple[int, ...]:
    """Count a caller's tickets; the arguments are those of ``count_calls``."""
    return tuple(port.query(_TICKETS, (week, quarter, json.dumps(callers))).rows[0])


def count_firm(port: Port, firm: str, since: int) -> tuple[int, int]:
    """Count the people of a firm, and their inbound calls after a moment.

    Args:
        port: The database.
        firm: Its name, in capital or small letters.
        since: The moment, in seconds UTC.

    Returns:
        Both numbers; merged people count as one.
    """
    people, calls = port.query(_FIRM, (since, firm)).rows[0]
    return people, calls


def find_promises_of(port: Port, callers: Sequence[int]) -> Rows:
    """List what a caller was promised and is not dealt with, by when it is due."""
    return port.query(_PROMISES, (json.dumps(callers),))
