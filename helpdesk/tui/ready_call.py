"""The one call screen of a console: it stands ready, for a ringing phone waits for no widgets."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.css.query import NoMatches

from helpdesk.tui.painting import Painted, colors_of
from helpdesk.tui.screens.call import CallScreen

if TYPE_CHECKING:
    from helpdesk.tui.console import Console

_NAME: Final = "call"

_SOON_SECONDS: Final = 0.03


class ReadyCall:
    """Makes the call screen once, and gives it to every call, one after the other."""

    def __init__(self, console: Console) -> None:
        """Prepare to make it.

        Args:
            console: The running console.
        """
        self._console = console
        self._made: CallScreen | None = None
        self._picture: Painted | None = None
        self._making = asyncio.Lock()

    async def prepare(self) -> CallScreen:
        """Make the screen and lay it out, without showing it; whoever comes meanwhile waits.

        Returns:
            The screen, its widgets mounted.
        """
        async with self._making:
            if self._made is None:
                self._made = await self._mounted()
        return self._made

    async def screen_for(self, call: int) -> CallScreen:
        """Find a screen for a call.

        Args:
            call: The call's id.

        Returns:
            The screen that stands ready, or a new one where that shows another call already.
        """
        ready = await self.prepare()
        if ready in self._console.screen_stack:
            return CallScreen(call)
        ready.take_up(call)
        return ready

    async def empty_screen(self) -> CallScreen | None:
        """Find the screen for a call that is to begin.

        Returns:
            The screen that stands ready, nothing on it; ``None`` where it shows another call.
        """
        ready = await self.prepare()
        if ready in self._console.screen_stack:
            return None
        self._empty()
        return ready

    def paint_ahead(self) -> None:
        """Paint the screen that stands ready, as it was drawn before any key asked for it."""
        ready, picture = self._unseen(), self._picture
        if ready is not None and picture is not None and self._is_laid_out(ready):
            ready.write_lines()
            ready.note_changes()
            self._draw(ready, picture)
            self._console.paint_ahead(picture)

    def empty_soon(self) -> None:
        """Take off the screen what a call left on it, behind the paint of what comes after it."""
        self._console.set_timer(_SOON_SECONDS, self._empty)

    def _empty(self) -> None:
        ready = self._unseen()
        if ready is not None and ready.call:
            self._picture = None
            with suppress(NoMatches):  # the console is left, and its widgets go one by one
                ready.stand_empty()
            self._console.set_timer(_SOON_SECONDS, self._lay_out)

    def _unseen(self) -> CallScreen | None:
        """The screen, while it stands ready."""
        stands = self._console.is_running and self._made not in self._console.screen_stack
        return self._made if stands else None

    def _lay_out(self) -> None:
        """Lay the screen out unseen, where it is made for the size that the one on top has."""
        ready, console = self._unseen(), self._console
        if ready is not None and not (ready.classes ^ console.screen.classes) & _sizes(console):
            ready._refresh_layout(console.size)  # noqa: SLF001
            ready._layout_required = False  # noqa: SLF001
            console.set_timer(_SOON_SECONDS, self._draw_all)

    def _draw_all(self) -> None:
        """Draw the screen unseen: what is the same for each call is kept."""
        ready = self._unseen()
        if ready is not None and self._is_laid_out(ready):
            self._picture = Painted()
            self._draw(ready, self._picture, full=True)

    def _draw(self, ready: CallScreen, picture: Painted, *, full: bool = False) -> None:
        """Draw what changed since it was drawn last, or all."""
        update = ready._compositor.render_update(full)  # noqa: SLF001
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            picture.change(update, colors_of(self._console.console))

    def _is_laid_out(self, ready: CallScreen) -> bool:
        return ready._compositor.size == self._console.size  # noqa: SLF001

    async def _mounted(self) -> CallScreen:
        console, made = self._console, CallScreen()
        made.set_classes(" ".join(console.screen.classes & _sizes(console)))
        console.install_screen(made, _NAME)  # else it would be taken apart after each call
        console._load_screen_css(made)  # noqa: SLF001 - Textual has no way to mount it unseen
        _, mounted = console._get_screen(_NAME)  # noqa: SLF001
        await mounted
        if console.is_running:  # else it is left by now, and its screens are gone
            made.stand_empty()
            console.set_timer(_SOON_SECONDS, self._lay_out)
        return made


def _sizes(console: Console) -> set[str]:
    """The classes that say how large a screen is."""
    sizes = (*console.HORIZONTAL_BREAKPOINTS, *console.VERTICAL_BREAKPOINTS)
    return {name for _, name in sizes}
