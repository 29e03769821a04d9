"""The way that a past call took through its playbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from helpdesk.domain.playbook import DONE, Playbook
from helpdesk.domain.run import Given, Known, StepKey
from helpdesk.domain.walk import walk


class Taken(NamedTuple):
    """One answer on the way through a playbook."""

    step: str
    """The step's id."""

    answer: str
    """The answer's key; ``done`` for a step that was read out or done."""

    fact: str = ""
    """The fact that it settles, or empty."""

    value: str = ""
    """What it says about the fact."""


def path_taken(
    playbook: Playbook, answers: Iterable[tuple[str, str]], facts: Mapping[str, Known]
) -> tuple[Taken, ...]:
    """The way through a playbook: the answers, and what was read out between them.

    Args:
        playbook: The playbook.
        answers: Step and answer of what was answered, in order.
        facts: What the desk knows by itself.

    Returns:
        The answers in order; before each, every step without a question that leads to it.
    """
    given: dict[StepKey, Given] = {}
    taken: list[Taken] = []
    for step_id, answer in answers:
        for silent in _read_out_before(playbook, given, facts, step_id):
            given[playbook.slug, silent] = Given(DONE, 0)
            taken.append(Taken(silent, DONE))
        step = playbook.steps[step_id]
        value = step.fact_value(answer) if step.fact else ""
        given[playbook.slug, step_id] = Given(answer, 0)
        taken.append(Taken(step_id, answer, step.fact, value))
    return tuple(taken)


def _read_out_before(
    playbook: Playbook, given: Mapping[StepKey, Given], known: Mapping[str, Known], step_id: str
) -> list[str]:
    """The steps without a question on the way to a step; none when it is not on the way."""
    tried, silent = dict(given), []
    current = walk(playbook, tried, known).current
    while current and current.id != step_id and not current.answers:
        key = (playbook.slug, current.id)
        if key in tried:
            break
        silent.append(current.id)
        tried[key] = Given(DONE, 0)
        current = walk(playbook, tried, known).current
    return silent if current and current.id == step_id else []
