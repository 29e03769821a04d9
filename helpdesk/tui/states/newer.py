"""A ticket that is taken up again on an older playbook: stay with it, or take the newer one."""

from __future__ import annotations

from helpdesk.desk.versions import take_newest
from helpdesk.errors import NotAllowed
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.widgets.row_list import Row

_OLD, _NEW = "1", "2"


class NewerState(ListState):
    """Two rows: the version that the run began with, and today's."""

    async def enter(self) -> None:
        """Ask."""
        view = self.screen.view
        version = view.version if view else 0
        rows = [
            Row(_OLD, f"1  go on with version {version}, as it was begun"),
            Row(_NEW, "2  take today's version; answers to steps that it still has count"),
        ]
        self.show_menu("This playbook was changed since the ticket began", rows)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take the choice."""
        if not character or self.console.keymap.command(key, self.live()):
            return False
        if character not in {_OLD, _NEW}:
            raise NotAllowed(f"“{character}” is no choice here: 1 or 2.")
        if character == _NEW:
            await self.screen.act(take_newest)
            self.screen.say("Today's version; u goes back to the older one.")
        self.screen.looking_at = None
        await self.screen.rest()
        return True
