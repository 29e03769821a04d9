"""The whole of a step: its words, what must not be said here, where the facts come from."""

from __future__ import annotations

from textwrap import wrap

from helpdesk.domain.run_words import step_words
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.widgets.row_list import Row


class WholeStepState(ListState):
    """Reads a step that is longer than its pane; any other key closes it and is taken."""

    def live(self) -> tuple[str, ...]:
        """Leave and look further down."""
        return tuple(each for each in super().live() if each != "menu-accept")

    async def enter(self) -> None:
        """Show the step."""
        self.resized()

    def resized(self) -> None:
        """Lay the step out in lines."""
        shown = self.screen.shown_run()
        width = max(20, self.screen.query_one("#stage").size.width - 6)
        words = step_words(shown) if shown else ["No playbook is open: choose the symptom (s)."]
        lines = [part for text in words for part in wrap(text, width) or [""]]
        rows = [Row(str(place), text) for place, text in enumerate(lines)]
        self.show_menu("The whole step   down, pgdn: further   esc: back", rows)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Close, and let the playbook take a key that is meant for it."""
        if key == "escape" or not character or not character.isprintable():
            return False
        await self.do_menu_leave()
        if await self.screen.take_key(key, character):
            return True
        command = self.console.keymap.command(key, self.screen.live())
        if command is not None and command.id != "whole-step":
            await self.console.run_command(command.id, self.screen)
        return True
