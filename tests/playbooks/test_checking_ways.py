from __future__ import annotations

from pathlib import Path

import pytest

from tests.playbooks.written import (
    DECLARED,
    INCLUDES,
    ONE,
    OTHER_TOP,
    STEPS,
    TOP,
    linted,
    linted_steps,
)

NO_END = "no end is ever reached from here"
MEND = "lead one of them to an end."
ROUND = """\
steps:
  ask:
    ask: Again?
    answers: {yes: say, no: end}
  say: {say: Once more., next: ping}
  ping: {say: Here., next: pong}
  pong: {ask: There?, answers: {yes: ping, no: pong}}
  end: {say: Good., outcome: resolved}
"""


@pytest.mark.parametrize(
    ("old", "new", "leads", "place"),
    [
        ("    answers:", "    outcome: resolved\n    answers:", "answers", "11:5"),
        ("say: Good.", "say: Good.\n    next: ask", "next", "15:5"),
    ],
)
def test_a_step_leads_on_or_ends(
    tmp_path: Path, old: str, new: str, leads: str, place: str
) -> None:
    message = f"a step with “{leads}” leads on: give “outcome” to the step that ends."
    said = linted_steps(tmp_path, STEPS.replace(old, new))
    assert said == [f"a/one.yaml:{place}: {message}"]


def test_steps_that_never_come_to_an_end_are_told_once_where_the_round_begins(
    tmp_path: Path,
) -> None:
    message = f"{NO_END} (ping, pong): {MEND}"
    assert linted_steps(tmp_path, ROUND) == [f"a/one.yaml:13:3: {message}"]
    assert linted_steps(tmp_path, ROUND.replace("no: pong", "no: end")) == []


def test_a_step_that_leads_to_itself_has_no_end(tmp_path: Path) -> None:
    steps = STEPS.replace("outcome: resolved", "next: end")
    assert linted_steps(tmp_path, steps) == [f"a/one.yaml:12:3: {NO_END} (end): {MEND}"]


@pytest.mark.parametrize("step", ["include: clear", "say: A."])
def test_a_passage_that_never_comes_back_is_told_in_its_own_file(
    tmp_path: Path, step: str
) -> None:
    passage = (
        "clear:\n  start: a\n  steps:\n    a: {say: A., next: b}\n    b: {say: B., next: a}\n"
    )
    book = INCLUDES.replace("include: clear", step)
    said = linted(tmp_path, {"passages.yaml": passage, "a/two.yaml": book})
    assert f"passages.yaml:4:5: {NO_END} (a, b): {MEND}" in said


def test_hand_overs_that_come_back_are_no_round(tmp_path: Path) -> None:
    over = "steps:\n  ask: {say: Go on., hand-over: OTHER}\n"
    files = {
        "a/one.yaml": TOP + over.replace("OTHER", "two"),
        "a/two.yaml": OTHER_TOP + over.replace("OTHER", "one"),
    }
    assert linted(tmp_path, files) == []


@pytest.mark.parametrize(
    ("answers", "other"),
    [("yes: end", "no"), ("no: end", "yes"), ("yes: end, dont-know: end", "no")],
)
def test_a_question_with_one_of_yes_and_no_alone_leaves_the_clerk_without_a_key(
    tmp_path: Path, answers: str, other: str
) -> None:
    assert linted_steps(tmp_path, STEPS.replace("yes: end, no: end", answers)) == [
        f"a/one.yaml:11:5: a caller may say “{other}” too: add where that leads."
    ]


def test_an_answer_beside_named_ones_may_stand_alone(tmp_path: Path) -> None:
    assert linted_steps(tmp_path, STEPS.replace("no: end", "it says later: end")) == []


@pytest.mark.parametrize(
    ("first", "second", "meant"),
    [("Yes", "No", "yes"), ("'YES'", "no", "yes"), ("true", "false", "yes"), ("Y", "N", "yes")],
)
def test_yes_and_no_are_written_small_and_in_full(
    tmp_path: Path, first: str, second: str, meant: str
) -> None:
    steps = STEPS.replace("yes: end, no: end", f"{first}: end, {second}: end")
    said = linted_steps(tmp_path, steps)
    bare = first.strip("'")
    assert said[0] == (
        f"a/one.yaml:11:15: “{bare}” is no answer on a key of its own: write it {meant}."
    )
    assert len(said) == (1 if second == "no" else 2)


def test_a_court_has_the_same_faults_in_steps_of_its_own(tmp_path: Path) -> None:
    own = "steps:\n  end: {say: Good., next: end}\n"
    said = linted(tmp_path, {"a/one.yaml": ONE, "courts/ianb/one.yaml": own})
    assert said == [f"courts/ianb/one.yaml:2:3: {NO_END} (end): {MEND}"]


def test_a_phrase_stands_once_in_one_playbook(tmp_path: Path) -> None:
    twice = "[cannot sign in, no way, Cannot  sign in]"
    one = ONE.replace("[cannot sign in]", twice)
    two = ONE.replace("[ab]", "[cd]").replace("[cannot sign in]", "[other, NO WAY]")
    assert linted(tmp_path, {**DECLARED, "a/one.yaml": one, "b/two.yaml": two}) == [
        "a/one.yaml:6:35: “Cannot sign in” is here twice: remove one.",
        "b/two.yaml:6:18: “NO WAY” is a phrase of “one” too: leave it to one of the two.",
    ]
