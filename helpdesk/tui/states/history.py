"""The caller's earlier tickets, opened over the playbook."""

from __future__ import annotations

from helpdesk.domain.calls import PastCall
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.widgets.row_list import Row
from helpdesk.tui.words import moment


class HistoryState(ListState):
    """A list of tickets; Enter reads one."""

    def live(self) -> tuple[str, ...]:
        """Open, move, leave."""
        return (*super().live(), "help")

    async def enter(self) -> None:
        """List them, newest first."""
        view = self.screen.view
        past = view.past if view else ()
        rows = [Row(each.number, self._said(each, view.office.zone)) for each in past if view]
        asked = "enter reads it, esc closes" if rows else "no earlier ticket, esc closes"
        self.show_menu(f"This caller's tickets   {asked}", rows)

    async def do_menu_accept(self) -> None:
        """Read the chosen ticket."""
        row = self.menu_rows.chosen
        if row is not None:
            await self.console.show_ticket(row.key)

    def _said(self, past: PastCall, zone: str) -> str:
        when = moment(past.opened_at, zone, self.console.desk.clock.now())
        what = self.console.symptom_title(past.symptom) or "no symptom"
        return f"{past.number}  {when:<10} {what:<40} {past.status}  {past.clerk}"
