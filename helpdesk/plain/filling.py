"""A prompt: what the text of the step asks the clerk to fill in, once a call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpdesk.desk.prompts import fill_prompt
from helpdesk.plain.state import TextState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand


class FillingState(TextState):
    """One line for what a step needs to be said with."""

    def __init__(self, call: CallAtHand, label: str) -> None:
        """Take the prompt.

        Args:
            call: The call.
            label: What the playbook calls it.
        """
        super().__init__(call.console)
        self._call = call
        self._label = label

    def asks(self) -> Iterator[str]:
        """Ask."""
        yield f"this step asks: {self._label}? enter = later."

    def helps(self) -> Iterator[str]:
        """What it is needed for."""
        shown = self._call.shown()
        step = shown.step if shown else None
        texts = (step.say, step.do, step.ask) if step else ()
        yield from (self._call.said(text) for text in texts if text)
        yield from self.asks()

    def take_text(self, typed: str) -> None:
        """Take it, and the step then says it; nothing leaves it open."""
        if not typed:
            self.do_leave()
            return
        self._call.act(fill_prompt, self._label, typed)
        self._call.rest()

    def do_leave(self) -> None:
        """Leave it open; the step shows where it is missing."""
        self._call.left_open.add(self._label)
        key = self.console.keymap.key("fill-in")
        self.console.say(f"left open: {self._label}. {key} fills it in.")
        self._call.rest()
