"""The end of a call: the caller has hung up, one letter gives the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpdesk.desk.calls import finish_call, resume_call
from helpdesk.desk.escalations import target_of_call
from helpdesk.desk.suggesting import suggested_promise
from helpdesk.domain.call_words import finished_said
from helpdesk.domain.commands import AFTER_HANG_UP
from helpdesk.domain.incidents import OVER
from helpdesk.domain.playbook import OUTCOMES, Referral
from helpdesk.domain.whens import EXAMPLES, in_both_zones, moment_meant
from helpdesk.domain.words import call_clock
from helpdesk.errors import BadInput
from helpdesk.plain.on_call import OnCall
from helpdesk.plain.state import ChoiceState, TextState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand


class EndingState(OnCall):
    """The outcomes; the wrap clock runs."""

    WITH_WORDS = OnCall.WITH_WORDS | {"waiting", "callback"}

    def live(self) -> tuple[str, ...]:
        """The outcomes; what was forgotten is still written down; and back to the call."""
        return (*OUTCOMES, "resume", *AFTER_HANG_UP, "hang-up-again", "find", "help", "quit")

    def asks(self) -> Iterator[str]:
        """List the outcomes; the playbook's own comes marked."""
        keymap, shown = self.console.keymap, self.call.shown()
        last = shown.run.last if shown else None
        likely = last.outcome if last else ""
        yield f"{call_clock(self.call.view, self.console.desk.clock.now())}. how did it end?"
        for command in keymap.described(OUTCOMES):
            mark = " (the playbook)" if command.id == likely else ""
            yield f"{keymap.key(command.id)} {command.id}{mark}"
        yield f"{keymap.key('resume')} still talking"

    def take_enter(self) -> None:
        """No outcome is guessed."""
        raise BadInput("Give the outcome: ? lists them.")

    def do_resolved(self) -> None:
        """The matter is settled."""
        finish(self.call, "resolved")

    def do_dropped(self) -> None:
        """The line dropped."""
        finish(self.call, "dropped")

    def do_waiting(self, when: str = "") -> None:
        """Ask until when."""
        self._until("waiting", when)

    def do_callback(self, when: str = "") -> None:
        """Ask when."""
        self._until("callback", when)

    def do_escalated(self) -> None:
        """Ask to whom."""
        self.console.go(EscalateState(self.call))

    def do_referred(self) -> None:
        """Ask why."""
        self.console.go(ReasonState(self.call))

    def do_resume(self) -> None:
        """Go back to the call."""
        self.call.act(resume_call)
        self.call.ask_again()

    def do_hang_up_again(self) -> None:
        """Nothing: the call has ended already."""
        self.console.say("The call has ended already: give the outcome.")

    def _until(self, outcome: str, when: str) -> None:
        state = UntilState(self.call, outcome)
        self.console.go(state)
        if when:
            state.take_text(when)


class UntilState(TextState):
    """Until when it waits, or when to call back: read in the caller's zone, said in both."""

    def __init__(self, call: CallAtHand, outcome: str) -> None:
        """Take the outcome.

        Args:
            call: The call.
            outcome: ``waiting`` or ``callback``.
        """
        super().__init__(call.console)
        self._call = call
        self._outcome = outcome
        self._due_at: int | None = None
        waits = outcome == "waiting"
        self._suggested = suggested_promise(self.console.desk, call.view) if waits else None

    def asks(self) -> Iterator[str]:
        """Ask, until a moment was named; say what the playbook suggests."""
        if self._due_at is None:
            asked = "waits until when?" if self._outcome == "waiting" else "call back when?"
            yield f"{asked} {EXAMPLES}"
            if incident := self._call.view.incident:
                yield f"  {OVER} = when incident {incident.n} is over."
        found = self._suggested
        if self._due_at is None and found is not None:
            takes = f"enter = take {self._echo(found.due_at)}: " if found.due_at else ""
            yield f"{takes}{found.said}."

    def helps(self) -> Iterator[str]:
        """The same again."""
        self._due_at = None
        yield from self.asks()
        yield f"{self.console.keymap.key('box-leave')}  back to the outcomes"

    def take_text(self, typed: str) -> None:
        """Say the moment in both zones; an empty line then takes it."""
        incident = self._call.view.incident
        if incident and typed.lower() == OVER:
            echo = f"They hear when incident {incident.n} is over."
            finish(self._call, self._outcome, incident=incident.n, echo=echo)
            return
        found = self._suggested
        if not typed and self._due_at is None and found is not None:
            self._due_at = found.due_at
        if typed or self._due_at is None:
            view, now = self._call.view, self.console.desk.clock.now()
            self._due_at = None
            self._due_at = moment_meant(typed, now, view.office.zone, view.court.closed)
            self.console.say(f"{self._echo(self._due_at)}. enter = take it, or another time.")
        else:
            echo = self._echo(self._due_at)
            finish(self._call, self._outcome, due_at=self._due_at, echo=f"{echo}.")

    def do_leave(self) -> None:
        """Back to the outcomes."""
        self.console.go(EndingState(self._call))

    def _echo(self, due_at: int) -> str:
        view, here = self._call.view, self.console.desk.home_office.zone
        return in_both_zones(due_at, view.office.zone, here, view.court.closed)


class EscalateState(TextState):
    """To whom a call is escalated."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call."""
        super().__init__(call.console)
        self._call = call

    def asks(self) -> Iterator[str]:
        """Ask."""
        yield "escalate to whom? a login, or a role such as supervisor."

    def helps(self) -> Iterator[str]:
        """The same again."""
        yield from self.asks()
        yield f"{self.console.keymap.key('box-leave')}  back to the outcomes"

    def take_text(self, typed: str) -> None:
        """Finish the call."""
        if not typed:
            raise BadInput("Say to whom: a clerk's login or a role, such as supervisor.")
        target = target_of_call(self.console.desk, self._call.view.call, typed)
        finish(self._call, "escalated", reason=target)

    def do_leave(self) -> None:
        """Back to the outcomes."""
        self.console.go(EndingState(self._call))


class ReasonState(ChoiceState):
    """Why a caller is sent to somebody else; each reason says who can help."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call."""
        super().__init__(call.console)
        self._call = call
        shown = call.shown()
        reasons = enumerate(call.desk.library.referrals.values(), 1)
        likely = shown.run.referral if shown else ""
        ordered = sorted(reasons, key=lambda each: each[1].name != likely)
        self._reasons: dict[str, Referral] = {str(place): reason for place, reason in ordered}
        self._likely = likely

    def asks(self) -> Iterator[str]:
        """List the reasons, the playbook's own first."""
        yield "not ours: why?"
        yield from (f"{key} {said}" for key, said in self.choices().items())

    def choices(self) -> dict[str, str]:
        """The reasons by digit, with who can help."""
        return {
            key: f"{reason.text}{' (the playbook)' if reason.name == self._likely else ''}: "
            f"{self._call.said(reason.to)}"
            for key, reason in self._reasons.items()
        }

    def choose(self, key: str) -> None:
        """Finish the call with the reason, and say who can help."""
        reason = self._reasons[key]
        first = f"First: {self._call.said(reason.first)} " if reason.first else ""
        echo = f"{first}Then: {self._call.said(reason.to)}"
        finish(self._call, "referred", reason=reason.name, echo=echo)

    def do_leave(self) -> None:
        """Back to the outcomes."""
        self.console.go(EndingState(self._call))


def finish(
    call: CallAtHand,
    outcome: str,
    *,
    due_at: int | None = None,
    reason: str = "",
    echo: str = "",
    incident: int | None = None,
) -> None:
    """Finish the call; another can be begun.

    Args:
        call: The call.
        outcome: How it ended.
        due_at: The promised moment, in seconds UTC.
        reason: Why it was referred, or to whom escalated.
        echo: What is said besides the number.
        incident: The number of the incident whose end it waits for, in place of a moment.
    """
    view = call.act(finish_call, outcome, due_at, reason, incident=incident)
    call.console.ready(finished_said(view, outcome, reason, echo))
