"""What belongs together when something is taken out: merged tickets, their calls and callers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port

_TICKETS: Final = """
WITH RECURSIVE one(id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT t.merged_into FROM one JOIN ticket t ON t.id = one.id
        WHERE t.merged_into IS NOT NULL
    UNION SELECT t.id FROM one JOIN ticket t ON t.merged_into = one.id
)
SELECT id FROM one ORDER BY id
"""
_CALLERS: Final = """
WITH RECURSIVE one(id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT c.merged_into FROM one JOIN caller c ON c.id = one.id
        WHERE c.merged_into IS NOT NULL
    UNION SELECT c.id FROM one JOIN caller c ON c.merged_into = one.id
)
SELECT id FROM one ORDER BY id
"""
_CALLS: Final = """
SELECT DISTINCT call FROM call_ticket WHERE ticket IN (SELECT value FROM json_each(?))
"""
_CALLERS_OF: Final = """
SELECT caller FROM ticket WHERE id IN (SELECT value FROM json_each(?)) AND caller IS NOT NULL
UNION SELECT caller FROM call WHERE id IN (SELECT value FROM json_each(?)) AND caller IS NOT NULL
"""
_TICKETS_OF: Final = """
SELECT id FROM ticket WHERE caller IN (SELECT value FROM json_each(?))
UNION SELECT y.ticket FROM call c JOIN call_ticket y ON y.call = c.id
WHERE c.caller IN (SELECT value FROM json_each(?))
"""
_TICKETS_OF_CALLS: Final = """
SELECT DISTINCT ticket FROM call_ticket WHERE call IN (SELECT value FROM json_each(?))
"""


def find_tickets_as_one(port: Port, tickets: Sequence[int]) -> list[int]:
    """List tickets with all that they were merged into and that were merged into them."""
    return _ids(port, _TICKETS, tickets)


def find_callers_as_one(port: Port, callers: Sequence[int]) -> list[int]:
    """List callers with all whom they were merged into and who were merged into them."""
    return _ids(port, _CALLERS, callers)


def find_calls_of_tickets(port: Port, tickets: Sequence[int]) -> list[int]:
    """List the calls that worked on some tickets."""
    return _ids(port, _CALLS, tickets)


def find_callers_of(port: Port, tickets: Sequence[int], calls: Sequence[int]) -> list[int]:
    """List the callers of some tickets and calls, as they stand there."""
    return _ids(port, _CALLERS_OF, tickets, calls)


def find_tickets_of_callers(port: Port, callers: Sequence[int]) -> list[int]:
    """List the tickets of some callers, and those that their calls worked on."""
    return _ids(port, _TICKETS_OF, callers, callers)


def find_tickets_of_calls(port: Port, calls: Sequence[int]) -> list[int]:
    """List the tickets that some calls worked on."""
    return _ids(port, _TICKETS_OF_CALLS, calls)


def _ids(port: Port, sql: str, *wanted: Sequence[int]) -> list[int]:
    return [row[0] for row in port.query(sql, [json.dumps(list(each)) for each in wanted]).rows]
