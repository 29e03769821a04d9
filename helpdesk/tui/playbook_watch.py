"""Takes playbook files that were changed while the console runs, and says which are broken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from helpdesk.tui.console import Console

PLAYBOOK_SECONDS: Final = 2.0
"""How often the files are looked at."""


class PlaybookWatch:
    """Looks at the playbook files beside the keys; a slow look is not doubled."""

    def __init__(self, console: Console) -> None:
        """Have looked at nothing.

        Args:
            console: The console.
        """
        self._console = console
        self._looking = asyncio.Lock()

    async def look(self) -> None:
        """Take the files as they are now."""
        from helpdesk.desk.playbooks import read_again  # noqa: PLC0415 - after the first screen

        if self._looking.locked():
            return
        async with self._looking:
            changed = await asyncio.to_thread(read_again, self._console.desk)
        if not changed:
            return
        screen = self._console.on_top
        if not self.say_broken() and screen:
            screen.say("Playbook files were changed: the new ones are in use from now on.")
        if screen:
            screen.show_lines()

    def say_broken(self) -> bool:
        """Say which playbook file is broken, and whether one is."""
        faults, screen = self._console.desk.library.faults, self._console.on_top
        if faults and screen:
            more = f" ({len(faults) - 1} more: helpdesk playbooks check)" if faults[1:] else ""
            said = f"A playbook file is broken, the good one stays: {faults[0]}{more}"
            screen.say(said, refused=True)
        return bool(faults)
