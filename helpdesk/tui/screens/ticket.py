"""One ticket with its whole history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from textual.app import ComposeResult
from textual.content import Content

from helpdesk.desk.desk import Desk
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.ticket_text import Told, set_out, ticket_told
from helpdesk.domain.ticket_history import TicketHistory
from helpdesk.tui.breaking import hung
from helpdesk.tui.screens.base import EVERYWHERE
from helpdesk.tui.screens.lists import MOVING, ListScreen
from helpdesk.tui.widgets.long_text import LongText

_BESIDE: Final = 3
"""Cells that a line leaves free at the right, the bar's among them."""


class TextScreen(ListScreen):
    """A screen with one long text; the keys of lists scroll it."""

    def body(self) -> ComposeResult:
        """The text."""
        yield LongText()

    def live(self) -> tuple[str, ...]:
        """Scroll and go back."""
        kept = [each for each in super().live() if each not in {"back", "go", *EVERYWHERE}]
        return ("back", *kept, *EVERYWHERE)

    def moving(self) -> tuple[str, ...]:
        """All that scrolls; there is nothing to open."""
        return tuple(each for each in MOVING if each != "open")

    def show_text(self, lines: Sequence[Content]) -> None:
        """Show the text.

        Args:
            lines: Its lines.
        """
        self._text.show(lines)

    async def do_down(self) -> None:
        """One line down."""
        self._text.scroll_down(animate=False, immediate=True)

    async def do_up(self) -> None:
        """One line up."""
        self._text.scroll_up(animate=False, immediate=True)

    async def do_down_too(self) -> None:
        """One line down."""
        await self.do_down()

    async def do_up_too(self) -> None:
        """One line up."""
        await self.do_up()

    async def do_page_down(self) -> None:
        """One page down."""
        self._text.scroll_page_down(animate=False)

    async def do_page_up(self) -> None:
        """One page up."""
        self._text.scroll_page_up(animate=False)

    async def do_first(self) -> None:
        """To the beginning."""
        self._text.scroll_home(animate=False, immediate=True)

    async def do_last(self) -> None:
        """To the end."""
        await self._text.laid_out()
        self._text.scroll_end(animate=False, immediate=True)

    @property
    def _text(self) -> LongText:
        return self.query_one(LongText)


class TicketScreen(TextScreen):
    """Everything that is known of one ticket."""

    def __init__(self, number: str) -> None:
        """Take the ticket.

        Args:
            number: Its number as people quote it.
        """
        super().__init__()
        self._number = number
        self._history: TicketHistory | None = None
        self._left = False

    def live(self) -> tuple[str, ...]:
        """Off a call what can be done with it; on a call it is only read."""
        live = super().live()
        if self.GOING or self.console.view is not None:
            return live
        if self._history is None:
            return live
        if self._history.row.status == "void":
            return ("change", "go", *live)
        merged = bool(self._history.merged_into)
        call_back = () if merged else ("call-back",)
        return (*call_back, "ticket-note", "change", "go", *live)

    async def refreshed(self) -> None:
        """Fetch the ticket."""
        self.TITLE_OF_SCREEN = self._number
        self._history = await self.console.thread.read(show_ticket, self._number)
        self._left = False
        self.ticket_shown = self._history.row.id
        items = await self.console.thread.read(_told, self._history)
        self._text.show(partial(_lines, items), _styled)

    def on_screen_suspend(self) -> None:
        """Remember that something else is on top, which may change the ticket."""
        self._left = True

    async def do_call_back(self) -> None:
        """Begin a call of ours on this ticket."""
        await self.console.call_back(self._read.row.id)

    async def do_ticket_note(self) -> None:
        """Open the note box."""
        from helpdesk.tui.screens.ticket_note import TicketNoteScreen  # noqa: PLC0415

        await self.console.push_screen(TicketNoteScreen(self._read.row))

    async def do_change(self) -> None:
        """Ask what is to be changed."""
        from helpdesk.tui.changes.menu import change_question  # noqa: PLC0415 - opened rarely

        if self._left:  # typed ahead: what was changed just now is not fetched yet
            await self.refreshed()
        await self.console.ask(change_question(self.console, self._read))

    @property
    def _read(self) -> TicketHistory:
        assert self._history is not None  # noqa: S101 - the keys work once it was read
        return self._history


def _told(desk: Desk, ticket: TicketHistory) -> list[Told]:
    return list(ticket_told(desk, ticket))


def _lines(items: Sequence[Told], width: int) -> Iterator[str]:
    for item in items:
        for each in set_out(item).split("\n"):
            yield from hung(each, width - _BESIDE)


def _styled(text: str) -> Content:
    heading = text and not text.startswith(" ")
    return Content.styled(text, "bold") if heading else Content(text)
