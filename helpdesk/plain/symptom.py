"""What is wrong: a code, a few words, or the ticket that the call goes on with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.symptoms import rank_symptoms, remember_given_up
from helpdesk.domain.call_words import continued_said
from helpdesk.domain.calls import PastCall
from helpdesk.domain.incident_words import notice_said
from helpdesk.domain.permissions import allows
from helpdesk.errors import BadInput, SecretFound
from helpdesk.plain.state import TextState
from helpdesk.playbooks.finding import Found

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand

_ROWS: Final = 9


class SymptomState(TextState):
    """Words list playbooks, a digit chooses one; a code opens its playbook at once."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call; nothing is listed yet."""
        super().__init__(call.console)
        self._call = call
        self._found: tuple[Found, ...] = ()

    def asks(self) -> Iterator[str]:
        """Ask what is wrong."""
        yield f"symptom? a code, the caller's words, or {self._tab} = not sure."
        if past := self._call.continues():
            yield f"  enter = {self._continued(past)}"

    def helps(self) -> Iterator[str]:
        """What can be typed."""
        yield "a code opens its playbook, words list what fits them"
        yield from self._rows()
        if past := self._call.continues():
            yield f"{self.console.keymap.key('continue')}  {self._continued(past)}"
        yield f"{self._tab}  find the playbook by a few questions"
        yield f"{self.console.keymap.key('box-leave')}  leave the question open"

    def take_text(self, typed: str) -> None:
        """Choose a playbook, or list those that fit."""
        past = self._call.continues()
        if past and (typed == self.console.keymap.key("continue") or not (typed or self._found)):
            self._call.go_on_with(past)
        elif typed == self._tab or typed.lower() == "not sure":
            self._ask_questions()
        elif self._found and (not typed or (len(typed) == 1 and typed in "123456789")):
            self._choose(int(typed or 1))
        else:
            self._rank(typed)

    def do_leave(self) -> None:
        """Leave the question open."""
        self._call.rest()

    @property
    def _tab(self) -> str:
        return self.console.keymap.key("not-sure")

    def _rank(self, typed: str) -> None:
        try:
            found = rank_symptoms(self.console.desk, typed, self._call.hints())
        except SecretFound:
            self._call.words, self._found = "", ()
            raise
        self._call.words, self._found = typed, found
        books = self.console.desk.library.playbooks
        if not found:
            remember_given_up(self._call.given_up, typed)
            tab = f"{self._tab} asks some questions"
            raise BadInput(f"No playbook fits these words: take fewer, or {tab}.")
        if typed.lower() in books[found[0].slug].codes:
            self._choose(1)
            return
        for each in self._rows():
            self.console.say(each)

    def _rows(self) -> Iterator[str]:
        for place, each in enumerate(self._found[:_ROWS], 1):
            out = each.known.startswith("!")
            known = f" {each.known}" if out else f" ({each.known})" if each.known else ""
            yield f"{place} {each.title} [{each.code}]{known}"
        if self._found:
            more = len(self._found) - _ROWS
            further = f" {more} more: other words find them." if more > 0 else ""
            yield f"  enter = 1, or a digit, or other words.{further}"

    def _choose(self, place: int) -> None:
        if place > len(self._found):
            raise BadInput(f"There are {len(self._found)} rows: 1 to {len(self._found)}.")
        slug = self._found[place - 1].slug
        self._call.act(choose_symptom, slug, self._call.words, tuple(self._call.given_up))
        self._call.given_up.clear()
        reading = self._call.reading is not None
        declares = allows(self.console.desk.clerk.role, "incident")
        if notice := notice_said(self._call.view, reading=reading, declares=declares):
            self.console.say(notice)
        self._call.rest_or_ask_version()

    def _continued(self, past: PastCall) -> str:
        zone, now = self._call.view.office.zone, self.console.desk.clock.now()
        return continued_said(past, zone, now, self.console.title)

    def _ask_questions(self) -> None:
        from helpdesk.plain.asking import AskingState  # noqa: PLC0415 - each opens the other

        self.console.go(AskingState(self._call))
