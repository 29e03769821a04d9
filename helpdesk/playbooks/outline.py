"""A playbook as a tree to read: the main line at the margin, the other answers indented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.domain.playbook import Playbook, Step
from helpdesk.domain.run import coming


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line of the tree."""

    depth: int
    """How far it is indented: 0 on the main line."""

    label: str
    """What kind of line: ``step``, ``ask``, ``say``, ``do``, ``why``, ``answer`` or ``note``."""

    text: str
    """What it says, variables not put in yet."""


def outline(playbook: Playbook) -> tuple[OutlineLine, ...]:
    """Lay a playbook out as a tree.

    Args:
        playbook: The playbook.

    Returns:
        Every step once; an answer that leads to a step shown elsewhere names it.
    """
    shown: set[str] = set()
    return tuple(_branch(playbook, playbook.start, 0, shown))


def _branch(playbook: Playbook, start: str, depth: int, shown: set[str]) -> Iterator[OutlineLine]:
    line = []
    for step in coming(playbook, playbook.steps.get(start)):
        if step.id in shown:
            break
        line.append(step)
        shown.add(step.id)
    for step in line:
        yield from _step(step, depth)
        for place, answer in enumerate(step.answers):
            first_of = f"{answer.key} > {answer.leads_to}"
            yield OutlineLine(depth, "answer", first_of)
            if place and answer.leads_to not in shown:
                yield from _branch(playbook, answer.leads_to, depth + 1, shown)


def _step(step: Step, depth: int) -> Iterator[OutlineLine]:
    yield OutlineLine(depth, "step", step.id)
    for label in ("say", "do", "ask", "why"):
        if text := getattr(step, label):
            yield OutlineLine(depth, label, text)
    for text in _notes(step):
        yield OutlineLine(depth, "note", text)


def _notes(step: Step) -> Iterator[str]:
    if step.fact:
        yield f"fact: {'not ' * step.inverted}{step.fact}{' (asked again)' * step.again}"
    if step.actions:
        yield f"record: {', '.join(step.actions)}"
    if step.see:
        yield f"see: {', '.join(step.see)}"
    if step.hand_over:
        yield f"goes on in: {step.hand_over}"
    if step.wait_days:
        since = step.wait_from or "today"
        yield f"waits: {step.wait_days} business days from: {since}"
    if step.next:
        yield f"then > {step.next}"
    if step.outcome:
        yield f"ends: {step.outcome}{f' ({step.refer})' if step.refer else ''}"
