"""The palette: commands by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult

from helpdesk.domain.commands import COMMANDS, Command
from helpdesk.errors import BadInput
from helpdesk.tui.screens.base import IN_A_BOX, DeskScreen
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import NOTHING_FITS, Row, RowList

_LEAVING = ("quit", "quit-too")
_WORD = re.compile(r"\w+")
_NOT_HERE = ("palette", "palette-too", "accept", "box-", "down", "up", "page-", "menu-")


class PaletteScreen(DeskScreen):
    """A box, and the commands that worked where it was opened."""

    TITLE_OF_SCREEN = "commands"

    def __init__(self, live: tuple[str, ...]) -> None:
        """Take what works where the palette was opened.

        Args:
            live: The commands.
        """
        super().__init__()
        self._commands = [
            command
            for command in COMMANDS
            if command.id in live and not command.id.startswith(_NOT_HERE)
        ]

    def body(self) -> ComposeResult:
        """A box above a list."""
        yield LineBox("what do you want to do?", id="find")
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """Accept, leave, move."""
        return ("accept", "box-leave", "box-down", "box-up", *IN_A_BOX[1:])

    def box(self) -> LineBox:
        """The box."""
        return self.query_one("#find", LineBox)

    async def refreshed(self) -> None:
        """List what works."""
        self.set_focus(self.box())
        self.typed()

    def typed(self) -> None:
        """Narrow to the commands that hold every word; those whose names begin with it first."""
        words = self.box().content.lower().split()
        held = [
            each for each in self._commands
            if all(word in f"{each.id} {each.what}".lower() for word in words)
        ]  # fmt: skip
        self.say("" if held else NOTHING_FITS, refused=not held)
        self.query_one(RowList).show(
            [
                Row(each.id, f"{self.console.keymap.key(each.id):<10} {each.what}")
                for each in sorted(held, key=partial(_farness, words))
            ]
        )

    async def do_accept(self) -> None:
        """Close the palette and do the chosen command."""
        row = self.query_one(RowList).chosen
        if row is None:
            raise BadInput(NOTHING_FITS)
        await self.console.pop_screen()
        under = self.console.screen
        if isinstance(under, DeskScreen):
            await self.console.run_command(row.key, under)

    async def do_box_leave(self) -> None:
        """Close the palette."""
        await self.console.pop_screen()

    async def do_box_down(self) -> None:
        """One row down."""
        self.query_one(RowList).move(1)

    async def do_box_up(self) -> None:
        """One row up."""
        self.query_one(RowList).move(-1)


def _farness(words: Sequence[str], command: Command) -> tuple[bool, int]:
    """How far a command is from what was typed; the one that ends the console is last."""
    places = (f"{command.id} {command.label}", command.what)
    begins = [
        all(any(each.startswith(word) for each in _WORD.findall(said.lower())) for word in words)
        for said in places
    ]
    return bool(words) and command.id in _LEAVING, begins.index(True) if any(begins) else 2
