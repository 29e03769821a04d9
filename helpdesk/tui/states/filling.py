"""A prompt: what the text of the step asks the clerk to fill in, once a call."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from helpdesk.desk.prompts import fill_prompt
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen


class FillingState(ListState):
    """A box for what a step needs to be said with."""

    def __init__(self, screen: CallScreen, label: str) -> None:
        """Take the prompt.

        Args:
            screen: The call screen.
            label: What the playbook calls it.
        """
        super().__init__(screen)
        self._label = label

    def live(self) -> tuple[str, ...]:
        """Accept and leave."""
        return ("accept", "menu-leave", *IN_A_BOX)

    def box(self) -> LineBox:
        """The box."""
        return self.menu_box

    async def enter(self) -> None:
        """Ask; below the box stands what it is needed for."""
        title = f"This step asks: {self._label}?   enter takes it, esc: later"
        self.show_menu(title, self._rows(), box=True)

    def resized(self) -> None:
        """Lay the step out for the width that there is."""
        self.menu_rows.show(self._rows())

    def _rows(self) -> list[Row]:
        shown = self.screen.shown_run()
        step = shown.step if shown else None
        width = max(20, self.screen.query_one("#stage").size.width - 4)
        parts = (("SAY", step.say), ("DO", step.do), ("ASK", step.ask)) if step else ()
        words = [f"{label}  {shown.say(text)}" for label, text in parts if shown and text]
        return [Row("", part) for text in ("", *words) for part in wrap(text, width) or [""]]

    async def do_accept(self) -> None:
        """Take what stands in the box, and the step then says it; nothing leaves it open."""
        if not self.menu_box.content.strip():
            await self.do_menu_leave()
            return
        await self.screen.act(fill_prompt, self._label, self.menu_box.content)
        await self.screen.rest()

    async def do_menu_leave(self) -> None:
        """Leave it open; the step shows where it is missing."""
        self.screen.left_open.add(self._label)
        await super().do_menu_leave()
        key = self.console.keymap.key("fill-in")
        self.screen.say(f"Left open: {self._label}. {key} fills it in.")
