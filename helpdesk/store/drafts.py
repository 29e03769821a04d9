"""The rows of notes that are not finished yet, away from a call."""

from __future__ import annotations

from typing import Final

from helpdesk.port import Port, Statement

_SAVE: Final = """
INSERT INTO ticket_draft(ticket, clerk, text, at) VALUES (?, ?, ?, ?)
ON CONFLICT(ticket, clerk) DO UPDATE SET text = excluded.text, at = excluded.at
"""
_DROP: Final = "DELETE FROM ticket_draft WHERE ticket = ? AND clerk = ?"
_GET: Final = "SELECT text FROM ticket_draft WHERE ticket = ? AND clerk = ?"


def save_ticket_draft(ticket: int, clerk: int, text: str, at: int) -> Statement:
    """Keep what stands in a clerk's note box of a ticket."""
    return (_SAVE, (ticket, clerk, text, at))


def drop_ticket_draft(ticket: int, clerk: int) -> Statement:
    """Forget what stood in a clerk's note box of a ticket."""
    return (_DROP, (ticket, clerk))


def get_ticket_draft(port: Port, ticket: int, clerk: int) -> str:
    """Fetch what stood in a clerk's note box of a ticket.

    Args:
        port: The database.
        ticket: The ticket's id.
        clerk: The clerk's id.

    Returns:
        The text, or empty.
    """
    return str(port.query(_GET, (ticket, clerk)).value() or "")
