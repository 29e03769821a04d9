"""Tells a terminal what stands in cells and how it looks, in as few bytes as that takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, islice
from typing import Final

Line = tuple[str | list[str], list[str]]
"""What stands in each cell of a line, and how each looks, as a terminal is told: a text where each
sign of it is a cell; else a list, in which the second half of a wide character is empty."""

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

_UNSEEN: Final = frozenset({"colour", "ground", "1", "2", "3"})
"""What a blank may be written with and look as if it had been erased."""

_MANY_BLANKS: Final = " " * 9
"""As many as it takes at least to erase them and to go on behind them."""

_BLANKS: Final = re.compile(f"({_MANY_BLANKS} *)")


class Pen:
    """Writes cells, and leaves out what a terminal does already and what nobody can see."""

    def __init__(self, *, erases: bool) -> None:
        """Begin with a terminal that writes plainly, its cursor anywhere.

        Args:
            erases: Whether it erases cells in the colour of the ground.
        """
        self._erases = erases
        self._said: list[str] = []
        self._look = ""
        self._x = self._y = -1
        self._is_sure = False  # terminals differ in how wide some signs are

    def write(self, y: int, line: Line, runs: Iterable[tuple[int, int]]) -> None:
        """Write some cells of a line.

        Args:
            y: The line's place, from 0.
            line: The whole line.
            runs: The column of the first cell of each run of them, and that behind the last one.
        """
        text, looks = line
        look = looks[0]
        if looks.count(look) == len(looks):  # as most of a list: much quicker to write
            for x, end in runs:
                self._put_on(look, "".join(text[x:end]), (x, y), end - x)
            return
        for begin, end in runs:
            x = begin
            for look, part in groupby(looks[begin:end]):
                many = len(list(part))
                self._put_on(look, "".join(text[x : x + many]), (x, y), many)
                x += many

    def sent(self) -> str:
        """All that is sent; the terminal writes plainly again after it."""
        return "".join(self._said) + turn(self._look, "")

    def _put_on(self, look: str, text: str, place: tuple[int, int], many: int) -> None:
        """Write cells that look the same, as far as it is seen."""
        x, y = place
        if look != self._look and not (
            text.isspace() and ground_of(look) == ground_of(self._look)
        ):
            self._said.append(turn(self._look, look))
            self._look = look
        if not (
            self._erases and _MANY_BLANKS in text and text.isascii() and len(text) == many
            and _is_ground(look)
        ):  # fmt: skip
            self._go(x, y)
            self._said.append(text)
            self._x += many
            self._is_sure = self._is_sure and text.isascii()
            return
        for is_blank, part in enumerate(_BLANKS.split(text)):
            if part:
                self._go(x, y)
                self._said.append(f"\x1b[{len(part)}X" if is_blank % 2 else part)
                self._x += 0 if is_blank % 2 else len(part)
                x += len(part)

    def _go(self, x: int, y: int) -> None:
        """Go to a cell; onwards on the same line where it is sure to be there: that is shorter."""
        if y != self._y or x < self._x or (x > self._x and not self._is_sure):
            self._said.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
            self._is_sure = True
        elif x > self._x:
            self._said.append(f"\x1b[{x - self._x}C")
        self._x, self._y = x, y


@lru_cache(maxsize=1024)
def ground_of(look: str) -> str:
    """How a blank may be written that looks so; the same for all that nobody can tell apart.

    Args:
        look: How it is to look.

    Returns:
        Its ground alone; all of it where a blank is seen by more: a line in it, colours swapped.
    """
    return _attributes(look).get("ground", "") if _is_ground(look) else look


@lru_cache(maxsize=1024)
def _is_ground(look: str) -> bool:
    """Whether a blank that looks so is its ground alone: no line in it, no colours swapped."""
    return _attributes(look).keys() <= _UNSEEN


@lru_cache(maxsize=4096)
def turn(look: str, wanted: str) -> str:
    """Bring a terminal from one way of writing to another; colours are long to say.

    Args:
        look: How it writes by now: codes of a terminal with ``;`` between, or empty.
        wanted: How it is to write.

    Returns:
        What it is sent; empty where nothing changes.
    """
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
