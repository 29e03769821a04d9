"""Notes on a ticket away from a call, and what stands in the box until they are saved."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.notes import write_note
from helpdesk.desk.ticket_rows import ticket_row
from helpdesk.domain.guard import safe_to_save
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput
from helpdesk.store.drafts import drop_ticket_draft, get_ticket_draft, save_ticket_draft


@act("record")
def add_note_to_ticket(desk: Desk, ticket: int, text: str) -> None:
    """Write a note on a ticket; notes are only added to, so that none gets in another's way.

    Whatever became of the ticket meanwhile, the note is kept where it was written.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        text: What it says.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When it says nothing.
        SecretFound: When it holds what must never be kept.
    """
    said = storable(text).strip()
    if not said:
        raise BadInput("An empty note says nothing: type it, or leave the box (esc).")
    row, batch = ticket_row(desk, ticket), Batch(desk)
    batch.write(drop_ticket_draft(ticket, batch.stamp.clerk))
    batch.tell(ticket_chain(row["id"]), "add_note", write_note(batch, ticket, None, said))
    batch.send()


def keep_ticket_draft(desk: Desk, ticket: int, text: str) -> None:
    """Keep what stands in the note box of a ticket, as far as it may touch the disk.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        text: What stands there.
    """
    desk.require("record")
    batch = Batch(desk)
    safe = safe_to_save(storable(text))
    batch.write(save_ticket_draft(ticket, batch.stamp.clerk, safe, batch.stamp.at))
    batch.send()


def ticket_draft(desk: Desk, ticket: int) -> str:
    """Fetch what stood in this clerk's note box of a ticket.

    Args:
        desk: The desk.
        ticket: The ticket's id.

    Returns:
        The text, or empty.
    """
    desk.require("read")
    return get_ticket_draft(desk.port, ticket, desk.clerk.id)
