"""Tells a terminal what stands in cells and how it looks, in as few bytes as that takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, islice
from typing import Final

Line = tuple[list[str], list[str]]
"""What stands in each cell of a line, and how each looks, as a terminal is told; the second half
of a wide character is empty."""

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

_BLANKS: Final = re.compile(" {12,}")
"""More than what it takes to erase as many cells and to go on behind them."""


def say(
    said: list[str], place: tuple[int, int], line: Line, end: int, look: str, *, erases: bool
) -> str:
    """Say cells that stand beside each other.

    Args:
        said: What is sent; it grows.
        place: Column and line of the first cell, from 0.
        line: The whole line.
        end: The column behind the last cell.
        look: How the terminal writes by now.
        erases: Whether it erases cells in the colour of the ground.

    Returns:
        How it writes afterwards.
    """
    begin, y = place
    said.append(f"\x1b[{y + 1};{begin + 1}H")
    for wanted, many in _alike(line[1][begin:end]):
        if wanted != look:
            said.append(turn(look, wanted))
            look = wanted
        text = "".join(line[0][begin : begin + many])
        said.append(_BLANKS.sub(_erased, text) if erases and _is_ground(wanted) else text)
        begin += many
    return look


def _alike(looks: list[str]) -> Iterable[tuple[str, int]]:
    """How cells look, each with how many that follow one another look so."""
    if looks.count(looks[0]) == len(looks):  # as most of a list: much quicker to see
        return [(looks[0], len(looks))]
    return [(look, len(list(part))) for look, part in groupby(looks)]


@lru_cache(maxsize=1024)
def _is_ground(look: str) -> bool:
    """Whether a blank that looks so is its ground alone: no line in it, no colours swapped."""
    return _attributes(look).keys() <= _UNSEEN


def _erased(blanks: re.Match[str]) -> str:
    """Erase cells and go on behind them: shorter than many blanks, and the same to see."""
    many = len(blanks[0])
    return f"\x1b[{many}X\x1b[{many}C"


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
