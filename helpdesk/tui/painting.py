"""Sends to the terminal only the cells that differ from what stands there.

Textual paints whole widgets. Over a slow line, or in a terminal that draws slowly, a key waits for
all of that: opening a note is 20 kB of what stands there already, and 1 kB of what does not.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress, count, groupby, islice, repeat
from operator import itemgetter, ne
from typing import Any, Final, cast

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

Cell = tuple[str, str]
"""What stands in a cell and how it looks, as a terminal is told; the second half of a wide
character is empty."""

_APART: Final = 6
"""Equal cells between others are sent too where that is shorter than to jump over them."""

_LONG: Final = {"38": "colour", "48": "ground"}
"""Codes that a colour follows, and what they colour."""

_BY_PARTS: Final = "2"
"""A colour by its red, green and blue; else it is a number."""

_SHORT: Final = {3: "colour", 4: "ground", 9: "colour", 10: "ground"}
"""What codes of a colour each, by their tens, colour."""

_OFF: Final = {
    "1": "22", "3": "23", "4": "24", "7": "27", "colour": "39", "ground": "49",
}  # fmt: skip
"""What ends a way of writing other than a colour; what is dim ends as what is bold."""

_BLANKS: Final = re.compile(" {12,}")
"""More than what it takes to erase as many cells and to go on behind them."""

BLINK_SECONDS: Final = 0.03
"""What takes longer is painted bit by bit, so that something is seen."""

_UNKNOWN: Final[Cell] = ("\0", "")
_BLANK: Final[Cell] = (" ", "")


class Painted:
    """What stands on the terminal."""

    erases = False
    """Whether the terminal erases cells in the colour of the ground, as far as is known."""

    def __init__(self) -> None:
        """Know of nothing."""
        self._lines: dict[int, list[Cell]] = {}
        self._wide: set[int] = set()

    def forget(self) -> None:
        """Know of nothing any more: the terminal may show anything by now."""
        self._lines.clear()
        self._wide.clear()

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
        said: list[str] = []
        look = ""
        for y, parts in _parts(update):
            old = self._lines.get(y, [])
            new, wide = list(old), y in self._wide
            for x, strip in parts:
                cells, is_wide = _cells(strip, colors)
                new.extend([_BLANK] * (x - len(new)))
                new[x : x + len(cells)] = cells
                wide = wide or is_wide
            if new != old:
                for x, run in _runs(old, new, whole=wide):
                    look = _say(said, (x, y), run, look, erases=self.erases)
                self._lines[y] = new
            if wide:
                self._look_for_wide(y)
        return "".join(said) + _turn(look, "")

    def _look_for_wide(self, y: int) -> None:
        """Remember whether a line has signs that are no single cell: it is sent whole."""
        if any(len(text) != 1 for text, _ in self._lines.get(y, ())):
            self._wide.add(y)
        else:
            self._wide.discard(y)


class Changes(CompositorUpdate):
    """What Textual wants to paint, less what stands on the terminal already."""

    def __init__(self, painted: Painted, update: LayoutUpdate | ChopsUpdate) -> None:
        """Take both.

        Args:
            painted: What stands there.
            update: What is to stand there.
        """
        self._painted, self._update = painted, update

    def render_segments(self, console: Console) -> str:
        """Say it to the terminal, as Textual asks of an update."""
        colors = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - as Textual does
        return self._painted.change(self._update, colors)


class Painting(App[int]):
    """A program that paints once a key, and only what differs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Textual's own
        """Begin with a terminal of which nothing is known."""
        super().__init__(*args, **kwargs)
        self.painted = Painted()

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
        taking = asyncio.ensure_future(wanted)
        with self.batch_update():
            await asyncio.wait({taking}, timeout=BLINK_SECONDS)
        self.screen.check_idle()
        await taking

    def paint_now(self) -> None:
        """Paint what stands by now, before all is done that a key does."""
        batches, self._batch_count = self._batch_count, 0
        try:
            self.screen._on_timer_update()  # noqa: SLF001
        finally:
            self._batch_count = batches

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            if not self.painted.is_known:  # parts of it would leave the rest as it is
                renderable = screen._compositor.render_full_update()  # noqa: SLF001
            renderable = cast("RenderableType", Changes(self.painted, renderable))
        super()._display(screen, renderable)
        if screen._compositor.size != self.size:  # noqa: SLF001
            self.painted.forget()  # it was laid out for another terminal than there is by now


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


def _cells(strip: Strip, colors: ColorSystem) -> tuple[list[Cell], bool]:
    """The cells of a part of a line, and whether some are not one sign each."""
    cells: list[Cell] = []
    wide = False
    for text, style, control in strip:
        if control:
            continue
        look = "" if style is None else Strip.render_ansi(style, colors)
        if text.isascii() or _is_narrow(text):
            cells += zip(text, repeat(look))
            continue
        wide = True
        for character in text:
            width = cell_len(character)
            if width:
                cells += [(character, look), *[("", look)] * (width - 1)]
            elif cells:  # an accent stands over what is before it
                cells[-1] = (cells[-1][0] + character, look)
    return cells, wide


@lru_cache(maxsize=1024)
def _is_narrow(text: str) -> bool:
    return all(cell_len(character) == 1 for character in text)


def _runs(
    old: Sequence[Cell], new: Sequence[Cell], *, whole: bool
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """What changes a line; one with wide signs is sent whole, for terminals differ in widths."""
    if whole:
        yield 0, new
        return
    old = [*old, *[_UNKNOWN] * (len(new) - len(old))]
    places = list(compress(count(), map(ne, old, new)))
    begin = 0
    for index, place in enumerate(places):
        if index + 1 == len(places) or places[index + 1] - place > _APART:
            yield places[begin], new[places[begin] : place + 1]
            begin = index + 1


def _say(
    said: list[str], place: tuple[int, int], cells: Sequence[Cell], look: str, *, erases: bool
) -> str:
    """Say cells that stand beside each other; gives how the terminal writes afterwards."""
    said.append(f"\x1b[{place[1] + 1};{place[0] + 1}H")
    for wanted, part in groupby(cells, itemgetter(1)):
        if wanted != look:
            said.append(_turn(look, wanted))
            look = wanted
        text = "".join(map(itemgetter(0), part))
        said.append(_BLANKS.sub(_erased, text) if erases else text)
    return look


def _erased(blanks: re.Match[str]) -> str:
    """Erase cells and go on behind them: shorter than many blanks, and the same to see."""
    many = len(blanks[0])
    return f"\x1b[{many}X\x1b[{many}C"


@lru_cache(maxsize=4096)
def _turn(look: str, wanted: str) -> str:
    """What brings a terminal from one way of writing to another; colours are long to say."""
    old, new = _attributes(look), _attributes(wanted)
    over = old.keys() - new.keys()
    if "2" in new or not over <= _OFF.keys():
        return f"\x1b[0;{wanted}m" if wanted else "\x1b[0m"
    changed = [_OFF[kind] for kind in over]
    changed += [value for kind, value in new.items() if old.get(kind) != value]
    return f"\x1b[{';'.join(changed)}m" if changed else ""


def _attributes(look: str) -> dict[str, str]:
    """The two colours and all else that a way of writing consists of, each by its kind."""
    found, codes = {}, iter(look.split(";") if look else ())
    for code in codes:
        if code in _LONG:
            further = 3 if (how := next(codes)) == _BY_PARTS else 1
            found[_LONG[code]] = ";".join([code, how, *islice(codes, further)])
        else:
            found[_SHORT.get(int(code) // 10, code)] = code
    return found
