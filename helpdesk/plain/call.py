"""The call at hand: its view, where the clerk looks, and which state comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from helpdesk.desk.desk import Desk
from helpdesk.desk.meanwhile import symptom_changed_by
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.prompts import open_prompt
from helpdesk.desk.runs import REPEAT_SECONDS
from helpdesk.desk.speaking import said, shown_run
from helpdesk.desk.symptoms import symptom_hints
from helpdesk.desk.versions import has_newer_version
from helpdesk.desk.view import call_view
from helpdesk.domain.call_words import (
    before_said,
    caller_said,
    meanwhile_said,
    promised_said,
    symptom_changed_said,
)
from helpdesk.domain.calls import CallView, PastCall
from helpdesk.domain.incidents import Incident
from helpdesk.domain.run import StepKey
from helpdesk.domain.run_words import RunShown
from helpdesk.domain.words import call_clock
from helpdesk.plain.caller import CallerState
from helpdesk.plain.ending import EndingState
from helpdesk.plain.filling import FillingState
from helpdesk.plain.newer import NewerState
from helpdesk.plain.playbook import PlaybookState
from helpdesk.plain.symptom import SymptomState
from helpdesk.playbooks.finding import Hint

if TYPE_CHECKING:
    from helpdesk.plain.console import LineConsole

P = ParamSpec("P")
T = TypeVar("T")


class CallAtHand:
    """One call, from ring to hang-up."""

    def __init__(self, console: LineConsole, call: int) -> None:
        """Take the call up.

        Args:
            console: The plain lines.
            call: The call's id; it is in the database already.
        """
        self.console = console
        self.id = call
        self.view: CallView = call_view(console.desk, call)
        self.looking_at: StepKey | None = None
        self.put_aside: int | None = None  # the number of an incident whose line was read out
        self.left_open: set[str] = set()
        self.given_up: list[str] = []
        self.words = ""
        self.told: set[StepKey] = set()
        self.told_step: tuple[object, ...] = ()
        self._hints: dict[str, Hint] | None = None

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.console.desk

    def begin(self) -> None:
        """Begin with the first question that is still open."""
        self.console.call = self
        if self.view.draft:
            self.console.say("A note was left unsaved: i shows it.")
        if self.view.ended_at is None and not self.view.asked_caller:
            self.console.go(CallerState(self))
        elif self.view.ended_at is None and not self.view.symptom:
            self.console.go(SymptomState(self))
        else:
            self.rest()

    def rest(self) -> None:
        """Go where letters are commands: the playbook, or the outcomes after a hang-up."""
        ended = self.view.ended_at is not None
        label = "" if ended else self._open_prompt()
        if label:
            self.console.go(FillingState(self, label))
        else:
            self.console.go(EndingState(self) if ended else PlaybookState(self))

    def rest_or_ask_version(self) -> None:
        """Go on with a ticket that is taken up again; ask when its playbook was changed since."""
        self.looking_at = None
        if has_newer_version(self.desk, self.view):
            self.console.go(NewerState(self))
        else:
            self.rest()

    def ask_again(self) -> None:
        """Say the step again."""
        self.told_step = ()
        self.rest()

    def act(
        self, act: Callable[Concatenate[Desk, int, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do an act on this call and fetch what became of it.

        Args:
            act: A function of :mod:`helpdesk.desk` that takes a call.
            *args: What it takes after the call.
            **kwargs: What it takes by name.

        Returns:
            What it returned.
        """
        before = self.view
        done = act(self.desk, self.id, *args, **kwargs)
        self.view = call_view(self.desk, self.id)
        if not self.view.is_over:
            self._say_changed(before)
        run = self.view.run
        if self.looking_at and (run is None or run.found(self.looking_at) is None):
            self.looking_at = None
        return done

    def shown(self) -> RunShown | None:
        """The run with what is said about it; ``None`` where no step is asked."""
        if self.reading is not None:
            return None
        return shown_run(self.desk, self.view, self.looking_at)

    @property
    def reading(self) -> Incident | None:
        """The incident whose line is read out in place of the playbook."""
        incident = self.view.incident
        return incident if incident and incident.n != self.put_aside else None

    def said(self, text: str) -> str:
        """Put the values into a text of a playbook, an action or a referral."""
        return said(self.desk, text, self.view)

    def continues(self) -> PastCall | None:
        """The ticket that this call most likely goes on with."""
        return self.view.continues(REPEAT_SECONDS)

    def hints(self) -> dict[str, Hint]:
        """What the desk knows that speaks for a symptom; the same for the whole call."""
        if self._hints is None:
            self._hints = symptom_hints(self.desk, self.view)
        return self._hints

    def go_on_with(self, past: PastCall) -> None:
        """Go on with an older ticket; its run is taken up where it stopped.

        Args:
            past: The ticket.
        """
        self.act(continue_ticket, past.ticket)
        self.console.say(f"Gone on with {past.number}; the run is taken up where it stopped.")
        self.rest_or_ask_version()

    def before(self, view: CallView) -> str:
        """What came before a call.

        Args:
            view: This call, or the same as it would be with another caller.

        Returns:
            One line.
        """
        return before_said(view, self.desk.clock.now(), REPEAT_SECONDS, self.console.title)

    def say_who(self, *, told: bool = False) -> None:
        """Say who calls and what came before.

        Args:
            told: Whether what came before was said just now.
        """
        self.console.say(caller_said(self.view))
        if self.view.caller and not told:
            self.console.say(self.before(self.view))
        if promised := promised_said(self.view, self.desk.clock.now()):
            self.console.say(promised)

    def say_meanwhile(self) -> None:
        """Say what became of the call's ticket besides what is done on the call."""
        if said := meanwhile_said(self.view):
            self.console.say(said)

    def _say_changed(self, before: CallView) -> None:
        """Say what colleagues made of the ticket since the call was fetched before."""
        if meanwhile_said(self.view) != meanwhile_said(before):
            self.say_meanwhile()
        if who := symptom_changed_by(self.desk, self.view, before):
            said = symptom_changed_said(self.console.title(self.view.symptom), who)
            self.console.say(f"! {said}")

    def say_where(self) -> None:
        """Say which call this is, how its clocks and its ticket stand, and who calls."""
        clocks = call_clock(self.view, self.desk.clock.now())
        self.console.say(f"call {self.view.number}: {clocks}.")
        self.say_meanwhile()
        if self.view.asked_caller:
            self.say_who()

    def wanted(self) -> str:
        """What the step asks for and nobody has filled in; empty for nothing."""
        shown = self.shown()
        return open_prompt(self.view, shown.step) if shown and shown.step else ""

    def _open_prompt(self) -> str:
        label = self.wanted()
        return "" if label in self.left_open else label
