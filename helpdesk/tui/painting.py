"""Sends to the terminal only the cells that differ from what stands there.

Textual paints whole widgets. Over a slow line, or in a terminal that draws slowly, a key waits for
all of that: opening a note is 20 kB of what stands there already, and 1 kB of what does not.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterable, Iterator
from functools import partial
from operator import ne, or_
from typing import Any, Final, cast

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from helpdesk.tui.drawing import PaintedScreen
from helpdesk.tui.escapes import Line, Pen, ground_of
from helpdesk.tui.words import is_narrow

_RUN: Final = re.compile(rb"[^\x00]+(?:\x00{1,3}[^\x00]+)*")
"""Cells that differ, and equal ones (0) between them where to jump over them is longer."""

BLINK_SECONDS: Final = 0.03
"""What takes longer is painted bit by bit, so that something is seen."""

_UNKNOWN: Final = "\0"
_NOTHING: Final[Line] = ("", [])


class Painted:
    """What stands on the terminal."""

    erases = False
    """Whether the terminal erases cells in the colour of the ground, as far as is known."""

    def __init__(self) -> None:
        """Know of nothing."""
        self._lines: dict[int, Line] = {}

    def forget(self) -> None:
        """Know of nothing any more: the terminal may show anything by now."""
        self._lines.clear()

    @property
    def is_known(self) -> bool:
        """Whether anything is known to stand there."""
        return bool(self._lines)

    def change(self, update: LayoutUpdate | ChopsUpdate, colors: ColorSystem) -> str:
        """Take what Textual wants to paint.

        Args:
            update: A whole screen, or parts of its lines.
            colors: What the terminal can show.

        Returns:
            What brings the terminal from what stands there to that.
        """
        pen = Pen(erases=self.erases)
        for y, parts in _parts(update):
            new = self._lines.get(y, _NOTHING)
            for x, strip in parts:
                new = _put(new, x, strip, colors)
            self._write(pen, y, new)
        return pen.sent()

    def become(self, other: Painted) -> str:
        """Take what stands in another.

        Args:
            other: Where all lines of the terminal are known.

        Returns:
            What brings the terminal from what stands there to that.
        """
        pen = Pen(erases=self.erases)
        for y, line in other._lines.items():
            self._write(pen, y, line)
        return pen.sent()

    def _write(self, pen: Pen, y: int, new: Line) -> None:
        """Write of a line what differs."""
        old = self._lines.get(y, _NOTHING)
        if new != old:
            pen.write(y, new, _runs(old, new))
            self._lines[y] = new


class Changes(CompositorUpdate):
    """What is to be painted, less what stands on the terminal already."""

    def __init__(self, said: Callable[[ColorSystem], str]) -> None:
        """Take what tells it.

        Args:
            said: Takes what colours the terminal can show; gives what it is sent.
        """
        self._said = said

    def render_segments(self, console: Console) -> str:
        """Say it to the terminal, as Textual asks of an update."""
        return self._said(colors_of(console))


def colors_of(console: Console) -> ColorSystem:
    """What colours a terminal can show, as Textual has it."""
    return console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001


class Painting(App[int]):
    """A program that paints once a key, and only what differs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Textual's own
        """Begin with a terminal of which nothing is known."""
        super().__init__(*args, **kwargs)
        self.painted = Painted()
        self._batches: list[_Batch] = []

    async def on_event(self, event: events.Event) -> None:
        """Paint everything anew on a new size; one comes also when the terminal was taken up."""
        await super().on_event(event)
        if isinstance(event, events.Resize):
            self.painted.forget()
            self.screen.refresh()

    async def painted_once(self, wanted: Coroutine[Any, Any, None]) -> None:
        """Paint all that a key changes together: each painting costs a layout of its own.

        Args:
            wanted: What the key does.
        """
        batch = _Batch(self)
        self._batches.append(batch)
        blink = asyncio.get_running_loop().call_later(BLINK_SECONDS, batch.end)
        try:
            await wanted
        finally:
            blink.cancel()
            batch.end()
            self._batches.remove(batch)

    def paint_now(self) -> None:
        """Paint what a key has changed by now, before all is done that it does."""
        for each in self._batches:
            each.end()

    def paint(self) -> None:
        """Paint what a key changed; most screens do once each widget has told of it."""
        screen = self.screen_stack[-1] if self.is_running and self.screen_stack else None
        if isinstance(screen, PaintedScreen):
            screen.paint()
        elif screen is not None:
            screen.check_idle()

    def paint_ahead(self, picture: Painted) -> None:
        """Paint what is about to stand, before all is done that a key does.

        Args:
            picture: All lines of it.
        """
        batches, self._batch_count = self._batch_count, 0
        try:
            changes = Changes(lambda _: self.painted.become(picture))
            super()._display(self.screen, cast("RenderableType", changes))
        finally:
            self._batch_count = batches

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            if not self.painted.is_known:  # parts of it would leave the rest as it is
                renderable = screen._compositor.render_full_update()  # noqa: SLF001
            update = partial(self.painted.change, renderable)
            renderable = cast("RenderableType", Changes(update))
        super()._display(screen, renderable)
        if screen._compositor.size != self.size:  # noqa: SLF001
            self.painted.forget()  # it was laid out for another terminal than there is by now


class _Batch:
    """What is painted together."""

    def __init__(self, console: Painting) -> None:
        self._console = console
        self._is_open = True
        console._begin_batch()  # noqa: SLF001

    def end(self) -> None:
        """Paint it, unless that was done."""
        if self._is_open:
            self._is_open = False
            self._console._end_batch()  # noqa: SLF001
            self._console.paint()


def _parts(
    update: LayoutUpdate | ChopsUpdate,
) -> Iterator[tuple[int, Iterable[tuple[int, Strip]]]]:
    """Each line that is painted, with where its parts begin."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield y, [(update.region.x, Strip.join(list(strips)))]
        return
    for y, first, last in update.spans:
        ends = update.chop_ends[y]
        yield (
            y,
            [
                (x, strip if end <= last else strip.crop(0, last - x))
                for end, (x, strip) in zip(ends, update.chops[y].items(), strict=False)
                if strip is not None and x <= last and end > first
            ],
        )


def _look(text: str, style: Style | None, colors: ColorSystem) -> str:
    """How a text looks, as a terminal is told; of blanks what is seen of it."""
    look = "" if style is None else Strip.render_ansi(style, colors)
    return ground_of(look) if text.isspace() else look


def _put(line: Line, x: int, strip: Strip, colors: ColorSystem) -> Line:
    """Put a part of a line in its place."""
    parts = [(text, _look(text, style, colors)) for text, style, control in strip if not control]
    old, looks = line
    cells, seen = _cells(parts)
    end = x + len(seen)
    if x or end < len(looks):
        seen = [*looks[:x], *[""] * (x - len(looks)), *seen, *looks[end:]]
        if isinstance(old, str) and isinstance(cells, str):
            return old[:x].ljust(x) + cells + old[end:], seen
        all_cells = [*old[:x], *" " * (x - len(old)), *cells, *old[end:]]
        is_plain = all(len(each) == 1 for each in all_cells)
        cells = "".join(all_cells) if is_plain else all_cells
    return cells, seen


def _cells(parts: Iterable[tuple[str, str]]) -> Line:
    """What stands in each cell; some signs take more than one, or none."""
    said, looks = "", []
    for text, look in parts:
        if not is_narrow(text):
            return _wide_cells(parts)
        said += text
        looks += [look] * len(text)
    return said, looks


def _wide_cells(parts: Iterable[tuple[str, str]]) -> Line:
    texts: list[str] = []
    looks: list[str] = []
    for text, look in parts:
        for character in text:
            width = cell_len(character)
            if width:
                texts += [character, *[""] * (width - 1)]
                looks += [look] * width
            elif texts:  # an accent stands over what is before it
                texts[-1] += character
    return texts, looks


def _runs(old: Line, new: Line) -> Iterable[tuple[int, int]]:
    """Where what differs begins and ends; all of a line in whose width terminals differ."""
    (before, was), (after, looks) = old, new
    if isinstance(before, list) or isinstance(after, list):
        return [(0, len(looks))]
    unknown = _UNKNOWN * (len(looks) - len(was))
    changed = _unlike(before + unknown, after)
    if was != looks:
        changed = bytes(map(or_, changed, map(ne, [*was, *unknown], looks)))
    return [run.span() for run in _RUN.finditer(changed)]


def _unlike(old: str, new: str) -> bytes:
    """Which signs of two texts of the same length differ: 0 for those that do not."""
    before, after = (each.encode("utf-16-be", "surrogatepass") for each in (old, new))
    if not len(before) == len(after) == 2 * len(new):
        return bytes(map(ne, old, new))
    differing = int.from_bytes(before, "big") ^ int.from_bytes(after, "big")
    differing |= differing >> 8  # by far quicker than sign by sign
    return differing.to_bytes(len(before), "big")[1::2]
