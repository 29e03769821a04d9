"""A paste is one event and never keys, whatever it holds and however the terminal cuts it up.

Textual's own parser takes what follows an ESC inside a paste for a key, and reads a paste sign
by sign. Here a paste is cut out before that parser sees it: it only sees the marks around it.
What stands between the end of a paste and another mark was pasted too: a terminal that does not
take marks out of what it pastes would else let a paste end itself and press keys.

That parser also takes Escape and whatever is pressed within a tenth of a second for one key:
Escape is lost before a blank, Enter or a slash, and with a 1 it is a ¡. Here it is a key of its
own where no terminal's sequence goes on so.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import Final

from textual import constants, events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

from helpdesk.errors import BadInput

START: Final = BRACKETED_PASTE_START
"""What a terminal sends before a paste."""

END: Final = BRACKETED_PASTE_END
"""What it sends behind it."""

LONGEST: Final = 20_000
"""How many characters are pasted at once."""

_MARK: Final = re.compile(f"{re.escape(START)}|{re.escape(END)}")

_ESC: Final = "\x1b"
_ESC_ALONE: Final = re.compile(r"\x1b(?![\[\]OPX^_\\]|\Z)")
"""An Escape before what no sequence of a terminal goes on with."""

_QUIET_SECONDS: Final = 0.06
"""So long nothing comes behind a paste until it is over."""

_MOST_SECONDS: Final = 0.5
"""So long at most keys behind a paste wait."""


class TooLong(events.Paste):
    """A paste that is not taken; only its length is known."""

    def __init__(self, length: int) -> None:
        """Say how long it was.

        Args:
            length: In characters.
        """
        super().__init__("")
        self.length = length


def refuse_longer(event: events.Paste, there: int) -> None:
    """Refuse a paste that is too long for one box.

    Args:
        event: The paste.
        there: How many characters the box holds already.

    Raises:
        BadInput: When it is; the box stays as it is.
    """
    length = event.length if isinstance(event, TooLong) else len(event.text)
    if there + length > LONGEST:
        more = f" to the {there:,} in the box" if there else ""
        raise BadInput(
            f"Nothing was pasted: it has {length:,} characters{more}, and a box holds "
            f"{LONGEST:,}. Paste the part that matters."
        )


def pasted(text: str, length: int) -> events.Paste:
    """Make the event of a paste.

    Args:
        text: What was pasted, or its beginning.
        length: How long it was as a whole.

    Returns:
        The event.
    """
    return events.Paste(text) if length <= LONGEST else TooLong(length)


def plain_key(event: events.Key) -> events.Key:
    """A key pressed with alt, or right after Escape, as the key alone.

    Args:
        event: Such as ``alt+h`` or ``alt+shift+h``.

    Returns:
        The key without alt.
    """
    key = event.key.removeprefix("alt+")
    if key.startswith("shift+") and len(key) == len("shift+h"):
        key = key[-1].upper()
    return events.Key(key, event.character or (key if len(key) == 1 else None))


class PasteParser(XTermParser):
    """Textual's parser of what a terminal sends, pastes taken out."""

    def __init__(self, debug: bool = False) -> None:
        """Begin outside of a paste."""
        super().__init__(debug)
        self._before = ""  # the last signs, in which a mark may have begun
        self._paste: list[str] | None = None  # what is being pasted, or waits to be over
        self._length = 0
        self._held: str | None = None  # what came behind the end of a paste
        self._ended = self._last = 0.0
        self._escape = ""  # the last sign, if it was one that a sequence may begin with

    def feed(self, data: str) -> Iterable[Message]:
        """Take what the terminal sent.

        Args:
            data: The text; empty at the end.

        Yields:
            Keys, pastes and the rest, in order.
        """
        if not data:
            yield from self._over()
            yield from self._escaped()
            yield from super().feed(data)
            return
        self._last = time.monotonic()
        if self._held is not None:
            data, self._held = self._held + data, None
            yield from self._behind(data)
        elif self._paste is not None:
            yield from self._within(data)
        else:
            yield from self._outside(data)

    def tick(self) -> Iterable[Message]:
        """End a paste behind which nothing came, and an Escape alone.

        Yields:
            What is known by now.
        """
        now = time.monotonic()
        quiet = now - self._last >= _QUIET_SECONDS or now - self._ended >= _MOST_SECONDS
        if self._held is not None and quiet:
            yield from self._over()
        if now - self._last >= constants.ESCAPE_DELAY:
            yield from self._escaped()
        yield from super().tick()

    def _keys(self, data: str) -> Iterator[Message]:
        """Let Textual take what is outside of a paste, each Escape alone for itself."""
        data = self._escape + data
        self._escape = _ESC if data.endswith(_ESC) else ""
        first, *others = (part.removesuffix(_ESC) for part in _ESC_ALONE.split(data))
        yield from super().feed(first) if first else ()
        for part in others:
            yield events.Key("escape", _ESC)
            yield from super().feed(part) if part else ()

    def _escaped(self) -> Iterator[Message]:
        """The Escape that nothing followed, if there is one."""
        if self._escape:
            self._escape = ""
            yield events.Key("escape", _ESC)

    def _outside(self, data: str) -> Iterator[Message]:
        seen = self._before + data
        at = seen.find(START)
        if at < 0:
            self._before = seen[1 - len(START) :]
            yield from self._keys(data)
            return
        until = at + len(START) - len(self._before)
        self._before, self._paste, self._length = "", [], 0
        yield from self._keys(data[:until])
        if data[until:]:
            yield from self._within(data[until:])

    def _within(self, data: str) -> Iterator[Message]:
        seen = self._before + data
        at = seen.find(END)
        if at < 0:
            keep = len(END) - 1
            self._add(seen[:-keep])
            self._before = seen[-keep:]
            return
        self._add(seen[:at])
        self._before = ""
        self._ended = self._last
        yield from self._behind(seen[at + len(END) :])

    def _behind(self, data: str) -> Iterator[Message]:
        """Wait whether the paste goes on: another mark says so, and marks are no text."""
        while found := _MARK.search(data):
            self._add(data[: found.start()])
            data = data[found.end() :]
            if found[0] == START:
                yield from self._within(data)
                return
        self._held = data

    def _over(self) -> Iterator[Message]:
        """Tell of the paste, and take what came behind it as keys."""
        if self._paste is None:
            return
        paste, held = pasted("".join(self._paste), self._length), self._held
        self._paste = self._held = None
        for message in super().feed(END):
            if not isinstance(message, events.Paste):
                yield message
        yield paste
        if held:
            yield from self._outside(held)

    def _add(self, text: str) -> None:
        assert self._paste is not None  # noqa: S101 - only within one
        self._length += len(text)
        if self._length <= LONGEST:
            self._paste.append(text)
