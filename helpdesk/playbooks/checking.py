"""The linter: what is wrong with the playbooks of a desk, all at once, each at its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Final

from helpdesk.domain.courts import SETTINGS
from helpdesk.domain.playbook import Playbook
from helpdesk.errors import Fault
from helpdesk.located_yaml import Document, Path
from helpdesk.playbooks.checking_questions import check_questions
from helpdesk.playbooks.checking_steps import check_variables
from helpdesk.playbooks.checking_ways import check_ways
from helpdesk.playbooks.library import Library
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.reading import RawStep
from helpdesk.playbooks.waits import fault_of_wait
from helpdesk.resources import shipped

_CODE: Final = re.compile(r"[a-z]{2,3}\Z")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


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
        _check_walk(reading.library.playbooks[slug], reading.origins[slug])
    for (court, slug), origins in reading.court_origins.items():
        _check_walk(reading.library.at_courts[court][slug], origins)
    check_ways(reading)
    _check_phrases(reading)
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


def _check_phrases(reading: Reading) -> None:
    """What is said twice tells two playbooks not apart; a shipped one keeps its phrases."""
    ours, taken = shipped("playbooks"), dict[str, str]()
    documents = {slug: PurePath(raw.document.name) for slug, raw in reading.raw.items()}
    for slug in sorted(documents, key=lambda each: not documents[each].is_relative_to(ours)):
        own, document = set[str](), reading.raw[slug].document
        for place, phrase in enumerate(reading.raw[slug].playbook.phrases):
            said = phrase.casefold()
            first = taken.setdefault(said, slug)
            if first != slug:
                message = f"“{phrase}” is a phrase of “{first}” too: leave it to one of the two."
                document.fault(("phrases", place), message)
            elif said in own:
                document.fault(("phrases", place), f"“{phrase}” is here twice: remove one.")
            own.add(said)


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


def _check_review(document: Document, review: str) -> None:
    try:
        written = date.fromisoformat(review).isoformat()
    except ValueError:
        written = ""
    if written != review:
        document.fault(("review",), f"“{review}” is not a date: write it like 2027-05-01.")


def _check_walk(playbook: Playbook, origins: Mapping[str, RawStep]) -> None:
    """What can be said of a step only in the playbook that it stands in, passages put in."""
    for step, origin in origins.items():
        if playbook.steps[step].hand_over == playbook.slug:
            message = "a playbook cannot hand over to itself: lead to one of its steps."
            origin.document.fault((*origin.path, "hand-over"), message)
        if message := fault_of_wait(playbook, playbook.steps[step]):
            origin.document.fault((*origin.path, "wait", "from"), message)


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
        check_variables(document, (reason.name, "to"), reason.to)
        check_variables(document, (reason.name, "first"), reason.first)
    for kind in reading.library.actions.values():
        document = _declared(reading, "actions.yaml", kind.name)
        check_variables(document, (kind.name, "told"), kind.told)


def _declared(reading: Reading, file: str, name: str) -> Document:
    """The file a fact, a referral or an action comes from: the last that has it."""
    return next(
        document
        for document in reversed(reading.documents)
        if PurePath(document.name).name == file and name in document.mapping((), optional=None)
    )
