from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpdesk import resources
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.playbook_copies import copy_playbook, list_playbooks
from helpdesk.desk.playbooks import read_again
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.symptoms import rank_symptoms
from helpdesk.desk.view import call_view
from helpdesk.errors import NotFound
from tests.playbooks.written import write
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.small_books import hide_shipped

MINE = """\
title: The printer prints twice
theme: mine
owner: court
phase: both
codes: [zz]
phrases: [printer prints twice]
start: paper
steps:
  paper:
    ask: Is there paper?
    answers: {yes: again, no: bye}
  again:
    ask: Does it print again?
    answers: {yes: bye, no: bye}
  bye:
    say: Thank you.
    outcome: resolved
"""
AT_COURT = """\
steps:
  paper:
    ask: Is there paper in Iowa?
    answers: {yes: again, no: bye}
"""

FEW = ("linking-error", "no-menus-after-link")

Mischief = Callable[[Path], object]


def in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def leads_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("gone"))


BROKEN: dict[str, Mischief] = {
    "no YAML": lambda path: path.write_text(MINE.replace("codes: [zz]", "codes: [zz")),
    "emptied": lambda path: path.write_text(""),
    "a key too much": lambda path: path.write_text(f"{MINE}nonsense: yes\n"),
    "a step that leads nowhere": lambda path: path.write_text(
        MINE.replace("yes: again", "yes: x")
    ),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "a folder in its place": in_its_place,
    "a link that leads nowhere": leads_nowhere,
}
"""What a file is like that cannot be used."""

GONE: dict[str, Mischief] = {
    "deleted": lambda path: path.unlink(),
    "renamed": lambda path: path.rename(path.with_name("prints-thrice.yaml")),
    "moved out": lambda path: path.rename(path.with_suffix(".bak")),
    "its folder deleted": lambda path: shutil.rmtree(path.parent),
}


@pytest.fixture
def desk(home: Path, clock: StillClock) -> Iterator[Desk]:
    """A desk with few playbooks, which are read in no time."""
    hide_shipped(Folder(home), but=FEW)
    desk = open_as(home, clock)
    yield desk
    desk.close()


@pytest.fixture
def mine(desk: Desk) -> Path:
    """A playbook of the desk's own, read."""
    path = desk.folder.playbooks / "mine" / "prints-twice.yaml"
    write(path.parent, {path.name: MINE})
    assert "prints-twice" in desk.library.playbooks
    return path


def ask_of(desk: Desk, court: str = "ncmb", slug: str = "prints-twice") -> str:
    book = desk.library.playbook(slug, court)
    return book.steps["paper"].ask if book else "none"


@pytest.mark.parametrize("what", [*BROKEN, *GONE])
def test_whatever_happens_to_its_file_a_call_goes_on_to_its_end(
    desk: Desk, mine: Path, what: str
) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "prints-twice")
    answer_step(desk, call, "paper", "yes")
    before = call_view(desk, call)
    (BROKEN | GONE)[what](mine)
    assert read_again(desk)
    assert call_view(desk, call) == before
    answer_step(desk, call, "again", "no")
    answer_step(desk, call, "bye", "done")
    run = call_view(desk, call).run
    assert run is not None
    assert [each.answer for each in run.passed] == ["yes", "no", "done"]
    finish_call(desk, call, "resolved")
    assert len(rows(desk, "SELECT DISTINCT version FROM answer")) == 1


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_never_replaces_a_good_one_and_is_told_with_its_place_until_mended(
    desk: Desk, mine: Path, what: str
) -> None:
    BROKEN[what](mine)
    assert read_again(desk)
    assert ask_of(desk) == "Is there paper?"
    assert rank_symptoms(desk, "printer prints twice")[0].slug == "prints-twice"
    assert desk.library.faults
    assert all(fault.startswith(f"{mine}:") for fault in desk.library.faults)
    if mine.is_dir():
        mine.rmdir()
    mine.unlink(missing_ok=True)
    mine.write_text(MINE.replace("Is there", "Is there any"))
    assert read_again(desk)
    assert desk.library.faults == ()
    assert ask_of(desk) == "Is there any paper?"


@pytest.mark.parametrize("what", GONE)
def test_a_file_that_is_gone_cannot_be_chosen_any_more(desk: Desk, mine: Path, what: str) -> None:
    GONE[what](mine)
    read_again(desk)
    with pytest.raises(NotFound):
        choose_symptom(desk, start_call(desk), "prints-twice")
    assert desk.library.faults == ()
    assert ("prints-thrice" in desk.library.playbooks) is (what == "renamed")
    assert all(file.is_file() for _, file in list_playbooks(desk))


def test_when_no_file_has_changed_nothing_is_read(desk: Desk, mine: Path) -> None:
    before = desk.library
    assert not read_again(desk)
    assert desk.library is before
    mine.write_text(MINE.replace("Thank you.", "Thanks. "))
    assert read_again(desk)
    assert desk.library is not before


def test_under_a_copy_that_is_deleted_lies_the_shipped_playbook(desk: Desk) -> None:
    shipped = desk.library.playbooks["linking-error"]
    path = copy_playbook(desk, "linking-error")
    path.write_text(path.read_text().replace("title: Error while linking", "title: Ours"))
    read_again(desk)
    assert desk.library.playbooks["linking-error"].title == "Ours"
    path.write_text("title: [")
    read_again(desk)
    assert desk.library.playbooks["linking-error"].title == "Ours"
    path.unlink()
    read_again(desk)
    assert desk.library.playbooks["linking-error"] == shipped


@pytest.mark.usefixtures("mine")
def test_broken_declarations_take_no_playbook_and_no_fact_away(desk: Desk) -> None:
    before = desk.library
    for name in ("facts", "actions", "referrals", "passages", "questions"):
        write(desk.folder.playbooks, {f"{name}.yaml": "a: [\n"})
    read_again(desk)
    assert len(desk.library.faults) == 5
    assert desk.library.playbooks == before.playbooks
    assert desk.library.facts == before.facts
    assert desk.library.actions == before.actions
    assert desk.library.referrals == before.referrals
    assert desk.library.questions == before.questions


def test_a_new_start_on_a_broken_file_takes_the_last_good_library(
    desk: Desk, mine: Path, clock: StillClock
) -> None:
    BROKEN["emptied"](mine)
    again = open_as(desk.folder.home, clock)
    assert ask_of(again) == "Is there paper?"
    assert again.library.faults == (f"{mine}:1:1: the file must hold keys and values.",)
    again.close()
    mine.unlink()  # what was good once does not come back from the cache
    later = open_as(desk.folder.home, clock)
    assert "prints-twice" not in later.library.playbooks
    assert later.library.faults == ()
    later.close()


def test_a_new_start_on_a_broken_file_without_a_cache_has_all_the_other_playbooks(
    desk: Desk, mine: Path, clock: StillClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = set(desk.library.playbooks)
    BROKEN["no YAML"](mine)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty-cache"))
    again = open_as(desk.folder.home, clock)
    assert set(again.library.playbooks) == there - {"prints-twice"}
    assert again.library.faults[0].startswith(f"{mine}:")
    again.close()


def test_a_court_keeps_its_own_while_any_file_that_it_is_made_of_is_broken(
    desk: Desk, mine: Path
) -> None:
    court = desk.folder.playbooks / "courts" / "ianb"
    passage = "clear-cache:\n  steps:\n    clear: {say: Restart it., next: return}\n"
    write(court, {"prints-twice.yaml": AT_COURT, "passages.yaml": passage})
    read_again(desk)
    before = desk.library
    assert (ask_of(desk, "ianb"), ask_of(desk)) == ("Is there paper in Iowa?", "Is there paper?")
    assert set(before.at_courts["ianb"]) > {"prints-twice"}
    for path, text in ((mine, MINE), (court / mine.name, AT_COURT),
                       (court / "passages.yaml", passage)):  # fmt: skip
        path.write_text("a: [\n")
        read_again(desk)
        assert desk.library.at_courts == before.at_courts
        assert [fault.partition(":")[0] for fault in desk.library.faults] == [str(path)]
        path.write_text(text)
    mine.unlink()
    read_again(desk)
    assert "prints-twice" not in desk.library.at_courts["ianb"]
    assert "is gone or has another name" in desk.library.faults[0]


def test_a_playbook_that_is_switched_off_is_no_fault_of_the_court_that_overrides_it(
    desk: Desk, clock: StillClock
) -> None:
    assert (resources.shipped("playbooks") / "courts" / "ianb" / "linking-error.yaml").is_file()
    desk.folder.settings.write_text("hidden: [linking-error]\n")
    again = open_as(desk.folder.home, clock)
    assert again.library.faults == ()
    assert again.library.playbook("linking-error", "ianb") is None
    again.close()
