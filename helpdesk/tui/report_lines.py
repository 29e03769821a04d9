"""A report as the cells of a grid, and as what is said of one figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor
from typing import Final

from helpdesk.domain.folded import Each
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import UNKNOWN, Figure, Table, Unit, said
from helpdesk.tui.widgets.figure_grid import Grid

SHADES: Final = ("  ", "..", "::", "--", "==", "++", "**", "##", "%%")
"""From little to much: what a cell of a heat map shows beside its number."""

SHADED: Final[Mapping[str, tuple[str, ...]]] = {
    "heat-map": ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
}
"""Which reports are shaded, and which of their columns against each other."""

_FEW: Final = 10


def grid_of(table: Table, heads: Sequence[str] = (), extra: Sequence[Sequence[str]] = ()) -> Grid:
    """Lay a report out.

    Args:
        table: The columns that people are shown.
        heads: Headings of columns that are only on the screen.
        extra: Their cells for each row, and last for the total.

    Returns:
        The cells.
    """
    units, moments = table.units, _moments(table)

    def cells(row: tuple[Figure, ...], place: int) -> tuple[str, ...]:
        told = (
            said(each, unit)
            if at not in moments
            else str(each or "")[moments[at]].replace("T", " ")
            for at, (each, unit) in enumerate(zip(row, units, strict=True))
        )
        return (*told, *(extra[place] if extra else ()))

    return Grid(
        headings=(*table.headings, *heads),
        rows=Each(table.rows, cells),
        total=cells(table.total, len(table.rows)) if table.total else None,
        texts=(*(unit == "text" for unit in units), *(True for _ in heads)),
    )


def _moments(table: Table) -> dict[int, slice]:
    """Which columns are moments of an office, and what of each is shown: no seconds or offset.

    The year is shown where not all of them are of one.
    """
    places = [at for at, name in enumerate(table.columns) if name.endswith("_local")]
    years = {str(row[at])[:4] for row in table.rows for at in places if row[at]} if places else ()
    shown = slice(5, 16) if len(years) == 1 else slice(16)  # of 2026-05-28T15:30:00-05:00
    return dict.fromkeys(places, shown)


def heat_grid(table: Table, shaded: Sequence[str]) -> Grid:
    """Lay a heat map out: a shade beside each number, the darker the more.

    Args:
        table: The columns that people are shown.
        shaded: The columns that are shaded against each other.

    Returns:
        The cells; what is blank was closed.
    """
    plain = grid_of(table)
    places = [at for at, name in enumerate(table.columns) if name in shaded]
    numbers = [row[at] for row in table.rows for at in places]
    most = max((each for each in numbers if isinstance(each, int | float)), default=0)

    def cells(row: tuple[Figure, ...], read: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            _shaded(row[at], most) if at in places else read[at] for at in range(len(row))
        )

    rows = tuple(cells(*each) for each in zip(table.rows, plain.rows, strict=True))
    return Grid(plain.headings, rows, plain.total, plain.texts)


def _shaded(figure: Figure, most: float) -> str:
    if not isinstance(figure, int | float):
        return ""
    level = min(len(SHADES) - 1, int(figure / most * len(SHADES))) if most else 0
    # Halves go up: rounded to even, 5.5 and 6.5 would be alike.
    number = f"{figure:.1f}" if most < _FEW else f"{floor(figure + 0.5):,}"
    return f"{SHADES[level]} {number:>4}"


def figure_said(figure: Figure, unit: Unit, blank: str = UNKNOWN) -> str:
    """Say one figure in full.

    Args:
        figure: The figure.
        unit: What it is in.
        blank: What is said where there is none.

    Returns:
        It as people read it; a ratio with its parts and its 95 % interval.
    """
    if not isinstance(figure, Ratio):
        return said(figure, unit) or blank
    if figure.interval is None:
        return "blank: of none"
    low, high = (100 * each for each in figure.interval)
    value = 100 * figure.part / figure.whole
    few = "n<10, " if figure.too_few else ""
    return (
        f"{few}{figure.part:,} of {figure.whole:,} = {value:.1f} % (95 %: {low:.1f} to {high:.1f})"
    )


def cell_said(table: Table, row: tuple[Figure, ...], column: int) -> str:
    """Say the figure of one cell in full.

    Args:
        table: The report.
        row: The row.
        column: The column.

    Returns:
        It as people read it, also where it is blank.
    """
    meaning = table.meant.get(table.columns[column])
    return figure_said(row[column], table.units[column], meaning.blank if meaning else UNKNOWN)


def row_said(row: tuple[Figure, ...]) -> str:
    """Say what a row is of; only a total can be blank there."""
    return figure_said(row[0], "text", "total")


def figure_named(table: Table, row: tuple[Figure, ...], column: int) -> str:
    """Name a figure above the list of its tickets.

    Args:
        table: The columns that people are shown.
        row: The row.
        column: The column.

    Returns:
        Its name, itself as the table shows it, and what the row is of.
    """
    first = row_said(row)
    if "said" in table.columns:  # each row is a figure of its own
        value = row[table.columns.index("said")]
        return f"{first} ({value})" if value else first
    heading = table.headings[column] or table.columns[column]
    value = said(row[column], table.units[column]) if column else ""
    return f"{heading} ({value}), {first}" if value else f"{heading}, {first}"


def formula_lines(table: Table, row: tuple[Figure, ...], column: int) -> Iterator[str]:
    """Say how the figures under a heading are computed, and of a row that says so itself.

    Args:
        table: The columns that people are shown.
        row: The row under the cursor.
        column: The column.

    Yields:
        Lines, longer ones than the screen is wide too.
    """
    name, heading = table.columns[column], table.headings[column]
    meaning = table.meant.get(name)
    told = cell_said(table, row, column)
    yield f"{row_said(row)}: {heading or name} {told}"
    yield ""
    yield f"  {heading or name}: {meaning.words if meaning else 'what the row is of'}"
    if "formula" in table.columns and name != "formula":
        yield f"  {row_said(row)}: {row[table.columns.index('formula')]}"
