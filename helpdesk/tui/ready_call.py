"""The one call screen of a console: it stands ready, for a ringing phone waits for no widgets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from helpdesk.tui.screens.call import CallScreen

if TYPE_CHECKING:
    from helpdesk.tui.console import Console

_NAME: Final = "call"


class ReadyCall:
    """Makes the call screen once, and gives it to every call, one after the other."""

    def __init__(self, console: Console) -> None:
        """Prepare to make it.

        Args:
            console: The running console.
        """
        self._console = console
        self._made: CallScreen | None = None
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

    async def _mounted(self) -> CallScreen:
        console, made = self._console, CallScreen(0)
        made.set_classes(" ".join(console.screen.classes & _sizes(console)))
        console.install_screen(made, _NAME)  # else it would be taken apart after each call
        console._load_screen_css(made)  # noqa: SLF001 - Textual has no way to mount it unseen
        _, mounted = console._get_screen(_NAME)  # noqa: SLF001
        await mounted
        made._refresh_layout(console.size)  # noqa: SLF001
        return made


def _sizes(console: Console) -> set[str]:
    """The classes that say how large a screen is."""
    sizes = (*console.HORIZONTAL_BREAKPOINTS, *console.VERTICAL_BREAKPOINTS)
    return {name for _, name in sizes}
