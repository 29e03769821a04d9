"""The locked console: nothing of anybody can be read, and the call goes on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Label, Static

from helpdesk.desk.passcodes import check_passcode
from helpdesk.domain.passcodes import LONGEST, Passcode
from helpdesk.domain.safe_text import line
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.words import call_clock, time_of_day


class LockScreen(DeskScreen):
    """A box for the passcode over everything else."""

    TITLE_OF_SCREEN = "locked"
    KEYS_WAIT = False
    DEFAULT_CSS = """
    LockScreen #rest { height: 1fr; }
    LockScreen LineBox { margin: 0 1; }
    """

    def body(self) -> ComposeResult:
        """Whose console it is, and the box."""
        login = line(self.console.desk.clerk.login)
        yield Label(
            f" This console is locked. {login} goes on with the passcode.\n"
            " A call goes on meanwhile: its clock runs and nothing typed is lost.\n"
            " Somebody else: ctrl+q leaves (the call is parked), then start helpdesk again.\n",
            markup=False,
        )
        box = LineBox("passcode", id="passcode")
        box.password, box.max_length = True, LONGEST
        yield box
        yield Static("", id="rest")

    def live(self) -> tuple[str, ...]:
        """Accept, or leave the console."""
        return ("accept", "quit", "quit-too")

    def box(self) -> LineBox:
        """The box."""
        return self.query_one("#passcode", LineBox)

    async def refreshed(self) -> None:
        """Put the cursor into the box."""
        self.set_focus(self.box())

    def head_parts(self) -> list[str]:
        """Say that it is locked, and whether a call goes on; no ticket is named."""
        console = self.console
        now, zone = console.desk.clock.now(), console.desk.home_office.zone
        going = call_clock(console.view, now) if console.view else ""
        return ["LOCKED", going, time_of_day(now, zone)]

    async def do_accept(self) -> None:
        """Hold what was typed against the passcode; it stands in the box no longer."""
        box, console = self.box(), self.console
        typed = Passcode(box.content)
        box.fill("")
        await console.thread.do(check_passcode, console.desk.clerk.login, typed)
        await console.pop_screen()
