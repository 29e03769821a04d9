"""Many tickets are being changed: how far it is, and Escape gives up with nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.widgets import Label

from helpdesk.desk.bulk import bulk_change
from helpdesk.domain.bulk import BulkChange
from helpdesk.errors import NotAllowed
from helpdesk.tui.screens.base import DeskScreen

_DRAW_SECONDS = 0.2


class BulkScreen(DeskScreen):
    """One change of many tickets while it is done."""

    TITLE_OF_SCREEN = "changing tickets"

    def __init__(
        self, tickets: Sequence[int], change: BulkChange, done: Callable[[], None]
    ) -> None:
        """Take the change.

        Args:
            tickets: The tickets' ids.
            change: The change.
            done: Called once they are changed.
        """
        super().__init__()
        self._tickets, self._change, self._done = tickets, change, done
        self._at, self._given_up, self._said = 0, False, ""

    def body(self) -> ComposeResult:
        """One line."""
        yield Label("", id="asked", markup=False)

    def live(self) -> tuple[str, ...]:
        """Giving up."""
        return ("menu-leave",)

    async def refreshed(self) -> None:
        """Begin, the first time."""
        if not self.begun.is_set():
            self.set_interval(_DRAW_SECONDS, self._draw)
            self._draw()
            self.console.run_worker(self._change_all(), group="bulk")

    async def do_menu_leave(self) -> None:
        """Give up, as long as nothing is written."""
        self._given_up = True

    async def _change_all(self) -> None:
        console = self.console
        try:
            done = await console.thread.do(
                bulk_change, self._tickets, self._change, self._progress
            )
        except NotAllowed as refusal:
            self._said = str(refusal)
        else:
            self._done()
            left = f", {len(done.refused):,} left as they are" if done.refused else ""
            self._said = f"Changed {done.changed:,} tickets{left}. u takes all of it back."
        await console.refresh_home()
        await console.pop_screen()
        under = console.screen
        if isinstance(under, DeskScreen):
            under.say(self._said)

    def _progress(self, at: int, _: int) -> None:
        """Called on the writing thread: remembers how far it is, and ends what was given up."""
        self._at = at
        if self._given_up:
            raise NotAllowed("Given up: nothing was changed.")

    def _draw(self) -> None:
        looked = f"{self._at:,} of {len(self._tickets):,} looked at"
        told = f"{self._change.said}: {looked}. esc gives up: nothing is changed then."
        self.query_one("#asked", Label).update(f" {told}")
