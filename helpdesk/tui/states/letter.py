"""The steps in writing: an e-mail for the clipboard, a file or a mail program, or a note."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from helpdesk.desk.letters import letter_of_call, note_of_call, write_letter
from helpdesk.errors import NotAllowed
from helpdesk.playbooks.letters import Letter
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.states.note import NoteState
from helpdesk.tui.widgets.boxes import NoteBox
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen

_WAYS = (
    Row("c", "c  copy the e-mail to the terminal's clipboard"),
    Row("m", "m  copy it as a mailto: address, which opens a mail program"),
    Row("f", "f  write it to a file that a mail program opens"),
    Row("n", "n  put what was found into the note"),
)


_LINE = "line "
"""How the rows that only read are marked; the cursor goes over them so that they are seen."""


class LetterState(ListState):
    """The ways to hand the steps on, and below them how they read."""

    def __init__(self, screen: CallScreen) -> None:
        """Take the screen; nothing is written yet."""
        super().__init__(screen)
        self._texts: list[str] = []
        self._refusal = ""

    async def enter(self) -> None:
        """Lay the e-mail out; without one there is still the note."""
        try:
            written = await self._letter()
        except NotAllowed as refusal:
            self._refusal = str(refusal)
        else:
            to = written.to or "no address on record"
            self._texts = [f"To: {to}", *written.text.splitlines()]
        self.resized()

    def resized(self) -> None:
        """Lay it out for the width that there is."""
        width = max(20, self.screen.query_one("#stage").size.width - 6)
        lines = [part for text in self._texts for part in wrap(text, width) or [""]]
        rows = [*_WAYS, *(Row(f"{_LINE}{place}", text) for place, text in enumerate(lines))]
        if self._refusal:
            rows = [_WAYS[-1], Row("", ""), Row("", self._refusal)]
        self.show_menu("In writing   a letter hands it on; down: read it   esc: back", rows)

    async def do_menu_accept(self) -> None:
        """Hand it on in the way under the cursor."""
        row = self.menu_rows.chosen
        if row is not None and row.key.startswith(_LINE):
            raise NotAllowed("Press c, m, f or n to hand it on; esc closes it.")
        await super().do_menu_accept()

    async def take_key(self, key: str, character: str | None) -> bool:
        """Hand it on in the way whose key it is."""
        if not character or self.console.keymap.command(key, self.live()):
            return False
        ways = {"c": self._copy, "m": self._mailto, "f": self._file, "n": self._note}
        if character not in ways:
            raise NotAllowed(f"“{character}” is not in this menu; esc closes it.")
        await ways[character]()
        return True

    async def _letter(self) -> Letter:
        view = self.screen.view
        if view is None:
            raise NotAllowed("There is no call to write about.")
        return await self.console.thread.read(letter_of_call, view)

    async def _copy(self) -> None:
        self.console.copy_to_clipboard((await self._letter()).text)
        await self.screen.rest()
        self.screen.say("E-mail sent to the terminal's clipboard; a e records that it was sent.")

    async def _mailto(self) -> None:
        self.console.copy_to_clipboard((await self._letter()).mailto)
        await self.screen.rest()
        self.screen.say("mailto: address sent to the terminal's clipboard; a e records it.")

    async def _file(self) -> None:
        view = self.screen.view
        number = view.number if view else ""
        path = await self.console.thread.do(write_letter, await self._letter(), number)
        await self.screen.rest()
        self.screen.say(f"Written: {path}; a e records that it was sent.")

    async def _note(self) -> None:
        view = self.screen.view
        if view is None:
            return
        found = await self.console.thread.read(note_of_call, view)
        box = self.screen.query_one(NoteBox)
        box.fill(f"{box.content.rstrip()}\n{found}".strip() + " ")
        await self.screen.change(NoteState(self.screen))
        self.screen.draft.keep_soon()
