"""What typing a note is like, on a call and away from one: nothing typed is lost."""

from __future__ import annotations

from helpdesk.errors import SecretFound
from helpdesk.tui.draft import Draft
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.widgets.boxes import NoteBox


class TypingNote:
    """The commands of a note box."""

    NOTE_KEYS = ("accept", "box-leave", "blank", *IN_A_BOX)
    """The commands that work in it; everything else is text."""

    refused = False
    """Whether it was told already that the text holds a secret."""

    def note_box(self) -> NoteBox:
        """The box."""
        raise NotImplementedError

    def note_draft(self) -> Draft:
        """Keeps what stands in it."""
        raise NotImplementedError

    async def save_note(self, text: str) -> bool:
        """Save what stands in it; says whether there was anything."""
        raise NotImplementedError

    async def leave_note(self, echo: str) -> None:
        """Leave the box, and say something where that leads."""
        raise NotImplementedError

    def typed(self) -> None:
        """Keep the draft when the fingers rest."""
        self.refused = False
        self.note_draft().keep_soon()

    async def do_accept(self) -> None:
        """Save the note and leave the box."""
        try:
            saved = await self.save_note(self.note_box().content)
        except SecretFound:
            self.refused = True
            raise
        self.note_draft().forget()
        self.note_box().fill("")
        await self.leave_note("Note saved. u takes it back." if saved else "")

    async def do_box_leave(self) -> None:
        """Save the note and leave; what must not be saved stays in the box, in memory only."""
        told = self.refused
        try:
            await self.do_accept()
        except SecretFound:
            if not told:
                raise
            await self.leave_note(
                "The note was not saved; it stands in its box until you change it."
            )
