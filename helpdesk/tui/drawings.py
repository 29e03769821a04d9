"""What the picture of a report is drawn from."""

from __future__ import annotations

from typing import Final, NamedTuple

from helpdesk.desk.desk import Desk
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.safe_text import line
from helpdesk.domain.tables import Figure, Table

DRAWN: Final = frozenset({"by-symptom", "half-hours", "trend"})
"""Which reports have a picture."""

_PARETO: Final = "by-symptom"


class Drawing(NamedTuple):
    """A picture before it has a size."""

    told: str
    """What stands above it."""

    names: list[str]
    """The names of the bars."""

    counts: list[float]
    """How high they are."""

    shares: list[float] | None
    """How far they add up, in per cent; ``None`` for bars over time."""


def drawing_of(report: str, table: Table) -> Drawing:
    """Take from a report what its picture shows.

    Args:
        report: One of ``DRAWN``.
        table: The report: with the columns ``title``, ``started`` and ``cum_percent`` for a
            Pareto, otherwise with ``started`` and a first column that names the rows.

    Returns:
        The picture.
    """
    counts = [_number(each) for each in _column(table, "started")]
    if report == _PARETO:
        names = [str(each or "") for each in _column(table, "title")]
        shares = [_number(each) for each in _column(table, "cum_percent")]
        return Drawing("█ calls (left), o all calls so far in % (right)", names, counts, shares)
    names = [line(str(row[0] or "")) for row in table.rows]
    marks = _column(table, "marks") if "marks" in table.columns else ()
    marked = [f"{name} {mark}" for name, mark in zip(names, marks, strict=False) if mark]
    told = f"█ {table.headings[table.columns.index('started')]}"
    return Drawing(f"{told}   ({', '.join(marked)})" if marked else told, names, counts, None)


def drawn(desk: Desk, drawing: Drawing, width: int, height: int) -> list[str]:
    """Draw a picture; for a process beside, which then has the library that draws.

    Args:
        desk: The desk.
        drawing: What is drawn.
        width: Cells.
        height: Rows.

    Returns:
        The lines.
    """
    from helpdesk.tui.charts import draw  # noqa: PLC0415 - 10 MB, and a seventh of a second

    del desk
    return draw(drawing, width, height)


def _column(table: Table, name: str) -> list[Figure]:
    place = table.columns.index(name)
    return [row[place] for row in table.rows]


def _number(figure: Figure) -> float:
    if isinstance(figure, Ratio):
        return figure.value or 0
    return figure if isinstance(figure, int | float) else 0
