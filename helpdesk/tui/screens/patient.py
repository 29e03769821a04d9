"""A screen on which something may take long: a bar says how far it is, and Escape gives it up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from textual import events
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
        self.over = asyncio.Event()  # made or given up, or known to take long

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

    def begin(self, said: str, wanted: Callable[[Going], Awaitable[None]]) -> None:
        """Do something that may take long.

        Args:
            said: What is made.
            wanted: Makes it, and tells how far it is.
        """
        self.stop()
        going = self.going = Going(said)
        self.do_soon(partial(self._go, going, wanted))

    def stop(self) -> None:
        """Give up what is being made: nobody waits for it any more."""
        if self.going is not None:
            self.going.given_up = True
            self.over(self.going)
            self.give_up()

    def over(self, going: Going) -> None:
        """Take the bar away.

        Args:
            going: What is made by now, or given up.
        """
        going.over.set()
        if self.going is going:
            self.going = None
            if self.has_class("-long"):
                self.remove_class("-long")
                self.say("")
            self.show_lines()

    def on_screen_suspend(self) -> None:
        """Another screen is on top, which must not wait for what is being made."""
        self.stop()

    async def take(self, event: events.Key | events.Paste) -> None:
        """Keep keys that are typed ahead until it is made, or said to take long."""
        going = self.going
        if going is not None and not (isinstance(event, events.Key) and event.key == "escape"):
            await going.over.wait()
        await super().take(event)

    async def do_back(self) -> None:
        """Give up what is being made; else go back."""
        if self.going is None:
            await super().do_back()
            return
        said = self.going.said
        self.stop()
        self.say(f"Given up: {said}. r asks again.", refused=True)

    async def _go(self, going: Going, wanted: Callable[[Going], Awaitable[None]]) -> None:
        shown = asyncio.ensure_future(self._show_bar(going))
        try:
            await wanted(going)
        finally:
            going.given_up = True  # also where the console is left: nobody waits any more
            shown.cancel()
            self.over(going)

    async def _show_bar(self, going: Going) -> None:
        await asyncio.sleep(LONG_SECONDS)
        going.over.set()
        self.add_class("-long")
        self.say(f"Making {going.said}. Esc gives it up.")
        self.show_lines()
        while self.stands:
            bar = self.query_one(ProgressBar)
            bar.update(total=going.of or None, progress=going.done)
            await asyncio.sleep(_DRAW_SECONDS)
