"""The card of one caller: who it is, what was told last, what is promised, every ticket."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from helpdesk.desk.caller_card import caller_card
from helpdesk.desk.caller_text import card_lines
from helpdesk.domain.queries import Query
from helpdesk.tui.screens.windowed import WindowedScreen
from helpdesk.tui.widgets.row_list import Row, RowList
from helpdesk.tui.words import STATUS_SIGNS, fitted, moment

if TYPE_CHECKING:
    from helpdesk.desk.desk import Desk
    from helpdesk.domain.caller_card import CallerCard
    from helpdesk.domain.tickets import TicketRow


_PROMISES: Final = 4
"""How many promises are told: below them there must be room for the tickets."""


class CallerScreen(WindowedScreen):
    """A card above the caller's tickets; Enter reads one."""

    TITLE_OF_SCREEN = "caller"

    def __init__(self, caller: int) -> None:
        """Take the caller.

        Args:
            caller: The caller's id.
        """
        super().__init__()
        self._caller = caller
        self._card: CallerCard | None = None

    def body(self) -> ComposeResult:
        """The card above the list."""
        yield Static("", id="card", markup=False)
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """What the lists share, and corrections, also over a call."""
        if self.GOING or self._card is None:
            return super().live()
        alike = ("alike",) if self._card.alike else ()
        return (*alike, "change", *super().live())

    async def refreshed(self) -> None:
        """Fetch the card and its tickets, the cursor where it was."""
        read = self.console.thread.read
        going_on = self.console.view.ticket if self.console.view else 0
        self._card = await read(caller_card, self._caller, going_on)
        self._show_card(await read(_laid_out, self._card))
        as_one = (self._card.caller, *self._card.merged)
        await self.list_of(Query(callers=tuple(each.id for each in as_one)))

    def resized(self) -> None:
        """Cut the lines for the new width."""
        if self._card is not None:
            self._show_card(_laid_out(self.console.desk, self._card))
            self.show_rows()

    def said_of(self, tickets: Sequence[TicketRow]) -> list[Row]:
        """Tickets as lines without their caller, at the caller's office."""
        zone = self._card.office.zone if self._card else self.console.desk.home_office.zone
        said = partial(self._said, zone, self.console.desk.clock.now())
        return [Row(each.number, "", later=partial(said, each)) for each in tickets]

    async def do_change(self) -> None:
        """Ask what is to be corrected."""
        from helpdesk.tui.changes.caller import caller_question  # noqa: PLC0415 - opened rarely

        if self._card is not None:
            await self.console.ask(caller_question(self.console, self._card))

    async def do_alike(self) -> None:
        """Review who may be the same person as this one."""
        from helpdesk.tui.screens.alike import AlikeScreen  # noqa: PLC0415 - opened rarely

        if self._card is not None:
            await self.console.push_screen(AlikeScreen(self._card.caller.id))

    def _show_card(self, lines: list[str]) -> None:
        width = max(20, self.size.width - 2)
        styled = [
            Content.styled(fitted(f" {text}", width), _style(text, first=place == 0))
            for place, text in enumerate(lines)
        ]
        styled.append(Content.styled(fitted(f" {self._heading()}", width), "bold $text-muted"))
        self.query_one("#card", Static).update(Content("\n").join(styled))

    def _heading(self) -> str:
        if self._card is None or not self._card.tickets.ever:
            return "No ticket yet."
        calls = self._card.calls.ever
        said = "1 call" if calls == 1 else f"{calls:,} calls"
        return f"Tickets: {self._card.tickets.ever:,}, from {said}"

    def _said(self, zone: str, now: int, ticket: TicketRow) -> str:
        what = self.console.symptom_title(ticket.symptom) or "no symptom"
        width = max(16, self.size.width - 52)
        said = f"{STATUS_SIGNS.get(ticket.status, ' ')} {ticket.number} "
        said += f"{moment(ticket.opened_at, zone, now):<10} {fitted(what, width)} "
        return f"{said}{ticket.status:<9} {ticket.clerk[:12]}"


def _laid_out(desk: Desk, card: CallerCard) -> list[str]:
    return list(card_lines(desk, card, _PROMISES))


def _style(text: str, *, first: bool) -> str:
    if text.startswith("!"):
        return "bold $text-warning"
    return "bold" if first else ""
