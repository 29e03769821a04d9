"""A list of tickets that says how many there are: counted behind the keys, which never wait."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

from textual import work

from helpdesk.desk.saved_views import count_views
from helpdesk.desk.tickets import count_said, count_tickets
from helpdesk.tui.screens.windowed import WindowedScreen
from helpdesk.tui.ticket_window import TicketWindow
from helpdesk.tui.widgets.query_lines import MeantLine, ViewsLine

_COUNT: Final = "count"
_VIEWS: Final = "views"
_REST_SECONDS: Final = 0.15
"""Lists are counted once the fingers rest: to count takes longer than to list."""


class CountedScreen(WindowedScreen):
    """A window of tickets below the saved views and a line that says what is listed."""

    @property
    def query_typed(self) -> str:
        """The query that stands in the box."""
        raise NotImplementedError

    def tell_count(self, count: int | None) -> None:
        """Say how many tickets are listed, or that they are counted.

        Args:
            count: How many, where it is known.
        """
        if self.window is None:
            return
        meant = self.query_one(MeantLine)
        self.workers.cancel_group(self, _COUNT)
        if count is None:
            meant.counting(self.window.query)
            self.call_after_refresh(self.count_soon)
        else:
            meant.show(count_said(count), self.window.query)

    @work(exclusive=True, group=_COUNT)
    async def count_soon(self) -> None:
        """Say how many there are, once the first of them are shown and the fingers rest."""
        await asyncio.sleep(_REST_SECONDS)
        if self.window is not None:
            self.fetch_beyond(self.window, 1)
            await self.do_or_say(partial(self._say_count, self.window))

    async def _say_count(self, window: TicketWindow) -> None:
        count = window.count
        if count is None:
            count = await self.console.thread.read_behind(count_tickets, window.query)
        self.query_one(MeantLine).show(count_said(count), window.query)

    @work(exclusive=True, group=_VIEWS)
    async def count_views_soon(self) -> None:
        """Say what the saved views hold; some take longer to count than any list to show."""
        await self.painted()
        await self.do_or_say(self._say_views)

    async def _say_views(self) -> None:
        views = await self.console.thread.read_behind(count_views)
        self.query_one(ViewsLine).show(views, self.query_typed)
