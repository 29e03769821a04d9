"""The table at the end of a run: what was measured, what it stands beside, and what is wanted."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Final

BYTES: Final = "B"
SECONDS: Final = "s"

_HEAD: Final = ("what", "ours", "least", "times", "wanted", "holds", "what the least is")
_SIZES: Final = ((1e9, "GB"), (1e6, "MB"), (1e3, "KB"), (1.0, "B"))
_TIMES: Final = ((1.0, "s", 1.0), (0.0, "ms", 1000.0))


@dataclass(frozen=True)
class Figure:
    """One thing that was measured."""

    what: str
    """What a person would call it."""

    ours: float
    """How much it took, in its unit."""

    floor: float | None
    """How much the least took that could be done; ``None`` where nothing does the same."""

    least: str
    """What that least is."""

    most: float | None = None
    """The ratio that must not be passed; ``None`` where none is promised."""

    within: float | None = None
    """What it must not pass by itself, in its unit; ``None`` where nothing is promised."""

    either: bool = False
    """Whether it is enough that one of both holds."""

    unit: str = SECONDS
    """``SECONDS`` or ``BYTES``."""

    @property
    def ratio(self) -> float:
        """How many times the least it takes."""
        return self.ours / self.floor if self.floor else float("nan")

    @property
    def is_promised(self) -> bool:
        """Whether it must not pass anything."""
        return self.most is not None or self.within is not None

    @property
    def holds(self) -> bool:
        """Whether it takes no more than was promised."""
        kept = [
            *([self.ratio <= self.most] if self.most is not None else []),
            *([self.ours <= self.within] if self.within is not None else []),
        ]
        return (any if self.either and kept else all)(kept)

    @property
    def wanted(self) -> str:
        """What it must not pass, in words."""
        ratio = [] if self.most is None else [f"{self.most:.4g}x"]
        limit = [] if self.within is None else [amount(self.within, self.unit, plain=True)]
        return (" or " if self.either else ", ").join([*ratio, *limit])

    def cells(self) -> tuple[str, ...]:
        """The figure as a row of the table."""
        floor = "" if self.floor is None else amount(self.floor, self.unit)
        times = "" if self.floor is None else f"{self.ratio:.2f}"
        holds = ("yes" if self.holds else "NO") if self.is_promised else ""
        ours = amount(self.ours, self.unit)
        return (self.what, ours, floor, times, self.wanted, holds, self.least)


def amount(value: float, unit: str, *, plain: bool = False) -> str:
    """Say how much something is.

    Args:
        value: In its unit.
        unit: ``SECONDS`` or ``BYTES``.
        plain: Whether digits behind the point are left out where they are noughts.

    Returns:
        Such as ``12.35 ms`` or ``3.41 KB``.
    """
    if unit == BYTES:
        size, name = next((each for each in _SIZES if value >= each[0]), _SIZES[-1])
        number = value / size
    else:
        _, name, factor = next(each for each in _TIMES if value >= each[0])
        number = value * factor
    return f"{number:.4g} {name}" if plain else f"{number:.2f} {name}"


def machine() -> str:
    """Say where and when this is measured, and by which versions."""
    return (
        f"{date.today()}, {os.cpu_count()} cores, {platform.system()}, "  # noqa: TID251, DTZ011
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"Textual {version('textual')}"
    )


def as_text(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lay rows out in columns; all but the first and the last stand to the right.

    Args:
        rows: The cells, the head first.

    Yields:
        A line for each row.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *middle, last = (
            f"{cell:<{width}}" if place in {0, len(widths) - 1} else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((first, *middle, last)).rstrip()


def as_markdown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Write rows as a table of a README.

    Args:
        rows: The cells, the head first.

    Yields:
        Its lines.
    """
    head, *others = rows
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in others)


def table_of(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Make a table of figures.

    Args:
        figures: The figures.

    Returns:
        Its cells, the head first.
    """
    return [_HEAD, *(each.cells() for each in figures)]
