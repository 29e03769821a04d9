"""The help: the keys that work where it was opened, then all others."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from textual.content import Content

from helpdesk.domain.commands import COMMANDS, Command
from helpdesk.tui.screens.ticket import TextScreen

SIGNS = "o open  w waiting  e escalated  + resolved  x closed  > merged  - void   ! late or alert"
"""What the signs in lists mean."""


_BESIDE: Final = 12 + 1 + max(len(command.id) for command in COMMANDS) + 3
"""Cells that a line needs for the key, the name and the bar at the right."""

_WIDEST: Final = 70
"""A line of words that is longer is read with more trouble than two."""


class HelpScreen(TextScreen):
    """Every key, what it does, and the name that the settings use to move it."""

    TITLE_OF_SCREEN = "help"

    def __init__(self, live: tuple[str, ...]) -> None:
        """Take what works where the help was opened.

        Args:
            live: The commands.
        """
        super().__init__()
        self._live = live

    async def refreshed(self) -> None:
        """Lay the keys out."""
        self.resized()

    def resized(self) -> None:
        """Lay them out for the width that there is."""
        keymap, lines = self.console.keymap, [Content.styled(" Works here", "bold")]
        seen = ""
        for command in keymap.described(self._live):
            lines += self._told(command)
        for command in COMMANDS:
            if command.where != seen:
                seen = command.where
                lines += [Content(""), Content.styled(f" {seen.capitalize()}", "bold")]
            lines += self._told(command)
        lines += [Content(""), Content(f" Signs: {SIGNS}")]
        lines.append(Content(" Keys are moved in data/desk.yaml, by the name at the right."))
        self.show_text(lines)

    def _told(self, command: Command) -> Iterator[Content]:
        """A command with its key and its name; what it does goes on below where it is long."""
        room = max(20, min(_WIDEST, self.size.width - _BESIDE))
        first, *further = wrap(command.what, room)
        yield Content.assemble(
            (f"  {self.console.keymap.key(command.id):<10}", "bold"),
            f"{first:<{room}} ",
            (command.id, "$foreground-muted"),
        )
        yield from (Content(f"{' ' * 12}{each}") for each in further)
