"""A long text that is scrolled through: only the lines that are seen are drawn.

Of a text that is broken for its width the lines near the place that is seen are made at once,
the others beside the keys, a moment at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from time import perf_counter
from typing import Final

from rich.cells import cell_len
from textual import work
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.worker import Worker, WorkerCancelled

from helpdesk.domain.safe_text import is_plain
from helpdesk.tui.widgets.pane import drawn, placed

Styled = Callable[[str], Content]
"""Makes of a line what is drawn."""

Broken = Callable[[int], Iterable[str]]
"""Makes lines that are no longer than so many cells, each when it is asked for."""

_DRAWN: Final = 500
"""How many drawn lines are kept, so that scrolling draws only what comes into sight."""

_AHEAD: Final = 500
"""How many lines are made at once beyond the first that is seen."""

_REST_SECONDS: Final = 0.05
"""What was asked for is painted before the other lines are begun with."""

_AT_ONCE: Final = 50

_TURN_SECONDS: Final = 0.001
"""How long lines are made before a key has its turn: it has some twenty until it is painted."""


class LongText(ScrollView, can_focus=False):
    """Lines, however many; a line that is too long for the width goes on in the next."""

    DEFAULT_CSS = """
    LongText { height: 1fr; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._given: Sequence[Content | str] | Broken = ()
        self._styled: Styled = Content
        self._lines: list[Content | str] = []
        self._more: Iterator[Content | str] | None = None
        self._making: Worker[None] | None = None
        self._width = 0
        self._laid_for = Size(0, 0)
        self._strips: dict[int, Strip] = {}

    def show(self, lines: Sequence[Content | str] | Broken, styled: Styled = Content) -> None:
        """Show a text; the place that was scrolled to stays.

        Args:
            lines: Its lines, or what breaks it into lines.
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

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Have the lines ready that are scrolled to."""
        super().watch_scroll_y(old_value, new_value)
        self._reach(round(new_value) + _AHEAD)
        self._told()

    async def laid_out(self) -> None:
        """Wait until there are all lines."""
        while self._making is not None and not self._making.is_finished:
            with suppress(WorkerCancelled):  # another text took its place
                await self._making.wait()

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
        self._begin(width)
        if len(self._lines) > height:
            width = max(1, width - self.styles.scrollbar_size_vertical)
            self._begin(width)
        self._width = width
        self._told()
        self.refresh()
        self._making = self._make_others(self._more) if self._more is not None else None

    def _begin(self, width: int) -> None:
        """Make the first lines, as far as they are seen and somewhat beyond."""
        self._lines = []
        given = self._given(self.size.width) if callable(self._given) else self._given
        self._more = _fitting(given, self._styled, width) if width else None
        self._reach(self.scroll_offset.y + _AHEAD)

    def _reach(self, count: int) -> None:
        """Make so many lines, where there are so many."""
        if self._more is not None and count > len(self._lines):
            self._lines += islice(self._more, count - len(self._lines))
            if len(self._lines) < count:
                self._more = None

    def _told(self) -> None:
        self.virtual_size = Size(self._width, len(self._lines))

    @work(exclusive=True, group="lines")
    async def _make_others(self, more: Iterator[Content | str]) -> None:
        """Make the lines that there are not yet, in turn with the keys."""
        await asyncio.sleep(_REST_SECONDS)
        while self._more is more:
            over = perf_counter() + _TURN_SECONDS
            while self._more is more and perf_counter() < over:
                self._reach(len(self._lines) + _AT_ONCE)
            await asyncio.sleep(0)
        self._told()


def _plain(said: Content | str) -> str:
    return said if isinstance(said, str) else said.plain


def _fitting(
    lines: Iterable[Content | str], styled: Styled, width: int
) -> Iterator[Content | str]:
    for each in lines:
        plain = _plain(each)
        fits = len(plain) <= width and is_plain(plain)
        if fits or ("\n" not in plain and cell_len(plain) <= width):
            yield each
        else:
            yield from (styled(each) if isinstance(each, str) else each).wrap(width)
