from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.playbook_check import check_desk, check_paths
from helpdesk.desk.playbook_copies import copy_playbook, list_playbooks
from helpdesk.desk.playbooks import get_playbook, rank_playbooks
from helpdesk.errors import NotAllowed, NotFound
from tests.playbooks.written import STEPS, TOP, write
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as

TODAY = date(2026, 6, 1)
OWN = TOP.replace("[ab]", "[zz]")


def test_a_playbook_is_found_by_its_code(desk: Desk) -> None:
    book = get_playbook(desk, "linking-error")
    assert get_playbook(desk, book.codes[0]) == book
    with pytest.raises(NotFound, match="no-such"):
        get_playbook(desk, "no-such")


def test_every_playbook_of_the_library_is_listed_with_its_file(desk: Desk) -> None:
    listed = list_playbooks(desk)
    assert {book.slug for book, _ in listed} == set(desk.library.playbooks)
    assert all(file.stem == book.slug for book, file in listed)


def test_a_search_is_padded_but_its_best_stay_first(desk: Desk) -> None:
    few = rank_playbooks(desk, "xqzjvk", 5)
    assert [each.score for each in few] == [0.0] * 5
    assert rank_playbooks(desk, "linking error")[0].slug == "linking-error"
    assert rank_playbooks(desk, "linking error", 5)[0].slug == "linking-error"


def test_words_that_look_like_a_secret_are_ranked_and_not_refused(desk: Desk) -> None:
    assert rank_playbooks(desk, "the password is Hunter2!x")


def test_a_copy_is_made_by_a_code_too(desk: Desk) -> None:
    assert copy_playbook(desk, "li").name == "linking-error.yaml"
    with pytest.raises(NotAllowed, match=r"has its own already: edit .*linking-error\.yaml"):
        copy_playbook(desk, "li")
    with pytest.raises(NotFound, match="No playbook “zzz” is shipped"):
        copy_playbook(desk, "zzz")


def test_a_copy_lies_where_the_shipped_one_does_and_reads_the_same(desk: Desk) -> None:
    before = get_playbook(desk, "linking-error")
    path = copy_playbook(desk, "linking-error")
    assert path == desk.folder.playbooks / "linking" / "linking-error.yaml"
    desk.read_library_again()
    assert get_playbook(desk, "linking-error") == before
    assert {book.slug: file for book, file in list_playbooks(desk)}["linking-error"] == path


def test_only_who_keeps_the_playbooks_copies_them(desk: Desk, clock: StillClock) -> None:
    other = open_as(desk.folder.home, clock, RVANCE, "clerk")
    with pytest.raises(NotAllowed):
        copy_playbook(other, "linking-error")
    other.close()


def test_a_broken_file_of_the_desk_gets_every_check_although_the_shipped_one_stays(
    desk: Desk,
) -> None:
    broken = OWN + "nonsense: yes\n" + STEPS.replace("say: Good.", "say: Call <court.fax>.")
    write(desk.folder.playbooks, {"linking/linking-error.yaml": broken})
    said = [fault.message for fault in check_desk(desk.folder, TODAY).faults]
    assert any("“nonsense” is not known" in message for message in said)
    assert any("<court.fax>" in message for message in said)
    assert get_playbook(desk, "linking-error").title != "Cannot sign in"


def test_a_file_is_checked_against_the_library_it_would_join(home: Path, tmp_path: Path) -> None:
    write(tmp_path, {"a/taken.yaml": OWN.replace("[zz]", "[le]") + STEPS})
    steps = STEPS.replace("outcome: resolved", "outcome: resolved\n    see: [linking-error]")
    write(tmp_path, {"b/good.yaml": OWN + steps})
    taken = check_paths(Folder(home), [tmp_path / "a" / "taken.yaml"], TODAY)
    assert ["is taken by" in fault.message for fault in taken.faults] == [True]
    assert check_paths(Folder(home), [tmp_path / "b"], TODAY).faults == ()


def test_a_whole_desk_folder_can_be_given(home: Path, tmp_path: Path) -> None:
    write(tmp_path, {"playbooks/x/good.yaml": OWN + STEPS, "data/desk.yaml": "theme: pink\n"})
    checked = check_paths(Folder(home), [tmp_path], TODAY)
    assert [fault.file for fault in checked.faults] == [str(tmp_path / "data" / "desk.yaml")]
    assert checked.count == 1


def test_what_is_overdue_depends_on_the_day(home: Path, tmp_path: Path) -> None:
    write(tmp_path, {"x/one.yaml": OWN + "review: 2026-06-01\n" + STEPS})
    place = f"{tmp_path / 'x' / 'one.yaml'}:8:1"
    assert check_paths(Folder(home), [tmp_path], date(2026, 6, 2)).advice == (
        f"{place}: the facts of “one” were to be read again by 2026-06-01.",
    )
    assert check_paths(Folder(home), [tmp_path], TODAY).advice == ()
