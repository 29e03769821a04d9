"""A list over a window of pages: however long it is, only what is near the cursor is fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from textual import work

from helpdesk.domain.queries import Query
from helpdesk.domain.tickets import TicketRow
from helpdesk.errors import HelpdeskError
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.ticket_rows import ticket_rows
from helpdesk.tui.ticket_window import MOST, PAGE, TicketWindow
from helpdesk.tui.widgets.row_list import Row

_AHEAD: Final = "ahead"
_BEYOND: Final = 10


class WindowedScreen(ListScreen):
    """A list of tickets that is walked through without being loaded."""

    def __init__(self) -> None:
        """Begin with nothing fetched."""
        super().__init__()
        self.window: TicketWindow | None = None
        self._in_rows = False
        self._fetching = asyncio.Lock()
        self.marked: set[int] = set()

    @property
    def page(self) -> int:
        """How many tickets are fetched at once: more than are seen."""
        return min(MOST // 2, max(PAGE, self.console.size.height + _BEYOND))

    def show_rows(self, *, steady: bool = False, anew: bool = False, unseen: bool = False) -> None:
        """Show what is in memory.

        Args:
            steady: Whether the cursor stays on its line.
            anew: Whether it begins at the first row again.
            unseen: Whether all that differs is out of sight.
        """
        window = self.window
        if window is None:
            return
        if anew:
            self.rows.show([])
        more = (not window.is_first, not window.is_last)
        rows = self.said_of(window.rows)
        self.rows.show_part(rows, more=more, steady=steady, unseen=unseen)

    async def list_of(self, query: Query) -> None:
        """List tickets, or the same ones anew, the cursor where it was.

        Args:
            query: Which ones.
        """
        if self.window is None or self.window.query != query:
            window = TicketWindow(self.console.thread, query, many=self.page)
            await window.begin()
            self.window = window
        else:
            self.stay()
            await self.window.refresh()
        self.show_rows(steady=not self.window.is_first)

    def said_of(self, tickets: Sequence[TicketRow]) -> list[Row]:
        """Tickets as lines of the list.

        Args:
            tickets: Those in memory.

        Returns:
            A line for each.
        """
        return ticket_rows(self.console, tickets, self.console.desk.clock.now(), self.marked)

    async def do_open(self) -> None:
        """Read the chosen ticket."""
        row = self.rows.chosen
        if row is not None:
            await self.console.show_ticket(row.key)

    async def do_down(self) -> None:
        """One row down."""
        await self._move(1)

    async def do_up(self) -> None:
        """One row up."""
        await self._move(-1)

    async def do_down_too(self) -> None:
        """One row down."""
        await self._move(1)

    async def do_up_too(self) -> None:
        """One row up."""
        await self._move(-1)

    async def do_page_down(self) -> None:
        """One page down."""
        await self._move(max(2, self.rows.size.height - 1))

    async def do_page_up(self) -> None:
        """One page up."""
        await self._move(-max(2, self.rows.size.height - 1))

    async def do_first(self) -> None:
        """To the first ticket of all."""
        await self._go_to_end(last=False)

    async def do_last(self) -> None:
        """To the last ticket of all, however many there are."""
        await self._go_to_end(last=True)

    async def _move(self, by: int) -> None:
        """Move the cursor; from the last ticket one row down is the first, and back."""
        async with self._fetching:
            window, cursor = self.window, self.rows.cursor
            if window is None or not window.rows:
                return
            self._in_rows = True
            if abs(by) == 1 and self._is_end(cursor, last=by > 0):
                await self._go_to_end(last=by < 0)
                return
            if await window.reach(cursor + by, self.rows.size.height):
                self.show_rows(steady=True)
            self.rows.move(by)
        if not window.has(self.rows.cursor + by, self.rows.size.height):
            self.fetch_beyond(window, by)

    @work(exclusive=True, group=_AHEAD)
    async def fetch_beyond(self, window: TicketWindow, by: int) -> None:
        """Fetch, behind the paint, what a key would come to when it is pressed next.

        Args:
            window: What is listed; nothing is shown once it is another.
            by: How many rows down the key moves the cursor.
        """
        await self.painted()
        async with self._fetching:
            if not self.stands:
                return
            rows, changed = self.rows, False
            with suppress(HelpdeskError):  # it is fetched again when it is wanted, and said then
                changed = await window.reach(rows.cursor + by, rows.size.height)
            if changed and window is self.window and self.stands:
                self.show_rows(steady=True, unseen=True)

    def stay(self) -> None:
        """Give up what is fetched ahead: the list becomes another one."""
        self.workers.cancel_group(self, _AHEAD)

    def _is_end(self, cursor: int, *, last: bool) -> bool:
        window = self.window
        if window is None:
            return False
        return window.is_last and cursor == len(window.rows) - 1 if last else (
            window.is_first and cursor == 0
        )  # fmt: skip

    async def _go_to_end(self, *, last: bool) -> None:
        window = self.window
        if window is None:
            return
        self._in_rows = True
        self.stay()
        if not (window.is_last if last else window.is_first):
            await window.begin(last=last)
            self.show_rows()
        self.rows.move_to_end(last=last)
