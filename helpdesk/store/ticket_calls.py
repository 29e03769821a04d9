"""What is asked of the calls of one ticket."""

from __future__ import annotations

from helpdesk.port import Port

_LAST_PHONE = """
SELECT l.phone FROM call_ticket x JOIN call l ON l.id = x.call
WHERE x.ticket = ? AND l.phone <> '' ORDER BY l.started_at DESC LIMIT 1
"""
_LATER_CALL = """
SELECT 1 FROM journal j JOIN journal_value v ON v.entry = j.id AND v.field LIKE 'call/%'
JOIN call f ON f.id = substr(v.field, 6, instr(substr(v.field, 6), '/') - 1)
JOIN call_ticket x ON x.ticket = (SELECT y.ticket FROM call_ticket y WHERE y.call = f.id LIMIT 1)
JOIN call l ON l.id = x.call
WHERE j.subject = ? AND j.seq = ? AND l.started_at > f.started_at LIMIT 1
"""


def get_last_phone(port: Port, ticket: int) -> str:
    """Find the number that the last call on a ticket came from.

    Args:
        port: The database.
        ticket: The ticket's id.

    Returns:
        The digits, or empty.
    """
    return str(port.query(_LAST_PHONE, (ticket,)).value() or "")


def has_later_call(port: Port, chain: str, seq: int) -> bool:
    """Whether another call on the same ticket began after the one that an entry is about.

    Args:
        port: The database.
        chain: The journal's subject.
        seq: The place of the entry that finished the call.

    Returns:
        Whether there is one.
    """
    return port.query(_LATER_CALL, (chain, seq)).value() is not None
