"""What one court has in place of shared steps, passages and playbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from helpdesk.domain.playbook import Playbook
from helpdesk.playbooks.gathering import read_library
from helpdesk.playbooks.origins import Reading
from helpdesk.resources import shipped
from tests.playbooks.written import CLEAR, DECLARED, INCLUDES, ONE, linted, write

SHARED: Final = {"a/one.yaml": ONE, "a/two.yaml": INCLUDES, "passages.yaml": CLEAR}
END: Final = "  end: {say: Ask the clerk at our counter., outcome: resolved}\n"
AT: Final = "courts/exmb/one.yaml"
PASSAGES: Final = "courts/exmb/passages.yaml"


def read(folder: Path, files: dict[str, str]) -> Reading:
    return read_library([write(folder, {**DECLARED, **SHARED, **files})])


def at_exmb(folder: Path, files: dict[str, str], slug: str = "one") -> Playbook:
    reading = read(folder, files)
    assert reading.faults() == ()
    found = reading.library.playbook(slug, "exmb")
    assert found is not None
    return found


def faults(folder: Path, files: dict[str, str]) -> list[str]:
    return linted(folder, {**SHARED, **files})


def test_a_step_of_the_court_stands_in_place_of_the_shared_one_at_that_court_alone(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path, {AT: "steps:\n" + END})
    theirs, shared = (reading.library.playbook("one", court) for court in ("exmb", "ianb"))
    assert theirs is not None
    assert shared is not None
    assert theirs.steps["end"].say == "Ask the clerk at our counter."
    assert shared.steps["end"].say == "Good."
    assert (theirs.steps["ask"], theirs.title) == (shared.steps["ask"], shared.title)
    assert reading.library.at_courts.keys() == {"exmb"}
    assert reading.library.at_courts["exmb"].keys() == {"one"}


def test_a_step_of_the_court_may_lead_to_new_ones_and_these_back_to_shared_ones(
    tmp_path: Path,
) -> None:
    own = (
        "steps:\n  ask: {ask: Filed here?, answers: {yes: fee, no: end}}\n"
        "new-steps:\n  fee: {say: It costs nothing here., next: end}\n"
    )
    book = at_exmb(tmp_path, {AT: own})
    assert book.steps["ask"].exits() == ("fee", "end")
    assert book.steps["fee"].next == "end"


def test_a_step_of_the_court_may_stand_for_a_passage(tmp_path: Path) -> None:
    own = "steps:\n  ask: {include: clear, next: end}\n"
    book = at_exmb(tmp_path, {AT: own})
    assert (book.start, list(book.steps)) == ("ask.wipe", ["ask.wipe", "ask.look", "end"])


def test_a_file_with_a_title_is_the_whole_playbook_of_that_court(tmp_path: Path) -> None:
    whole = (
        ONE.replace("Cannot", "Here one cannot")
        .replace("  end:", "  bye:")
        .replace("yes: end, no: end", "yes: bye, no: bye")
    )
    book = at_exmb(tmp_path, {AT: whole})
    assert (book.title, list(book.steps)) == ("Here one cannot sign in", ["ask", "bye"])


@pytest.mark.parametrize(
    "own",
    [
        "clear:\n  steps:\n    wipe: {say: Press our button., next: look}\n",
        "clear:\n  start: wipe\n  steps:\n    wipe: {say: Press our button., next: return}\n",
    ],
)
def test_a_passage_of_the_court_stands_in_every_playbook_that_includes_it(
    tmp_path: Path, own: str
) -> None:
    reading = read(tmp_path, {PASSAGES: own})
    assert reading.faults() == ()
    assert reading.library.at_courts["exmb"].keys() == {"two"}
    book = reading.library.at_courts["exmb"]["two"]
    assert book.steps["check.wipe"].say == "Press our button."
    assert "check.look" in book.steps or book.steps["check.wipe"].next == "end"
    assert reading.library.playbooks["two"].steps["check.wipe"].say == "Clear it."


def test_a_court_may_override_a_step_and_a_passage_of_one_playbook(tmp_path: Path) -> None:
    passage = "clear:\n  steps:\n    look: {say: Look there., next: return}\n"
    book = at_exmb(tmp_path, {"courts/exmb/two.yaml": "steps:\n" + END, PASSAGES: passage}, "two")
    assert book.steps["check.look"].say == "Look there."
    assert book.steps["end"].say == "Ask the clerk at our counter."


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        (
            "courts/exmb/gone.yaml", "steps:\n" + END,
            "1:1: there is no playbook “gone” to override: it is gone or has another name.",
        ),
        (
            "courts/exmb/gone.yaml", ONE,
            "1:1: there is no playbook “gone” to override: it is gone or has another name.",
        ),
        (
            AT, "steps:\n" + END.replace("end", "bye"),
            "2:3: there is no shared step “bye” to override: it is gone or has another name.",
        ),
        (
            PASSAGES, "clean:\n  steps: {wipe: {say: x, next: look}}\n",
            "1:1: there is no passage “clean” to override: it is gone or has another name.",
        ),
        (
            PASSAGES, "clear:\n  steps:\n    wash: {say: x, next: look}\n",
            "3:5: there is no shared step “wash” to override: it is gone or has another name.",
        ),
        (
            AT, "steps:\n" + END + "new-steps:\n  ask: {say: x, outcome: resolved}\n",
            "4:3: “ask” is a shared step already: put it under “steps” to override it.",
        ),
        (
            AT, "steps:\n" + END + "new-steps:\n  fee: {say: x, outcome: resolved}\n",
            "4:3: nothing leads to the step “fee”.",
        ),
        (
            AT, "steps:\n  end: {say: x, next: nowhere}\n",
            "2:17: there is no step “nowhere” to lead to.",
        ),
        (AT, "steps:\n  end: {say: <court.fax>, outcome: resolved}\n",
         "2:9: there is no variable <court.fax>."),
        (AT, "steps:\n  end: {say: x, hand-over: nobody}\n",
         "2:17: there is no playbook “nobody”."),
        (AT, "steps:\n  end: {say: x, hand-over: one}\n",
         "2:17: a playbook cannot hand over to itself: lead to one of its steps."),
        (AT, "steps:\n" + END + "codes: [xy]\n",
         "3:1: “codes” is not known here: use steps, new-steps."),
        (AT, "", "1:1: the file must hold keys and values."),
        (PASSAGES, "# nothing\n", "1:1: the file is empty: fill it or delete it."),
    ],
)  # fmt: skip
def test_an_override_that_does_not_fit_is_a_fault_at_its_place(
    tmp_path: Path, file: str, text: str, fault: str
) -> None:
    assert f"{file}:{fault}" in faults(tmp_path, {file: text})


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"a/one.yaml": ONE.replace("end", "bye")}, f"{AT}:2:3: there is no shared step “end”"),
        ({"a/renamed.yaml": ONE}, f"{AT}:1:1: there is no playbook “one” to override"),
        (
            {"passages.yaml": CLEAR.replace("clear:", "wash:")},
            f"{PASSAGES}:1:1: there is no passage “clear” to override",
        ),
        (
            {"passages.yaml": CLEAR.replace("look", "see")},
            f"{PASSAGES}:3:5: there is no shared step “look” to override",
        ),
    ],
)
def test_what_is_overridden_gone_is_a_fault_of_the_override(
    tmp_path: Path, changed: dict[str, str], fault: str
) -> None:
    own = {
        AT: "steps:\n" + END,
        PASSAGES: "clear:\n  steps:\n    look: {say: There., next: return}\n",
    }
    assert faults(tmp_path, own) == []
    if "a/renamed.yaml" in changed:
        (tmp_path / "a" / "one.yaml").unlink()
    write(tmp_path, changed)
    said = [str(each) for each in read_library([tmp_path]).faults()]
    assert any(each.startswith(f"{tmp_path}/{fault}") for each in said), said


@pytest.mark.parametrize(
    ("file", "text", "slug"),
    [
        (AT, "steps:\n" + END.replace("end", "gone"), "one"),
        (AT, "steps:\n  end: {say: x}\n", "one"),
        (AT, "steps: [", "one"),
        (AT, ONE.replace("end, no", "off, no"), "one"),
        (AT, "", "one"),
        (PASSAGES, "clear: [", "two"),
        (PASSAGES, "clear:\n  steps:\n    wipe: {say: Ours.}\n", "two"),
        (PASSAGES, "", "two"),
    ],
)
def test_a_broken_override_leaves_the_shared_one(
    tmp_path: Path, file: str, text: str, slug: str
) -> None:
    reading = read(tmp_path, {file: text})
    assert {Path(each.file) for each in reading.faults()} == {tmp_path / file}
    shared = reading.library.playbooks[slug]
    assert reading.library.playbook(slug, "exmb") == shared


def test_a_hidden_playbook_may_be_overridden_without_a_fault_and_stays_hidden(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path, {**DECLARED, **SHARED, AT: "steps:\n" + END})
    reading = read_library([folder], ["one"])
    assert reading.faults() == ()
    assert reading.library.playbook("one", "exmb") is None


def test_the_desks_override_of_a_court_wins_over_the_shipped_one(tmp_path: Path) -> None:
    first = write(tmp_path / "shipped", {**DECLARED, **SHARED, AT: "steps:\n" + END})
    own = write(tmp_path / "desk", {AT: "steps:\n  end: {say: Ours., outcome: resolved}\n"})
    found = read_library([first, own]).library.playbook("one", "exmb")
    assert found is not None
    assert found.steps["end"].say == "Ours."


def test_what_a_court_changes_is_told_step_by_step(tmp_path: Path) -> None:
    own = {
        AT: "steps:\n  ask: {ask: Here?, answers: {yes: fee, no: end}}\n"
        "new-steps:\n  fee: {say: Free., next: end}\n",
        PASSAGES: "clear:\n  steps:\n    look: {say: There., next: return}\n",
    }
    changes = read(tmp_path, own).replaced["exmb"]
    assert [(each.what, each.old is None) for each in changes] == [
        ("passage clear, step look", False), ("one, step ask", False), ("one, step fee", True),
    ]  # fmt: skip


def test_every_shipped_override_overrides_something() -> None:
    reading = read_library([shipped("playbooks")])
    for court, own in reading.library.at_courts.items():
        assert reading.replaced[court]
        for slug, book in own.items():
            assert book.steps != reading.library.playbooks[slug].steps


NEWER: Final = ONE.replace("end", "bye").replace("Good.", "Well.")


@pytest.mark.parametrize(
    ("own", "changed", "slug"),
    [
        ({AT: "steps:\n" + END}, {"a/one.yaml": NEWER}, "one"),
        (
            {AT: "steps:\n  ask: {ask: Here?, answers: {yes: end, no: end}}\n"},
            {"a/one.yaml": NEWER}, "one",
        ),
        (
            {PASSAGES: "clear:\n  steps:\n    look: {say: There., next: return}\n"},
            {"passages.yaml": CLEAR.replace("look", "see")}, "two",
        ),
    ],
)  # fmt: skip
def test_an_override_of_what_is_gone_is_left_out_whatever_was_read_before(
    tmp_path: Path, own: dict[str, str], changed: dict[str, str], slug: str
) -> None:
    shipped_files = {f"shipped/{name}": text for name, text in (DECLARED | SHARED | own).items()}
    folders = [write(tmp_path, shipped_files) / "shipped", tmp_path / "desk"]
    folders[1].mkdir()
    good = read_library(folders).library
    assert good.playbook(slug, "exmb") != good.playbooks[slug]
    write(folders[1], changed)
    first, after = read_library(folders).library, read_library(folders, before=good).library
    again = read_library(folders, before=after).library
    for library in (first, after, again):
        assert library.playbook(slug, "exmb") == library.playbooks[slug] == first.playbooks[slug]
        assert library.playbook(slug, "exmb") != good.playbook(slug, "exmb")
        assert library.faults == first.faults
        assert str(folders[0] / "courts" / "exmb") in library.faults[0]


@pytest.mark.parametrize(("file", "nothing"), [(AT, "steps: {}"), (PASSAGES, "{}")])
def test_who_cannot_change_an_override_of_what_is_gone_is_told_how_to_have_none(
    tmp_path: Path, file: str, nothing: str
) -> None:
    passage = "clear:\n  steps:\n    look: {say: There., next: return}\n"
    over = {AT: "steps:\n" + END, PASSAGES: passage}[file]
    base = write(tmp_path / "shipped", {**DECLARED, **SHARED, file: over})
    desk = write(
        tmp_path / "desk", {"a/one.yaml": NEWER, "passages.yaml": CLEAR.replace("look", "see")}
    )
    (fault,) = read_library([base, desk], broken_too=True).faults()
    assert fault.message.endswith(f" To have none, write “{nothing}” into {desk / file}.")
    write(desk, {file: nothing})
    assert read_library([base, desk], broken_too=True).faults() == ()
    library = read_library([base, desk]).library
    assert library.playbook("one", "exmb") == library.playbooks["one"]
