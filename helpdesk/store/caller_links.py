"""Tickets and calls whose caller nobody knew, by the number they came from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Rows

_PHONES: Final = """
SELECT DISTINCT l.phone FROM call_ticket x JOIN call l ON l.id = x.call
WHERE x.ticket = ? AND l.phone <> '' ORDER BY l.phone
"""
_ANONYMOUS: Final = """
SELECT t.id AS ticket, l.id AS call
FROM call l JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
WHERE l.phone IN (SELECT value FROM json_each(?)) AND l.phone <> ''
    AND l.caller IS NULL AND t.caller IS NULL
ORDER BY l.started_at, l.id
"""
_OF_TICKET: Final = """
SELECT x.ticket, l.id AS call FROM call_ticket x JOIN call l ON l.id = x.call
WHERE x.ticket = ? AND l.caller IS NULL ORDER BY l.started_at, l.id
"""


def find_phones_of(port: Port, ticket: int) -> list[str]:
    """Name the numbers that a ticket's calls came from, as far as they are known."""
    return [row[0] for row in port.query(_PHONES, (ticket,)).rows]


def find_anonymous(port: Port, phones: Sequence[str]) -> Rows:
    """List the calls without a caller that came from some numbers.

    Args:
        port: The database.
        phones: The digits.

    Returns:
        Ticket and call of each, the first first; a ticket that has a caller is left out.
    """
    return port.query(_ANONYMOUS, (json.dumps(list(phones)),))


def find_anonymous_of(port: Port, ticket: int) -> Rows:
    """List the calls without a caller of one ticket; the columns of ``find_anonymous``."""
    return port.query(_OF_TICKET, (ticket,))
