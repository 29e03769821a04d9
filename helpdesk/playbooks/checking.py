"""The linter: what is wrong with the playbooks of a desk, all at once, each at its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from helpdesk.domain.courts import SETTINGS
from helpdesk.domain.playbook import DONT_KNOW, NO, YES, Answer, FactKind, Playbook, Step
from helpdesk.errors import Fault
from helpdesk.located_yaml import Path
from helpdesk.playbooks.library import Library, Reading
from helpdesk.playbooks.reading import RawStep
from helpdesk.playbooks.templates import unknown_variables

_CODE: Final = re.compile(r"[a-z]{2,3}\Z")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_SECRETS: Final = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\b(?:\d[ -]?){13,16}\b")


def check(reading: Reading, items: Collection[str] = ()) -> tuple[Fault, ...]:
    """Check every playbook and what they refer to.

    Args:
        reading: The library as it was read; the faults found are added to its files.
        items: Items of the seed documents that ``covers`` may name; empty for any.

    Returns:
        Every fault, by file and line; none when all is well.
    """
    _check_codes(reading)
    for slug in reading.raw:
        _check_top(reading, slug, items)
        _check_walk(reading, slug)
        for step, origin in reading.origins[slug].items():
            _check_step(reading.library, reading.library.playbooks[slug].steps[step], origin)
    _check_facts(reading)
    return reading.faults()


def overdue(library: Library, today: date) -> Iterator[Playbook]:
    """Find the playbooks whose facts should be read again.

    Args:
        library: The library.
        today: The date.

    Yields:
        Each playbook whose ``review`` day is past.
    """
    for playbook in library.playbooks.values():
        if playbook.review and playbook.review < today.isoformat():
            yield playbook


def _check_codes(reading: Reading) -> None:
    taken: dict[str, str] = {}
    for slug, raw in reading.raw.items():
        for place, code in enumerate(raw.playbook.codes):
            at: Path = ("codes", place)
            if not _CODE.match(code):
                raw.document.fault(at, f"the code “{code}” must be two or three small letters.")
            first = taken.setdefault(code, slug)
            if first != slug:
                raw.document.fault(at, f"the code “{code}” is taken by “{first}”: choose another.")


def _check_top(reading: Reading, slug: str, items: Collection[str]) -> None:
    raw = reading.raw[slug]
    document, playbook = raw.document, raw.playbook
    if not _SLUG.match(slug):
        document.fault((), f"the file's name “{slug}” must be small words joined by hyphens.")
    if not playbook.codes:
        document.fault(("codes",), "a playbook needs at least one code.")
    if playbook.start and playbook.start not in raw.steps:
        document.fault(("start",), f"there is no step “{playbook.start}”.")
    for place, item in enumerate(playbook.covers):
        if items and item not in items:
            document.fault(("covers", place), f"there is no seed item “{item}”.")
    if playbook.review:
        try:
            date.fromisoformat(playbook.review)
        except ValueError:
            message = f"“{playbook.review}” is not a date: write it like 2027-05-01."
            document.fault(("review",), message)
    for place, text in enumerate(playbook.never):
        for name in unknown_variables(text):
            document.fault(("never", place), f"there is no variable <{name}>.")


def _check_walk(reading: Reading, slug: str) -> None:
    """Every exit leads to a step, and every step can be reached."""
    playbook, origins = reading.library.playbooks[slug], reading.origins[slug]
    for step, origin in origins.items():
        for target in playbook.steps[step].exits():
            if target not in playbook.steps:
                origin.document.fault(origin.path, f"there is no step “{target}” to lead to.")
    reached: set[str] = set()
    ahead = [playbook.start]
    while ahead:
        step = ahead.pop()
        if step in playbook.steps and step not in reached:
            reached.add(step)
            ahead.extend(playbook.steps[step].exits())
    for step in playbook.steps.keys() - reached:
        origin = origins[step]
        origin.document.fault(origin.path, f"nothing leads to the step “{origin.step.id}”.")


def _check_step(library: Library, step: Step, origin: RawStep) -> None:
    document, path = origin.document, origin.path
    for key in ("ask", "say", "do", "why"):
        text = getattr(step, key)
        for name in unknown_variables(text):
            document.fault((*path, key), f"there is no variable <{name}>.")
        if _SECRETS.search(text):
            document.fault((*path, key), "this looks like a card or social security number.")
    for place, kind in enumerate(step.actions):
        if kind not in library.actions:
            document.fault((*path, "actions", place), f"there is no action “{kind}”.")
    for place, slug in enumerate(step.see):
        if slug not in library.playbooks:
            document.fault((*path, "see", place), f"there is no playbook “{slug}”.")
    if step.refer and step.refer not in library.referrals:
        known = ", ".join(library.referrals)
        document.fault((*path, "refer"), f"there is no reason “{step.refer}”; there are: {known}.")
    if step.fact:
        _check_fact(library.facts.get(step.fact), step, origin)
    if len(step.choices()) > len("123456789"):
        document.fault((*path, "answers"), "more than nine named answers: there are nine digits.")


def _check_fact(fact: FactKind | None, step: Step, origin: RawStep) -> None:
    document, path = origin.document, origin.path
    if fact is None:
        document.fault((*path, "fact"), f"there is no fact “{step.fact}” in facts.yaml.")
        return
    for answer in step.answers:
        if not _fits(fact, answer):
            known = ", ".join((*fact.choices, DONT_KNOW))
            message = f"the fact “{fact.name}” is one of: {known}."
            document.fault((*path, "answers", answer.key), message)
    if fact.known_from:
        offered = {answer.key for answer in step.answers}
        for needed in {YES, NO, DONT_KNOW} - offered:
            message = f"the desk answers this by itself: it must lead somewhere on “{needed}” too."
            if needed != DONT_KNOW or fact.known_from.startswith("setting."):
                document.fault((*path, "answers"), message)


def _fits(fact: FactKind, answer: Answer) -> bool:
    return answer.key in (*fact.choices, DONT_KNOW)


def _check_facts(reading: Reading) -> None:
    known = {"court.live", *(f"setting.{name}" for name in SETTINGS)}
    declared = next(
        (doc for doc in reversed(reading.documents) if doc.name.endswith("facts.yaml")), None
    )
    if declared is None:
        return
    for fact in reading.library.facts.values():
        if fact.known_from and fact.known_from not in known:
            message = f"the desk knows no “{fact.known_from}”; it knows: {', '.join(sorted(known))}."
            declared.fault((fact.name, "from"), message)
    for text, times in Counter(fact.text for fact in reading.library.facts.values()).items():
        if times > 1:
            declared.fault((), f"two facts say “{text}”: join them into one.")
