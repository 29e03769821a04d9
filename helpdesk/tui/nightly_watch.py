"""Has the work of the night done beside the keys, and says once when backups are not well."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from helpdesk.desk.nightly_beside import NightlyBeside
    from helpdesk.tui.console import Console

NIGHT_SECONDS: Final = 60.0
"""How often a console looks whether it is time."""


class NightlyWatch:
    """Looks now and then whether the work of the night is due; a slow look is not doubled."""

    def __init__(self, console: Console) -> None:
        """Have looked at nothing.

        Args:
            console: The console.
        """
        self._console = console
        self._looking = asyncio.Lock()
        self._beside: NightlyBeside | None = None

    @property
    def warning(self) -> str:
        """What is wrong with the backups; empty when all is well."""
        return self._beside.warning if self._beside else ""

    async def look(self) -> None:
        """Have it begun when it is due, and say what is new."""
        if self._looking.locked():
            return
        async with self._looking:
            if self._beside is None:
                from helpdesk.desk.nightly_beside import NightlyBeside  # noqa: PLC0415

                self._beside = NightlyBeside(self._console.desk)
            if not await _on_a_thread_of_its_own(self._beside.look):
                return
        if screen := self._console.on_top:
            screen.say(self.warning, refused=True)
            screen.show_lines()

    async def stop(self) -> None:
        """End what was begun, with the console."""
        async with self._looking:
            if self._beside is not None:
                await asyncio.to_thread(self._beside.stop)


async def _on_a_thread_of_its_own(look: Callable[[], bool]) -> bool:
    """Let the connection to the database end with the look: it is a MB, for once a minute."""
    thread = ThreadPoolExecutor(1, "desk-night")
    try:
        return await asyncio.get_running_loop().run_in_executor(thread, look)
    finally:
        thread.shutdown(wait=False)
