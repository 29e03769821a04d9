"""A grid of figures with a cursor on one cell; its first column and its total stay in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from helpdesk.domain.safe_text import line
from helpdesk.tui.words import fitted

_SIDES = 2
"""What stands around a cell: the marks of the cursor, or nothing."""

_LEAST = 12
"""The least that the first column has."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells under headings, as they are read."""

    headings: tuple[str, ...] = ()
    """What stands above the columns."""

    rows: Sequence[tuple[str, ...]] = ()
    """The cells."""

    total: tuple[str, ...] | None = None
    """The last row, which is always seen."""

    texts: tuple[bool, ...] = ()
    """Which columns are words, and so begin at the left."""

    @property
    def places(self) -> int:
        """How many rows the cursor can be on, the total included."""
        return len(self.rows) + (self.total is not None)

    def row(self, place: int) -> tuple[str, ...]:
        """The cells of a row.

        Args:
            place: From 0; the total stands behind the last.
        """
        if place < len(self.rows) or self.total is None:
            return self.rows[place]
        return self.total


class FigureGrid(Widget):
    """Draws what is seen of a grid; the cell under the cursor stands in brackets."""

    COMPONENT_CLASSES = {"grid--cursor", "grid--heading", "grid--total"}  # noqa: RUF012
    DEFAULT_CSS = """
    FigureGrid {
        height: 1fr;
        & > .grid--cursor { text-style: bold reverse; }
        & > .grid--heading { color: $text-muted; text-style: bold underline; }
        & > .grid--total { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._grid = Grid()
        self._natural: list[int] = []
        self._widths: list[int] = []
        self._row, self._column = 0, 1
        self._top, self._left = 0, 1

    @property
    def place(self) -> tuple[int, int]:
        """The row and the column under the cursor; the total is behind the last row."""
        return self._row, self._column

    @property
    def grid(self) -> Grid:
        """What is shown."""
        return self._grid

    def show(self, grid: Grid, *, keep: bool = False) -> None:
        """Show another grid.

        Args:
            grid: The grid.
            keep: Whether the cursor stays where it is, as far as there is such a cell.
        """
        self._grid = grid
        self._natural = [0] * len(grid.headings)
        for cells in chain([grid.headings], grid.rows, [grid.total] if grid.total else []):
            widths = map(cell_len, map(line, cells))
            self._natural = list(map(max, self._natural, widths))
        if not keep:
            self._row, self._column, self._top, self._left = 0, 1, 0, 1
        self.move(0, 0)

    def move(self, down: int, right: int) -> None:
        """Move the cursor; by one it goes round, by more it stops at the edges.

        Args:
            down: How many rows.
            right: How many columns.
        """
        self._row = _moved(self._row, down, self._grid.places)
        self._column = _moved(self._column, right, len(self._grid.headings))
        self.refresh()

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - 1 - (self._grid.total is not None))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw, the cursor in view whatever the size is by now."""
        row = min(self._row, len(self._grid.rows) - 1)  # the total stands below the last one
        self._top = max(0, min(self._top, row), row - self.page + 1)
        self._widths = self._fitting()
        self._left = max(1, min(self._left, self._column or 1))
        while self._left < self._column and self._column not in self._seen():
            self._left += 1
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line: the headings, a row, or at the bottom the total."""
        width, grid = self.size.width, self._grid
        if not grid.headings:
            return Strip.blank(width, self.rich_style)
        if y == 0:
            return self._line(grid.headings, self._style("grid--heading"), -1)
        last = y == min(self.size.height - 1, len(grid.rows) - self._top + 1)
        if grid.total is not None and last:
            return self._line(grid.total, self._style("grid--total"), len(grid.rows))
        place = self._top + y - 1
        if y > self.page or place >= len(grid.rows):
            return Strip.blank(width, self.rich_style)
        return self._line(grid.rows[place], self.rich_style, place)

    def _line(self, cells: tuple[str, ...], style: Style, place: int) -> Strip:
        seen, told = self._seen(), [">" if place == self._row else " "]
        segments = [Segment(told[0], style)]
        for column in (0, *seen):
            here = place == self._row and column == self._column
            text = self._fitted(cells[column], column)
            before, after = ("[", "]") if here else (" ", " ")
            if place < 0 and column == seen[0] and column > 1:
                before = "‹"
            if place < 0 and column == seen[-1] < len(cells) - 1:
                after = "›"
            chosen = self._style("grid--cursor") if here else style
            segments.append(Segment(f"{before}{text}{after}", chosen))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _fitted(self, cell: str, column: int) -> str:
        text, width = line(cell), self._widths[column]
        if not self._grid.texts[column] and cell_len(text) < width:
            text = " " * (width - cell_len(text)) + text
        return fitted(text, width)

    def _fitting(self) -> list[int]:
        """The width of each column; one that is wider than the screen is cut, and says so."""
        if not self._natural:
            return []
        first = min(self._natural[0], max(_LEAST, self.size.width * 2 // 5))
        room = max(_LEAST, self.size.width - first - 2 * _SIDES - 1)
        return [first, *(min(width, room) for width in self._natural[1:])]

    def _seen(self) -> list[int]:
        """The columns that are seen beside the first."""
        room = self.size.width - 1 - self._widths[0] - _SIDES
        seen: list[int] = []
        for column in range(self._left, len(self._widths)):
            room -= self._widths[column] + _SIDES
            if seen and room < 0:
                break
            seen.append(column)
        return seen

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)


def _moved(place: int, by: int, many: int) -> int:
    if abs(by) == 1 and many:
        return (place + by) % many
    return max(0, min(many - 1, place + by))
