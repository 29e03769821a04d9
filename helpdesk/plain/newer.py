"""A ticket that is taken up again on an older playbook: stay with it, or take the newer one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpdesk.desk.versions import take_newest
from helpdesk.plain.state import ChoiceState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand

_OLD, _NEW = "1", "2"


class NewerState(ChoiceState):
    """Two versions: the one that the run began with, and today's."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call."""
        super().__init__(call.console)
        self._call = call

    def asks(self) -> Iterator[str]:
        """Ask."""
        yield "this playbook was changed since the ticket began:"
        yield from (f"{key} {said}" for key, said in self.choices().items())

    def choices(self) -> dict[str, str]:
        """The two versions."""
        return {
            _OLD: f"go on with version {self._call.view.version}, as it was begun",
            _NEW: "take today's version; answers to steps that it still has count",
        }

    def choose(self, key: str) -> None:
        """Take one."""
        if key == _NEW:
            self._call.act(take_newest)
            self.console.say("Today's version; u goes back to the older one.")
        self.do_leave()

    def do_leave(self) -> None:
        """Go on with the run as it stands."""
        self._call.looking_at = None
        self._call.rest()
