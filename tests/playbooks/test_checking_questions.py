"""The check of questions, of the answers that playbooks name, and of handing over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from helpdesk.playbooks.checking import check
from helpdesk.playbooks.gathering import read_library
from tests.playbooks.written import DECLARED, OTHER_TOP, STEPS, TOP, linted, write

GOAL: Final = "goal:\n  ask: What for?\n  fact: wants\n  answers: [file, pay]\n"
WHEN: Final = TOP + "when: {goal: [file]}\n" + STEPS
OTHER: Final = OTHER_TOP + STEPS
OVER: Final = STEPS.replace("outcome: resolved", "hand-over: two")


def asked(folder: Path, questions: str, playbook: str = WHEN) -> list[str]:
    return linted(folder, {"questions.yaml": questions, "a/one.yaml": playbook})


def test_a_question_with_answers_that_a_playbook_names_has_no_fault(tmp_path: Path) -> None:
    assert asked(tmp_path, GOAL) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[file, pay]", "[file]", "4:3: a question needs two different answers or more."),
        ("[file, pay]", "[file, file]", "4:3: a question needs two different answers or more."),
        ("[file, pay]", "[file, pay, file]", "4:3: a question needs two different answers"),
        (
            "[file, pay]", "[file, pay, dont-know]",
            "4:24: “dont-know” can always be answered: leave it out.",
        ),
        (
            "[file, pay]", "[file, none of these]",
            "4:19: “none of these” can always be answered: leave it out.",
        ),
        (
            "[file, pay]", "[file, b, c, d, e, f, g, h, i, j]",
            "4:3: more than nine named answers: there are nine digits.",
        ),
        ("wants", "wished", "3:3: there is no fact “wished” in facts.yaml."),
        ("wants", "linked", "3:3: no answer is a value of “linked”: yes, no."),
        ("  ask: What for?\n", "", "1:1: “goal” lacks “ask”: add it."),
        ("fact:", "facts:", "3:3: “facts” is not known here: use ask, answers, fact."),
    ],
)  # fmt: skip
def test_a_fault_of_a_question_says_where(tmp_path: Path, old: str, new: str, fault: str) -> None:
    said = asked(tmp_path, GOAL.replace(old, new))
    assert any(each.startswith(f"questions.yaml:{fault}") for each in said), said


def test_nine_named_answers_are_no_fault(tmp_path: Path) -> None:
    assert asked(tmp_path, GOAL.replace("[file, pay]", "[file, b, c, d, e, f, g, h, i]")) == []


def test_a_question_that_no_playbook_names_is_a_fault(tmp_path: Path) -> None:
    unused = GOAL + "live: {ask: Live?, answers: ['yes', 'no']}\n"
    assert asked(tmp_path, unused) == [
        "questions.yaml:5:1: no playbook says under “when” which answers it fits."
    ]


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ("when: {aim: [file]}", "8:8: there is no question “aim”; there are: goal."),
        ("when: {goal: [file, fly]}", "8:21: “fly” is no answer to “goal”; there are: file, pay."),
        ("when: {goal: [dont-know]}", "8:15: “dont-know” is no answer to “goal”"),
        ("when: {goal: []}", "8:8: “goal” has no answer: name one or leave it out."),
        ("when: {goal: file}", "8:8: “goal” must be a list: [a, b]."),
        ("when: [goal]", "8:1: “when” must hold keys and values."),
    ],
)
def test_a_fault_of_when_says_where(tmp_path: Path, when: str, fault: str) -> None:
    said = asked(tmp_path, GOAL, WHEN.replace("when: {goal: [file]}", when))
    assert any(each.startswith(f"a/one.yaml:{fault}") for each in said), said


def test_the_desks_own_question_replaces_the_shipped_one_of_that_name(tmp_path: Path) -> None:
    files = {**DECLARED, "questions.yaml": GOAL, "a/one.yaml": WHEN}
    shipped = write(tmp_path / "shipped", files)
    own = GOAL.replace("What for?", "Why?").replace("pay]", "view]")
    desk = write(tmp_path / "desk", {"questions.yaml": own})
    reading = read_library([shipped, desk], broken_too=True)
    assert check(reading) == ()
    assert reading.library.questions.steps["goal"].ask == "Why?"


def test_handing_over_to_a_playbook_that_is_there_is_no_fault_even_in_a_circle(
    tmp_path: Path,
) -> None:
    back = (OTHER_TOP + OVER).replace("two", "one")
    assert linted(tmp_path, {"a/one.yaml": TOP + OVER, "a/two.yaml": back}) == []


@pytest.mark.parametrize(
    ("to", "fault"),
    [
        ("three", "there is no playbook “three”."),
        ("one", "a playbook cannot hand over to itself: lead to one of its steps."),
    ],
)
def test_handing_over_to_nobody_or_to_itself_is_a_fault(
    tmp_path: Path, to: str, fault: str
) -> None:
    files = {"a/one.yaml": TOP + OVER.replace("two", to), "a/two.yaml": OTHER}
    assert linted(tmp_path, files) == [f"a/one.yaml:14:5: {fault}"]


def test_handing_over_to_a_playbook_that_is_switched_off_is_no_fault(tmp_path: Path) -> None:
    files = {**DECLARED, "a/one.yaml": TOP + OVER, "a/two.yaml": OTHER}
    reading = read_library([write(tmp_path, files)], ["two"], broken_too=True)
    assert check(reading) == ()


def test_a_passage_that_hands_over_to_who_includes_it_is_a_fault_in_its_own_file(
    tmp_path: Path,
) -> None:
    passages = "over:\n  start: on\n  steps:\n    on: {do: On., hand-over: one, next: return}\n"
    includes = "steps:\n  ask: {include: over, next: end}\n  end: {say: x, outcome: resolved}\n"
    said = linted(tmp_path, {"a/one.yaml": TOP + includes, "passages.yaml": passages})
    assert said == [
        "passages.yaml:4:19: a playbook cannot hand over to itself: lead to one of its steps."
    ]


def test_a_step_that_hands_over_has_no_answers_and_needs_no_next(tmp_path: Path) -> None:
    files = {"a/two.yaml": OTHER, "a/one.yaml": TOP + OVER}
    assert linted(tmp_path, files) == []
    both = TOP + STEPS.replace("yes: end, no: end}", "yes: end, no: end}\n    hand-over: two")
    assert linted(tmp_path, {**files, "a/one.yaml": both}) == [
        "a/one.yaml:12:5: a step that hands over has no “answers”: ask in the step that follows."
    ]
