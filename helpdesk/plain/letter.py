"""The steps in writing: an e-mail read out or written to a file, or a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpdesk.desk.letters import letter_of_call, note_of_call, write_letter
from helpdesk.plain.note import NoteState
from helpdesk.plain.state import ChoiceState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand


class LetterState(ChoiceState):
    """The ways to hand the steps on; lines have no clipboard."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call."""
        super().__init__(call.console)
        self._call = call

    def asks(self) -> Iterator[str]:
        """List the ways."""
        yield "in writing:"
        yield from (f"{key} {said}" for key, said in self.choices().items())

    def choices(self) -> dict[str, str]:
        """The ways by key."""
        return {
            "f": "write the e-mail to a file that a mail program opens",
            "l": "read the e-mail out",
            "n": "put what was found into a note",
        }

    def choose(self, key: str) -> None:
        """Hand the steps on."""
        desk, view = self._call.desk, self._call.view
        if key == "n":
            self.console.go(NoteState(self._call, note_of_call(desk, view)))
            return
        written = letter_of_call(desk, view)
        if key == "f":
            self.console.say(f"Written: {write_letter(desk, written, view.number)}")
            self._call.rest()
            return
        self.console.say(f"To: {written.to or 'no address on record'}")
        for each in written.text.splitlines():
            self.console.say(each)

    def do_leave(self) -> None:
        """Back to the playbook."""
        self._call.rest()
