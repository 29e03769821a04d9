"""Notes, and what stands in the note box while it is being typed."""

from __future__ import annotations

from contextlib import suppress

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.view import call_row
from helpdesk.domain.guard import safe_to_save
from helpdesk.domain.journal import Change
from helpdesk.domain.permissions import allows
from helpdesk.domain.safe_text import storable
from helpdesk.errors import SecretFound
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
    ticket = call_row(desk, call)["ticket"]
    if said:
        batch.tell(ticket_chain(ticket), "add_note", write_note(batch, ticket, call, said))
    batch.send()
    return bool(said)


def write_note(batch: Batch, ticket: int, call: int | None, said: str) -> list[Change]:
    """Put a note into a batch.

    Args:
        batch: The batch.
        ticket: The ticket.
        call: The call it was written on; ``None`` away from one.
        said: What it says.

    Returns:
        What the journal is told.
    """
    note, stamp = batch.new_id(), batch.stamp
    batch.write(add_note(note, ticket, call, stamp.at, stamp.clerk, said))
    batch.index(index_ticket(ticket))
    return [Change(f"note/{note}/struck", "1", "0"), Change("text", None, said)]


def keep_draft(desk: Desk, call: int, text: str) -> None:
    """Keep what stands in the note box, as far as it may be kept already.

    Unlike an act it refuses nothing: what looks like a secret just stays in memory.

    Args:
        desk: The desk.
        call: The call.
        text: What stands there.
    """
    if not allows(desk.clerk.role, "record"):
        return
    with suppress(SecretFound):
        write_draft(desk, call, safe_to_save(storable(text)))


@act("record")
def write_draft(desk: Desk, call: int, safe: str, stamp: Stamp | None = None) -> None:
    """Write down what may be kept of the note box.

    Args:
        desk: The desk.
        call: The call.
        safe: The text that the guard has let through.
        stamp: Who asked and when; ``None`` for now.
    """
    batch = Batch(desk, stamp)
    batch.write(save_draft(call, safe, batch.stamp.at))
    batch.send()
