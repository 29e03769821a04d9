"""Notes, and what stands in the note box while it is being typed."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.view import call_view
from helpdesk.domain.guard import safe_to_save
from helpdesk.domain.journal import Change
from helpdesk.domain.permissions import allows
from helpdesk.domain.safe_text import storable
from helpdesk.store.calls import drop_draft, save_draft
from helpdesk.store.doings import add_note
from helpdesk.store.search import index_ticket


@act("record")
def add_note_to_call(desk: Desk, call: int, text: str, stamp: Stamp | None = None) -> bool:
    """Keep a note.

    Args:
        desk: The desk.
        call: The call.
        text: What it says; line breaks stay.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        Whether there was anything to keep.

    Raises:
        SecretFound: When the text holds what must never be kept; the box keeps it in memory.
    """
    said = storable(text).strip()
    batch = Batch(desk, stamp)
    batch.write(drop_draft(call))
    view = call_view(desk, call)
    if said:
        note = batch.new_id()
        batch.write(add_note(note, view.ticket, call, batch.stamp.at, batch.stamp.clerk, said))
        told = [Change(f"note/{note}/struck", "1", "0"), Change("text", None, said)]
        batch.tell(ticket_chain(view.ticket), "add_note", told)
        batch.index(index_ticket(view.ticket))
    batch.send()
    return bool(said)


def keep_draft(desk: Desk, call: int, text: str, stamp: Stamp | None = None) -> None:
    """Keep what stands in the note box, as far as it may be kept already.

    Unlike an act it refuses nothing: what looks like a secret just stays in memory.

    Args:
        desk: The desk.
        call: The call.
        text: What stands there.
        stamp: Who asked and when; ``None`` for now.
    """
    if not allows(desk.clerk.role, "record"):
        return
    batch = Batch(desk, stamp)
    batch.write(save_draft(call, safe_to_save(storable(text)), batch.stamp.at))
    batch.send()
