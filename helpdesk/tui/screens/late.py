"""A call whose key was forgotten: how long ago did it ring?"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Label

from helpdesk.domain.whens import minutes_meant
from helpdesk.tui.screens.base import IN_A_BOX, DeskScreen
from helpdesk.tui.widgets.boxes import LineBox


class LateScreen(DeskScreen):
    """A box for a length of time."""

    TITLE_OF_SCREEN = "late call"

    def body(self) -> ComposeResult:
        """One box."""
        yield Label(" How long ago did it ring?  12m  1h   (flagged as edited)", markup=False)
        yield LineBox("12m", id="ago")

    def live(self) -> tuple[str, ...]:
        """Accept and leave."""
        return ("accept", "box-leave", *IN_A_BOX)

    def box(self) -> LineBox:
        """The box."""
        return self.query_one("#ago", LineBox)

    async def refreshed(self) -> None:
        """Put the cursor into the box."""
        self.set_focus(self.box())

    async def do_accept(self) -> None:
        """Begin the call that long ago."""
        ago = minutes_meant(self.box().content)
        await self.console.pop_screen()
        await self.console.begin_call(ago)

    async def do_box_leave(self) -> None:
        """Begin no call."""
        await self.console.pop_screen()
