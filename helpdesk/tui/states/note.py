"""A note: typed at any time, kept as it is typed, checked before it is saved."""

from __future__ import annotations

from helpdesk.desk.notes import add_note_to_call
from helpdesk.tui.draft import Draft
from helpdesk.tui.states.base import CallState
from helpdesk.tui.typing_note import TypingNote
from helpdesk.tui.widgets.boxes import NoteBox


class NoteState(TypingNote, CallState):
    """The note box of a call."""

    part = "note"

    def live(self) -> tuple[str, ...]:
        """Accept and leave, blank what must not be saved; everything else is text."""
        return self.NOTE_KEYS

    def box(self) -> NoteBox:
        """The note box."""
        return self.note_box()

    def note_box(self) -> NoteBox:
        """The box."""
        return self.screen.query_one(NoteBox)

    def note_draft(self) -> Draft:
        """Keeps what stands in it."""
        return self.screen.draft

    async def save_note(self, text: str) -> bool:
        """Save it on the call."""
        return await self.screen.act(add_note_to_call, text)

    async def leave_note(self, echo: str) -> None:
        """Go back to the playbook."""
        await self.screen.rest()
        if echo:
            self.screen.say(echo)
