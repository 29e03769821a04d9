"""A table of figures: what statistics make, and exports and screens show."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None
"""What one cell may hold; ``None`` is "not known" and never 0."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, with what must stand above and below them."""

    title: str
    """What the figures are of."""

    columns: tuple[str, ...]
    """The headings, left to right: the names that JSON, CSV and imports share."""

    rows: tuple[tuple[Cell, ...], ...]
    """The rows, each as long as ``columns``."""

    header: tuple[str, ...] = ()
    """Lines above the table: range, zone, filters."""

    footer: tuple[str, ...] = ()
    """Lines below it: how the rows reconcile."""

    total: tuple[Cell, ...] | None = None
    """The figures of all rows together, where there are any; never in a file for programs."""

    def __post_init__(self) -> None:
        """Refuse rows of the wrong length.

        Raises:
            ValueError: When a row has more or fewer cells than there are headings.
        """
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: {row!r} does not fit {self.columns!r}")
