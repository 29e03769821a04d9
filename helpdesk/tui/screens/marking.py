"""The list of tickets with marks: what is marked, or all that is listed, is changed at once."""

from __future__ import annotations

from helpdesk.desk.bulk import MOST, tickets_of
from helpdesk.domain.queries import Query
from helpdesk.errors import BadInput
from helpdesk.tui.changes.many import many_question
from helpdesk.tui.screens.tickets import TicketsScreen


class MarkingScreen(TicketsScreen):
    """Tickets, some of them marked."""

    def live(self) -> tuple[str, ...]:
        """What the list has, and marking off a call."""
        live = super().live()
        if self.GOING or self.box() is not None or self.console.view is not None:
            return live
        if not self.moving():
            return live
        place = live.index("find") + 1
        return (*live[:place], "mark", "mark-all", "bulk", *live[place:])

    async def do_mark(self) -> None:
        """Mark the chosen ticket, or take its mark off, and go on to the next."""
        window, cursor = self.window, self.rows.cursor
        if window is not None and cursor < len(window.rows):
            self.marked ^= {window.rows[cursor].id}
            await self.do_down()
            self._say_marked()

    async def do_mark_all(self) -> None:
        """Mark every ticket of the query, or take all marks off."""
        if self.marked:
            self.marked.clear()
        else:
            self.marked |= set(await self._listed_ids())
        self._say_marked()

    async def do_bulk(self) -> None:
        """Ask what is to be changed on what is marked, or on all that is listed."""
        chosen = sorted(self.marked) or await self._listed_ids()
        await self.console.ask(many_question(self.console, chosen, self.marked.clear))

    async def _listed_ids(self) -> list[int]:
        query = self.window.query if self.window is not None else Query()
        found = await self.console.thread.read(tickets_of, query)
        if len(found) > MOST:
            raise BadInput(f"More than {MOST:,} tickets are listed: narrow the query first.")
        return found

    def _say_marked(self) -> None:
        self.show_rows(steady=True)
        self.say(f"{len(self.marked):,} marked. * changes them, V takes the marks off.")
