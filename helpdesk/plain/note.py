"""A note: one line, checked before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from helpdesk.desk.notes import add_note_to_call
from helpdesk.domain.guard import blanked
from helpdesk.errors import SecretFound
from helpdesk.plain.state import TextState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand

BLANK: Final = "blank"
"""The line that saves a refused note with dots in place of what must not be saved."""


class NoteState(TextState):
    """The next line is a note."""

    def __init__(self, call: CallAtHand, text: str = "", *, refused: bool = False) -> None:
        """Take the call.

        Args:
            call: The call.
            text: What was typed before, to be saved by an empty line; in memory only.
            refused: Whether it holds what must never be kept.
        """
        super().__init__(call.console)
        self._call = call
        self._text = text
        self._refused = refused

    def asks(self) -> Iterator[str]:
        """Ask for the note; what was refused is not repeated."""
        leave = self.console.keymap.key("box-leave")
        if self._refused:
            yield f"note? {BLANK} = with dots in place of it, {leave} = no note."
        elif self._text:
            yield from (f"  {each}" for each in self._text.splitlines())
            yield f"note? enter = save this one, {leave} = leave it."
        else:
            yield "note? one line; enter = no note."

    def helps(self) -> Iterator[str]:
        """The same again."""
        yield from self.asks()

    def take_text(self, typed: str) -> None:
        """Save the note, or leave when there is none."""
        if self._refused and typed == BLANK:
            typed = blanked(self._text)
        elif not typed and self._refused:
            self.do_leave()
            return
        self._save(typed or self._text)

    def do_leave(self) -> None:
        """Leave without a note."""
        self._call.rest()

    def _save(self, text: str) -> None:
        try:
            saved = self._call.act(add_note_to_call, text) if text else False
        except SecretFound:
            self.console.go(NoteState(self._call, text, refused=True))
            raise
        if saved:
            self.console.say("Note saved. u takes it back.")
        self._call.rest()
