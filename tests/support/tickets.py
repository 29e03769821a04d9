"""Tickets for tests of what becomes of them after their calls."""

from __future__ import annotations

from typing import Any

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.view import call_view
from tests.support.calls import rows


def ticket_of_call(desk: Desk, outcome: str = "", due_at: int | None = None) -> int:
    """Take a call with nothing said on it.

    Args:
        desk: The desk.
        outcome: How it ended; empty for a call that goes on.
        due_at: What was promised, in seconds UTC.

    Returns:
        The ticket that it made.
    """
    call = start_call(desk)
    ticket = call_view(desk, call).ticket
    if outcome:
        finish_call(desk, call, outcome, due_at)
    return ticket


def row_of_ticket(desk: Desk, ticket: int) -> dict[str, Any]:
    """The ticket's row, as the database has it."""
    (row,) = rows(desk, "SELECT * FROM ticket WHERE id = ?", ticket)
    return row


def told_of(desk: Desk, ticket: int) -> list[str]:
    """The acts in the ticket's journal, in order."""
    found = rows(
        desk, "SELECT act FROM journal WHERE subject = ? ORDER BY seq", f"ticket:{ticket}"
    )
    return [row["act"] for row in found]
