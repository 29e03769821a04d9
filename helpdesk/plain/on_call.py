"""What can be done at any time of a call, also after the caller has hung up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.desk.caller_card import caller_card
from helpdesk.desk.caller_text import card_lines
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.domain.run_words import step_words
from helpdesk.domain.words import moment
from helpdesk.errors import NotAllowed, SecretFound
from helpdesk.plain.caller import CallerState
from helpdesk.plain.incident import tie_to_incident
from helpdesk.plain.letter import LetterState
from helpdesk.plain.lists import find_tickets_said, ticket_said
from helpdesk.plain.menu import MenuState
from helpdesk.plain.note import NoteState
from helpdesk.plain.state import KeyState
from helpdesk.plain.symptom import SymptomState
from helpdesk.plain.taking_out import TakingOutState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand


class OnCall(KeyState):
    """A state of a call in which letters are commands."""

    WITH_WORDS = frozenset({"note", "find"})

    def __init__(self, call: CallAtHand) -> None:
        """Take the call.

        Args:
            call: The call at hand.
        """
        super().__init__(call.console)
        self.call = call

    def take_other(self, typed: str) -> bool:
        """Find tickets, or read one: the call and its clock go on."""
        if typed.startswith("/"):
            self.do_find(typed.removeprefix("/"))
            return True
        if typed.lower().startswith("t-"):
            for each in ticket_said(self.console.desk, typed):
                self.console.say(each)
            return True
        return False

    def refusal(self, typed: str) -> str:
        """Why a line does nothing here."""
        key = self.console.keymap.key
        if typed in {key("new-call"), key("late-call"), "new-call", "late-call"}:
            return f"The call goes on: {key('park')} parks it before a new one."
        if typed in {key("leave"), "leave"}:
            return f"The call goes on: {key('park')} parks it, quit parks it and leaves."
        return f"{super().refusal(typed)} {key('note')} and words write a note."

    def do_action(self) -> None:
        """Choose what was done."""
        self.console.go(MenuState(self.call, "action"))

    def do_verify(self) -> None:
        """Choose how the caller was verified."""
        self.console.go(MenuState(self.call, "verify"))

    def do_note(self, text: str = "") -> None:
        """Keep a note; without its words it is asked for."""
        if not text:
            self.console.go(NoteState(self.call, self.call.view.draft))
            return
        try:
            self.call.act(add_note_to_call, text)
        except SecretFound:
            self.console.go(NoteState(self.call, text, refused=True))
            raise
        self.console.say("Note saved. u takes it back.")

    def do_find(self, words: str = "") -> None:
        """List tickets."""
        for each in find_tickets_said(self.console.desk, words)[0]:
            self.console.say(each)

    def do_symptom(self) -> None:
        """Choose the symptom; where an incident was read out the playbook comes back."""
        self.call.put_aside = self.call.reading.n if self.call.reading else None
        self.console.go(SymptomState(self.call))

    def do_caller(self) -> None:
        """Say who calls."""
        self.console.go(CallerState(self.call))

    def do_history(self) -> None:
        """Say what the caller's card says, and list the earlier tickets."""
        view, now = self.call.view, self.console.desk.clock.now()
        if view.caller is not None:
            card = caller_card(self.console.desk, view.caller.id, view.ticket)
            for each in card_lines(self.console.desk, card):
                self.console.say(each)
        for past in view.past:
            when = moment(past.opened_at, view.office.zone, now)
            what = self.console.title(past.symptom) or "no symptom"
            self.console.say(f"{past.number}  {when}  {what}  {past.status}  {past.clerk}")
        self.console.say("  a whole number, such as T-26-00001, reads one.")

    def do_whole_step(self) -> None:
        """Read all that there is to say about the step."""
        shown = self.call.shown()
        for each in step_words(shown) if shown else ():
            self.console.say(each)

    def do_continue(self) -> None:
        """Go on with the caller's last ticket."""
        past = self.call.continues()
        if past is None:
            raise NotAllowed("This caller has no ticket of the last days to go on with.")
        self.call.go_on_with(past)

    def do_incident(self) -> None:
        """Attach the call to an incident, or declare one."""
        tie_to_incident(self.call)

    def do_letter(self) -> None:
        """Put the steps in writing."""
        self.console.go(LetterState(self.call))

    def do_take_out(self) -> None:
        """Take out for good what slipped in."""
        self.console.go(TakingOutState(self.call))

    def do_undo(self) -> None:
        """Take back what was done last."""
        self.console.say(self.call.act(undo_last))
        self.call.looking_at = None
        self.call.rest()

    def do_redo(self) -> None:
        """Do it again."""
        self.console.say(self.call.act(redo_last))
        self.call.rest()
