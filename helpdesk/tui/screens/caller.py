"""The card of one caller: who it is, what was told last, what is promised, every ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from helpdesk.desk.caller_card import caller_card, caller_tickets
from helpdesk.desk.caller_text import card_lines
from helpdesk.tui.screens.growing import GrowingScreen
from helpdesk.tui.widgets.row_list import Row, RowList
from helpdesk.tui.words import STATUS_SIGNS, fitted, moment

if TYPE_CHECKING:
    from helpdesk.desk.desk import Desk
    from helpdesk.domain.caller_card import CallerCard
    from helpdesk.domain.calls import PastCall

_PAGE = 100


class CallerScreen(GrowingScreen):
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
        self._tickets: list[PastCall] = []
        self._more = False

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
        most = max(_PAGE, len(self._tickets))
        self._tickets = list(await read(caller_tickets, self._caller, most))
        self._more = len(self._tickets) == most
        self._show()

    def resized(self) -> None:
        """Cut the lines for the new width."""
        if self._card is not None:
            self._show_card(_laid_out(self.console.desk, self._card))
            self._show()

    async def grow(self) -> bool:
        """Fetch the next page of tickets."""
        if not self._more or not self._tickets:
            return False
        page = await self.console.thread.read(
            caller_tickets, self._caller, _PAGE, self._tickets[-1]
        )
        self._tickets += page
        self._more = len(page) == _PAGE
        self._show()
        return True

    async def do_open(self) -> None:
        """Read the chosen ticket."""
        row = self.rows.chosen
        if row is not None:
            await self.console.show_ticket(row.key)

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
        self.query_one("#card", Static).update(Content("\n").join(styled))

    def _show(self) -> None:
        now = self.console.desk.clock.now()
        zone = self._card.office.zone if self._card else self.console.desk.home_office.zone
        rows = [Row("", self._heading())]
        rows += [Row(each.number, self._said(each, zone, now)) for each in self._tickets]
        if self._more:
            rows.append(Row("", "more below"))
        self.rows.show(rows, keep=True)

    def _heading(self) -> str:
        if self._card is None or not self._card.tickets.ever:
            return "No ticket yet."
        return f"Tickets: {self._card.tickets.ever:,}, from {self._card.calls.ever:,} calls"

    def _said(self, past: PastCall, zone: str, now: int) -> str:
        what = self.console.symptom_title(past.symptom) or "no symptom"
        width = max(16, self.size.width - 52)
        said = f"{STATUS_SIGNS.get(past.status, ' ')} {past.number} "
        said += f"{moment(past.opened_at, zone, now):<10} {fitted(what, width)} "
        return f"{said}{past.status:<9} {past.clerk[:12]}"


def _laid_out(desk: Desk, card: CallerCard) -> list[str]:
    return list(card_lines(desk, card))


def _style(text: str, *, first: bool) -> str:
    if text.startswith("!"):
        return "bold $text-warning"
    return "bold" if first else ""
