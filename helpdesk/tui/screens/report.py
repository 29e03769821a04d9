"""One report: its table or its picture, the formula of each figure, and the tickets behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import ProgressBar, Static

from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import Answered, report_on_screen, tickets_of_cell, units_of
from helpdesk.domain.courts import local
from helpdesk.domain.safe_text import line
from helpdesk.domain.sparks import Sparks, spark
from helpdesk.domain.tables import Figure
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.tui import report_questions as ask_for
from helpdesk.tui.drawings import DRAWN, drawing_of, drawn
from helpdesk.tui.report_lines import (
    SHADED,
    cell_said,
    figure_named,
    formula_lines,
    grid_of,
    heat_grid,
    row_said,
)
from helpdesk.tui.screens.base import EVERYWHERE
from helpdesk.tui.screens.behind import BehindScreen
from helpdesk.tui.screens.formula import FormulaScreen
from helpdesk.tui.screens.lists import OFF_A_CALL
from helpdesk.tui.screens.narrowed import FILTERS, NarrowedScreen
from helpdesk.tui.screens.patient import Going
from helpdesk.tui.widgets.figure_grid import FigureGrid, Grid
from helpdesk.tui.widgets.pane import Pane

_TALL: Final = 30
"""From so many rows on all that stands below a report is shown at once."""


_STILL_SECONDS: Final = 0.2
"""A picture is drawn anew once the size has stood still for so long."""


class ReportScreen(NarrowedScreen):
    """A report; it stays as it was made until it is asked for again."""

    TITLE_OF_SCREEN = "report"
    CSS = """
    ReportScreen #about, ReportScreen #figure, ReportScreen #foot { height: auto; padding: 0 1; }
    ReportScreen #about, ReportScreen #foot { color: $foreground-muted; }
    ReportScreen #picture { height: 1fr; display: none; }
    ReportScreen ProgressBar { display: none; margin: 0 1; }
    ReportScreen.-drawn #picture { display: block; }
    ReportScreen.-drawn FigureGrid, ReportScreen.-drawn #figure { display: none; }
    ReportScreen.-long ProgressBar { display: block; }
    """

    def __init__(self, question: Question) -> None:
        """Take the question.

        Args:
            question: What is asked.
        """
        super().__init__(question)
        self._answered: Answered | None = None
        self._sparks: Sparks | None = None
        self._picture = question.report in SHADED
        self._drawn: tuple[Answered, Size, Sequence[Content]] | None = None
        self._asked_at = ""

    def body(self) -> ComposeResult:
        """What the figures are of, the table or the picture, and the figure under the cursor."""
        yield Static("", id="about", markup=False)
        yield FigureGrid()
        yield Pane("", id="picture")
        yield ProgressBar(show_eta=False)
        yield Static("", id="figure", markup=False)
        yield Static("", id="foot", markup=False)

    def live(self) -> tuple[str, ...]:
        """Narrow it down, look at it, move in it, read what is behind a figure."""
        if self.GOING:
            return ("back", *EVERYWHERE[2:])
        off = self.console.view is None
        calls, go = OFF_A_CALL[:2] * off, ("go",) * off
        filters = FILTERS if units_of(self.console.desk, self._asked.report) else FILTERS[:-1]
        if self.going is not None:
            return ("back", *filters, *calls, *EVERYWHERE[2:])
        further = ("back", *calls[:1], *filters, "ask-again", *go, *calls[1:], *EVERYWHERE[1:])
        if self._answered is None:
            return (*further, "help")
        report = self._answered.question.report
        picture = ("picture",) if report in DRAWN or report in SHADED else ()
        if self._is_drawn:
            return (*picture, "save-report", *further, "help")
        return ("open", "formula", *picture, "save-report", *further, *self.moving())

    async def refreshed(self) -> None:
        """Ask what is to be asked; what others wrote changes no report that was made."""
        if self._wanted is not None and self.is_current:
            wanted, self._wanted = self._wanted, None
            self.begin("the report", partial(self._make, wanted))

    def resized(self) -> None:
        """Lay out anew what depends on the width."""
        self._show(keep=True)

    async def do_open(self) -> None:
        """List the tickets behind the figure."""
        self._made  # noqa: B018 - refuses where there is none
        self._making = None  # the report on the screen is the one that is looked at
        self.begin("the list of tickets", self._open)

    async def do_formula(self) -> None:
        """Say how the figure is computed."""
        answered, (row, column) = self._made, self.grid.place
        table, cells = answered.table.for_people(), self._cells(row)
        if column >= len(table.columns):
            told = ["calls of each span of the period, from its first to its last; · is none"]
        else:
            told = list(formula_lines(table, cells, column))
        whole = answered.table
        about = [*whole.header, self._asked_at, *whole.footer]
        told += ["", "The report", *(f"  {each}" for each in about)]
        await self.console.push_screen(FormulaScreen(told, self.live()))

    async def do_picture(self) -> None:
        """Show the picture, or the table again."""
        self._picture = not self._picture
        self._show(keep=True)

    async def do_save_report(self) -> None:
        """Ask for a file, and save the report there as it stands."""
        await self.console.ask(await ask_for.file_asked(self.console, self._made))

    async def do_ask_again(self) -> None:
        """Ask again, as of now unless a moment was named."""
        self.begin("the report", self._make_again)

    async def _make(self, question: Question, going: Going) -> None:
        """Make the report; what cannot be asked leaves the one that is there."""
        self._making = question
        try:
            made = await self.console.beside.read(report_on_screen, question, going.tell)
        except (BadInput, NotFound, NotAllowed):
            self._making = None
            raise
        self._making = None
        now, zone = self.console.desk.clock.now(), made.answered.scope.period.zone
        login = self.console.desk.clerk.login
        self._asked_at = f"asked by {login} {local(now, zone):%Y-%m-%d %H:%M:%S %Z}"
        same = self._answered is not None and (self._answered.question.report == question.report)
        self._answered, self._sparks, self._asked = *made, question
        self.console.reported = question
        self._show(keep=same)

    async def _make_again(self, going: Going) -> None:
        await self._make(self._newest, going)
        self.say(f"Asked again, as of {self._asked.as_of or 'now'}.")

    async def _open(self, going: Going) -> None:
        answered, (row, column) = self._made, self.grid.place
        table = answered.table.for_people()
        column = column if column < len(table.columns) else 0
        place, name = row if row < len(table.rows) else -1, table.columns[column]
        found = await self.console.beside.read(tickets_of_cell, answered, place, name, going.tell)
        self.over(going)
        if not found:
            raise NotAllowed("No ticket is behind this figure.")
        figure = figure_named(table, self._cells(row), column)
        period = answered.question.period or f"{answered.scope.period}"
        await self.console.push_screen(BehindScreen(found, f"{figure}, {period}"))

    def _show(self, *, keep: bool) -> None:
        """Show the report that was made, for the width that there is."""
        answered = self._answered
        if answered is None:
            return
        self.set_class(self._is_drawn, "-drawn")
        table, name = answered.table, answered.question.report
        title, *header = table.header
        about = [f"{title}   {self._asked_at}", *header]
        self.query_one("#about", Static).update(_lines(about))
        more = len(table.footer) - 1
        further = f"   (? tells {more} more)" if more > 0 else ""
        foot = table.footer if self.size.height >= _TALL else (f"{table.footer[0]}{further}",)
        self.query_one("#foot", Static).update(_lines(foot))
        people = table.for_people()
        shaded = self._picture and name in SHADED
        grid = heat_grid(people, SHADED[name]) if shaded else self._with_sparks()
        self.grid.show(grid, keep=keep)
        self.say_figure()
        if self._is_drawn:
            self.query_one("#picture", Pane).show(self._paint)

    def _paint(self, width: int, height: int) -> Sequence[Content]:
        """The picture of this size, once it is drawn."""
        size = Size(width, height)
        if self._drawn is None or self._drawn[0] is not self._answered or self._drawn[1] != size:
            drawing = self.do_or_say(partial(self._have_drawn, self._made, size))
            self.run_worker(drawing, group="picture", exclusive=True)  # no key waits for it
            return ()
        return self._drawn[2]

    async def _have_drawn(self, answered: Answered, size: Size) -> None:
        if self._drawn is not None:
            await asyncio.sleep(_STILL_SECONDS)
        drawing = drawing_of(answered.question.report, answered.table)
        lines = await self.console.beside.read(drawn, drawing, *size)
        self._drawn = answered, size, [Content(each) for each in lines]
        if self._answered is answered and self._is_drawn and self.stands:
            self._show(keep=True)

    def _with_sparks(self) -> Grid:
        table, sparks = self._made.table, self._sparks
        if sparks is None:
            return grid_of(table.for_people())
        none = (0,) * len(sparks.whole)
        drawn = [[spark(sparks.counts.get(key, none))] for key in table.keys]
        return grid_of(
            table.for_people(), [f"calls by {sparks.unit}"], [*drawn, [spark(sparks.whole)]]
        )

    def say_figure(self) -> None:
        """Say the figure under the cursor in full, and where it is."""
        if self._answered is None or not self.grid.grid.places:
            self.query_one("#figure", Static).update("")
            return
        (row, column), grid = self.grid.place, self.grid.grid
        table, cells = self._answered.table.for_people(), self._cells(self.grid.place[0])
        said = grid.row(row)[column]
        if column < len(table.columns):
            said = cell_said(table, cells, column)
        heading = grid.headings[column] or (
            table.columns[column] if column < len(table.columns) else ""
        )
        where = f"{row + 1}/{grid.places}, {column + 1}/{len(grid.headings)}"
        first = row_said(cells)
        told = f"{first}: {heading} {said}   ({where})" if column else f"{first}   ({where})"
        self.query_one("#figure", Static).update(_lines([told]))

    def _cells(self, row: int) -> tuple[Figure, ...]:
        table = self._made.table.for_people()
        if row >= len(table.rows):
            return table.total or ()
        return table.rows[row]

    @property
    def _is_drawn(self) -> bool:
        answered = self._answered
        return self._picture and answered is not None and answered.question.report in DRAWN

    @property
    def _made(self) -> Answered:
        if self._answered is None:
            raise NotAllowed("There is no report yet: r asks again.")
        return self._answered


def _lines(told: Iterable[str]) -> Content:
    return Content("\n".join(line(each, 1_000) for each in told))
