"""The menu of all that can be changed on a ticket away from a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.domain.ticket_history import TicketHistory
from helpdesk.tui.changes.record import RecordChanges
from helpdesk.tui.changes.redaction import Redactions
from helpdesk.tui.changes.standing import StandingChanges
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp


def change_question(console: HelpdeskApp, history: TicketHistory) -> Question:
    """Ask what is to be changed on a ticket.

    Args:
        console: The console.
        history: The ticket as it was read last: what the person saw.

    Returns:
        The question.
    """
    steps = RecordChanges(console, history).steps()
    if not history.merged_into and history.row.status != "void":
        standing = StandingChanges(console, history)
        void = ("void: counts for nothing (supervisors)", standing.void())
        steps = {**standing.steps(), **steps, "v": void}
    steps = {**steps, **Redactions(console, history).steps()}

    async def then(key: str) -> Question | str:
        return await steps[key][1]()

    rows = [Row(key, f"{key}  {text}") for key, (text, _) in steps.items()]
    return Question(f"Change {history.row.number}: what?", then, rows)
