"""A note: typed at any time, kept as it is typed, checked before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.desk.notes import add_note_to_call
from helpdesk.domain.guard import blanked
from helpdesk.errors import NotAllowed, SecretFound
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.states.base import CallState
from helpdesk.tui.widgets.boxes import NoteBox

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen


class NoteState(CallState):
    """The note box."""

    part = "note"

    def __init__(self, screen: CallScreen) -> None:
        """Take the screen; nothing was refused yet."""
        super().__init__(screen)
        self._refused = False

    def live(self) -> tuple[str, ...]:
        """Accept and leave, blank what must not be saved; everything else is text."""
        return ("accept", "box-leave", "blank", *IN_A_BOX)

    def box(self) -> NoteBox:
        """The note box."""
        return self.screen.query_one(NoteBox)

    def typed(self) -> None:
        """Keep the draft when the fingers rest."""
        self._refused = False
        self.screen.draft.keep_soon()

    async def do_blank(self) -> None:
        """Put dots in place of what must not be saved."""
        typed = self.box().content
        without = blanked(typed)
        if without == typed:
            raise NotAllowed("Nothing in this note looks like a secret.")
        self.box().fill(without)
        self._refused = False

    async def do_accept(self) -> None:
        """Save the note and leave the box."""
        try:
            saved = await self.screen.act(add_note_to_call, self.box().content)
        except SecretFound:
            self._refused = True
            raise
        self.screen.draft.forget()
        self.box().fill("")
        await self._leave()
        if saved:
            self.screen.say("Note saved. u takes it back.")

    async def do_box_leave(self) -> None:
        """Save the note and leave; what must not be saved stays in the box, in memory only."""
        told = self._refused
        try:
            await self.do_accept()
        except SecretFound:
            if not told:
                raise
            await self._leave()
            self.screen.say("The note was not saved; it stands in its box until you change it.")

    async def _leave(self) -> None:
        await self.screen.rest()
