"""A run as words: the step, its answers with their keys, and all that there is to say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, Playbook, Step
from helpdesk.domain.run import Passed, Run, SaidBefore, StepKey
from helpdesk.domain.safe_text import line
from helpdesk.domain.whens import said_in

Say = Callable[[str], str]
"""Puts the values into a text."""

_KEYS: Final = {YES: "y", NO: "n", DONT_KNOW: "d"}
SAID: Final = {YES: "yes", NO: "no", DONT_KNOW: "don't know", DONE: "done"}
"""How answers without words of their own are said."""


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run with what is said about it on the screen."""

    run: Run
    """The run."""

    version: int
    """The playbook's version as people count it; 0 when it is only tried."""

    started_at: int
    """When the call began: answers show how far into it they were given."""

    say: Say
    """Puts the values into a text."""

    looking_at: StepKey | None = None
    """The step that the clerk went back to."""

    titles: Callable[[str], str] = str
    """The title and code of another playbook."""

    said_before: Mapping[str, SaidBefore] = field(default_factory=dict)
    """By fact, what this caller answered on earlier tickets."""

    zone: str = "UTC"
    """The zone in which moments are said."""

    @property
    def step(self) -> Step | None:
        """The step on the screen: the one gone back to, else the current one."""
        found = self.run.found(self.looking_at) if self.looking_at else None
        return found[1] if found else self.run.current

    @property
    def book(self) -> Playbook:
        """The playbook that the step on the screen belongs to."""
        found = self.run.found(self.looking_at) if self.looking_at else None
        return found[0] if found else self.run.book

    @property
    def comes_back(self) -> bool:
        """Whether the end of this playbook leads back to the one that handed over."""
        if not self.looking_at:
            return self.run.comes_back
        return any(
            each.key == self.looking_at and not each.step.exits() for each in self.run.passed
        )

    @property
    def old_answer(self) -> str:
        """What an earlier ticket of this caller answered to the step on the screen, or empty."""
        step = self.step
        before = self.said_before.get(step.fact) if step else None
        answer = step.fact_value(before.value) if step and before else ""
        return answer if step and step.answer(answer) else ""

    @property
    def goes_on(self) -> bool:
        """Whether it leads on without an answer: to the next step, another playbook, or back."""
        step = self.step
        if step is None or step.answers:
            return False
        return bool(step.next or step.hand_over or self.comes_back)

    @property
    def behind(self) -> tuple[Passed, ...]:
        """The steps before the one on the screen."""
        if not self.looking_at:
            return self.run.passed
        keys = [passed.key for passed in self.run.passed]
        return self.run.passed[: keys.index(self.looking_at)] if self.looking_at in keys else ()


def first_words(step: Step) -> str:
    """What a step is called in one line.

    Args:
        step: The step.

    Returns:
        Its question, else what is done or said.
    """
    return step.ask or step.do or step.say


def answers_said(shown: RunShown) -> list[tuple[str, str]]:
    """Every key that the step on the screen takes, and what it says.

    Args:
        shown: The run; it stands at a step.

    Returns:
        Pairs of key and words, in order.
    """
    step = shown.step
    assert step is not None  # noqa: S101 - the caller asked
    choices = [answer.key for answer in step.choices()]
    said = [
        (_KEYS.get(each.key) or str(choices.index(each.key) + 1), SAID.get(each.key, each.key))
        for each in step.answers
    ]
    if step.hand_over:
        said.append(("space", f"go on in: {shown.titles(step.hand_over)}"))
    elif not step.answers and step.next:
        said.append(("space", "said and done, next"))
    elif not step.exits() and shown.comes_back:
        said.append(("space", "done here, back to where it came from"))
    if not step.exits() and not step.hand_over:
        key, ends = ("h", "hang up") if shown.version else ("esc", "leave, it ends")
        said.append((key, f"{ends}: {step.outcome or 'the end'}"))
    if old := shown.old_answer:
        before = shown.said_before[step.fact]
        when = said_in(before.at, shown.zone)
        said.append(("enter", f"{SAID.get(old, old)}: OLD answer of {when}, {before.number}"))
    return [(key, line(text)) for key, text in said]


def missing_said(run: Run | None, step: Step) -> str:
    """Say that the playbook that a step hands over to was not there when it was answered.

    Args:
        run: The run after the answer.
        step: The step that was answered.

    Returns:
        One sentence; empty when nothing is missing.
    """
    if run is None or not step.hand_over:
        return ""
    books = (*run.within, *(each.playbook for each in run.passed))
    if any(book.slug == step.hand_over for book in books):
        return ""
    return f"The playbook {step.hand_over} is not here now; this one goes on."


def step_words(shown: RunShown) -> list[str]:
    """All that there is to say about the step on the screen.

    Args:
        shown: The run.

    Returns:
        Paragraphs: the step's texts, its answers, what must not be said, the sources.
    """
    step, book = shown.step or shown.run.last, shown.book
    if step is None:
        return []
    parts = (("SAY", step.say), ("DO", step.do), ("ASK", step.ask), ("WHY", step.why))
    words = [f"{label}  {line(shown.say(text), 2_000)}" for label, text in parts if text]
    for answer in step.answers:
        target = book.steps.get(answer.leads_to)
        said = line(shown.say(first_words(target)), 2_000) if target else ""
        words.append(f"{SAID.get(answer.key, answer.key)} > {said}")
    words += [f"SEE  {shown.titles(each)}" for each in step.see]
    words += [f"NEVER  {line(shown.say(each), 2_000)}" for each in book.never]
    return [*words, f"SOURCES  {', '.join(book.sources)}; read again by {book.review}"]
