"""A table of figures: what statistics make, and exports and screens show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from helpdesk.domain.folded import Each, folded
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.words import clock

Cell = str | int | float | None
"""What one cell of a file may hold; ``None`` is "not known" and never 0."""

Figure = Cell | Ratio
"""What one cell of a table may hold: a ratio carries what it is of."""

Unit = Literal["text", "count", "seconds", "share", "ratio", "number", "times"]
"""What a figure is in: a ``share`` is a part of a whole in per cent, ``times`` a factor."""

RATIO_PARTS: Final = ("", "_part", "_n", "_low", "_high")
"""What is put behind a ratio's name in a file: its value, so many, of so many, and 95 %."""


UNKNOWN: Final = "blank: nothing is known"
"""What is said of an empty cell."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column of figures is of."""

    heading: str
    """What stands above it for people, short."""

    unit: Unit
    """What it is in."""

    words: str
    """Its formula in words."""

    blank: str = UNKNOWN
    """What is said of an empty cell of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, with what must stand above and below them."""

    title: str
    """What the figures are of."""

    columns: tuple[str, ...]
    """The headings, left to right: the names that JSON, CSV and imports share."""

    rows: Sequence[tuple[Figure, ...]]
    """The rows, each as long as ``columns``."""

    header: tuple[str, ...] = ()
    """Lines above the table: range, zone, filters."""

    footer: tuple[str, ...] = ()
    """Lines below it: how the rows reconcile."""

    total: tuple[Figure, ...] | None = None
    """The figures of all rows together, where there are any; never in a file for programs."""

    meant: Mapping[str, Meaning] = field(default_factory=dict)
    """What the columns mean, by name; those that are not there are plain text."""

    keys: Sequence[str] = ()
    """What each row is of, as the report tells rows apart; empty where rows have no parts."""

    tickets: Sequence[tuple[int, ...]] = ()
    """The tickets behind each row, where the report knows them itself."""

    shown: tuple[str, ...] = ()
    """The columns that people are shown; empty for all. Files hold all of them."""

    unit_in: str = ""
    """The column that says what each row's ratios are in; empty where every row's are ratios."""

    def __post_init__(self) -> None:
        """Refuse rows of the wrong length.

        Raises:
            ValueError: When a row has more or fewer cells than there are headings.
        """
        made = self.rows if isinstance(self.rows, tuple) else ()  # others are made of such
        for row in (*made, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: {row!r} does not fit {self.columns!r}")

    def for_people(self) -> Table:
        """The table with the columns that people are shown, and no others."""
        if not self.shown:
            return self
        places = [self.columns.index(name) for name in self.shown]

        def cut(row: tuple[Figure, ...], _: int = 0) -> tuple[Figure, ...]:
            return tuple(row[place] for place in places)

        return replace(
            self, columns=self.shown, rows=Each(self.rows, cut),
            total=cut(self.total) if self.total else None, shown=(),
        )  # fmt: skip

    def folded(self) -> Table:
        """The same table, small enough to stand on a screen all day however long it is."""
        return replace(
            self, rows=folded(self.rows), tickets=folded(self.tickets), keys=folded(self.keys)
        )

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns for people."""
        return tuple(
            self.meant[name].heading if name in self.meant else name for name in self.columns
        )

    @property
    def units(self) -> tuple[Unit, ...]:
        """What each column is in."""
        return tuple(
            self.meant[name].unit if name in self.meant else "text" for name in self.columns
        )

    @property
    def file_columns(self) -> tuple[str, ...]:
        """The columns of a file, a ratio's parts each in one of its own."""
        names: list[str] = []
        for name, unit in zip(self.columns, self.units, strict=True):
            names.extend(name + part for part in (RATIO_PARTS if unit == "ratio" else ("",)))
        return tuple(names)

    @property
    def file_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows of a file, each as long as ``file_columns``."""
        return tuple(self.file_row(row) for row in self.rows)

    def file_row(self, row: tuple[Figure, ...]) -> tuple[Cell, ...]:
        """Lay out one row for a file.

        Args:
            row: The row.

        Returns:
            Its cells, each ratio as value, part, whole and the ends of its interval.
        """
        cells: list[Cell] = []
        for figure, unit in zip(row, self.units, strict=True):
            if unit == "ratio":
                cells.extend(_parts(figure))
            else:
                cells.append(figure if not isinstance(figure, Ratio) else figure.value)
        return tuple(cells)


def _parts(figure: Figure) -> tuple[Cell, ...]:
    if not isinstance(figure, Ratio):
        return (figure, *(None,) * (len(RATIO_PARTS) - 1))
    low, high = figure.interval or (None, None)
    value = figure.value
    return (
        None if value is None else round(value, 4), figure.part, figure.whole,
        None if low is None else round(low, 4), None if high is None else round(high, 4),
    )  # fmt: skip


def said(figure: Figure, unit: Unit) -> str:
    """Write a figure as people read it.

    Args:
        figure: The figure.
        unit: What it is in.

    Returns:
        Such as ``4:29`` of 269 seconds, ``71 % of 210``, or ``n<10`` of too few.
    """
    if isinstance(figure, Ratio):
        return _ratio_said(figure)
    if figure is None or isinstance(figure, str):
        return figure or ""
    written = {
        "seconds": lambda: clock(round(figure)),
        "share": lambda: f"{figure:.1f} %",
        "times": lambda: f"×{figure:.2f}",
        "number": lambda: f"{figure:,.1f}",
    }
    return written[unit]() if unit in written else f"{figure:,}"


def _ratio_said(ratio: Ratio) -> str:
    if ratio.value is None:
        return ""
    return "n<10" if ratio.too_few else f"{100 * ratio.value:.1f} % of {ratio.whole:,}"
