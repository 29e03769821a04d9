"""Who looked at whom: the access journal, for who answers for the desk."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult

from helpdesk.desk.access import MOST, Looked, list_access
from helpdesk.desk.access_days import access_days
from helpdesk.desk.report_scope import Question
from helpdesk.domain.courts import local
from helpdesk.errors import NotAllowed
from helpdesk.tui import report_questions as ask_for
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.row_list import Row, RowList
from helpdesk.tui.words import fitted


class AccessScreen(ListScreen):
    """What was looked at, newest first; Enter opens the ticket or the caller's card."""

    TITLE_OF_SCREEN = "who looked at whom"

    def __init__(self) -> None:
        """Begin with the looks of all days and of everybody."""
        super().__init__()
        self._asked = Question()
        self._looks: dict[str, Looked] = {}

    def body(self) -> ComposeResult:
        """One list."""
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """What the lists share, and what narrows it down."""
        live = super().live()
        if self.GOING or self.console.view is not None:
            return live
        return ("of-period", "of-clerk", "ask-again", *live)

    async def refreshed(self) -> None:
        """Fetch the looks, the cursor where it was."""
        read, asked = self.console.thread.read, self._asked
        days = await read(access_days, asked.period)
        found = await read(list_access, days, asked.clerk)
        self._looks = {}
        for each in reversed(found):  # oldest first: newer ones change no older one's key
            same = f"{each.at} {each.login} {each.did} {each.subject}"
            again = sum(1 for key in self._looks if key.startswith(f"{same} #"))
            self._looks[f"{same} #{again}"] = each
        self._looks = dict(reversed(self._looks.items()))
        zone = self.console.desk.home_office.zone
        whose = f"{asked.clerk or 'everybody'}, {asked.period or 'all days'}"
        newest = f"the newest {MOST:,}" if len(found) == MOST else f"{len(found):,}"
        looks = "look" if len(found) == 1 else "looks"
        said = f"{newest} {looks} of {whose}" if found else f"No looks of {whose}."
        rows = [
            Row(key, f"{local(each.at, zone):%Y-%m-%d %H:%M} {fitted(each.login, 10)} "
                f"{each.did}: {each.what}")
            for key, each in self._looks.items()
        ]  # fmt: skip
        self.rows.show([Row("", said), *rows], keep=True)

    async def do_open(self) -> None:
        """Open what was looked at: the ticket, or the caller's card."""
        row = self.rows.chosen
        look = self._looks[row.key] if row is not None else None
        kind, _, row_id = look.subject.partition(":") if look is not None else ("", "", "")
        if look is not None and kind == "ticket":
            await self.console.show_ticket(look.what)
        elif kind == "caller":
            await self.console.show_caller(int(row_id))
        else:
            raise NotAllowed("Only a ticket and a caller can be opened from here.")

    async def do_of_period(self) -> None:
        """Ask for the days."""
        await self.console.ask(ask_for.period_asked(self.console, self._asked, self._take_it))

    async def do_of_clerk(self) -> None:
        """Ask whose looks."""
        asked = await ask_for.clerk_asked(self.console, self._asked, self._take_it)
        await self.console.ask(replace(asked, title="Whose looks?"))

    async def do_ask_again(self) -> None:
        """List those of just now as well."""
        await self.refreshed()
        now = self.console.desk.clock.now()
        self.say(f"As of {local(now, self.console.desk.home_office.zone):%H:%M:%S}.")

    def _take_it(self, question: Question) -> None:
        self._asked = question
