"""The draft of a note: kept as soon as the fingers rest, so that a kill loses one word at most."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from helpdesk.desk.notes import keep_draft
from helpdesk.tui.widgets.boxes import NoteBox

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen

_SECONDS: Final = 0.4


class Draft:
    """What stands in the note box of a call."""

    def __init__(self, screen: CallScreen) -> None:
        """Begin with nothing typed.

        Args:
            screen: The call screen.
        """
        self._screen = screen
        self._text = ""
        self._timer: Timer | None = None

    def keep_soon(self) -> None:
        """Keep what stands in the note box as soon as the fingers rest."""
        self._stop()
        self._text = self._screen.query_one(NoteBox).content
        self._timer = self._screen.set_timer(_SECONDS, self.keep)

    async def keep(self, *, whole: bool = False) -> None:
        """Keep what stands in the note box, when it was changed since.

        Args:
            whole: Whether the last word counts as finished, because nobody types on.
        """
        changed = self._timer is not None or (whole and self._text)
        self._stop()
        if changed:
            end = " " if whole and not self._text[-1:].isspace() else ""
            screen = self._screen
            do = screen.console.thread.do
            await screen.do_or_say(partial(do, keep_draft, screen.call, self._text + end))

    def forget(self) -> None:
        """Keep nothing of what stands in the note box: it was saved as a note."""
        self._stop()
        self._text = ""

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
