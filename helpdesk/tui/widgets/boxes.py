"""Boxes to type in; keys and pastes are handed to them in the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, TextArea

from helpdesk.domain.safe_text import block, line
from helpdesk.tui.widgets.plain_lines import looks_of

_NEVER: Final = frozenset({"ctrl+x", "ctrl+z", "super+z"})
"""Editing keys that do nothing: one cuts a whole line for good, the others, which undo, take all
of a note away at once."""


class LineBox(Input):
    """A box of one line."""

    DEFAULT_CSS = """
    LineBox { height: 1; border: none; padding: 0; background: $surface; }
    LineBox:focus { background: $boost; }
    LineBox.-alone { background: $boost; background-tint: $foreground 5%; }
    LineBox > .input--placeholder { color: $foreground-muted; text-style: italic; }
    """

    virtual_size = Reactive(Size(0, 0))  # Textual would lay the whole screen out for a letter

    def __init__(
        self,
        placeholder: str = "",
        *,
        id: str | None = None,  # noqa: A002
        alone: bool = False,
    ) -> None:
        """Begin empty.

        Args:
            placeholder: What is shown while it is empty.
            id: The widget's id.
            alone: Whether it is seen only while it has the keys, and looks so all the time.
        """
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._looks: Sequence[Style | None] = ()
        self._left = 0
        self._alone = alone
        self.set_class(alone, "-alone")

    def _watch_value(self, value: str) -> None:
        """Follow what is typed, without the checks, hints and messages that nobody asks for."""
        self.virtual_size = Size(cell_len(value) + 1, 1)
        if self._initial_value:
            self.cursor_position = len(value)
            self._initial_value = False
        else:
            self.selection = self.selection  # it may lie behind the end by now

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show who has the keys, where it has to be shown: all its styles are looked up for it."""
        if not self._alone:
            super().watch_has_focus(has_focus)

    def notify_style_update(self) -> None:
        """Find the looks anew: the styles are others."""
        super().notify_style_update()
        self._looks = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw it; Textual would find its looks anew for each letter."""
        said, size, whole = self.value or self.placeholder, self.size, self.outer_size
        is_short = cell_len(said) < size.width and size.height == whole.height == 1
        if self.password or not (is_short and self.selection.is_empty):
            return super().render_lines(crop)
        if not self._looks:
            self._looks = looks_of(self, ("input--cursor", "input--placeholder"))
            self._left = self.styles.gutter.left
        plain, cursor, faint = self._looks
        look = plain if self.value else faint
        at, under = len(said), ""
        if self.has_focus:
            at = self.cursor_position
            under, cursor = said[at : at + 1] or " ", look + cursor if look else cursor
        parts = [(" " * self._left, plain), (said[:at], look), (under, cursor)]
        parts.append((said[at + 1 :], look))
        strip = Strip([Segment(text, style) for text, style in parts if text])
        return [strip.adjust_cell_length(whole.width, plain).crop(*crop.column_span)]

    @property
    def content(self) -> str:
        """What stands in it."""
        return self.value

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Type a key or a paste; the lines of a paste are joined, none is lost."""
        if isinstance(event, events.Paste):
            self._initial_value = False  # else the end of a first text is not scrolled to
            apart = " " * (self.cursor_position > 0 and event.text[:1].isspace())
            text = apart + " ".join(event.text.split())
            self.replace(line(text, len(text)), *self.selection)
            return True
        if event.is_printable:
            await self._on_key(event)
            return True
        return await _edited(self, event.key)

    def fill(self, text: str) -> None:
        """Put a text in, the cursor behind it.

        Args:
            text: The text.
        """
        self.value = line(text, len(text))
        self.cursor_position = len(self.value)


class NoteBox(TextArea):
    """A box of several lines."""

    DEFAULT_CSS = """
    NoteBox { height: 1fr; min-height: 1; border: none; padding: 0; background: $surface; }
    NoteBox:focus { background: $boost; border: none; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        """Begin empty.

        Args:
            id: The widget's id.
        """
        super().__init__(id=id, compact=True, soft_wrap=True, tab_behavior="focus")
        self.cursor_blink = False
        self._styled: object = None  # what its looks were found for

    def notify_style_update(self) -> None:
        """Find the looks anew: the styles are others."""
        super().notify_style_update()
        self._styled = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw it; Textual would find its looks anew for each letter."""
        if self._styled is not self._theme:
            self._styled = self._theme
            self._theme.apply_css(self)
        return ScrollView.render_lines(self, crop)

    def on_unmount(self) -> None:
        """Be told of no other theme: Textual holds whoever is told until one is chosen."""
        told = getattr(self.app, "__watchers", {}).get("theme", [])
        told[:] = [each for each in told if each[0] is not self]

    @property
    def content(self) -> str:
        """What stands in it."""
        return self.text

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Type a key or a paste; line breaks of a paste stay."""
        if isinstance(event, events.Paste):
            text = "\n".join(event.text.replace("\r\n", "\n").split("\r"))  # as terminals send it
            await self._on_paste(events.Paste(block(text, len(text))))
            return True
        if event.is_printable:
            await self._on_key(event)
            return True
        return await _edited(self, event.key)

    def fill(self, text: str) -> None:
        """Put a text in, the cursor behind it.

        Args:
            text: The text.
        """
        self.text = block(text, len(text))
        self.move_cursor(self.document.end)


Box = LineBox | NoteBox
"""Something to type in."""


async def _edited(box: Box, key: str) -> bool:
    """Run the editing command that Textual's own box has for a key."""
    if key in _NEVER:
        return False
    for binding in box._bindings.key_to_bindings.get(key, ()):  # noqa: SLF001
        await box.run_action(binding.action)
        return True
    return False
