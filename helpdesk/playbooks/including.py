"""Puts shared passages into the playbooks that include them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from helpdesk.domain.playbook import Answer, Playbook, Step
from helpdesk.playbooks.reading import RETURN, Passage, RawPlaybook, RawStep


def resolve(
    raw: RawPlaybook, passages: Mapping[str, Passage]
) -> tuple[Playbook, dict[str, RawStep]]:
    """Make the playbook that a clerk walks: every passage in its place.

    A step ``check`` that includes a passage becomes the passage's steps ``check.ID``; what
    led to it leads to the passage's start, and the passage's ``return`` to its ``next``.

    Args:
        raw: The playbook as it stands in its file; gets a fault for a passage that is
            missing or includes itself.
        passages: The shared passages by name.

    Returns:
        The playbook, and for each of its steps the place it comes from.
    """
    entries = _entries(raw.steps, passages, "")
    steps: dict[str, Step] = {}
    origins: dict[str, RawStep] = {}
    for step, origin in _expanded(raw.steps, passages, "", "", ()):
        led = _led(step, entries)
        steps[led.id], origins[led.id] = led, origin
    start = entries.get(raw.playbook.start, raw.playbook.start)
    return replace(raw.playbook, start=start, steps=steps), origins


def _expanded(
    steps: Mapping[str, RawStep],
    passages: Mapping[str, Passage],
    prefix: str,
    back: str,
    inside: tuple[str, ...],
) -> Iterator[tuple[Step, RawStep]]:
    for raw in steps.values():
        step = _prefixed(raw.step, prefix, back)
        if not raw.include or _is_faulty(raw, passages, inside):
            yield step, raw
        else:
            passage = passages[raw.include]
            inner = (*inside, raw.include)
            yield from _expanded(passage.steps, passages, f"{step.id}.", step.next, inner)


def _is_faulty(raw: RawStep, passages: Mapping[str, Passage], inside: tuple[str, ...]) -> bool:
    """Whether the passage cannot be put in; the step then stays, so that the walk goes on."""
    document, path = raw.document, raw.path
    if raw.include in inside:
        circle = " > ".join((*inside, raw.include))
        message = f"passages include each other in a circle: {circle}."
        document.fault((*path, "include"), message)
        return True
    if raw.include not in passages:
        known = ", ".join(sorted(passages)) or "none"
        message = f"there is no passage “{raw.include}”; there are: {known}."
        document.fault((*path, "include"), message)
        return True
    returns = any(RETURN in each.step.exits() for each in passages[raw.include].steps.values())
    if returns and not raw.step.next:
        document.fault(path, f"the passage “{raw.include}” comes back: add “next”.")
    return False


def _entries(
    steps: Mapping[str, RawStep],
    passages: Mapping[str, Passage],
    prefix: str,
    inside: tuple[str, ...] = (),
) -> dict[str, str]:
    """Where a step that includes a passage really begins, by the step's id."""
    entries: dict[str, str] = {}
    for raw in steps.values():
        if not raw.include or raw.include not in passages or raw.include in inside:
            continue
        own, passage = prefix + raw.step.id, passages[raw.include]
        inner = _entries(passage.steps, passages, f"{own}.", (*inside, raw.include))
        entries |= inner
        first = f"{own}.{passage.start}"
        entries[own] = inner.get(first, first)
    return entries


def _prefixed(step: Step, prefix: str, back: str) -> Step:
    def full(target: str) -> str:
        if not target or not prefix:
            return target
        return back if target == RETURN else prefix + target

    return replace(
        step,
        id=prefix + step.id,
        answers=tuple(Answer(each.key, full(each.leads_to)) for each in step.answers),
        next=full(step.next),
    )


def _led(step: Step, entries: Mapping[str, str]) -> Step:
    return replace(
        step,
        answers=tuple(
            Answer(each.key, entries.get(each.leads_to, each.leads_to)) for each in step.answers
        ),
        next=entries.get(step.next, step.next),
    )
