"""The reports there are: one is chosen by its digit or letter, or with the cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from textual.app import ComposeResult

from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import reports, units_of
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.row_list import Row, RowList

_SIGNS: Final = "123456789abcdefi"  # g and h go elsewhere
FIRST: Final = Question(period="last-30d")
"""What is asked before anything was chosen."""


class ReportsScreen(ListScreen):
    """Every report by its name."""

    TITLE_OF_SCREEN = "reports"

    def body(self) -> ComposeResult:
        """One list."""
        yield RowList()

    async def refreshed(self) -> None:
        """List the reports, the cursor on the last one that was asked for."""
        if not self.begun.is_set():
            self.run_worker(self.console.beside.begin())  # by the time that one is chosen
        titles = reports(self.console.desk)
        rows = [Row("", "Which report?")]
        width = max(len(title.partition(" ")[2]) for title in titles.values())
        for place, (name, title) in enumerate(titles.items()):
            sign = _SIGNS[place] if place < len(_SIGNS) else " "
            code, _, said = title.partition(" ")
            rows.append(Row(name, f"{sign}  {said:<{width}} {code:<4} helpdesk stats {name}"))
        self.rows.show(rows, keep=True)
        asked = self.console.reported
        if asked is not None and not self.begun.is_set():
            self.rows.choose(asked.report)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take the second key after ``g``, or the digit or letter of a report."""
        if await super().take_key(key, character):
            return True
        if not character or character not in _SIGNS:
            return False
        row = self.rows.nth(_SIGNS.index(character) + 1)
        if row is None or self.console.keymap.command(key, self.live()):
            return False
        self.rows.choose(row.key)
        await self.do_open()
        return True

    async def do_open(self) -> None:
        """Ask for the chosen report, of the period and places that were asked for last."""
        from helpdesk.tui.screens.report import ReportScreen  # noqa: PLC0415 - on this way only

        row = self.rows.chosen
        if row is not None:
            asked = self.console.reported or FIRST
            unit = asked.unit if asked.unit in units_of(self.console.desk, row.key) else ""
            question = replace(asked, report=row.key, unit=unit)
            await self.console.push_screen(ReportScreen(question))
