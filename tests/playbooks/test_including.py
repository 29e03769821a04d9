from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.domain.playbook import Answer, Playbook
from helpdesk.playbooks.including import resolve
from helpdesk.playbooks.reading import read_passages, read_playbook
from tests.playbooks.written import OTHER_TOP, TOP, linted, write

STEPS = """\
steps:
  ask:
    ask: Is it live?
    answers: {yes: check, no: end}
  check:
    include: clear
    next: end
  end:
    say: Good.
    outcome: resolved
"""
CLEAR = """\
clear:
  start: wipe
  steps:
    again: {ask: Again?, answers: {yes: wipe, no: return}}
    wipe: {say: Clear it., next: again}
"""
OUTER = (
    CLEAR
    + """\
outer:
  start: first
  steps:
    first: {include: clear, next: return}
"""
)


def resolved(steps: str, passages: str) -> Playbook:
    found, _ = read_passages(passages, "passages.yaml")
    playbook, _ = resolve(read_playbook(TOP + steps, "one", "one.yaml"), found)
    return playbook


def faults(folder: Path, steps: str, passages: str) -> list[str]:
    return linted(folder, {"a/one.yaml": TOP + steps, "passages.yaml": passages})


def test_a_passage_stands_where_it_is_included() -> None:
    playbook = resolved(STEPS, CLEAR)
    assert list(playbook.steps) == ["ask", "check.again", "check.wipe", "end"]


def test_what_led_to_the_include_leads_to_the_start_of_the_passage() -> None:
    assert resolved(STEPS, CLEAR).steps["ask"].answers[0] == Answer("yes", "check.wipe")


def test_return_leads_to_what_follows_the_include() -> None:
    again = resolved(STEPS, CLEAR).steps["check.again"]
    assert again.answers == (Answer("yes", "check.wipe"), Answer("no", "end"))


def test_a_playbook_may_begin_with_a_passage() -> None:
    steps = "steps:\n" + STEPS[STEPS.index("  check:") :].replace("check", "ask")
    assert resolved(steps, CLEAR).start == "ask.wipe"


def test_a_passage_in_a_passage_leads_all_the_way_back() -> None:
    playbook = resolved(STEPS.replace("include: clear", "include: outer"), OUTER)
    assert playbook.steps["ask"].answers[0].leads_to == "check.first.wipe"
    assert playbook.steps["check.first.again"].exits() == ("check.first.wipe", "end")


def test_a_passage_can_be_included_twice() -> None:
    steps = (
        STEPS.replace("no: end", "no: other") + "  other:\n    include: clear\n    next: check\n"
    )
    playbook = resolved(steps, CLEAR)
    assert playbook.steps["other.again"].exits() == ("other.wipe", "check.wipe")
    assert playbook.steps["check.again"].exits() == ("check.wipe", "end")


def test_a_fault_in_a_passage_is_told_once_and_in_its_own_file(tmp_path: Path) -> None:
    wrong = CLEAR.replace("Clear it.", "<court.fax>")
    other = OTHER_TOP + STEPS
    files = {"a/one.yaml": TOP + STEPS, "b/two.yaml": other, "passages.yaml": wrong}
    assert linted(tmp_path, files) == ["passages.yaml:5:12: there is no variable <court.fax>."]


def test_a_passage_that_is_missing_is_one_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, STEPS.replace("include: clear", "include: clean"), CLEAR) == [
        "a/one.yaml:13:5: there is no passage “clean”; there are: clear."
    ]


@pytest.mark.parametrize(
    ("passages", "circle"),
    [
        (OUTER.replace("include: clear", "include: outer"), "outer > outer"),
        (OUTER.replace("wipe: {say: Clear it., next: again}",
                       "wipe: {include: outer, next: again}"), "outer > clear > outer"),
    ],
)  # fmt: skip
def test_passages_in_a_circle_are_one_fault(tmp_path: Path, passages: str, circle: str) -> None:
    said = faults(tmp_path, STEPS.replace("include: clear", "include: outer"), passages)
    assert [fault.partition(": ")[2] for fault in said] == [
        f"passages include each other in a circle: {circle}."
    ]
    assert said[0].startswith("passages.yaml:")


def test_a_circle_says_where_it_closes(tmp_path: Path) -> None:
    passages = OUTER.replace("include: clear", "include: outer")
    said = faults(tmp_path, STEPS.replace("include: clear", "include: outer"), passages)
    assert said[0].startswith("passages.yaml:9:13: ")


def test_a_passage_that_comes_back_needs_somewhere_to_go(tmp_path: Path) -> None:
    said = faults(tmp_path, STEPS.replace("    next: end\n", ""), CLEAR)
    assert "a/one.yaml:12:3: the passage “clear” comes back: add “next”." in said


def test_a_passage_that_ends_the_call_needs_no_next(tmp_path: Path) -> None:
    ends = "clear:\n  start: end\n  steps:\n    end: {say: Bye., outcome: resolved}\n"
    assert faults(tmp_path, STEPS.replace("    next: end\n", ""), ends) == []


def test_steps_after_a_passage_that_never_comes_back_are_still_seen_as_led_to(
    tmp_path: Path,
) -> None:
    ends = "clear:\n  start: end\n  steps:\n    end: {say: Bye., outcome: resolved}\n"
    assert faults(tmp_path, STEPS, ends) == []


def test_an_unreadable_passages_file_is_told_with_every_include(tmp_path: Path) -> None:
    folder = write(tmp_path, {"passages.yaml": "clear: ["})
    assert [fault.partition(" ")[0] for fault in linted(folder, {"a/one.yaml": TOP + STEPS})] == [
        "a/one.yaml:13:5:",
        "passages.yaml:1:8:",
    ]
