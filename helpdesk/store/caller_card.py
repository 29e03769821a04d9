"""What the card of a caller counts and names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Rows
from helpdesk.store.tickets import ROOT

_CALLS: Final = """
WITH since(at) AS (VALUES (?), (?), (-1))
SELECT coalesce(sum(
    (SELECT count(*) FROM call l WHERE l.caller = j.value AND l.started_at > s.at)
    - (SELECT count(*) FROM call l INDEXED BY call_out
        WHERE l.direction = 'out' AND l.caller = j.value AND l.started_at > s.at)), 0)
FROM since s CROSS JOIN json_each(?) j GROUP BY s.at ORDER BY s.at DESC
"""
_TICKETS: Final = """
WITH since(at) AS (VALUES (?), (?), (-1))
SELECT coalesce(sum(
    (SELECT count(*) FROM ticket t WHERE t.caller = j.value AND t.opened_at > s.at)
    - (SELECT count(*) FROM ticket t INDEXED BY ticket_apart
        WHERE t.status IN ('merged', 'void') AND t.caller = j.value AND t.opened_at > s.at)), 0)
FROM since s CROSS JOIN json_each(?) j GROUP BY s.at ORDER BY s.at DESC
"""  # both count by indexes alone: few calls go out, and few tickets are merged or void
_FIRM: Final = """
SELECT count(DISTINCT CASE WHEN f.merged_into IS NULL THEN f.id END), coalesce(sum(
    (SELECT count(*) FROM call l WHERE l.caller = f.id AND l.started_at > ?1)
    - (SELECT count(*) FROM call l INDEXED BY call_out
        WHERE l.direction = 'out' AND l.caller = f.id AND l.started_at > ?1)), 0)
FROM caller f WHERE f.firm = ?2 COLLATE NOCASE AND f.firm <> ''
"""
_PROMISES: Final = f"""
WITH RECURSIVE theirs(id) AS (
    SELECT t.id FROM ticket t INDEXED BY ticket_in_hand
    WHERE t.caller IN (SELECT value FROM json_each(?1))
        AND t.status IN ('open', 'waiting', 'escalated')
    UNION
    SELECT t.id FROM ticket t INDEXED BY ticket_apart
    WHERE t.caller IN (SELECT value FROM json_each(?1)) AND t.status IN ('merged', 'void')
    UNION
    SELECT m.id FROM theirs JOIN ticket m ON m.merged_into = theirs.id
)
SELECT p.kind, p.due_at, p.zone, p.made_at, k.login AS clerk, t.year, t.n
FROM theirs CROSS JOIN ticket b ON b.id = theirs.id
CROSS JOIN promise p INDEXED BY promise_ticket ON p.ticket = b.id
JOIN clerk k ON k.id = p.clerk JOIN ticket t ON t.id = {ROOT}
WHERE p.done_at IS NULL AND p.struck = 0 AND t.status IN ('open', 'waiting', 'escalated')
ORDER BY p.due_at, p.id
"""  # noqa: S608 - constant


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
    return tuple(row[0] for row in port.query(_CALLS, (week, quarter, json.dumps(callers))).rows)


def count_tickets_of(
    port: Port, callers: Sequence[int], week: int, quarter: int
) -> tuple[int, ...]:
    """Count a caller's tickets; the arguments are those of ``count_calls``."""
    return tuple(row[0] for row in port.query(_TICKETS, (week, quarter, json.dumps(callers))).rows)


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
    """List what a caller was promised and is not dealt with, by when it is due.

    Args:
        port: The database.
        callers: The ids that count as this one person.

    Returns:
        The rows, also those of tickets that were merged, with the ticket that each goes on in.
    """
    return port.query(_PROMISES, (json.dumps(callers),))
