"""The linter's part about where steps lead: every way ends, and every answer has its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Final, TypeAlias

from helpdesk.domain.playbook import DONT_KNOW, NO, YES, Step
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.overriding import PASSAGES
from helpdesk.playbooks.reading import RawStep, read_passage

_MEANT: Final = {
    "yes": YES, "y": YES, "true": YES, "no": NO, "n": NO, "false": NO,
    "dont-know": DONT_KNOW, "dont know": DONT_KNOW, "don't know": DONT_KNOW,
}  # fmt: skip
"""How the three plain answers are written by who does not know how they are written here."""

_Walk: TypeAlias = tuple[Mapping[str, Step], Mapping[str, RawStep]]


def check_ways(reading: Reading) -> None:
    """Check that every step leads on in one way, and that every way comes to an end.

    Args:
        reading: The library as it was read; the faults found are added to its files.
    """
    for steps, origins in (*_walks(reading), *_passages(reading)):
        for step, origin in origins.items():
            _check_end(steps[step], origin)
            _check_answers(reading, steps[step], origin)
        _check_loops(steps, origins)


def _walks(reading: Reading) -> Iterator[_Walk]:
    for slug in reading.raw:
        yield reading.library.playbooks[slug].steps, reading.origins[slug]
    for (court, slug), origins in reading.court_origins.items():
        yield reading.library.at_courts[court][slug].steps, origins


def _passages(reading: Reading) -> Iterator[_Walk]:
    """The shared passages by themselves: perhaps nothing includes them yet."""
    for document in reading.documents:
        if PurePath(document.name).name == PASSAGES:
            for name in document.mapping((), optional=None):
                if document.value((name, "start")) is not None:
                    raws = read_passage(document, name).steps
                    yield {step: raw.step for step, raw in raws.items()}, raws


def _check_end(step: Step, origin: RawStep) -> None:
    if step.outcome and step.exits():
        leads = "answers" if step.answers else "next"
        message = f"a step with “{leads}” leads on: give “outcome” to the step that ends."
        origin.document.fault((*origin.path, "outcome"), message)


def _check_answers(reading: Reading, step: Step, origin: RawStep) -> None:
    path = (*origin.path, "answers")
    keys = [answer.key for answer in step.answers]
    for key in keys:
        meant = _MEANT.get(key.casefold().replace("’", "'"), key)
        if meant != key and not step.fact:
            message = f"“{key}” is no answer on a key of its own: write it {meant}."
            origin.document.fault((*path, key), message)
    fact = reading.library.facts.get(step.fact)
    if fact and fact.known_from:
        return  # that it leads on whatever the desk knows is checked with the fact
    if not step.choices() and (YES in keys) != (NO in keys):
        other = NO if YES in keys else YES
        origin.document.fault(path, f"a caller may say “{other}” too: add where that leads.")


def _check_loops(steps: Mapping[str, Step], origins: Mapping[str, RawStep]) -> None:
    """Whoever is in a loop without a way out would be led round for ever."""
    told: set[str] = set()
    ending = _ending(steps)
    for step, origin in origins.items():
        if step in ending or step in told:
            continue
        ahead = _ahead(step, steps)
        if step in ahead:
            told |= ahead
            names = ", ".join(raw.step.id for each, raw in origins.items() if each in ahead)
            message = f"no end is ever reached from here ({names}): lead one of them to an end."
            origin.document.fault(origin.path, message)


def _ending(steps: Mapping[str, Step]) -> set[str]:
    """The steps from which an end can be reached; what is not there has a fault already."""
    led_from: dict[str, list[str]] = {}
    ends = []
    for name, step in steps.items():
        for target in step.exits():
            led_from.setdefault(target, []).append(name)
        if step.outcome or not step.exits() or set(step.exits()) - steps.keys():
            ends.append(name)
    found: set[str] = set()
    while ends:
        name = ends.pop()
        if name not in found:
            found.add(name)
            ends.extend(led_from.get(name, ()))
    return found


def _ahead(step: str, steps: Mapping[str, Step]) -> set[str]:
    """The steps that can follow one."""
    found: set[str] = set()
    ahead = [*steps[step].exits()]
    while ahead:
        name = ahead.pop()
        if name in steps and name not in found:
            found.add(name)
            ahead.extend(steps[name].exits())
    return found
