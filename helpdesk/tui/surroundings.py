"""Who else is at which ticket: told and heard of beside the keys, drawn only when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from helpdesk.desk.presence import look_at, others_there
from helpdesk.domain.presence import Presence
from helpdesk.tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from helpdesk.tui.console import Console

PRESENCE_SECONDS: Final = 2.0
"""How often a console looks who else is there."""


class Surroundings:
    """What a console knows of the others, and what they know of it."""

    def __init__(self, console: Console) -> None:
        """Know of nobody.

        Args:
            console: The console.
        """
        self._console = console
        self._told: int | None = None
        self.there: tuple[Presence, ...] = ()
        """Who else has which ticket on the screen."""

    async def look(self) -> None:
        """Tell which ticket is on this screen, and show who is at which."""
        console, ticket = self._console, self._ticket_shown()
        if ticket != self._told:
            await console.thread.do(look_at, ticket)
            self._told = ticket
        there = await console.thread.read(others_there)
        screen = console.on_top
        if there != self.there and screen:
            self.there = there
            await screen.do_or_say(screen.people_moved)
            screen.show_lines()

    def _ticket_shown(self) -> int | None:
        """The ticket of the uppermost screen that is about one; a box over it changes nothing."""
        screens = (each for each in reversed(self._console.screen_stack))
        shown = (each.ticket_shown for each in screens if isinstance(each, DeskScreen))
        return next(filter(None, shown), None)
