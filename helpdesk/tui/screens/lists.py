"""What screens with one list have in common: moving, opening, going elsewhere."""

from __future__ import annotations

from helpdesk.domain.commands import PLACES, PLACES_FOR, places_said
from helpdesk.domain.permissions import allows
from helpdesk.errors import NotAllowed
from helpdesk.tui.screens.base import EVERYWHERE, DeskScreen
from helpdesk.tui.widgets.row_list import RowList

MOVING = (
    "down", "down-too", "up", "up-too", "page-down", "page-up", "first", "last", "open",
)  # fmt: skip
"""Commands that move in a list."""

OFF_A_CALL = ("new-call", "late-call", "unpark")
"""Commands that begin a call or go back to one."""


class ListScreen(DeskScreen):
    """A screen with one list."""

    PAINTS_AT_ONCE = True
    GOING = False
    """Whether ``g`` was pressed and its second key is awaited."""

    def live(self) -> tuple[str, ...]:
        """Begin a call, go, move; on a call only move, read and come back."""
        if self.GOING:
            return ("back", *EVERYWHERE[2:])
        if self.console.view is not None:
            return ("back", "find", *self.moving(), *EVERYWHERE)
        parked = any(call.mine and call.parked for call in self.console.home.running)
        calls = OFF_A_CALL if parked else OFF_A_CALL[:2]
        home = self.console.home
        undo = ("take-back",) * home.can_undo + ("do-again",) * home.can_redo
        on = ("find", "go", "hand-over", "back", *self.moving(), *undo)
        return (*calls, *on, *EVERYWHERE)

    def moving(self) -> tuple[str, ...]:
        """The commands that move, where there is something to move in."""
        return MOVING if self.is_mounted and self.rows.chosen else ()

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take the second key after ``g``."""
        if not self.GOING:
            return False
        command = self.console.keymap.command(key, self.live())
        self.GOING = False
        self.say("")
        if command is not None:
            return command.id == "back"
        if not await self.console.go(character or ""):
            raise NotAllowed(f"g leads to {places_said()}.")
        return True

    async def do_go(self) -> None:
        """Wait for the second key."""
        self.GOING = True
        role = self.console.desk.clerk.role
        led = [key for key in PLACES if allows(role, PLACES_FOR.get(key, "read"))]
        places = "  ".join(f"{key} {PLACES[key]}" for key in led)
        self.say(f"go where?  {places}  esc stay")

    async def do_back(self) -> None:
        """Go back one screen."""
        await self.console.pop_screen()

    async def do_unpark(self) -> None:
        """Go back to the call that was parked last."""
        parked = [call for call in self.console.home.running if call.mine and call.parked]
        if not parked:
            raise NotAllowed("No call is parked.")
        last = max(parked, key=lambda call: call.since)
        await self.console.go_on_with(last.call)

    async def do_late_call(self) -> None:
        """Ask how long ago it rang."""
        from helpdesk.tui.screens.late import LateScreen  # noqa: PLC0415 - opened rarely

        await self.console.push_screen(LateScreen())

    async def do_hand_over(self) -> None:
        """Open the hand-over sheet."""
        from helpdesk.tui.screens.hand_over import HandOverScreen  # noqa: PLC0415 - twice a day

        await self.console.push_screen(HandOverScreen())

    async def do_find(self) -> None:
        """Find tickets."""
        await self.console.find()

    async def do_take_back(self) -> None:
        """Take back what was done last, since the console was opened."""
        from helpdesk.desk.undo import undo_elsewhere  # noqa: PLC0415 - after the first screen

        said = await self.console.thread.do(undo_elsewhere)
        await self.console.refresh_home()
        await self.refreshed()
        self.say(said)

    async def do_do_again(self) -> None:
        """Do again what was taken back."""
        from helpdesk.desk.undo import redo_elsewhere  # noqa: PLC0415 - after the first screen

        said = await self.console.thread.do(redo_elsewhere)
        await self.console.refresh_home()
        await self.refreshed()
        self.say(said)

    async def do_down(self) -> None:
        """One row down."""
        self.rows.move(1)

    async def do_up(self) -> None:
        """One row up."""
        self.rows.move(-1)

    async def do_down_too(self) -> None:
        """One row down."""
        self.rows.move(1)

    async def do_up_too(self) -> None:
        """One row up."""
        self.rows.move(-1)

    async def do_page_down(self) -> None:
        """One page down."""
        self.rows.move_page(1)

    async def do_page_up(self) -> None:
        """One page up."""
        self.rows.move_page(-1)

    async def do_first(self) -> None:
        """To the first row."""
        self.rows.move_to_end(last=False)

    async def do_last(self) -> None:
        """To the last row."""
        self.rows.move_to_end(last=True)
