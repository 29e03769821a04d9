"""The part of the linter that runs whenever a file is read: what no call may be led by.

A name that leads nowhere, a variable that nobody fills in, a card number in a text: a playbook
with one of these is as broken as one that is no YAML, and never replaces a good one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from helpdesk.domain.playbook import DONT_KNOW, NO, YES, Answer, FactKind, Step
from helpdesk.located_yaml import Document, Path
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.reading import Passage, RawPlaybook, RawStep
from helpdesk.playbooks.templates import unknown_variables

_SECRETS: Final = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\b(?:\d[ -]?){13,16}\b")


def check_led(reading: Reading, raw: RawPlaybook) -> None:
    """Check what a call is led by that a playbook begins.

    Args:
        reading: What the playbook may name.
        raw: The playbook; its file gets the faults of what stands in it.
    """
    for place, text in enumerate(raw.playbook.never):
        check_variables(raw.document, ("never", place), text)
    _check_own(reading, raw.document, raw.steps.values())


def check_passages(reading: Reading, document: Document, passages: Iterable[Passage]) -> None:
    """Check what a call is led by that comes to a shared passage.

    Args:
        reading: What the passages may name.
        document: The file of the passages; gets the faults of what stands in it.
        passages: The passages.
    """
    for passage in passages:
        _check_own(reading, document, passage.steps.values())


def check_variables(document: Document, path: Path, text: str) -> None:
    """Check that a text holds no variable that there is not.

    Args:
        document: The file; gets the faults.
        path: Where the text stands.
        text: The text.
    """
    for name in unknown_variables(text):
        document.fault(path, f"there is no variable <{name}>.")


def _check_own(reading: Reading, document: Document, steps: Iterable[RawStep]) -> None:
    """Check those steps that stand in a file; the others are checked with theirs."""
    for raw in steps:
        if raw.document is document:
            _check_step(reading, raw.step, raw)


def _check_step(reading: Reading, step: Step, origin: RawStep) -> None:
    library, document, path = reading.library, origin.document, origin.path
    _check_texts(step, origin)
    for place, kind in enumerate(step.actions):
        if kind not in library.actions:
            document.fault((*path, "actions", place), f"there is no action “{kind}”.")
    for at, slug in _named(step):
        if not reading.knows(slug):
            document.fault((*path, *at), f"there is no playbook “{slug}”.")
    if step.refer and step.refer not in library.referrals:
        known = ", ".join(library.referrals)
        document.fault((*path, "refer"), f"there is no reason “{step.refer}”; there are: {known}.")
    if step.fact:
        _check_fact(library.facts.get(step.fact), step, origin)
    if len(step.choices()) > len("123456789"):
        document.fault((*path, "answers"), "more than nine named answers: there are nine digits.")


def _named(step: Step) -> Iterator[tuple[Path, str]]:
    """The playbooks that a step names, each with its place in the step."""
    yield from ((("see", place), slug) for place, slug in enumerate(step.see))
    if step.hand_over:
        yield ("hand-over",), step.hand_over


def _check_texts(step: Step, origin: RawStep) -> None:
    for key in ("ask", "say", "do", "why"):
        text, path = getattr(step, key), (*origin.path, key)
        if not text:
            continue
        check_variables(origin.document, path, text)
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
