"""The formula of a figure in words, and what its report is of."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from helpdesk.tui.breaking import hung
from helpdesk.tui.screens.help import HelpScreen
from helpdesk.tui.screens.ticket import TextScreen


class FormulaScreen(TextScreen):
    """A formula; ``?`` once more shows the keys of the report."""

    TITLE_OF_SCREEN = "formula"

    def __init__(self, told: Sequence[str], live: tuple[str, ...]) -> None:
        """Take what is told.

        Args:
            told: Lines, longer ones than the screen is wide too.
            live: The commands that work in the report.
        """
        super().__init__()
        self._told, self._live = told, live

    async def refreshed(self) -> None:
        """Lay it out."""
        self.resized()

    def resized(self) -> None:
        """Break the lines for the width that there is."""
        width = max(20, self.size.width - 3)
        self.show_text([
            Content(f" {part}") if each.startswith(" ") else Content.styled(f" {part}", "bold")
            for each in self._told
            for part in hung(each, width)
        ])  # fmt: skip

    async def do_help(self) -> None:
        """Show every key that works in the report."""
        await self.console.push_screen(HelpScreen(self._live))
