"""The linter: what is wrong with the playbooks of a desk, all at once, each at its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Final

from helpdesk.domain.courts import SETTINGS
from helpdesk.domain.playbook import DONT_KNOW, NO, YES, Answer, FactKind, Playbook, Step
from helpdesk.errors import Fault
from helpdesk.located_yaml import Document, Path
from helpdesk.playbooks.checking_questions import check_questions
from helpdesk.playbooks.library import Library
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.reading import RawStep
from helpdesk.playbooks.templates import unknown_variables
from helpdesk.playbooks.waits import fault_of_wait

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
        _check_steps(reading, reading.library.playbooks[slug], reading.origins[slug])
    for (court, slug), origins in reading.court_origins.items():
        _check_steps(reading, reading.library.at_courts[court][slug], origins)
    check_questions(reading)
    _check_facts(reading)
    _check_told(reading)
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
            if first != slug or raw.playbook.codes.index(code) < place:
                raw.document.fault(at, f"the code “{code}” is taken by “{first}”: choose another.")


def _check_top(reading: Reading, slug: str, items: Collection[str]) -> None:
    raw = reading.raw[slug]
    document, playbook = raw.document, raw.playbook
    if not _SLUG.match(slug):
        document.fault((), f"the file's name “{slug}” must be small words joined by hyphens.")
    if not playbook.codes:
        document.fault(("codes",), "a playbook needs at least one code.")
    for place, item in enumerate(playbook.covers):
        if items and item not in items:
            document.fault(("covers", place), f"there is no seed item “{item}”.")
    if playbook.review:
        _check_review(document, playbook.review)
    for place, text in enumerate(playbook.never):
        _check_variables(document, ("never", place), text)


def _check_review(document: Document, review: str) -> None:
    try:
        written = date.fromisoformat(review).isoformat()
    except ValueError:
        written = ""
    if written != review:
        document.fault(("review",), f"“{review}” is not a date: write it like 2027-05-01.")


def _check_variables(document: Document, path: Path, text: str) -> None:
    for name in unknown_variables(text):
        document.fault(path, f"there is no variable <{name}>.")


def _check_steps(reading: Reading, playbook: Playbook, origins: Mapping[str, RawStep]) -> None:
    for step, origin in origins.items():
        _check_step(reading, playbook.steps[step], origin)
        _check_hand_over(reading, playbook, playbook.steps[step], origin)
        if message := fault_of_wait(playbook, playbook.steps[step]):
            origin.document.fault((*origin.path, "wait", "from"), message)


def _check_hand_over(reading: Reading, book: Playbook, step: Step, origin: RawStep) -> None:
    path: Path = (*origin.path, "hand-over")
    if step.hand_over and not reading.knows(step.hand_over):
        origin.document.fault(path, f"there is no playbook “{step.hand_over}”.")
    if step.hand_over == book.slug:
        message = "a playbook cannot hand over to itself: lead to one of its steps."
        origin.document.fault(path, message)


def _check_step(reading: Reading, step: Step, origin: RawStep) -> None:
    library, document, path = reading.library, origin.document, origin.path
    _check_texts(step, origin)
    for place, kind in enumerate(step.actions):
        if kind not in library.actions:
            document.fault((*path, "actions", place), f"there is no action “{kind}”.")
    for place, slug in enumerate(step.see):
        if not reading.knows(slug):
            document.fault((*path, "see", place), f"there is no playbook “{slug}”.")
    if step.refer and step.refer not in library.referrals:
        known = ", ".join(library.referrals)
        document.fault((*path, "refer"), f"there is no reason “{step.refer}”; there are: {known}.")
    if step.fact:
        _check_fact(library.facts.get(step.fact), step, origin)
    if len(step.choices()) > len("123456789"):
        document.fault((*path, "answers"), "more than nine named answers: there are nine digits.")


def _check_texts(step: Step, origin: RawStep) -> None:
    for key in ("ask", "say", "do", "why"):
        text, path = getattr(step, key), (*origin.path, key)
        _check_variables(origin.document, path, text)
        if _SECRETS.search(text):
            origin.document.fault(path, "this looks like a card or social security number.")


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
    said: dict[str, str] = {}
    for fact in reading.library.facts.values():
        document = _declared(reading, "facts.yaml", fact.name)
        if fact.known_from and fact.known_from not in known:
            there = ", ".join(sorted(known))
            message = f"the desk knows no “{fact.known_from}”; it knows: {there}."
            document.fault((fact.name, "from"), message)
        first = said.setdefault(fact.text, fact.name)
        if first != fact.name:
            document.fault((fact.name, "text"), f"“{first}” says the same: join them into one.")


def _check_told(reading: Reading) -> None:
    """The texts of referrals and actions are said to callers too."""
    for reason in reading.library.referrals.values():
        document = _declared(reading, "referrals.yaml", reason.name)
        _check_variables(document, (reason.name, "to"), reason.to)
        _check_variables(document, (reason.name, "first"), reason.first)
    for kind in reading.library.actions.values():
        document = _declared(reading, "actions.yaml", kind.name)
        _check_variables(document, (kind.name, "told"), kind.told)


def _declared(reading: Reading, file: str, name: str) -> Document:
    """The file a fact, a referral or an action comes from: the last that has it."""
    return next(
        document
        for document in reversed(reading.documents)
        if PurePath(document.name).name == file and name in document.mapping((), optional=None)
    )
