"""The help: the keys that work where it was opened, then all others."""

from __future__ import annotations

from textual.content import Content

from helpdesk.domain.commands import COMMANDS
from helpdesk.tui.screens.ticket import TextScreen
from helpdesk.tui.words import fitted

SIGNS = "o open  w waiting  e escalated  + resolved  x closed  > merged  - void   ! late or alert"
"""What the signs in lists mean."""


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
        keymap, lines = self.console.keymap, [Content.styled(" Works here", "bold")]
        seen = ""
        lines += [
            _line(keymap.key(command.id), command.what, command.id)
            for command in keymap.described(self._live)
        ]
        for command in COMMANDS:
            if command.where != seen:
                seen = command.where
                lines += [Content(""), Content.styled(f" {seen.capitalize()}", "bold")]
            lines.append(_line(keymap.key(command.id), command.what, command.id))
        lines += [Content(""), Content(f" Signs: {SIGNS}")]
        lines.append(Content(" Keys are moved in data/desk.yaml, by the name at the right."))
        self.show_text(lines)


def _line(key: str, what: str, name: str) -> Content:
    return Content.assemble(
        (f"  {key:<10}", "bold"), f"{fitted(what, 54)} ", (name, "$foreground-muted")
    )
