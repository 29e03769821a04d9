"""What was promised and is not dealt with: the end of incidents, what is late, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import work
from textual.app import ComposeResult

from helpdesk.desk.home import promised
from helpdesk.desk.promises import kept_promises
from helpdesk.domain.home import DuePromise
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.ticket_rows import pressing_said, promise_row
from helpdesk.tui.widgets.row_list import Row, RowList

_MOST = 500
_DAYS = 30


class PromisesScreen(ListScreen):
    """A list of promises; Enter reads the ticket, ``b`` calls back at once."""

    TITLE_OF_SCREEN = "promises"

    def __init__(self) -> None:
        """Begin with nothing fetched."""
        super().__init__()
        self._promises: dict[str, DuePromise] = {}

    def body(self) -> ComposeResult:
        """One list."""
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """What the lists share, and calling back."""
        live = super().live()
        if self.GOING or self.console.view is not None or not self.moving():
            return live
        return ("call-back", *live)

    async def refreshed(self) -> None:
        """Fetch the promises, the cursor where it was."""
        now = self.console.desk.clock.now()
        found = await self.console.thread.read(promised, _MOST)
        late, coming = found.pressing, found.coming
        self._promises = {each.number: each for each in (*coming[::-1], *late[::-1])}
        head = f"{pressing_said(late)}: {found.pressing_said}{_cut(late, 'oldest')}"
        rows = [Row("", head)] * bool(late)
        rows += [promise_row(self.console, each, now) for each in late]
        head = f"To come: {found.coming_said}{_cut(coming, 'next')}"
        rows.append(Row("", head if coming else "Nothing to come."))
        rows += [promise_row(self.console, each, now) for each in coming]
        self.rows.show(rows, keep=True)
        self._count_kept(rows, now)

    @work(exclusive=True)
    async def _count_kept(self, rows: list[Row], now: int) -> None:
        """Say at the end how many were kept: a month is longer to count than to list."""
        await self.painted()
        await self.do_or_say(partial(self._say_kept, rows, now))

    async def _say_kept(self, rows: list[Row], now: int) -> None:
        read, since = self.console.thread.read_behind, now - _DAYS * 86_400
        rate = await read(kept_promises, since, now + 1)
        said = f"Called back in time, {_DAYS} days: {rate.kept} of {rate.due} due"
        self.rows.show([*rows, Row("", said)], keep=True)

    async def do_open(self) -> None:
        """Read the chosen ticket."""
        row = self.rows.chosen
        if row is not None:
            await self.console.show_ticket(row.key)

    async def do_call_back(self) -> None:
        """Call back on the chosen promise."""
        row = self.rows.chosen
        if row is not None:
            await self.console.call_back(self._promises[row.key].ticket)


def _cut(listed: Sequence[DuePromise], which: str) -> str:
    """What is said where not all are listed."""
    return f"   the {which} {len(listed)} are listed" if len(listed) >= _MOST else ""
