"""A long text that is scrolled through: only the lines that are seen are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from helpdesk.tui.widgets.pane import drawn, placed

Styled = Callable[[str], Content]
"""Makes of a line what is drawn."""

_DRAWN: Final = 500
"""How many drawn lines are kept, so that scrolling draws only what comes into sight."""


class LongText(ScrollView, can_focus=False):
    """Lines, however many; a line that is too long for the width goes on in the next."""

    DEFAULT_CSS = """
    LongText { height: 1fr; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._given: Sequence[Content | str] = ()
        self._styled: Styled = Content
        self._lines: Sequence[Content | str] = ()
        self._width = 0
        self._laid_for = Size(0, 0)
        self._strips: dict[int, Strip] = {}

    def show(self, lines: Sequence[Content | str], styled: Styled = Content) -> None:
        """Show a text; the place that was scrolled to stays.

        Args:
            lines: Its lines.
            styled: What makes a line of text into what is drawn, once it is seen.
        """
        self._given, self._styled = lines, styled
        self._lay()

    def on_resize(self) -> None:
        """Break the lines anew for the new size."""
        if self.size != self._laid_for:
            self._lay()

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is marked with the mouse."""
        self._strips.clear()
        super().selection_updated(selection)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What was marked with the mouse, to be copied."""
        return selection.extract("\n".join(_plain(each) for each in self._lines)), "\n"

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        place, width = self.scroll_offset.y + y, self._width
        if place >= len(self._lines) or not width:
            return Strip.blank(width, self.visual_style.rich_style)
        if place not in self._strips:
            if len(self._strips) >= _DRAWN:
                self._strips.clear()
            said = self._lines[place]
            content = self._styled(said) if isinstance(said, str) else said
            self._strips[place] = drawn(self, content, place)
        return placed(self, self._strips[place], place)

    def notify_style_update(self) -> None:
        """Draw all anew in other colours."""
        self._strips.clear()
        super().notify_style_update()

    def _lay(self) -> None:
        width, height = self._laid_for = self.size
        self._strips.clear()
        self._lines = list(_fitting(self._given, self._styled, width)) if width else ()
        if len(self._lines) > height:
            width = max(1, width - self.styles.scrollbar_size_vertical)
            self._lines = list(_fitting(self._lines, self._styled, width))
        self._width = width
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()


def _plain(said: Content | str) -> str:
    return said if isinstance(said, str) else said.plain


def _fitting(
    lines: Sequence[Content | str], styled: Styled, width: int
) -> Iterator[Content | str]:
    for each in lines:
        plain = _plain(each)
        if "\n" not in plain and cell_len(plain) <= width:
            yield each
        else:
            yield from (styled(each) if isinstance(each, str) else each).wrap(width)
