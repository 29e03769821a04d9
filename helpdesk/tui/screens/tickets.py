"""The list of tickets: newest first, narrowed by words, more fetched as one goes down."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult

from helpdesk.desk.tickets import (
    count_said,
    count_tickets,
    list_tickets,
    query_of,
    refuse_unknown,
)
from helpdesk.domain.queries import Query
from helpdesk.domain.tickets import TicketRow
from helpdesk.errors import HelpdeskError
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.ticket_rows import ticket_row
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row, RowList

_PAGE = 100


class TicketsScreen(ListScreen):
    """Tickets, and a box to find them."""

    TITLE_OF_SCREEN = "tickets"

    def __init__(self, *, find: bool = False, words: str = "") -> None:
        """Prepare the list.

        Args:
            find: Whether to begin in the search box.
            words: What stands in it to begin with.
        """
        super().__init__()
        self._typing = find
        self._words = words
        self._tickets: list[TicketRow] = []
        self._query = Query()
        self._listed = ""
        self._more = False

    def body(self) -> ComposeResult:
        """A box above a list."""
        yield LineBox("words, court:ianb symptom:linking clerk:me opened:last-week", id="find")
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """In the box accept and leave; in the list what lists have."""
        if self._typing:
            return ("accept", "box-leave", "box-down", "box-up", *IN_A_BOX)
        return super().live()

    def box(self) -> LineBox | None:
        """The search box, while it is typed in."""
        return self.query_one("#find", LineBox) if self._typing else None

    def typed(self) -> None:
        """Narrow the list; a newer letter drops the answer to an older one."""
        self.do_soon(partial(self._search, half_typed=True))

    async def refreshed(self) -> None:
        """Fetch what is listed, the cursor where it was."""
        self.set_focus(self.box())
        if self._words:
            self.query_one("#find", LineBox).fill(self._words)
            self._words = ""
        await self._search(half_typed=self._typing, keep=True)

    @on(RowList.NearEnd)
    async def fetch_more(self) -> None:
        """Fetch the next page when the cursor comes near the last row."""
        await self.do_or_say(self._fetch_more)

    async def _fetch_more(self) -> None:
        if not self._more or not self._tickets:
            return
        self._more, query = False, self._query
        page = await self.console.thread.read(list_tickets, query, _PAGE, self._tickets[-1])
        if query is not self._query:  # another search was quicker
            return
        self._tickets += page
        self._more = len(page) == _PAGE
        self._show(keep=True)

    async def do_find(self) -> None:
        """Go to the search box."""
        self._typing = True
        self.set_focus(self.box())

    async def do_accept(self) -> None:
        """Leave the box for the list; one match is opened at once."""
        self.give_up()
        await self._search(half_typed=False, keep=True)
        if not self._tickets:  # the last word as far as it was typed
            await self._search(half_typed=True)
        await self.do_box_leave()
        if len(self._tickets) == 1:
            await self.do_open()

    async def do_box_leave(self) -> None:
        """Leave the box; its words stay."""
        self._typing = False
        self.set_focus(None)

    async def do_box_down(self) -> None:
        """One row down."""
        await self._catch_up()
        self.rows.move(1)

    async def do_box_up(self) -> None:
        """One row up."""
        await self._catch_up()
        self.rows.move(-1)

    async def do_open(self) -> None:
        """Read the chosen ticket."""
        row = self.rows.chosen
        if row is not None:
            await self.console.show_ticket(row.key)

    async def _catch_up(self) -> None:
        """List for what stands in the box: fingers may be quicker than the database."""
        self.give_up()
        if self.query_one("#find", LineBox).content != self._listed:
            await self._search(half_typed=True)

    async def _search(self, *, half_typed: bool, keep: bool = False) -> None:
        """List what the box asks for; while typing, what cannot be read yet changes nothing."""
        read, typed = self.console.thread.read, self.query_one("#find", LineBox).content
        most = max(_PAGE, len(self._tickets)) if keep else _PAGE
        try:
            query = await read(query_of, typed, half_typed=half_typed)
            page = await read(list_tickets, query, most)
            count = await read(count_tickets, query)
            if not page and not half_typed:
                await read(refuse_unknown, query)
        except HelpdeskError:
            if half_typed:
                return
            raise
        self._listed, self._query = typed, query
        self._tickets, self._more = list(page), len(page) == most
        found = f"{count_said(count)} tickets" if page else f"No ticket matches “{typed}”."
        self.say(found, refused=not page and bool(typed))
        self._show(keep=keep)

    def _show(self, *, keep: bool) -> None:
        now = self.console.desk.clock.now()
        rows = [ticket_row(self.console, ticket, now) for ticket in self._tickets]
        if self._more:
            rows.append(Row("", "more below"))
        self.rows.show(rows, keep=keep)
