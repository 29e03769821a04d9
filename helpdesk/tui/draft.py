"""The draft of a note: kept as soon as the fingers rest, so that a kill loses one word at most."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from textual.timer import Timer

from helpdesk.desk.desk import Desk
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.widgets.boxes import NoteBox

Keep = Callable[[Desk, int, str], None]
"""An act that keeps a draft of a call or of a ticket."""

_SECONDS: Final = 0.4


class Draft:
    """What stands in the note box of a call, or of a ticket."""

    def __init__(self, screen: DeskScreen, keep: Keep, about: int) -> None:
        """Begin with nothing typed.

        Args:
            screen: The screen with the note box.
            keep: The act that keeps it.
            about: The id of the call or the ticket.
        """
        self._screen, self._keep, self._about = screen, keep, about
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
            await screen.do_or_say(partial(do, self._keep, self._about, self._text + end))

    def forget(self) -> None:
        """Keep nothing of what stands in the note box: it was saved as a note."""
        self._stop()
        self._text = ""

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
