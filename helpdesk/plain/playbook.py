"""The playbook: letters answer, record, note, park and hang up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpdesk.desk.calls import end_call, park_call
from helpdesk.desk.runs import REPEAT_SECONDS, answer_step
from helpdesk.domain.live import live_on_call
from helpdesk.domain.permissions import allows
from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, Step
from helpdesk.domain.run_words import SAID, missing_said
from helpdesk.errors import NotAllowed
from helpdesk.plain.on_call import OnCall
from helpdesk.plain.step import passed_lines, step_lines

_DIGITS: Final = "123456789"
_OF_SCREENS: Final = ("go-on-call",)


class PlaybookState(OnCall):
    """On the call, at a step."""

    def live(self) -> tuple[str, ...]:
        """Answers that the step takes, and everything else on a call."""
        declares = allows(self.console.desk.clerk.role, "incident")
        call, asks = self.call, bool(self.call.wanted())
        live = live_on_call(call.view, call.shown(), REPEAT_SECONDS, declares=declares, asks=asks)
        return (*(each for each in live if each not in _OF_SCREENS), "find", "help", "quit")

    def asks(self) -> Iterator[str]:
        """Say the step, unless it was said last."""
        shown, reading = self.call.shown(), self.call.reading
        if reading is not None:
            if self.call.told_step != (reading.n,):
                yield f"incident {reading.n}. say: {reading.line}"
                yield "  hang up, then call back when it is over; s = the playbook again."
            self.call.told_step = (reading.n,)
            return
        if shown is None:
            yield f"no symptom yet ({self.console.keymap.key('symptom')})."
            return
        yield from passed_lines(shown, self.call.told)
        told = (shown.book.slug, shown.step, shown.looking_at, shown.old_answer)
        if told != self.call.told_step:
            yield from step_lines(shown, titled=self.call.told_step[:1] != told[:1])
        self.call.told_step = told

    def helps(self) -> Iterator[str]:
        """Every command with its key, and what a line may hold besides."""
        yield from super().helps()
        key = self.console.keymap.key
        yield "enter  said or done, or the old answer; at a question: the question again"
        yield f"digits  the named answers; several answers on one line: {key('answer-yes') * 2}"
        yield f"{key('note')} and words  a note; T-26-00001  read that ticket"

    def keys(self, typed: str) -> str:
        """A row of answers, or a menu and its key: ``yyn``, ``ae``, ``yyn ae hr``."""
        if len(typed) == 1:
            return ""
        key = self.console.keymap.key
        answers = {key(f"answer-{each}") for each in ("yes", "no", "dont-know")} | set(_DIGITS)
        menus = {key("action"), key("verify"), key("hang-up")}
        rows = typed.split(" ")
        if any(self._named(row) and len(row) > 1 for row in rows):
            return ""
        is_row = (
            set(row) <= answers or (len(row) == 2 and row[0] in menus)  # noqa: PLR2004
            for row in rows
        )
        return "".join(rows) if all(is_row) else ""

    def take_enter(self) -> None:
        """Said or done; the old answer; at a question, the question again."""
        shown = self.call.shown()
        if shown and shown.old_answer:
            self._answer(shown.old_answer)
        elif shown and shown.goes_on:
            self._answer(DONE)
        else:
            self.call.ask_again()

    def take_other(self, typed: str) -> bool:
        """Take the digit or the words of a named answer."""
        step = self._step()
        choices = step.choices() if step else ()
        if choices and len(typed) == 1 and typed in _DIGITS:
            if int(typed) > len(choices):
                raise NotAllowed(f"There are {len(choices)} answers: 1 to {len(choices)}.")
            self._answer(choices[int(typed) - 1].key)
            return True
        answers = step.answers if step else ()
        said = {SAID.get(each.key, each.key).lower(): each.key for each in answers}
        if typed.lower() in said:
            self._answer(said[typed.lower()])
            return True
        return super().take_other(typed)

    def refusal(self, typed: str) -> str:
        """Why a line does nothing here; an answer that the step does not take is named."""
        key = self.console.keymap.key
        if typed not in {key(f"answer-{each}") for each in ("yes", "no", "dont-know")}:
            return super().refusal(typed)
        shown = self.call.shown()
        if self.call.reading is not None:
            return f"The incident is read out: {key('symptom')} brings the playbook back."
        if shown is None:
            return f"No playbook is open yet: choose the symptom ({key('symptom')})."
        if shown.step is None or not (shown.step.answers or shown.goes_on):
            return f"The playbook is at its end: {key('hang-up')} hangs up, {key('park')} parks."
        if not shown.step.answers:
            return f"“{typed}” answers nothing here: an empty line goes on."
        return f"“{typed}” is no answer to this question: take one of those said."

    def do_answer_yes(self) -> None:
        """Answer yes."""
        self._answer(YES)

    def do_answer_no(self) -> None:
        """Answer no."""
        self._answer(NO)

    def do_answer_dont_know(self) -> None:
        """Answer that the caller does not know."""
        self._answer(DONT_KNOW)

    def do_next_step(self) -> None:
        """Said or done."""
        self._answer(DONE)

    def do_take_old(self) -> None:
        """Answer as the caller did on an earlier ticket."""
        self.take_enter()

    def do_previous_step(self) -> None:
        """Go back to the step before, to change its answer."""
        shown = self.call.shown()
        if shown is None or not shown.behind:
            raise NotAllowed("There is no step before this one.")
        self.call.looking_at = shown.behind[-1].key
        self.call.left_open.clear()  # what was left open is asked again on the way back
        self.console.go(PlaybookState(self.call))

    def do_fill_in(self) -> None:
        """Ask again what was left open."""
        self.call.left_open.clear()
        self.call.ask_again()

    def do_park(self) -> None:
        """Put the caller on hold; another call can be begun."""
        self.call.act(park_call)
        self.console.ready(f"{self.call.view.number} is on hold. P goes back to it.")

    def do_hang_up(self) -> None:
        """The caller hung up: the wrap clock runs."""
        self.call.act(end_call)
        self.call.rest()

    def _step(self) -> Step | None:
        shown = self.call.shown()
        return shown.step if shown else None

    def _answer(self, answer: str) -> None:
        shown = self.call.shown()
        step = shown.step if shown else None
        if shown is None or step is None:
            raise NotAllowed("There is no step to answer here.")
        self.call.told.add((shown.book.slug, step.id))
        self.call.act(answer_step, step.id, answer, shown.book.slug)
        self.call.looking_at = None
        if missing := missing_said(self.call.view.run, step):
            self.console.say(missing)
        self.call.rest()
