"""The list of tickets: narrowed by a query, walked through however long it is."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any, Final, TypeVar

from textual import events
from textual.app import ComposeResult

from helpdesk.desk.desk import Desk
from helpdesk.desk.one_ticket import number_typed
from helpdesk.desk.saved_views import view_at
from helpdesk.desk.tickets import count_tickets, list_tickets, ordered, query_of
from helpdesk.domain.queries import Query
from helpdesk.domain.query_parts import BadQuery
from helpdesk.domain.tickets import TicketRow
from helpdesk.errors import HelpdeskError
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.screens.counted import CountedScreen
from helpdesk.tui.screens.patient import LONG_SECONDS
from helpdesk.tui.states.saving_view import asked_to_save
from helpdesk.tui.ticket_window import TicketWindow
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.query_lines import MeantLine, ViewsLine
from helpdesk.tui.widgets.row_list import RowList

T = TypeVar("T")

_BLINK_SECONDS: Final = 0.03


def _asked_and_listed(desk: Desk, typed: str, many: int) -> tuple[Query, tuple[TicketRow, ...]]:
    query = query_of(desk, typed, half_typed=True)
    return query, list_tickets(desk, query, many, lines=True)


class TicketsScreen(CountedScreen):
    """Tickets, the saved views, and a box to find them."""

    TITLE_OF_SCREEN = "tickets"
    GLANCE_SECONDS = 0.01  # to paint the letter by itself puts the list off by twice as much

    def __init__(self, *, find: bool = False) -> None:
        """Prepare the list.

        Args:
            find: Whether to begin in the search box, which is empty then.
        """
        super().__init__()
        self._typing = find
        self._listed: str | None = None
        self._earlier = 0
        self._accepting: asyncio.Task[None] | None = None

    def body(self) -> ComposeResult:
        """The views and a box above what was meant, and the list."""
        yield ViewsLine()
        yield LineBox("words, court:ianb symptom:linking clerk:me opened:last-week", id="find")
        yield MeantLine()
        yield RowList()

    def on_mount(self) -> None:
        """Take up the last search, unless another one is about to be typed."""
        searches = self.console.searches
        if searches and not self._typing:
            self._box.fill(searches[-1])

    def live(self) -> tuple[str, ...]:
        """In the box accept and leave; in the list what lists have."""
        if self._typing:
            return (
                "accept", "box-leave", "box-down", "box-up", "box-page-down", "box-page-up",
                *IN_A_BOX,
            )  # fmt: skip
        live = super().live()
        if self.GOING or not self._listed:
            return live
        place = live.index("find") + 1
        return (*live[:place], "save-view", *live[place:])

    def box(self) -> LineBox | None:
        """The search box, while it is typed in."""
        return self._box if self._typing else None

    def typed(self) -> None:
        """Narrow the list; a newer letter drops the answer to an older one."""
        self._earlier, self._in_rows = 0, False
        self.stay()
        self.do_soon(partial(self._search, half_typed=True))

    async def refreshed(self) -> None:
        """Fetch what is listed, the cursor where it was."""
        self.set_focus(self.box())
        if self.window is None or self._box.content != self._listed:
            await self._search(half_typed=self._typing)
        else:
            self.stay()
            await self.window.refresh()
            self.show_rows(steady=not self.window.is_first)
            self.count_soon()
        self.count_views_soon()

    async def people_moved(self) -> None:
        """Show who is at which ticket; what is listed stays."""
        if self.window is not None:
            self.show_rows(steady=True)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take the second key after ``g``, or the digit of a view."""
        if await super().take_key(key, character):
            return True
        if self._typing or not character or not character.isascii() or not character.isdigit():
            return False
        view = await self.console.thread.read(view_at, int(character))
        self._box.fill(view.query)
        self.give_up()
        await self._finish()
        return True

    async def do_find(self) -> None:
        """Go to the search box."""
        self._typing, self._earlier, self._in_rows = True, 0, False
        self.set_focus(self.box())

    async def do_save_view(self) -> None:
        """Save the query as a view with a digit and a name."""
        await self.console.ask(await asked_to_save(self.console, self._box.content))

    async def do_accept(self) -> None:
        """Leave the box for the list; one match, or the number that was typed, is opened."""
        self.do_soon(self._accept)
        self._accepting = self.soon

    async def take(self, event: events.Key | events.Paste) -> None:
        """Keep keys that are typed ahead until Enter has found; a later Escape gives that up."""
        accepting = self._accepting
        if accepting is not None and not accepting.done():
            leaves = isinstance(event, events.Key) and event.key == "escape"
            await asyncio.wait({accepting}, timeout=LONG_SECONDS if leaves else None)
            if not accepting.done():
                self.give_up()
                self.say("Given up: what is listed is as before.", refused=True)
                return
            top = self.console.on_top
            if top is not None and top is not self:  # what was found may be open by now
                await top.take(event)
                return
        await super().take(event)

    async def _accept(self) -> None:
        chosen = self.rows.chosen if self._in_rows else None
        await self._finish()
        await self.do_box_leave()
        number = await self.console.thread.read(number_typed, self._box.content)
        if chosen is not None:
            self.rows.choose(chosen.key)
        if number and chosen is None:
            await self.console.show_ticket(number)
        elif self.window is not None and len(self.window.rows) == 1:
            await self.do_open()

    async def do_box_leave(self) -> None:
        """Leave the box; its words stay."""
        self._typing = False
        self.set_focus(None)

    async def do_box_down(self) -> None:
        """One row down."""
        await self._catch_up()
        await self._move(1)

    async def do_box_up(self) -> None:
        """One row up; from the first row, or before any, the search before."""
        await self._catch_up()
        if self._in_rows and self.rows.cursor > 0:
            await self._move(-1)
            return
        searches = self.console.searches
        self._earlier = min(self._earlier + 1, len(searches))
        if self._earlier:
            self._box.fill(searches[-self._earlier])
            await self._search(half_typed=True)

    async def do_box_page_down(self) -> None:
        """One page down."""
        await self._catch_up()
        await self.do_page_down()

    async def do_box_page_up(self) -> None:
        """One page up."""
        await self._catch_up()
        await self.do_page_up()

    @property
    def _box(self) -> LineBox:
        return self.query_one("#find", LineBox)

    @property
    def query_typed(self) -> str:
        """The query that stands in the box."""
        return self._box.content

    async def _catch_up(self) -> None:
        """List for what stands in the box: fingers may be quicker than the database."""
        if self.is_busy or self._box.content != self._listed:
            self.give_up()
            await self._search(half_typed=True)

    async def _finish(self) -> None:
        """Search for the whole of what stands in the box, and remember it."""
        await self._search(half_typed=False)
        typed, searches = self._box.content.strip(), self.console.searches
        if self.window is not None and not self.window.rows:
            await self._search(half_typed=True)  # the last word as far as it was typed
        if typed:
            searches[:] = [*(each for each in searches if each != typed), typed]

    async def _search(self, *, half_typed: bool) -> None:
        """List what the box asks for; while typing, what cannot be read yet is not applied."""
        typed, meant = self._box.content, self.query_one(MeantLine)
        try:
            window, count = await self._patiently(self._found(typed, half_typed))
        except HelpdeskError as refusal:
            if isinstance(refusal, BadQuery):
                meant.point(refusal)
            else:
                meant.tell("")  # nothing is searched any more
            raise
        self.window, self._listed = window, typed
        self.query_one(ViewsLine).mark(typed)
        self.show_rows(anew=True)
        if window.rows or not typed:
            self.say("")
        else:
            self.say(f"No ticket matches “{typed}”.", refused=True)
        self.tell_count(window.count if count is None else count)

    async def _found(self, typed: str, half_typed: bool) -> tuple[TicketWindow, int | None]:
        """What is asked for, and how many there are where its order hangs on that."""
        thread, many, count = self.console.thread, self.page, None
        read = thread.read
        if half_typed:  # at once: each question waits for its turn; and only what is seen
            seen = 1 + (self.rows.size.height or many)  # no height before it is laid out
            query, rows = await read(_asked_and_listed, typed, seen)
            return TicketWindow(thread, query, rows, many, asked=seen), None
        query = await read(query_of, typed)
        if query.has_words:
            count = await read(count_tickets, query)
            query = ordered(query, count)
        window = TicketWindow(thread, query, many=many)
        await window.begin()
        return window, count

    async def _patiently(self, begun: Coroutine[Any, Any, T]) -> T:
        """Wait for the first page; past a blink say that older tickets are gone through."""
        loop, meant = asyncio.get_running_loop(), self.query_one(MeantLine)
        blink = loop.call_later(_BLINK_SECONDS, meant.wait)
        try:
            return await begun
        finally:
            blink.cancel()
