"""Not sure: a few questions, each answer narrowing the playbooks that are listed below."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from helpdesk.desk.questions import answer_question, narrow
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.guard import find_secret
from helpdesk.domain.playbook import Step
from helpdesk.domain.questions import Narrowed, question_keys
from helpdesk.domain.run import Passed
from helpdesk.domain.run_words import SAID
from helpdesk.errors import NotAllowed
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen

_SOURCES = {"desk": " (known)", "ticket": " (known)"}


class AskingState(ListState):
    """The questions; digits answer, Enter takes the playbook under the cursor."""

    def __init__(self, screen: CallScreen) -> None:
        """Take the screen; nothing is narrowed yet."""
        super().__init__(screen)
        self._narrowed = Narrowed((), None, ())
        self._again: str = ""

    def live(self) -> tuple[str, ...]:
        """Take a playbook, go back one question, leave, look further down."""
        back = ("question-back",) if self._own() else ()
        accept = [each for each in super().live() if each == "menu-accept"]
        return (*accept, "menu-leave", *back, *super().live()[len(accept) + 1 :])

    async def enter(self) -> None:
        """Ask the first question that is open."""
        await self._show()

    async def take_key(self, key: str, character: str | None) -> bool:
        """Answer the question."""
        if not character or self.console.keymap.command(key, self.live()):
            return False
        question = self._question()
        if question is None:
            row = self.menu_rows.nth(int(character)) if character in "123456789" else None
            if row is None:
                raise NotAllowed("No question narrows it further: take a row, or bksp goes back.")
            await self._open(row.key)
            return True
        keys = question_keys(question)
        if character not in keys:
            raise NotAllowed(f"“{character}” is no answer here: {' '.join(keys)}.")
        await self.screen.act(answer_question, question.id, keys[character])
        self._again = ""
        await self._show()
        return True

    async def do_question_back(self) -> None:
        """Ask the question before again; the other answers stay."""
        own = [each.step.id for each in self._own()]
        before = own[: own.index(self._again)] if self._again in own else own
        if not before:
            raise NotAllowed("This is the first question.")
        self._again = before[-1]
        await self._show()

    async def do_menu_accept(self) -> None:
        """Open the playbook under the cursor."""
        row = self.menu_rows.chosen
        if row is not None:
            await self._open(row.key)

    async def _open(self, slug: str) -> None:
        """Open a playbook; the words that did not find it are kept for who keeps playbooks."""
        box = self.screen.query_one("#symptom-box", LineBox)
        typed = "" if find_secret(box.content) else box.content.strip()
        await self.screen.act(choose_symptom, slug, typed, tuple(self.screen.given_up))
        box.fill("")
        self.screen.given_up.clear()
        self.screen.looking_at = None
        await self.screen.rest()

    async def do_menu_leave(self) -> None:
        """Back to the words; the answers stay."""
        from helpdesk.tui.states.symptom import SymptomState  # noqa: PLC0415 - each opens the other

        await self.screen.change(SymptomState(self.screen))

    def _own(self) -> list[Passed]:
        return [each for each in self._on_the_way() if each.source == "clerk"]

    def _on_the_way(self) -> list[Passed]:
        narrowed = self._narrowed
        return [each for each in narrowed.answered if each.step.id not in narrowed.off]

    def _question(self) -> Step | None:
        if self._again:
            return self.console.desk.library.questions.steps.get(self._again)
        return self._narrowed.question

    async def _show(self) -> None:
        view = self.screen.view
        if view is None:
            return
        self._narrowed = await self.console.thread.read(narrow, view)
        self.resized()

    def resized(self) -> None:
        """Lay the question out for the width that there is."""
        books = self.console.desk.library.playbooks  # they may have been read again meanwhile
        fits = [books[slug] for slug in self._narrowed.fits if slug in books]
        question = self._question()
        many = f"{len(fits)} playbooks fit" if len(fits) != 1 else "1 playbook fits"
        width = max(40, self.screen.query_one("#stage").size.width - 4)
        rows = _settled(self._on_the_way(), width)
        if question:
            was = next((each.answer for each in self._own() if each.step.id == question.id), "")
            rows += _asked(question, was, width)
        how = "enter: the marked one   " if question else "a digit opens one   " if fits else ""
        rows += [
            Row(book.slug, f"{'' if question else _digit(place)}{book.codes[0]:<3} {book.title}")
            for place, book in enumerate(fits, 1)
        ]
        if not fits:
            said = "Nothing fits these answers: bksp changes one, esc finds by words."
            rows += [Row("", said)]
        self.show_menu(f"Not sure: {many}   {how}esc: by words", rows)


def _settled(answered: Sequence[Passed], width: int) -> list[Row]:
    """What is settled, in one line; the oldest give way, the newest is always seen."""
    if not answered:
        return []
    told = [
        f"{each.step.id}: {SAID.get(each.answer, each.answer)}{_SOURCES.get(each.source, '')}"
        for each in sorted(answered, key=lambda each: each.at or 0)
    ]
    said = ", ".join(told)
    room = width - len("so far  ")
    while len(said) > room and len(told) > 1:
        told = told[1:]
        said = f"…, {', '.join(told)}"
    return [Row("", f"so far  {said}")]


def _digit(place: int) -> str:
    """The key of a row; there are nine digits."""
    return f"[{place}] " if place in range(1, 10) else "    "


def _asked(question: Step, was: str, width: int) -> list[Row]:
    """The question and its answers with their keys, as many to a line as fit."""
    before = f" (was: {SAID.get(was, was)})" if was else ""
    lines = wrap(f"ASK  {question.ask}{before}", width, subsequent_indent=" " * 5)
    asked = len(lines)
    told = [f"[{key}] {SAID.get(said, said)}" for key, said in question_keys(question).items()]
    for each in told:
        if len(lines) > asked and len(lines[-1]) + len(each) + 3 <= width:
            lines[-1] += f"   {each}"
        else:
            lines.append(f"     {each}")
    return [Row("", each) for each in lines]
