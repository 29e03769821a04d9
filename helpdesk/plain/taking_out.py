"""Taking out for good what a clerk wrote on the call by mistake, in three lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpdesk.desk.redacting import redact_own
from helpdesk.domain.removing import Sought, checked
from helpdesk.errors import BadInput
from helpdesk.plain.state import TextState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand

_QUESTIONS = (
    "take which words out of what you wrote on this call? exactly as they stand",
    "why? kept in the journal; do not say it again there",
    "type y to take it out: it cannot be undone",
)


class TakingOutState(TextState):
    """What, why, and whether it is meant."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call."""
        super().__init__(call.console)
        self._call = call
        self._said: list[str] = []

    def asks(self) -> Iterator[str]:
        """Ask the next of the three."""
        yield _QUESTIONS[len(self._said)]

    def helps(self) -> Iterator[str]:
        """The same again."""
        yield from self.asks()
        yield f"{self.console.keymap.key('box-leave')}  take nothing out"

    def take_text(self, typed: str) -> None:
        """Take what was typed; the third line does it."""
        if len(self._said) == len(_QUESTIONS) - 1:
            self._sure(typed)
            return
        if not self._said:
            checked(Sought(typed))
        elif not typed.strip():
            raise BadInput("Say why it is taken out: the reason is kept.")
        self._said.append(typed)
        for each in self.asks():
            self.console.say(each)

    def do_leave(self) -> None:
        """Back to the call."""
        self._call.ask_again()

    def _sure(self, typed: str) -> None:
        if typed.strip().lower() != "y":
            self.console.say("nothing was taken out.")
        else:
            words, why = self._said
            done = self._call.act(redact_own, Sought(words), why)
            self.console.say(f"taken out {done.times} times; nothing brings it back.")
        self._call.ask_again()
