"""The twenty commonest symptoms in a real terminal: three keys, or four answers, and no more."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import yaml

from helpdesk import resources
from helpdesk.domain.playbook import DONT_KNOW, NO, YES
from helpdesk.domain.questions import as_asked
from helpdesk.playbooks.gathering import read_library
from helpdesk.playbooks.library import Library
from tests.support.terminal import Terminal

pytestmark = pytest.mark.xdist_group("terminal")

MOST_KEYS: Final = 3
MOST_ANSWERS: Final = 4
MOST_ROWS: Final = 4

_KEYS: Final = {YES: "y", NO: "n", DONT_KNOW: "d"}
_SAID: Final = {DONT_KNOW: "don't know"}


@dataclass(frozen=True)
class Symptom:
    """One of the twenty."""

    slug: str
    code: str
    answers: Mapping[str, str]


def symptoms() -> list[Symptom]:
    path = Path(__file__).parent / "data" / "commonest.yaml"
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Symptom(slug, each["code"], each["answers"]) for slug, each in read.items()]


@cache
def library() -> Library:
    return read_library([resources.shipped("playbooks")]).library


def opened(home: Path) -> list[str]:
    """The symptoms of all tickets, in their order."""
    with closing(sqlite3.connect(home / "data" / "helpdesk.db")) as database:
        return [
            symptom for (symptom,) in database.execute("SELECT symptom FROM ticket ORDER BY n")
        ]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """The program at 80 columns and 24 rows, on a desk where nobody has called yet."""
    with Terminal((80, 24)) as terminal:
        terminal.wait("READY")
        yield terminal


def test_there_are_twenty_and_they_answer_with_answers_that_there_are() -> None:
    questions = library().questions.steps
    assert len(symptoms()) == 20
    for each in symptoms():
        assert each.code in library().playbooks[each.slug].codes, each.slug
        for name, answer in each.answers.items():
            assert questions[name].answer(answer), f"{each.slug}: {name}: {answer}"


def test_a_code_opens_each_in_three_keys_after_the_caller(terminal: Terminal, home: Path) -> None:
    for each in symptoms():
        keys = f"{each.code}\r"
        assert len(keys) <= MOST_KEYS
        terminal.send("n\r")
        terminal.wait("What is wrong?")
        terminal.send(keys)
        terminal.wait(f"{library().playbooks[each.slug].title}")
        terminal.wait(" of about ")
        terminal.send("hd")
        terminal.wait("READY")
    assert opened(home) == [each.slug for each in symptoms()]


def test_by_questions_alone_each_is_reached_with_four_answers_and_a_row_of_four(
    terminal: Terminal, home: Path
) -> None:
    for each in symptoms():
        terminal.send("n\r\t")
        terminal.wait("playbooks fit")
        assert answer_all(terminal, each) <= MOST_ANSWERS
        rows = rows_of(terminal)
        place = rows.index(library().playbooks[each.slug].codes[0]) + 1
        asks_on = "ASK " in terminal.text
        assert place <= (1 if asks_on else MOST_ROWS), f"{each.slug} is row {place} of {rows}"
        terminal.send("\r" if asks_on else str(place))
        terminal.wait(" of about ")
        terminal.send("hd")
        terminal.wait("READY")
    assert opened(home) == [each.slug for each in symptoms()]


def answer_all(terminal: Terminal, symptom: Symptom) -> int:
    """Answer what is asked, truthfully, four questions at most; how many that were."""
    for given in range(MOST_ANSWERS):
        terminal.rest()
        if "ASK " not in terminal.text:
            return given
        name = question_on(terminal)
        answer = symptom.answers.get(name, DONT_KNOW)
        terminal.send(key_of(name, answer))
        terminal.wait(f"{name}: {_SAID.get(answer, answer)}")
    terminal.rest()
    return MOST_ANSWERS


def question_on(terminal: Terminal) -> str:
    """The name of the question that stands on the screen."""
    asked = terminal.text.partition("ASK ")[2]
    (name,) = [
        name for name, step in library().questions.steps.items() if asked.startswith(step.ask)
    ]
    return name


def key_of(name: str, answer: str) -> str:
    """The key that gives an answer: a digit, or a letter."""
    answers = [each.key for each in as_asked(library().questions.steps[name]).answers]
    return _KEYS.get(answer) or str(answers.index(answer) + 1)


def rows_of(terminal: Terminal) -> list[str]:
    """The codes of the playbooks that are listed, as far as they are on the screen."""
    found = [re.match(r"[> ] (?:\[\d\] )?([a-z]{2,3}) +\S", line) for line in terminal.lines]
    return [each[1] for each in found if each]
