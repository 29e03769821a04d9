"""A screen on which something may take long: a bar says how far it is, and Escape gives it up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from textual.widgets import ProgressBar

from helpdesk.errors import GivenUp
from helpdesk.tui.screens.lists import ListScreen

LONG_SECONDS: Final = 0.5
"""What takes longer shows how far it is."""

_DRAW_SECONDS: Final = 0.1


class Going:
    """How far the making of a report is, told by the thread that reads."""

    def __init__(self, said: str) -> None:
        """Begin.

        Args:
            said: What is being made.
        """
        self.said = said
        self.done, self.of, self.given_up = 0, 0, False

    def tell(self, done: int, of: int) -> None:
        """Take how far it is.

        Args:
            done: How much is done.
            of: Of how much.

        Raises:
            GivenUp: When nobody waits for it any more.
        """
        self.done, self.of = done, of
        if self.given_up:
            raise GivenUp("Given up.")


class PatientScreen(ListScreen):
    """Goes on drawing and taking keys while the thread that reads is at work."""

    def __init__(self) -> None:
        """Begin with nothing going on."""
        super().__init__()
        self.going: Going | None = None

    def on_screen_suspend(self) -> None:
        """Another screen is on top, which must not wait for the report."""
        if self.going is not None:
            self.give_up()

    async def do_back(self) -> None:
        """Give up what is being made; else go back."""
        if self.going is None:
            await super().do_back()
            return
        said = self.going.said
        self.give_up()
        self.say(f"Given up: {said}. r asks again.", refused=True)

    @asynccontextmanager
    async def shown_going(self, said: str) -> AsyncIterator[Going]:
        """Show how far something is once it takes long; whoever gives it up ends it."""
        going = self.going = Going(said)
        shown = asyncio.ensure_future(self._show_going(going))
        try:
            yield going
        except asyncio.CancelledError:
            going.given_up = True
            raise
        finally:
            shown.cancel()
            if self.going is going:
                self.going = None
                self.remove_class("-long")
                self.show_lines()

    async def _show_going(self, going: Going) -> None:
        await asyncio.sleep(LONG_SECONDS)
        self.add_class("-long")
        self.say(f"Making {going.said}. Esc gives it up.")
        self.show_lines()
        while True:
            bar = self.query_one(ProgressBar)
            bar.update(total=going.of or None, progress=going.done)
            await asyncio.sleep(_DRAW_SECONDS)
