"""The tickets behind one cell of a report, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from helpdesk.domain.queries import Query
from helpdesk.domain.safe_text import line
from helpdesk.tui.screens.windowed import WindowedScreen
from helpdesk.tui.widgets.row_list import RowList


class BehindScreen(WindowedScreen):
    """A list of certain tickets; Escape goes back to where they were asked for."""

    TITLE_OF_SCREEN = "tickets of a report"
    CSS = "BehindScreen #behind { height: auto; padding: 0 1; }"

    def __init__(self, tickets: Sequence[int], of: str) -> None:
        """Take the tickets.

        Args:
            tickets: Their ids.
            of: What they are behind.
        """
        super().__init__()
        self._tickets, self._of = tuple(tickets), of

    def body(self) -> ComposeResult:
        """What they are, and the list."""
        yield Static("", id="behind", markup=False)
        yield RowList()

    async def refreshed(self) -> None:
        """Fetch what is listed, the cursor where it was."""
        if self.window is None:
            many = len(self._tickets)
            said = f"{many:,} {'ticket' if many == 1 else 'tickets'} behind {self._of}"
            self.query_one("#behind", Static).update(Content(line(f"{said}, newest first", 1_000)))
        await self.list_of(Query(only=self._tickets))
