"""Finding a playbook by questions: each answer narrows what the caller's trouble can be.

A playbook says under ``when`` which answers it fits; a question that it does not name tells
nothing about it. The next question is the one that leaves the fewest playbooks whatever is
answered, so that a handful of answers is enough (facts.md §5).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from helpdesk.domain.playbook import DONT_KNOW, NO, YES, Answer, Playbook, Step
from helpdesk.domain.run import Given, Known, Passed

NOT_SURE: Final = "not-sure"
"""The slug under which the questions and their answers are kept."""

NONE: Final = "none of these"
"""An answer to every question with named answers: the playbooks that it is about do not fit."""


_KEYS: Final = {YES: "y", NO: "n", DONT_KNOW: "d", NONE: "0"}


def questions_of(steps: Mapping[str, Step]) -> Playbook:
    """Make of questions what answers are kept for.

    Args:
        steps: The questions by name, each with its answers.

    Returns:
        A playbook that no symptom has.
    """
    return Playbook(
        slug=NOT_SURE, title="Not sure: questions", theme="", owner="court", phase="both",
        codes=(), phrases=(), start="", steps=steps,
    )  # fmt: skip


_ENOUGH: Final = 0.5
"""A question is preferred when it tells something of more than this part of what is left."""

_CHOSEN_FROM: Final = 9
"""So many playbooks can be chosen from by a digit without another question."""

NO_QUESTIONS: Final = questions_of({})
"""Where nothing is asked."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """How far the questions have led."""

    answered: tuple[Passed, ...]
    """The questions that are settled, those the clerk answered first, in that order."""

    question: Step | None
    """What to ask next; ``None`` when no question would narrow further."""

    fits: tuple[str, ...]
    """The playbooks that fit every answer, those that more answers speak for first."""

    off: frozenset[str] = frozenset()
    """Questions whose answers are kept, but say nothing since an earlier one was changed."""


def narrowed(
    questions: Playbook,
    playbooks: Mapping[str, Playbook],
    given: Mapping[str, Given],
    facts: Mapping[str, Known],
) -> Narrowed:
    """Narrow the playbooks by what was answered and what is known.

    Args:
        questions: The questions, in the order in which they are preferred.
        playbooks: The playbooks by slug.
        given: The clerk's answers, by the question's name.
        facts: What is known to the ticket, by the fact's name.

    Returns:
        How far they have led; playbooks without ``when`` are found by words only.
    """
    answered = _answered(questions, given, facts)
    told, off = _told(questions, playbooks, answered)
    fits = _fitting(playbooks, told)
    behind = {each.step.id for each in answered}
    asked = _sensible(questions, behind, list(fits.values()))
    question = min(asked, key=lambda step: _left(step, list(fits.values())), default=None)
    order = sorted(fits, key=lambda slug: (-_spoken_for(fits[slug], told), fits[slug].title))
    return Narrowed(answered, question, tuple(order), off)


def as_asked(step: Step) -> Step:
    """A question as it is asked: *don't know* can always be answered.

    Args:
        step: The question as its file has it.

    Returns:
        The same with *none of these*, where its answers have names, and *don't know* last.
    """
    none = (Answer(NONE, ""),) if step.choices() else ()
    answers = (*step.answers, *none, Answer(DONT_KNOW, ""))
    return Step(step.id, step.ask, fact=step.fact, answers=answers)


def question_keys(step: Step) -> dict[str, str]:
    """What each key answers to a question.

    Args:
        step: The question as its file has it.

    Returns:
        The answers by key: letters for yes, no and don't know, 0 for none of these, digits.
    """
    keys: dict[str, str] = {}
    for answer in as_asked(step).answers:
        keys[_KEYS.get(answer.key) or str(len(keys) + 1)] = answer.key
    return keys


def _answered(
    questions: Playbook, given: Mapping[str, Given], facts: Mapping[str, Known]
) -> tuple[Passed, ...]:
    own = [
        Passed(questions, questions.steps[name], each.answer, each.at)
        for name, each in given.items()
        if name in questions.steps and as_asked(questions.steps[name]).answer(each.answer)
    ]
    known = [
        Passed(questions, step, facts[step.fact].value, None, facts[step.fact].source)
        for step in questions.steps.values()
        if step.id not in {each.step.id for each in own}
        and step.fact in facts
        and step.answer(facts[step.fact].value)
    ]
    return (*own, *known)


def _told(
    questions: Playbook, playbooks: Mapping[str, Playbook], answered: Sequence[Passed]
) -> tuple[dict[str, str], frozenset[str]]:
    """What is told, and which answers are off: nobody would ask for them after those before.

    What is known of a fact holds whatever else is answered.
    """
    told = {
        each.step.id: each.answer
        for each in answered
        if each.answer != DONT_KNOW and each.at is None
    }
    behind, off = set(told), set()
    for each in answered:
        name = each.step.id
        if each.answer != DONT_KNOW and name not in told:
            fits = list(_fitting(playbooks, told).values())
            if each.step.fact or each.step in _sensible(questions, behind, fits):
                told[name] = each.answer
            else:
                off.add(name)
        behind.add(name)
    return told, frozenset(off)


def _fitting(playbooks: Mapping[str, Playbook], told: Mapping[str, str]) -> dict[str, Playbook]:
    return {slug: book for slug, book in playbooks.items() if book.when and _fits(book, told)}


def _fits(book: Playbook, told: Mapping[str, str]) -> bool:
    """Whether every answer is one that the playbook names; *none of these* never is."""
    return all(told[name] in fitting for name, fitting in book.when.items() if name in told)


def _spoken_for(book: Playbook, told: Mapping[str, str]) -> int:
    return sum(name in told for name in book.when)


def _sensible(
    questions: Playbook, behind: Collection[str], fits: Sequence[Playbook]
) -> Sequence[Step]:
    """The questions that could come next: those that tell something of most playbooks left.

    Questions about something else are asked only when too many are left to choose from.
    """
    open_ones = [step for name, step in questions.steps.items() if name not in behind]
    telling = [step for step in open_ones if _left(step, fits) < len(fits)]
    of_most = [step for step in telling if _spoken_of(step, fits) > len(fits) * _ENOUGH]
    return of_most or (telling if len(fits) > _CHOSEN_FROM else [])


def _spoken_of(step: Step, fits: Sequence[Playbook]) -> int:
    return sum(step.id in book.when for book in fits)


def _left(step: Step, fits: Sequence[Playbook]) -> float:
    """How many playbooks an answer leaves, each playbook's own answers being equally likely."""
    every = tuple(answer.key for answer in step.answers)
    left = 0.0
    for answer in every:
        fitting = [book for book in fits if answer in book.when.get(step.id, every)]
        likely = sum(1 / len(book.when.get(step.id, every)) for book in fitting)
        left += likely * len(fitting)
    return round(left / (len(fits) or 1), 6)  # so that thirds add up to one
