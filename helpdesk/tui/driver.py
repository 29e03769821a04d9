"""Textual's driver, made to outlast its terminal, to draw at once, and to take a paste for one.

When a terminal goes away the kernel sends SIGCONT too, on which Textual begins to draw anew; its
writing thread then dies of the first write, and leaving would wait for that thread for ever.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import RLock
from typing import Any, Final

from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from helpdesk.tui.pasting import PasteParser
from helpdesk.tui.terminal_file import TerminalFile

_AT_ONCE: Final = 65_536
_TICK_SECONDS: Final = 0.1
_USUAL: Final = (80, 24)
_MOST: Final = (1_000, 400)


class LastingDriver(LinuxDriver):
    """Draws as long as there is a terminal, and is never stopped by a lost one."""

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - as Textual has it
        """Take what Textual's own driver takes."""
        super().__init__(*args, **given)
        self._terminal = TerminalFile(self._file)  # type: ignore[arg-type]
        self._file = self._terminal  # type: ignore[assignment]
        self._picture, self._turn = "", RLock()

    def process_message(self, message: Message) -> None:
        """Pass on what the terminal sent; it may tell its size as well, and be wrong."""
        if isinstance(message, events.Resize):
            size = Size(*_bounded(message.size.width, message.size.height))
            message = events.Resize(size, size)
        super().process_message(message)

    def send_message(self, message: Message) -> None:
        """Hand it to the console by the shortest way: Textual would begin a task for each key."""
        self._loop.call_soon_threadsafe(self._app.post_message, message)

    def start_application_mode(self) -> None:
        """Begin to draw, also after a pause; never on a terminal that is gone."""
        if os.isatty(self.fileno):
            self._terminal.open()
            super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was, also in the middle of a picture."""
        with self._turn:
            self._send()
        super().stop_application_mode()

    def close(self) -> None:
        """End the thread that writes, and close the terminal as it was opened for that."""
        super().close()
        self._terminal.close()

    def write(self, data: str) -> None:
        """Write at once, a picture whole: over ssh each part would be a packet of its own."""
        with self._turn:  # the thread that reads answers the terminal now and then
            self._picture += data
            if not self._picture.startswith(SYNC_START) or data == SYNC_END:
                self._send()

    def _send(self) -> None:
        whole, self._picture = self._picture, ""
        if left := self._terminal.write_at_once(whole):
            super().write(left)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal itself: ``COLUMNS`` may say anything, and a screen is held whole."""
        try:
            return _bounded(*os.get_terminal_size(self.fileno))
        except OSError:
            return _USUAL

    def run_input_thread(self) -> None:
        """Read what the terminal sends, as Textual does, pastes taken out by our own parser."""
        parser, decode = PasteParser(), getincrementaldecoder("utf-8")("replace").decode
        with suppress(OSError), selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK_SECONDS):
                    self._take(parser.feed, decode(os.read(self.fileno, _AT_ONCE)))
                for event in parser.tick():
                    self.process_message(event)

    def _take(self, feed: Callable[[str], Iterable[Message]], text: str) -> None:
        if text:  # what is empty is half a sign, or a terminal that went away
            for event in feed(text):
                self.process_message(event)


def _bounded(columns: int, rows: int) -> tuple[int, int]:
    """A size that can be drawn; a terminal that knows none says 0."""
    return min(columns or _USUAL[0], _MOST[0]), min(rows or _USUAL[1], _MOST[1])
