"""What the wallboard is made of: large figures, a chart of the day, lists with their rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from helpdesk.domain.safe_text import line
from helpdesk.domain.wallboard import Chart, DayPart
from helpdesk.tui.words import fitted

NARROWEST: Final = 3
"""The fewest cells of a part of the chart: today, the usual, a gap."""

ASIDE: Final = 6
"""Cells at the left of the chart for the names of its rows."""

_WIDEST: Final = 11
_BELOW: Final = 3  # the lines of the numbers and of the hours
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"


class Figure(Vertical):
    """One large number, with what it is of and what it is to be read against."""

    DEFAULT_CSS = """
    Figure {
        height: 5; width: 1fr; padding: 0 1;
        & > Static { height: 1; }
        & > .plain { display: none; height: 3; text-style: bold reverse; width: auto; }
        & > .name, & > Digits { text-style: bold; }
        &.-alert { color: $text-warning; text-style: bold; }
    }
    """

    def __init__(self, name: str, id: str) -> None:  # noqa: A002 - Textual's
        """Begin without a number.

        Args:
            name: What the number is of.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._said = name

    def compose(self) -> ComposeResult:
        """A name, the number and a line below it."""
        yield Static(Content(self._said), classes="name")
        yield Digits("")
        yield Static("", classes="plain", markup=False)
        yield Static("", classes="against", markup=False)

    def show(self, number: int, against: str, *, alert: bool = False) -> None:
        """Show a number.

        Args:
            number: The number.
            against: What it is to be read against, a few words.
            alert: Whether it stands out; the words say why.
        """
        self.set_class(alert, "-alert")
        self.query_one(Digits).update(f"{number:,}")
        self.query_one(".plain", Static).update(Content(f"\n {number:,} \n"))
        self.query_one(".against", Static).update(Content(line(against)))


class DayChart(Static):
    """Columns of today's calls beside those of the usual day, with both numbers below."""

    DEFAULT_CSS = "DayChart { height: 3fr; min-height: 8; padding: 0 1; }"

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="chart", markup=False)
        self._chart: Chart | None = None
        self._title, self._now, self._blocks = "", 0, True

    def show(self, chart: Chart, title: str, now: int, *, blocks: bool) -> None:
        """Draw a day.

        Args:
            chart: The parts to draw.
            title: The line above them.
            now: The moment, in seconds UTC.
            blocks: Whether the terminal may be sent block characters.
        """
        self._chart, self._title, self._now, self._blocks = chart, title, now, blocks
        self._draw()

    def on_resize(self) -> None:
        """Fit the columns to the new size."""
        self._draw()

    def _draw(self) -> None:
        width, height = self.content_size
        if self._chart is None or width == 0:
            return
        said = chart_lines(self._chart, self._now, (width, height - 1), blocks=self._blocks)
        self.update(Content("\n".join([fitted(line(self._title), width), *said])), layout=False)


class WallList(Static):
    """Lines under a heading; what does not fit is counted in the last one."""

    DEFAULT_CSS = """
    WallList {
        height: 1fr; width: 1fr; padding: 0 1;
        &.-alert { color: $text-warning; text-style: bold; }
    }
    """

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's
        """Begin empty.

        Args:
            id: The widget's id.
        """
        super().__init__(id=id, markup=False)
        self._head = ""
        self._lines: Sequence[str] = ()
        self._count = 0

    def show(self, head: str, lines: Sequence[str], count: int) -> None:
        """Show what there is room for.

        Args:
            head: The heading; empty for none.
            lines: The first lines.
            count: How many there are in all.
        """
        if (head, list(lines), count) != (self._head, list(self._lines), self._count):
            self._head, self._lines, self._count = head, list(lines), count
            self._draw()

    def on_resize(self) -> None:
        """Fit the lines to the new size."""
        self._draw()

    def _draw(self) -> None:
        width, height = self.content_size
        if width == 0:
            return
        said = capped(self._lines, self._count, height - bool(self._head))
        rows = [Content(fitted(line(each), width)) for each in said]
        head = [Content.styled(fitted(line(self._head), width), "bold")] if self._head else []
        self.update(Content("\n").join([*head, *rows]), layout=False)


def capped(lines: Sequence[str], count: int, room: int) -> list[str]:
    """The lines for which there is room, and how many more there are.

    Args:
        lines: The first lines.
        count: How many there are in all, at least as many as lines.
        room: How many lines may be shown, at least 1.

    Returns:
        At most so many lines.
    """
    if count <= min(room, len(lines)):
        return list(lines)
    shown = list(lines[: max(0, room - 1)])
    return [*shown, f"and {count - len(shown):,} more" if shown else f"{count:,} in all"]


def cells_wanted(parts: Sequence[DayPart]) -> int:
    """How many cells a part of the chart takes at least, so that its numbers fit.

    Args:
        parts: The parts.

    Returns:
        At least ``NARROWEST``.
    """
    most = max((max(part.came, round(part.usual or 0)) for part in parts), default=0)
    return max(NARROWEST, len(str(most)) + 1)


def chart_lines(chart: Chart, now: int, room: tuple[int, int], *, blocks: bool) -> list[str]:
    """Draw a day as text.

    Args:
        chart: The parts to draw.
        now: The moment, in seconds UTC: what lies ahead has no number yet.
        room: Columns and rows.
        blocks: Whether block characters may be used.

    Returns:
        Columns, then the numbers of today, those of the usual day, and the hours.
    """
    cells = min(_WIDEST, (room[0] - ASIDE) // max(1, len(chart.parts)))
    rows = max(1, room[1] - _BELOW)
    top = max([1.0, *(max(part.came, part.usual or 0) for part in chart.parts)])
    wide = (cells // 2, cells - 1 - cells // 2)
    full, half = ("█", "░") if blocks else ("#", ":")
    lines: list[str] = []
    for row in range(rows - 1, -1, -1):
        drawn = " " * ASIDE
        for part in chart.parts:
            bar = _piece(part.came / top * rows - row, full, eighths=blocks)
            drawn += bar * wide[0]
            drawn += _piece((part.usual or 0) / top * rows - row, half, eighths=False) * wide[1]
            drawn += " "
        lines.append(drawn.rstrip())
    came = ["" if part.start > now else f"{part.came}" for part in chart.parts]
    usual = [_usual_said(part) for part in chart.parts]
    named = {"today": came, "usual": usual, "": _hours(chart, now, cells)}
    return [*lines, *(_row(name, texts, cells) for name, texts in named.items())]


def _piece(over: float, full: str, *, eighths: bool) -> str:
    """What a column has in one row, when it reaches so many rows above the row's foot."""
    if over >= 1:
        return full
    if eighths:
        return _EIGHTHS[max(0, ceil(over * 8))]
    return full if over >= 0.5 else " "  # noqa: PLR2004 - half a row


def _usual_said(part: DayPart) -> str:
    if part.usual is None:
        return ""
    return f"{part.usual:.0f}" if round(part.usual) else "<1" * bool(part.usual) or "0"


def _hours(chart: Chart, now: int, cells: int) -> list[str]:
    said = [part.clock[:2] if part.clock.endswith(":00") else "" for part in chart.parts]
    for place, part in enumerate(chart.parts):
        if part.start <= now < part.end:
            said[place] = "now"
            if cells == NARROWEST:
                said[place + 1 : place + 2] = [""]
    return said


def _row(name: str, texts: Sequence[str], cells: int) -> str:
    """Texts under their columns; where one would run into the next none is shown."""
    if any(len(text) + bool(after) > cells for text, after in pairwise([*texts, ""])):
        return f"{name:<{ASIDE}}(the numbers need a wider terminal)"
    return f"{name:<{ASIDE}}{''.join(text.ljust(cells) for text in texts)}".rstrip()
