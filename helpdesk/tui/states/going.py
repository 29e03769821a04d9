"""Where to look from a call; the call and its clock go on."""

from __future__ import annotations

from helpdesk.domain.commands import PLACES, PLACES_FOR
from helpdesk.errors import NotAllowed
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.widgets.row_list import Row

_FROM_A_CALL = {key: place for key, place in PLACES.items() if key not in {*PLACES_FOR, "h"}} | {
    "h": "home (park the call first)"
}


class GoingState(ListState):
    """The second key after ``g``."""

    async def enter(self) -> None:
        """List the places."""
        rows = [Row(key, f"{key}  {place}") for key, place in _FROM_A_CALL.items()]
        self.show_menu("Go where?   esc: stay", rows)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Open the place over the call."""
        if not character or self.console.keymap.command(key, self.live()):
            return False
        await self.do_menu_leave()
        if character == "h":
            raise NotAllowed("The call goes on: p parks it and goes home.")
        if not await self.console.go(character):
            raise NotAllowed(f"g {character} leads nowhere: use {', '.join(_FROM_A_CALL)}.")
        return True
