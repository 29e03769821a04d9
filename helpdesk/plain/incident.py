"""The key that ties a call to an incident, or asks for one to be declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpdesk.desk.incidents import attach_incident, declare_incident
from helpdesk.domain.incidents import line_suggested
from helpdesk.domain.live import known_incident
from helpdesk.domain.permissions import allows, who_may
from helpdesk.errors import NotAllowed
from helpdesk.plain.state import ChoiceState, TextState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand


def tie_to_incident(call: CallAtHand) -> None:
    """Attach the call to the incident of its symptom; else ask to which, or for a new one.

    Args:
        call: The call at hand.

    Raises:
        NotAllowed: When none runs and the clerk may not declare one, or the symptom is open.
    """
    view = call.view
    known, tied = known_incident(view), view.incident
    if tied is not None and (known is None or known.n == tied.n):
        call.put_aside = None
        call.ask_again()
    elif known is not None:
        attach(call, known.n)
    elif view.incidents:
        call.console.go(WhichState(call))
    elif not allows(call.desk.clerk.role, "incident"):
        asked = ", ".join(who_may("incident"))
        raise NotAllowed(f"No incident runs at {view.court.short}: ask one of {asked}.")
    elif not view.symptom:
        raise NotAllowed("Choose the symptom first: an incident is about one.")
    else:
        call.console.go(DeclaringState(call))


def attach(call: CallAtHand, number: int) -> None:
    """Attach the call, and say what is read out.

    Args:
        call: The call at hand.
        number: The incident's number.
    """
    call.act(attach_incident, number)
    call.put_aside = call.looking_at = None
    call.ask_again()


class WhichState(ChoiceState):
    """To which of the incidents of the court."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call."""
        super().__init__(call.console)
        self._call = call

    def choices(self) -> dict[str, str]:
        """The incidents that run."""
        running = self._call.view.incidents
        return {
            str(each.n): f"{self.console.title(each.symptom)}: {each.line}" for each in running
        }

    def asks(self) -> Iterator[str]:
        """List them."""
        yield "attach the call to which incident?"
        yield from self.helps()

    def choose(self, key: str) -> None:
        """Attach the call."""
        attach(self._call, int(key))

    def do_leave(self) -> None:
        """Back to the call."""
        self._call.ask_again()


class DeclaringState(TextState):
    """What is read out to callers; an empty line takes the sentence that is suggested."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call."""
        super().__init__(call.console)
        self._call = call
        title = call.console.title(call.view.symptom)
        self._suggested = line_suggested(title, call.view.court)

    def asks(self) -> Iterator[str]:
        """Ask."""
        yield "declare an incident: what is read out to callers?"
        yield f"  enter = {self._suggested}"

    def helps(self) -> Iterator[str]:
        """The same again."""
        yield from self.asks()
        yield f"{self.console.keymap.key('box-leave')}  declare none"

    def take_text(self, typed: str) -> None:
        """Declare it, and attach the call."""
        view = self._call.view
        said = typed or self._suggested
        number = declare_incident(self._call.desk, view.court.id, view.symptom, said)
        self.console.say(f"incident {number} is declared.")
        attach(self._call, number)

    def do_leave(self) -> None:
        """Back to the call."""
        self._call.ask_again()
