"""Not sure: a few questions, each answer narrowing the playbooks that fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from helpdesk.desk.questions import answer_question, narrow
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.playbook import Playbook, Step
from helpdesk.domain.questions import Narrowed, question_keys
from helpdesk.domain.run import Passed
from helpdesk.domain.run_words import SAID
from helpdesk.errors import NotAllowed
from helpdesk.plain.state import NAMED, State

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand

_ROWS: Final = 9


class AskingState(State):
    """One question; its keys answer, a code or an empty line opens a playbook."""

    def __init__(self, call: CallAtHand, again: str = "") -> None:
        """Take the call.

        Args:
            call: The call.
            again: A question that is asked again although it was answered.
        """
        super().__init__(call.console)
        self._call = call
        self._again = again
        self._narrowed: Narrowed = narrow(call.desk, call.view)

    def asks(self) -> Iterator[str]:
        """Say how many playbooks fit, and ask the next question."""
        fits = self._fits()
        count = f"{len(fits)} playbooks fit" if len(fits) != 1 else "1 playbook fits"
        yield f"not sure: {count}. codes open them, {self._key('menu-leave')} = by words."
        question = self._question()
        for place, book in enumerate(fits[:_ROWS], 1):
            yield f"{'' if question else f'{place} '}{book.title} [{book.codes[0]}]"
        if len(fits) > _ROWS:
            yield f"  and {len(fits) - _ROWS} more."
        if question is None:
            yield "  no question narrows it further: enter = 1, or a digit, or a code."
            return
        yield f"ask: {question.ask}"
        yield ", ".join(f"{key} {SAID.get(k, k)}" for key, k in question_keys(question).items())

    def helps(self) -> Iterator[str]:
        """The question again, and how to go back."""
        yield from self.asks()
        yield f"enter  the first playbook, {self._key('question-back')}  the question before"

    def take(self, typed: str) -> None:
        """Answer the question, go back, or open a playbook."""
        if typed == self._key("menu-leave"):
            from helpdesk.plain.symptom import SymptomState  # noqa: PLC0415 - each opens the other

            self.console.go(SymptomState(self._call))
        elif typed == self._key("question-back"):
            self._back()
        elif book := self._book(typed):
            self._open(book)
        else:
            self._answer(typed)

    def _key(self, command: str) -> str:
        return self.console.keymap.key(command)

    def _question(self) -> Step | None:
        if self._again:
            return self.console.desk.library.questions.steps.get(self._again)
        return self._narrowed.question

    def _fits(self) -> list[Playbook]:
        books = self.console.desk.library.playbooks
        return [books[slug] for slug in self._narrowed.fits if slug in books]

    def _book(self, typed: str) -> Playbook | None:
        fits = self._fits()
        if not typed:
            return fits[0] if fits else None
        if self._question() is None and typed in "123456789"[: len(fits)]:
            return fits[int(typed) - 1]
        return next((book for book in fits if typed.lower() in book.codes), None)

    def _open(self, book: Playbook) -> None:
        given_up = tuple(self._call.given_up)
        self._call.act(choose_symptom, book.slug, self._call.words, given_up)
        self._call.given_up.clear()
        self._call.looking_at = None
        self._call.rest()

    def _answer(self, typed: str) -> None:
        question = self._question()
        keys = question_keys(question) if question else {}
        if question is None or typed not in keys:
            said = f"“{typed}” is" if len(typed) <= NAMED else "That is"
            raise NotAllowed(f"{said} no answer here: {' '.join(keys) or 'take a row'}.")
        self._call.act(answer_question, question.id, keys[typed])
        self.console.go(AskingState(self._call))

    def _own(self) -> list[Passed]:
        narrowed = self._narrowed
        on_the_way = (each for each in narrowed.answered if each.step.id not in narrowed.off)
        return [each for each in on_the_way if each.source == "clerk"]

    def _back(self) -> None:
        own = [each.step.id for each in self._own()]
        before = own[: own.index(self._again)] if self._again in own else own
        if not before:
            raise NotAllowed("This is the first question.")
        self.console.go(AskingState(self._call, before[-1]))
