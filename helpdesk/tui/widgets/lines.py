"""The first and the last line of every screen: what goes on, and which keys work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from helpdesk.domain.safe_text import line
from helpdesk.tui.words import fitted

_INDENT: Final = 3
"""Cells before the words of what is said, for the sign that it begins with."""


class HeadLine(Static):
    """What goes on: the call and its clock, promises, who and when."""

    DEFAULT_CSS = """
    HeadLine { height: 1; background: $panel; color: $foreground; text-style: bold; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="head", markup=False)
        self._parts: tuple[str, ...] = ()

    def show(self, parts: Sequence[str]) -> None:
        """Say what goes on.

        Args:
            parts: From the left; the last one stands at the right.
        """
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.refresh()

    def render(self) -> Content:
        """Fit the parts to the width."""
        width = self.size.width
        if not self._parts:
            return Content("")
        right = f" {line(self._parts[-1])} "
        left = " " + " | ".join(line(part) for part in self._parts[:-1] if part)
        room = max(0, width - cell_len(right))
        return Content(fitted(left, room) + fitted(right, width - room))


class KeyLine(Static):
    """The keys that work now, the most important first; what does not fit is in the help."""

    DEFAULT_CSS = """
    KeyLine { height: 1; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="keys", markup=False)
        self._keys: tuple[tuple[str, str], ...] = ()

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Say which keys work.

        Args:
            keys: Key and label, the most important first; the help, if it works, is last.
        """
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def render(self) -> Content:
        """Show as many keys as the width takes."""
        *keys, last = self._keys or (("", ""),)
        room = self.size.width - cell_len(f" {last[0]} {last[1]} ")
        shown: list[Content] = []
        for key, label in keys:
            wanted = cell_len(f" {key} {label} ")
            if wanted <= room:
                room -= wanted
                shown.append(_key_and_label(key, label))
        return Content("").join([*shown, _key_and_label(*last)])


class HereLine(Static):
    """One line that says who else is at the ticket on the screen; not there for nobody."""

    DEFAULT_CSS = """
    HereLine { display: none; height: auto; color: $text-warning; text-style: bold; }
    HereLine.-here { display: block; }
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        super().__init__(id="here", markup=False)
        self._said = ""

    def show(self, said: str) -> None:
        """Say who is there.

        Args:
            said: One sentence; empty for nobody.
        """
        if said != self._said:
            self._said = said
            self.update(Content(f" @ {line(said)}" if said else ""))
            self.set_class(bool(said), "-here")


class EchoLine(Static):
    """One line that says what the last key did, or why it did nothing."""

    DEFAULT_CSS = """
    EchoLine { height: auto; min-height: 1; max-height: 7; color: $foreground; text-style: bold; }
    EchoLine.refused { color: $text-warning; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="echo", markup=False)
        self._said = ("", False)

    @property
    def is_refusal(self) -> bool:
        """Whether it tells why something was not done."""
        text, refused = self._said
        return refused and bool(text)

    @property
    def said(self) -> str:
        """What is said, behind ``!`` where it tells why something was not done, else ``+``."""
        text, refused = self._said
        return f"{'!' if refused else '+'} {line(text)}" if text else ""

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something until the next key.

        Args:
            text: One sentence.
            refused: Whether it tells why something was not done.
        """
        if (text, refused) == self._said:
            return
        self._said = (text, refused)
        if text:  # nothing has no colour
            self.set_class(refused, "refused")
        rows, width = self.size.height, self.size.width
        self.refresh(layout=not width or len(self._wrapped(width)) != rows)

    def render(self) -> Content:
        """Say it in as many lines as it takes; those after the first begin under its words."""
        sign, further = Content(f" {self.said[:1]} "), Content(f"\n{' ' * _INDENT}")
        return sign + further.join(self._wrapped(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines.

        Args:
            container: The size of what holds it.
            viewport: The size of the screen.
            width: Cells to a line.
        """
        del container, viewport
        return len(self._wrapped(width))

    def _wrapped(self, width: int) -> list[Content]:
        return Content(self.said[2:]).wrap(max(1, width - _INDENT)) or [Content("")]


def _key_and_label(key: str, label: str) -> Content:
    return Content.assemble(" ", (key, "bold underline"), f" {label} ")
