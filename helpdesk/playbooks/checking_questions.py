"""The linter's part about ``questions.yaml``, and about the ``when`` of playbooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from helpdesk.domain.playbook import DONT_KNOW, FactKind, Step
from helpdesk.domain.questions import NONE
from helpdesk.located_yaml import Document
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.questions import QUESTIONS
from helpdesk.playbooks.reading import RawPlaybook

_DIGITS: Final = "123456789"
_LEAST: Final = 2


def check_questions(reading: Reading) -> None:
    """Check the questions, and that playbooks name none but those there are.

    Args:
        reading: The library as it was read; the faults found are added to its files.
    """
    asked = reading.library.questions.steps
    used = {name for raw in reading.raw.values() for name in raw.playbook.when}
    for name, question in asked.items():
        document = _document(reading, name)
        if document is None:
            continue
        if name not in used:
            document.fault((name,), "no playbook says under “when” which answers it fits.")
        _check_question(document, question, reading.library.facts.get(question.fact))
    for raw in reading.raw.values():
        _check_when(raw, asked)


def _check_question(document: Document, question: Step, fact: FactKind | None) -> None:
    keys = tuple(answer.key for answer in question.answers)
    if len(set(keys)) < _LEAST or len(set(keys)) < len(keys):
        document.fault((question.id, "answers"), "a question needs two different answers or more.")
    if len(question.choices()) > len(_DIGITS):
        message = "more than nine named answers: there are nine digits."
        document.fault((question.id, "answers"), message)
    for always in {DONT_KNOW, NONE} & set(keys):
        message = f"“{always}” can always be answered: leave it out."
        document.fault((question.id, "answers", keys.index(always)), message)
    if question.fact and fact is None:
        message = f"there is no fact “{question.fact}” in facts.yaml."
        document.fault((question.id, "fact"), message)
    if fact and not set(keys) & set(fact.choices):
        message = f"no answer is a value of “{fact.name}”: {', '.join(fact.choices)}."
        document.fault((question.id, "fact"), message)


def _check_when(raw: RawPlaybook, questions: Mapping[str, Step]) -> None:
    for name, fitting in raw.playbook.when.items():
        question = questions.get(name)
        if question is None:
            known = ", ".join(questions) or "none"
            message = f"there is no question “{name}”; there are: {known}."
            raw.document.fault(("when", name), message)
            continue
        if not fitting:
            message = f"“{name}” has no answer: name one or leave it out."
            raw.document.fault(("when", name), message)
        keys = tuple(answer.key for answer in question.answers)
        for place, answer in enumerate(fitting):
            if answer not in keys:
                message = f"“{answer}” is no answer to “{name}”; there are: {', '.join(keys)}."
                raw.document.fault(("when", name, place), message)


def _document(reading: Reading, name: str) -> Document | None:
    """The file a question comes from: the last that has it."""
    for document in reversed(reading.documents):
        is_it = PurePath(document.name).name == QUESTIONS
        if is_it and name in document.mapping((), optional=None):
            return document
    return None
