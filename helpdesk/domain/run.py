"""A run: one walk through a playbook, made of what was answered and what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, FactKind, Playbook, Step


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that the clerk gave."""

    answer: str
    """The answer's key."""

    at: int
    """When, in seconds UTC."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that is known to the whole ticket."""

    value: str
    """``yes``, ``no`` or a named choice."""

    source: str
    """Who knows it: ``desk`` (dates and settings) or ``ticket`` (an answer given before)."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that is behind."""

    step: Step
    """The step."""

    answer: str
    """What was answered; ``done`` for a step without a question."""

    at: int | None = None
    """When the clerk answered; ``None`` for what the desk answered by itself."""

    source: str = "clerk"
    """``clerk``, ``desk`` or ``ticket``."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where a call stands in its playbook."""

    playbook: Playbook
    """The playbook, as it was when the run began."""

    passed: tuple[Passed, ...] = ()
    """The steps behind, in order."""

    current: Step | None = None
    """The step to be answered; ``None`` when the end was reached."""

    off_path: tuple[str, ...] = ()
    """Steps answered before that are no longer on the way."""

    @property
    def last(self) -> Step | None:
        """The current step, or the one that ended the run."""
        if self.current:
            return self.current
        return self.passed[-1].step if self.passed else None

    @property
    def length(self) -> int:
        """How many steps the walk has if every coming question takes its first answer."""
        return len(self.passed) + len(coming(self.playbook, self.current))


def walk(playbook: Playbook, given: Mapping[str, Given], facts: Mapping[str, Known]) -> Run:
    """Walk as far as the answers and the known facts lead.

    An answer that the clerk gave to the step itself counts before any fact.

    Args:
        playbook: The playbook.
        given: The clerk's answers, by step id.
        facts: What is known, by the fact's name.

    Returns:
        Where the call stands.
    """
    passed: list[Passed] = []
    seen: set[str] = set()
    step = playbook.steps.get(playbook.start)
    while step is not None and step.id not in seen:
        seen.add(step.id)
        behind = _answered(step, given, facts)
        if behind is None:
            break
        passed.append(behind)
        step = playbook.steps.get(_leads_to(step, behind.answer))
    off = tuple(each for each in given if each not in seen)
    return Run(playbook, tuple(passed), step, off)


def coming(playbook: Playbook, step: Step | None) -> tuple[Step, ...]:
    """The steps ahead if every question takes its first answer.

    Args:
        playbook: The playbook.
        step: Where to begin; part of the answer.

    Returns:
        The steps; none without a beginning.
    """
    ahead: list[Step] = []
    while step is not None and step not in ahead:
        ahead.append(step)
        exits = step.exits()
        step = playbook.steps.get(exits[0]) if exits else None
    return tuple(ahead)


def desk_facts(
    facts: Mapping[str, FactKind], live: bool | None, settings: Mapping[str, str]
) -> dict[str, Known]:
    """What the desk knows by itself.

    Args:
        facts: The declared facts.
        live: Whether the court is on NextGen today; ``None`` without a court.
        settings: The court's settings, ``yes`` or ``no``.

    Returns:
        The facts whose value is known, by name.
    """
    values = {f"setting.{name}": value for name, value in settings.items()}
    if live is not None:
        values["court.live"] = YES if live else NO
    return {
        fact.name: Known(values[fact.known_from], "desk")
        for fact in facts.values()
        if fact.known_from in values
    }


def _answered(step: Step, given: Mapping[str, Given], facts: Mapping[str, Known]) -> Passed | None:
    own = given.get(step.id)
    if own is not None and (own.answer == DONE or step.answer(own.answer)):
        return Passed(step, own.answer, own.at)
    known = None if step.again else facts.get(step.fact)
    if known is None or known.value == DONT_KNOW:
        return None
    answer = step.fact_value(known.value)  # an inverted question inverts the value back
    if step.answer(answer) is None:
        return None
    return Passed(step, answer, None, known.source)


def _leads_to(step: Step, answer: str) -> str:
    found = step.answer(answer)
    return found.leads_to if found else step.next
