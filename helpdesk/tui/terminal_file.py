"""The terminal's file: a picture goes out at once, and the drawing never waits for a slow line.

Textual hands all that it draws to a thread, which has to wait until the drawing one rests: a key
was seen up to a millisecond later. Only what a terminal does not take at once is left to it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from select import select
from typing import TextIO


class TerminalFile:
    """Writes to a terminal; what is written to one that is gone is dropped."""

    def __init__(self, to: TextIO) -> None:
        """Take the file.

        Args:
            to: Where Textual writes, a terminal or not.
        """
        self._to = to
        self._handle: int | None = None
        self._left = self._done = 0  # texts left to the thread, and those that it has written

    def open(self) -> None:
        """Open the terminal once more, for that never waits; where it cannot be, a thread does."""
        self.close()
        ways = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK
        with suppress(OSError):
            self._handle = os.open(os.ttyname(self.fileno()), ways)

    def close(self) -> None:
        """Close what was opened."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def write_at_once(self, text: str) -> str:
        """Write as much as the terminal takes now; nothing while a text before it waits.

        Args:
            text: What is to be written.

        Returns:
            What is left to be given to ``write``, on a thread that may wait; empty when nothing
            is.
        """
        data = text.encode(self._to.encoding, "backslashreplace")
        if self._handle is not None and self._left == self._done:
            try:
                data = data[os.write(self._handle, data) :]
            except BlockingIOError:
                pass
            except OSError:  # the terminal is gone
                return ""
        self._left += bool(data)
        return data.decode(self._to.encoding, "surrogateescape")  # it may end within a sign

    def write(self, text: str) -> None:
        """Write what was left, and wait as long as that takes.

        Args:
            text: What ``write_at_once`` gave.
        """
        data = text.encode(self._to.encoding, "surrogateescape")
        with suppress(OSError):
            while data:
                select([], [self.fileno()], [])  # whoever began the program may forbid to wait
                data = data[os.write(self.fileno(), data) :]
        self._done += 1

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def fileno(self) -> int:
        """The number of Textual's own file."""
        return self._to.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._to.isatty()
