"""Files that change while their playbooks are in use: a broken one never replaces a good one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.playbooks.gathering import read_library
from helpdesk.playbooks.library import Library
from tests.playbooks.written import CLEAR, DECLARED, INCLUDES, ONE, TOP, write

SHIPPED: Final = {
    **{f"shipped/{name}": text for name, text in DECLARED.items()},
    "shipped/questions.yaml": "goal: {ask: What for?, answers: [file, pay]}\n",
    "shipped/passages.yaml": CLEAR,
    "shipped/a/one.yaml": ONE,
    "shipped/a/two.yaml": INCLUDES,
}
OWN: Final = {
    "desk/facts.yaml": "live: {text: On NextGen, from: court.live}\n",
    "desk/actions.yaml": "mailed: {key: m, text: Mailed}\n",
    "desk/referrals.yaml": "bank: {text: A bank, to: The bank}\n",
    "desk/questions.yaml": "goal: {ask: Why?, answers: [file, pay, view]}\n",
    "desk/passages.yaml": CLEAR.replace("Clear it.", "Clear it our way."),
    "desk/b/one.yaml": ONE.replace("Is it live?", "Is it live with you?"),
    "desk/b/three.yaml": ONE.replace("[ab]", "[ef]"),
    "desk/courts/exmb/one.yaml": "steps:\n  end: {say: At our counter., outcome: resolved}\n",
    "desk/courts/exmb/three.yaml": ONE.replace("Cannot", "Here one cannot"),
    "desk/courts/exmb/passages.yaml": "clear:\n  steps:\n    look: {say: There., next: return}\n",
}
FILES: Final = {**SHIPPED, **OWN}
BROKEN: Final = (
    "", "# to be written\n", "title: [", "a: 1\na: 2\n", "- a list\n", "nonsense: {yes: yes}\n",
    "title: \a\n",
)  # fmt: skip


def read(folder: Path, before: Library | None = None) -> Library:
    return read_library([folder / "shipped", folder / "desk"], before=before).library


def in_use(library: Library) -> Library:
    return replace(library, faults=())


def say(library: Library, slug: str, step: str, court: str = "ianb") -> str:
    book = library.playbook(slug, court)
    assert book is not None
    return book.steps[step].say


def test_the_files_of_these_tests_are_good(tmp_path: Path) -> None:
    library = read(write(tmp_path, FILES))
    assert library.faults == ()
    assert library.at_courts["exmb"].keys() == {"one", "two", "three"}
    assert say(library, "two", "check.wipe", "exmb") == "Clear it our way."


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_broken_changes_nothing_and_is_told(
    tmp_path: Path, file: str, broken: str
) -> None:
    good = read(write(tmp_path, FILES))
    after = read(write(tmp_path, {file: broken}), good)
    assert in_use(after) == good
    assert after.faults
    assert {fault.split(":")[0] for fault in after.faults} == {str(tmp_path / file)}


@pytest.mark.parametrize("file", [name for name in FILES if name.count("/") > 1])
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path, file: str) -> None:
    good = read(write(tmp_path, FILES))
    path = tmp_path / file
    path.unlink()
    path.symlink_to(tmp_path / "nowhere.yaml")
    after = read(tmp_path, good)
    assert in_use(after) == good
    assert [fault.split(":")[0] for fault in after.faults] == [str(path)]


@settings(max_examples=25)
@given(
    st.dictionaries(st.sampled_from(sorted(FILES)), st.sampled_from(BROKEN), min_size=1),
    st.dictionaries(st.sampled_from(sorted(FILES)), st.sampled_from(BROKEN), min_size=1),
)
def test_files_that_break_one_after_the_other_change_nothing_until_they_are_good_again(
    tmp_path_factory: pytest.TempPathFactory, first: Mapping[str, str], then: Mapping[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    good = read(write(folder, FILES))
    after = read(write(folder, dict(first)), good)
    later = read(write(folder, {**FILES, **then}), after)
    assert in_use(after) == in_use(later) == good
    mended = {name: text.replace("Good.", "Very good.") for name, text in FILES.items()}
    assert read(write(folder, mended), later) == read(folder)


@settings(max_examples=25)
@given(st.integers(1, len(ONE) - 1))
def test_a_playbook_of_which_only_the_beginning_is_written_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    good = read(write(folder, FILES))
    text = FILES["desk/b/three.yaml"]
    after = read(write(folder, {"desk/b/three.yaml": text[:length]}), good)
    assert in_use(after) == good
    assert bool(after.faults) is (text[:length].strip() != text.strip())


def test_a_good_change_is_taken_although_other_files_are_broken(tmp_path: Path) -> None:
    good = read(write(tmp_path, FILES))
    changed = {
        "desk/b/one.yaml": "title: [",
        "desk/facts.yaml": "",
        "desk/b/three.yaml": FILES["desk/b/three.yaml"].replace("Good.", "Well."),
        "desk/courts/exmb/passages.yaml": FILES["desk/courts/exmb/passages.yaml"].replace(
            "There.", "Over there."
        ),
    }
    after = read(write(tmp_path, changed), good)
    assert say(after, "three", "end") == "Well."
    assert say(after, "two", "check.look", "exmb") == "Over there."
    assert after.playbooks["one"] == good.playbooks["one"]


def test_a_court_keeps_its_step_over_the_changed_shared_playbook(tmp_path: Path) -> None:
    good = read(write(tmp_path, FILES))
    changed = FILES["desk/b/one.yaml"].replace("with you", "at last")
    after = read(write(tmp_path, {"desk/b/one.yaml": changed}), good)
    book = after.at_courts["exmb"]["one"]
    assert (book.steps["ask"].ask, book.steps["end"].say) == (
        "Is it live at last?",
        "At our counter.",
    )


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        (["desk/b/one.yaml"], "Is it live?"),
        (["desk/b/one.yaml", "desk/courts/exmb/one.yaml"], "Is it live?"),
    ],
)
def test_the_shipped_playbook_is_back_when_the_desks_own_is_deleted(
    tmp_path: Path, gone: list[str], left: str
) -> None:
    good = read(write(tmp_path, FILES))
    for each in gone:
        (tmp_path / each).unlink()
    after = read(tmp_path, good)
    assert after.faults == ()
    assert after.playbooks["one"].steps["ask"].ask == left
    assert ("one" in after.at_courts["exmb"]) is ("desk/courts/exmb/one.yaml" not in gone)


@pytest.mark.parametrize(
    "changed",
    [
        {"desk/courts/exmb/one.yaml": "steps:\n  ask: {include: nowhere, next: end}\n"},
        {
            "desk/courts/exmb/one.yaml": "steps:\n  ask: {include: clear, next: end}\n",
            "desk/passages.yaml": "clear: [",
        },
    ],
)
def test_a_courts_step_that_includes_what_cannot_be_used_changes_nothing(
    tmp_path: Path, changed: dict[str, str]
) -> None:
    good = read(write(tmp_path, FILES))
    assert in_use(read(write(tmp_path, changed), good)) == good


def test_what_is_deleted_or_renamed_is_gone_with_what_courts_had_of_it(tmp_path: Path) -> None:
    good = read(write(tmp_path, FILES))
    (tmp_path / "desk/b/three.yaml").rename(tmp_path / "desk/b/four.yaml")
    (tmp_path / "desk/courts/exmb/three.yaml").unlink()
    (tmp_path / "desk/courts/exmb/passages.yaml").unlink()
    (tmp_path / "desk/actions.yaml").unlink()
    after = read(tmp_path, good)
    assert after == read(tmp_path)
    assert after.playbooks.keys() == {"one", "two", "four"}
    assert after.at_courts["exmb"].keys() == {"one"}
    assert after.actions.keys() == {"sent"}


def test_an_override_of_a_playbook_that_was_deleted_is_told_and_not_in_use(tmp_path: Path) -> None:
    good = read(write(tmp_path, FILES))
    (tmp_path / "desk/b/three.yaml").unlink()
    after = read(tmp_path, good)
    assert after.playbook("three", "exmb") is None
    assert [fault.split(": ")[1] for fault in after.faults] == [
        "there is no playbook “three” to override"
    ]


def test_a_broken_new_file_is_told_and_not_in_use_until_it_is_good(tmp_path: Path) -> None:
    good = read(write(tmp_path, FILES))
    broken = read(write(tmp_path, {"desk/b/five.yaml": TOP.replace("[ab]", "[gh]")}), good)
    assert in_use(broken) == good
    assert broken.faults
    mended = read(write(tmp_path, {"desk/b/five.yaml": ONE.replace("[ab]", "[gh]")}), broken)
    assert mended.playbooks.keys() - good.playbooks.keys() == {"five"}


@pytest.mark.parametrize("name", [".#one.yaml", ".one.yaml"])
def test_what_an_editor_leaves_beside_a_file_is_not_read(tmp_path: Path, name: str) -> None:
    good = read(write(tmp_path, FILES))
    beside = {f"desk/b/{name}": "title: [", f"desk/courts/exmb/{name}": "title: ["}
    assert read(write(tmp_path, beside), good) == good


def test_a_file_broken_at_the_first_reading_leaves_the_shipped_one(tmp_path: Path) -> None:
    broken = {**FILES, "desk/b/one.yaml": "", "desk/passages.yaml": "clear: ["}
    library = read(write(tmp_path, broken))
    assert library.playbooks["one"].steps["ask"].ask == "Is it live?"
    assert say(library, "two", "check.wipe") == "Clear it."
    assert say(library, "one", "end", "exmb") == "At our counter."
