"""Reads ``questions.yaml``: what is asked when the clerk has no idea which playbook fits."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.playbook import Answer, Step
from helpdesk.located_yaml import Document, load
from helpdesk.playbooks.reading import LONGEST_SAY

QUESTIONS: Final = "questions.yaml"
"""The file's name in a playbooks folder."""


def read_questions(text: str, name: str) -> tuple[dict[str, Step], Document]:
    """Read ``questions.yaml``.

    Args:
        text: The YAML.
        name: The file's name for messages.

    Returns:
        The questions by name, in the order of the file; and the file with its faults.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    document = load(text, name)
    questions = {}
    for question in document.mapping((), optional=None):
        document.mapping((question,), ("ask", "answers"), ("fact",))
        answers = document.texts((question, "answers"))
        questions[question] = Step(
            id=question,
            ask=document.text((question, "ask"), LONGEST_SAY),
            fact=document.text((question, "fact")),
            answers=tuple(Answer(answer, "") for answer in answers),
        )
    return questions, document
