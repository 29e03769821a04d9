"""A note on a ticket away from a call, whatever others do to the ticket meanwhile."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Label

from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.ticket_notes import add_note_to_ticket, keep_ticket_draft, ticket_draft
from helpdesk.domain.safe_text import line
from helpdesk.domain.tickets import TicketRow
from helpdesk.tui.draft import Draft
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.typing_note import TypingNote
from helpdesk.tui.widgets.boxes import NoteBox


class TicketNoteScreen(TypingNote, DeskScreen):
    """One box; what stands above it follows the ticket, what stands in it is the clerk's."""

    def __init__(self, ticket: TicketRow) -> None:
        """Take the ticket.

        Args:
            ticket: The ticket.
        """
        super().__init__()
        self._ticket = ticket
        self.TITLE_OF_SCREEN = f"note on {ticket.number}"
        self._draft = Draft(self, keep_ticket_draft, ticket.id)

    def body(self) -> ComposeResult:
        """What the ticket is now, and the box."""
        yield Label("", id="asked", markup=False)
        yield NoteBox(id="note-box")

    def live(self) -> tuple[str, ...]:
        """Accept and leave, blank what must not be saved; everything else is text."""
        return self.NOTE_KEYS

    def box(self) -> NoteBox:
        """The box."""
        return self.note_box()

    def note_box(self) -> NoteBox:
        """The box."""
        return self.query_one(NoteBox)

    def note_draft(self) -> Draft:
        """Keeps what stands in it."""
        return self._draft

    async def refreshed(self) -> None:
        """Say what the ticket is now; put back what stood in the box when it is opened."""
        read = self.console.thread.read
        if not self.begun.is_set():
            left = self.console.left_notes.pop(self._ticket.id, "")
            self.note_box().fill(left or await read(ticket_draft, self._ticket.id))
            self.set_focus(self.note_box())
        history = await read(show_ticket, self._ticket.number)
        row = history.row
        told = f"{row.number}  {row.status}  {row.caller or 'unknown caller'}  {row.clerk}"
        told += f"  goes on in {history.merged_into}" if history.merged_into else ""
        self.query_one("#asked", Label).update(f" {line(told)}")

    async def save_note(self, text: str) -> bool:
        """Save it on the ticket; an empty one is no note."""
        if not text.strip():
            return False
        await self.console.thread.do(add_note_to_ticket, self._ticket.id, text)
        return True

    async def leave_note(self, echo: str) -> None:
        """Go back to the ticket; what must not be saved waits in memory."""
        if self.note_box().content.strip():
            self.console.left_notes[self._ticket.id] = self.note_box().content
        await self._draft.keep(whole=True)
        await self.console.refresh_home()
        if self.console.screen is self:
            await self.console.pop_screen()
        under = self.console.screen
        if isinstance(under, DeskScreen) and echo:
            under.say(echo)
