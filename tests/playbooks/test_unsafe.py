"""Files that can be read and may lead no call: they never replace a good one either."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from helpdesk.playbooks.gathering import read_library
from helpdesk.playbooks.library import Library
from tests.playbooks.written import CLEAR, DECLARED, INCLUDES, ONE, write

GOOD: Final = {
    **{f"shipped/{name}": text for name, text in DECLARED.items()},
    "shipped/passages.yaml": CLEAR,
    "shipped/a/one.yaml": ONE,
    "shipped/a/two.yaml": INCLUDES,
}
UNSAFE: Final = {
    "    hand-over: nobody\n": "there is no playbook “nobody”",
    "    see: [nobody]\n": "there is no playbook “nobody”",
    "    actions: [flown]\n": "there is no action “flown”",
    "    why: Call <court.fone>.\n": "there is no variable <court.fone>",
    "    why: It is 123-45-6789.\n": "this looks like a card",
    "    do: Say 4111 1111 1111 1111.\n": "this looks like a card",
}
"""What is added to the last step of a playbook, and what is said of it."""

OURS: Final = ONE.replace("Is it live?", "Is it live with us?")


def read(folder: Path, before: Library | None = None) -> Library:
    return read_library([folder / "shipped", folder / "desk"], before=before).library


def asked(library: Library, court: str = "ianb") -> str:
    book = library.playbook("one", court)
    assert book is not None
    return book.steps["ask"].ask


@pytest.mark.parametrize("more", UNSAFE)
def test_a_file_that_may_lead_no_call_never_replaces_a_good_one_and_is_told(
    tmp_path: Path, more: str
) -> None:
    own = tmp_path / "desk" / "b" / "one.yaml"
    good = read(write(tmp_path, {**GOOD, "desk/b/one.yaml": OURS}))
    write(tmp_path, {"desk/b/one.yaml": OURS.replace("with us", "at last") + more})
    after, first = read(tmp_path, good), read(tmp_path)
    assert asked(after) == "Is it live with us?"
    assert asked(first) == "Is it live?"
    for library in (after, first):
        (fault,) = library.faults
        assert fault.startswith(f"{own}:15:")
        assert UNSAFE[more] in fault
    write(tmp_path, {"desk/b/one.yaml": OURS.replace("with us", "at last")})
    assert asked(read(tmp_path, after)) == "Is it live at last?"


@pytest.mark.parametrize(
    "text",
    [
        OURS.replace("outcome: resolved", "outcome: referred\n    refer: nowhere"),
        OURS.replace("live with us?", "live with us?\n    fact: lnked"),
        OURS.replace("start: ask", "start: ask\nnever: [Say <court.fone>.]"),
    ],
)
def test_an_unknown_reason_fact_or_variable_elsewhere_is_as_bad(tmp_path: Path, text: str) -> None:
    good = read(write(tmp_path, GOOD))
    after = read(write(tmp_path, {"desk/b/one.yaml": text}), good)
    assert asked(after) == "Is it live?"
    assert len(after.faults) == 1


def test_what_leads_a_call_well_is_taken_although_its_review_or_its_code_is_wrong(
    tmp_path: Path,
) -> None:
    good = read(write(tmp_path, GOOD))
    text = OURS.replace("start: ask", "start: ask\nreview: 2020-01-01")
    assert asked(read(write(tmp_path, {"desk/b/one.yaml": text}), good)) == "Is it live with us?"


def test_a_playbook_may_hand_over_to_one_whose_file_is_broken(tmp_path: Path) -> None:
    over = OURS.replace("say: Good.", "say: Good.\n    hand-over: two")
    own = {"desk/b/one.yaml": over, "desk/b/two.yaml": "title: ["}
    library = read(write(tmp_path, {**GOOD, **own}))
    assert asked(library) == "Is it live with us?"
    assert library.playbooks["two"].steps["check.wipe"].say == "Clear it."
    assert [fault.split(":")[0] for fault in library.faults] == [
        str(tmp_path / "desk" / "b" / "two.yaml")
    ]


@pytest.mark.parametrize("again", [False, True])
def test_a_passage_that_may_lead_no_call_leaves_the_good_one(tmp_path: Path, again: bool) -> None:
    before = read(write(tmp_path, GOOD)) if again else None
    own = CLEAR.replace("Clear it.", "Clear <it>.")
    court = "clear:\n  steps:\n    look: {say: At <court.fone>., next: return}\n"
    write(tmp_path, {**GOOD, "desk/passages.yaml": own, "desk/courts/exmb/passages.yaml": court})
    library = read(tmp_path, before)
    assert library.playbooks["two"].steps["check.wipe"].say == "Clear it."
    assert library.playbook("two", "exmb") == library.playbooks["two"]
    assert [fault.split(": ")[1] for fault in library.faults] == [
        "there is no variable <court.fone>.", "there is no variable <it>.",
    ]  # fmt: skip


def test_a_step_of_a_court_that_may_lead_no_call_leaves_the_good_one(tmp_path: Path) -> None:
    at = "desk/courts/exmb/one.yaml"
    step = "steps:\n  ask: {ask: Is it live there?, answers: {yes: end, no: end}}\n"
    good = read(write(tmp_path, {**GOOD, at: step}))
    write(tmp_path, {at: step.replace("there?", "there?, why: Ask <court.fone>")})
    assert asked(read(tmp_path, good), "exmb") == "Is it live there?"
    assert asked(read(tmp_path), "exmb") == "Is it live?"


def test_of_two_files_of_one_name_the_one_that_was_there_first_stays(tmp_path: Path) -> None:
    good = read(write(tmp_path, {**GOOD, "desk/b/one.yaml": OURS}))
    twins = {f"desk/{name}/one.yaml": OURS.replace("with us", f"in {name}") for name in "ac"}
    write(tmp_path, twins)
    after = read(tmp_path, good)
    assert asked(after) == "Is it live with us?"
    assert all("has the same name: rename one" in fault for fault in after.faults)
    assert asked(read(tmp_path)) == "Is it live in a?"
    for name in ("a", "b"):
        (tmp_path / "desk" / name / "one.yaml").unlink()
    last = read(tmp_path, after)
    assert (asked(last), last.faults) == ("Is it live in c?", ())
