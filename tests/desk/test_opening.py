from __future__ import annotations

import json
import os
import pwd
import stat
from pathlib import Path

import pytest

from helpdesk import resources
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.opening import find_folder, make_folder, open_desk
from helpdesk.desk.playbook_files import playbook_folders
from helpdesk.desk.view import call_view
from helpdesk.errors import BadFile, NotFound, StoreProblem
from helpdesk.playbooks import indexing
from helpdesk.store.clerks import add_clerk, find_clerks
from tests.support.calls import rows
from tests.support.clock import START, StillClock
from tests.support.desks import MORTIZ, files_of, open_as

COURTS = """
courts:
  exmb:
    name: U.S. Bankruptcy Court, Example District
    short: Example
    kind: bankruptcy
    web: www.exmb.example
    offices:
      springfield: {name: Springfield, zone: America/Denver}
"""


@pytest.fixture
def folder(home: Path) -> Folder:
    """A desk folder that lies ready, without a database."""
    folder = Folder(home)
    make_folder(folder)
    return folder


def faults(folder: Folder) -> list[str]:
    """What is wrong with a desk, which must not be opened; its file must not be made."""
    with pytest.raises(BadFile) as refused:
        open_desk(folder, StillClock(), MORTIZ)
    assert not folder.database.exists()
    return str(refused.value).splitlines()


# Folders


def test_a_named_folder_wins_over_the_environment_and_that_over_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path / "environment"))
    assert find_folder(tmp_path / "named").home == tmp_path / "named"
    assert find_folder().home == tmp_path / "environment"
    monkeypatch.delenv("HELPDESK_HOME")
    assert find_folder().home == resources.checkout()


def test_an_installed_program_keeps_its_desk_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HELPDESK_HOME")
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "site-packages" / "helpdesk")
    assert find_folder().home.is_relative_to(tmp_path)


def test_a_home_is_found_below_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_HOME", "~/desk")
    assert find_folder().home == Path.home() / "desk"


def test_a_new_folder_holds_settings_to_fill_in_that_change_nothing(folder: Folder) -> None:
    assert set(files_of(folder.home)) == {"data", "data/desk.yaml", "playbooks"}
    desk = open_desk(folder, StillClock(), MORTIZ)
    assert desk.home_court.id == "ianb"
    assert desk.settings.identity_checks == 2
    desk.close()


def test_making_a_folder_again_leaves_what_is_there(folder: Folder) -> None:
    folder.settings.write_text("court: iasb\n")
    make_folder(folder)
    assert folder.settings.read_text() == "court: iasb\n"


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear sir")
    with pytest.raises(NotFound, match="choose another --home"):
        make_folder(Folder(tmp_path / "letter" / "desk"))


# Settings and courts


def test_a_desk_without_files_of_its_own_uses_those_shipped(desk: Desk) -> None:
    assert list(desk.courts)[:3] == ["ianb", "iasb", "ncmb"]
    assert desk.home_office.id == "cedar-rapids"
    assert desk.center.zone == "America/Chicago"
    assert set(files_of(desk.folder.home)) >= {"data", "data/helpdesk.db"}


def test_the_desks_own_court_and_office_are_those_of_its_calls(folder: Folder) -> None:
    folder.settings.write_text("court: ianb\noffice: sioux-city\n")
    desk = open_desk(folder, StillClock(), MORTIZ)
    assert call_view(desk, start_call(desk)).office.id == "sioux-city"
    desk.close()


def test_courts_of_the_folder_are_added_and_win_over_those_shipped(folder: Folder) -> None:
    folder.courts.write_text(COURTS + COURTS.partition("\n")[2].replace("exmb:", "ianb:", 1)[8:])
    folder.settings.write_text("court: exmb\n")
    desk = open_desk(folder, StillClock(), MORTIZ)
    assert desk.home_office.zone == "America/Denver"
    assert desk.court("ianb").short == "Example"
    assert desk.court("IASB").short == "Iowa Southern"
    desk.close()


def test_a_court_that_is_not_there_is_refused_with_those_that_are(desk: Desk) -> None:
    with pytest.raises(NotFound, match=r"no court “nysb”; there are: ianb, .*data/courts\.yaml"):
        desk.court("nysb")


@pytest.mark.parametrize(
    ("settings", "line", "said"),
    [
        ("court: nysb\n", 1, "no court “nysb”; there are: ianb"),
        ("court: ianb\noffice: nowhere\n", 2, "no office “nowhere”"),
        ("colour: red\n", 1, "colour"),
        ("hours: [Mon-Fri 9-5]\n", 1, "write them like Mon-Fri 08:30-16:30"),
        ("identity-checks: none\n", 1, "“none” for “identity-checks” is not a number from 1 to 6"),
        ("theme: pink\n", 1, "pink"),
        ("court: ianb\ncourt: iasb\n", 2, "twice|duplicate|already|first"),
        ("court: [ianb\n", 1, "closed"),
    ],
)
def test_a_fault_in_the_settings_is_one_sentence_with_its_place(
    folder: Folder, settings: str, line: int, said: str
) -> None:
    folder.settings.write_text(settings)
    (fault,) = faults(folder)
    assert fault.startswith(f"{folder.settings}:{line}:")
    import re

    assert re.search(said, fault)


def test_a_fault_in_the_courts_is_one_sentence_with_its_place(folder: Folder) -> None:
    folder.courts.write_text(COURTS.replace("America/Denver", "America/Nowhere"))
    (fault,) = faults(folder)
    assert fault.startswith(f"{folder.courts}:9:")
    assert "“America/Nowhere” is not a time zone" in fault


def test_every_fault_of_both_files_is_said_at_once(folder: Folder) -> None:
    folder.settings.write_text("theme: pink\nlines: perhaps\n")
    folder.courts.write_text(COURTS.replace("bankruptcy", "traffic"))
    assert len(faults(folder)) == 3


@pytest.mark.parametrize("held", [b"\xff\xfe", b"court: i\xe4nb\n"])
def test_settings_that_are_no_text_are_refused(folder: Folder, held: bytes) -> None:
    folder.settings.write_bytes(held)
    (fault,) = faults(folder)
    assert "UTF-8" in fault


def test_a_fault_of_the_settings_is_found_also_after_they_were_good(folder: Folder) -> None:
    open_desk(folder, StillClock(), MORTIZ).close()
    folder.settings.write_text("court: nysb\n")
    with pytest.raises(BadFile):
        open_desk(folder, StillClock(), MORTIZ)


def test_a_database_that_cannot_be_used_is_refused_in_words(folder: Folder) -> None:
    folder.database.touch()
    with pytest.raises(StoreProblem, match="is empty"):
        open_desk(folder, StillClock(), MORTIZ)


# Who signs in


def test_the_owner_of_the_file_is_admin_and_whoever_else_starts_becomes_a_clerk(
    home: Path,
) -> None:
    clock = StillClock()
    owner = open_desk(Folder(home), clock, (os.getuid(), "owner"))
    other = open_desk(Folder(home), clock, (os.getuid() + 1, "other"))
    assert (owner.clerk.role, other.clerk.role) == ("admin", "clerk")
    told = rows(owner, "SELECT who, act FROM journal ORDER BY id")
    assert told == [{"who": "owner", "act": "sign_in"}, {"who": "other", "act": "sign_in"}]
    for desk in (owner, other):
        desk.close()


def test_a_clerk_who_starts_again_is_the_same_clerk(home: Path) -> None:
    clock = StillClock()
    first, second = open_as(home, clock), open_as(home, clock)
    assert first.clerk == second.clerk
    assert len(rows(first, "SELECT * FROM clerk")) == 1
    for desk in (first, second):
        desk.close()


def test_a_clerk_is_known_by_the_systems_user_number_also_under_a_new_name(home: Path) -> None:
    clock = StillClock()
    before = open_as(home, clock)
    after = open_as(home, clock, (MORTIZ[0], "mortiz-lee"))
    assert (after.clerk.id, after.clerk.login) == (before.clerk.id, "mortiz")
    for desk in (before, after):
        desk.close()


def test_a_clerk_who_was_added_by_name_keeps_the_role_at_the_first_start(desk: Desk) -> None:
    added = add_clerk(7, None, "jlee", "supervisor", START)
    desk.port.transact("added", START, [added])
    jlee = open_desk(desk.folder, desk.clock, (4711, "jlee"))
    assert (jlee.clerk.id, jlee.clerk.role) == (7, "supervisor")
    uids = {row["login"]: row["uid"] for row in find_clerks(desk.port).dicts()}
    assert uids == {"mortiz": 1000, "jlee": 4711}
    jlee.close()


def test_whoever_runs_the_program_is_the_clerk_whatever_the_environment_says(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "supervisor")
    monkeypatch.setenv("LOGNAME", "supervisor")
    desk = open_desk(Folder(home), StillClock())
    assert desk.clerk.login == pwd.getpwuid(os.getuid()).pw_name
    desk.close()


# Playbooks and their cache


def test_the_desks_own_playbooks_lie_over_those_shipped(desk: Desk) -> None:
    shipped = resources.shipped("playbooks")
    assert playbook_folders(desk.folder) == (shipped,)
    desk.folder.playbooks.mkdir()
    assert playbook_folders(desk.folder) == (shipped, desk.folder.playbooks)
    assert playbook_folders(Folder(shipped.parent)) == (shipped,)


def test_a_playbook_that_is_switched_off_is_not_there(folder: Folder) -> None:
    folder.settings.write_text("hidden: [linking-error]\n")
    desk = open_desk(folder, StillClock(), MORTIZ)
    assert "linking-error" not in desk.library.playbooks
    assert desk.library.title("linking-error") == "linking-error"
    assert desk.library.title("forgot-pacer") == desk.library.playbooks["forgot-pacer"].title
    desk.close()


def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own-cache"))
    return tmp_path / "own-cache"


def test_what_was_read_is_kept_where_nobody_else_reads_it_and_read_back_alike(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = own_cache(tmp_path, monkeypatch)
    folder.settings.write_text("court: exmb\nhidden: [pacer-cost]\nkeys: {new-call: f2}\n")
    folder.courts.write_text(COURTS)
    first, second = (open_desk(folder, StillClock(), MORTIZ) for _ in range(2))
    assert second.library == first.library
    assert (second.settings, second.courts, second.center) == (
        first.settings, first.courts, first.center,
    )  # fmt: skip
    files = [path for path in cache.rglob("*") if path.is_file()]
    assert files
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    for desk in (first, second):
        desk.close()


@pytest.mark.parametrize("held", ["", "{", "[]", '{"key": 1}', "null"])
def test_a_broken_cache_is_as_good_as_none(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    cache = own_cache(tmp_path, monkeypatch)
    desk = open_desk(folder, StillClock(), MORTIZ)
    whole = desk.library
    desk.close()
    for path in cache.rglob("*.json"):
        path.write_text(held)
    again = open_desk(folder, StillClock(), MORTIZ)
    assert again.library == whole
    again.close()


def test_a_cache_of_another_shape_is_as_good_as_none(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = own_cache(tmp_path, monkeypatch)
    desk = open_desk(folder, StillClock(), MORTIZ)
    whole = desk.library
    desk.close()
    for path in cache.rglob("*.json"):
        kept = json.loads(path.read_text())
        path.write_text(json.dumps({**kept, "value": {"settings": {}, "playbooks": [1]}}))
    again = open_desk(folder, StillClock(), MORTIZ)
    assert again.library == whole
    again.close()


def test_without_a_place_for_a_cache_the_files_are_read(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter").write_text("dear sir")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "letter"))
    desk = open_desk(folder, StillClock(), MORTIZ)
    assert desk.library.playbooks
    desk.close()


def test_a_changed_playbook_is_read_anew(folder: Folder) -> None:
    path = folder.playbooks / "coffee.yaml"
    text = (resources.shipped("playbooks") / "account" / "pacer-cost.yaml").read_text()
    for title in ("Coffee is cold", "Coffee is out"):
        lines = [
            f"title: {title}" if line.startswith("title:") else line for line in text.split("\n")
        ]
        path.write_text("\n".join(lines).replace("codes:", "codes: [qz] #"))
        desk = open_desk(folder, StillClock(), MORTIZ)
        assert desk.library.title("coffee") == title
        assert desk.finder.find(title)[0].slug == "coffee"
        assert desk.finder.find("qz")[0].title == title
        desk.close()


def test_a_second_start_finds_by_words_without_reading_a_playbook(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    desk = open_desk(folder, StillClock(), MORTIZ)
    wanted = [desk.finder.find(typed) for typed in ("", "li", "shared firm account")]
    desk.close()
    (kept,) = (tmp_path / "cache" / "helpdesk").glob("playbooks-*.json")
    held = json.loads(kept.read_text())
    books = held["value"]["playbooks"]
    books.update({slug: ["no playbook", ""] for slug in books})
    kept.write_text(json.dumps(held))
    again = open_desk(folder, StillClock(), MORTIZ)
    assert [again.finder.find(typed) for typed in ("", "li", "shared firm account")] == wanted
    assert again.library.title("linking-error") == desk.library.title("linking-error")
    with pytest.raises(ValueError, match="Expecting value"):
        again.library.playbooks["linking-error"]
    again.close()


def test_whoever_changes_how_words_are_read_finds_by_it_at_the_next_start(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    code = tmp_path / "indexing.py"
    monkeypatch.setattr(indexing, "__file__", str(code))
    for text in ("", "# changed"):
        code.write_text(text)
        desk = open_desk(folder, StillClock(), MORTIZ)
        assert desk.finder.find("li")
        desk.close()
    assert len(list((tmp_path / "cache" / "helpdesk").glob("words-*.json"))) == 2


def test_old_caches_are_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = own_cache(tmp_path, monkeypatch)
    for number in range(12):
        folder = Folder(tmp_path / f"desk{number}")
        make_folder(folder)
        open_desk(folder, StillClock(), MORTIZ).close()
    assert len(list(cache.rglob("desk-*.json"))) <= 8
