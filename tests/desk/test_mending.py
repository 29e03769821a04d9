"""Each thing that can be wrong is named in words; what loses nothing is mended."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest

from helpdesk.desk import machine
from helpdesk.desk.backup_list import backups_of, list_backups
from helpdesk.desk.backups import back_up
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.findings import Finding
from helpdesk.desk.history import record_history
from helpdesk.desk.home import open_console
from helpdesk.desk.mending import repair
from helpdesk.desk.nightly import keep_nightly
from helpdesk.desk.opening import open_desk
from helpdesk.desk.upkeep import examine
from helpdesk.errors import NotAllowed, StoreDamaged
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.programs import finished
from tests.support.records import story
from tests.support.tables import tables_of

SURROUNDINGS = {"disk", "memory", "terminal", "time zones", "file system", "Python"}
"""What depends on the machine that the test runs on."""


@pytest.fixture
def used(desk: Desk, clock: StillClock) -> Desk:
    """A desk with history, its sums kept and a backup made."""
    me = "UPDATE clerk SET uid = ? WHERE login = 'mortiz'"  # whoever runs this, as doctor asks
    desk.port.transact("me", 0, [(me, (os.getuid(),))])
    clock.go_on(86_400)
    record_history(desk, story(desk))
    list(keep_nightly(desk))
    return desk


def wrong(desk: Desk) -> dict[str, Finding]:
    found = {each.what: each for each in examine(desk.folder, desk.clock) if not each.ok}
    return {what: each for what, each in found.items() if what not in SURROUNDINGS}


def behind(desk: Desk, *statements: str) -> None:
    """Change the database as somebody with another program would."""
    with closing(sqlite3.connect(desk.folder.database, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


def index_lost_words(desk: Desk) -> None:
    behind(
        desk,
        "INSERT INTO ticket_search(ticket_search, rowid, text)"
        " SELECT 'delete', ticket, text FROM ticket_text",
    )


def text_is_anothers(desk: Desk) -> None:
    behind(desk, "UPDATE ticket_text SET text = 'of somebody else' WHERE ticket % 2 = 0 OR 1")


def caller_text_is_old(desk: Desk) -> None:
    behind(desk, "UPDATE caller_text SET text = 'a former name'")


def sums_are_wrong(desk: Desk) -> None:
    behind(desk, "UPDATE rollup SET figures = '{}' WHERE part = 'whole'")


def folder_is_everybodys(desk: Desk) -> None:
    desk.folder.database.parent.chmod(0o777)


def file_is_everybodys(desk: Desk) -> None:
    desk.folder.database.chmod(0o666)


def backup_is_everybodys(desk: Desk) -> None:
    for path in backups_of(desk.folder).glob("helpdesk-*"):
        path.chmod(0o644)


def copy_was_killed(desk: Desk) -> None:
    pid = finished("import os; print(os.getpid())").strip()
    (backups_of(desk.folder) / f".helpdesk-2026-06-01-020000.db.{pid}").write_bytes(b"half")
    desk.folder.database.with_name(f".helpdesk.db.{pid}-wal").write_bytes(b"half")
    desk.folder.database.with_name(".helpdesk.db.replacing").write_text(pid)


def log_is_off(desk: Desk) -> None:
    desk.port.close()
    behind(desk, "PRAGMA journal_mode = DELETE")


LOSES_NOTHING = (
    (text_is_anothers, "texts"), (caller_text_is_old, "texts"), (index_lost_words, "search"),
    (sums_are_wrong, "sums"), (folder_is_everybodys, "rights"), (file_is_everybodys, "rights"),
    (backup_is_everybodys, "rights"), (copy_was_killed, "leftovers"), (log_is_off, "tables"),
)  # fmt: skip


def test_all_that_is_wrong_is_named_at_once_and_mended_and_nothing_is_lost(
    used: Desk, clock: StillClock
) -> None:
    assert wrong(used) == {}
    before = tables_of(used)
    for spoil, _ in LOSES_NOTHING:
        spoil(used)
    found = wrong(used)
    assert set(found) == {what for _, what in LOSES_NOTHING}
    assert all("--repair" in each.way_out for each in found.values())
    said = list(repair(used.folder, clock))
    again = open_as(used.folder.home, clock)
    assert wrong(again) == {}, said
    assert tables_of(again) == before
    assert not [each for each in repair(used.folder, clock) if "log was folded" not in each]
    again.close()


def test_a_backup_comes_before_the_database_is_changed_and_only_an_admin_changes_it(
    used: Desk, clock: StillClock
) -> None:
    index_lost_words(used)
    there = len(list_backups(backups_of(used.folder)))
    clock.go_on(60)
    said = list(repair(used.folder, clock))
    assert "before anything was changed" in said[0]
    assert len(list_backups(backups_of(used.folder))) == there + 1
    told = rows(used, "SELECT act FROM journal WHERE subject = 'desk' ORDER BY id DESC LIMIT 2")
    assert [each["act"] for each in told] == ["rebuild_search", "backup"]
    index_lost_words(used)
    desk = open_as(used.folder.home, clock, RVANCE, "clerk")
    desk.close()
    from helpdesk.desk.mending import repair_database

    with pytest.raises(NotAllowed):
        repair_database(desk)


def damaged_page(desk: Desk) -> None:
    desk.port.close()
    with desk.folder.database.open("r+b") as file:
        for page in range(6, desk.folder.database.stat().st_size // 4096, 2):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)


def emptied(desk: Desk) -> None:
    desk.port.close()
    desk.folder.database.write_bytes(b"")


def foreign(desk: Desk) -> None:
    desk.port.close()
    desk.folder.database.write_bytes(b"minutes of a meeting" * 500)


def gone(desk: Desk) -> None:
    desk.port.close()
    desk.folder.database.unlink()


def orphaned(desk: Desk) -> None:
    behind(desk, "UPDATE call SET clerk = 12345 WHERE id = (SELECT min(id) FROM call)")


@pytest.mark.parametrize("spoil", [damaged_page, emptied, foreign, gone, orphaned])
def test_damaged_data_is_left_alone_and_the_newest_good_backup_is_named(
    used: Desk, clock: StillClock, spoil: Callable[[Desk], None]
) -> None:
    (made,) = list_backups(backups_of(used.folder))
    spoil(used)
    path = used.folder.database
    before = path.read_bytes() if path.exists() else None
    found = wrong(used)
    assert any(f"helpdesk restore {made.path}" in each.way_out for each in found.values()), found
    list(repair(used.folder, clock))
    if spoil is not orphaned:  # whoever repairs signs in to a desk that opens
        assert (path.read_bytes() if path.exists() else None) == before or spoil is damaged_page
    if spoil is not orphaned and spoil is not damaged_page:
        with pytest.raises(StoreDamaged, match=made.path.name):
            open_desk(used.folder, clock)


def settings_are_broken(desk: Desk) -> None:
    desk.folder.settings.write_text("court: [", encoding="utf-8")


def clock_is_behind(desk: Desk) -> None:
    assert isinstance(desk.clock, StillClock)
    desk.clock.set_by(-7 * 86_400)


def call_is_left(desk: Desk) -> None:
    assert isinstance(desk.clock, StillClock)
    open_console(desk)
    start_call(desk)
    behind(desk, "UPDATE console SET boot = 'the one before'")
    desk.clock.go_on(86_400)


def nobody_is_admin(desk: Desk) -> None:
    behind(desk, "UPDATE clerk SET role = 'clerk'")


def backups_are_late(desk: Desk) -> None:
    assert isinstance(desk.clock, StillClock)
    desk.clock.go_on(5 * 86_400)


def backup_went_bad(desk: Desk) -> None:
    path = Path(list_backups(backups_of(desk.folder))[0].path)
    with path.open("r+b") as file:
        file.seek(5_000)
        file.write(b"\xff" * 10)


def second_name(desk: Desk) -> None:
    (desk.folder.home / "other.db").hardlink_to(desk.folder.database)


def link(desk: Desk) -> None:
    desk.port.close()
    elsewhere = desk.folder.home / "elsewhere.db"
    desk.folder.database.rename(elsewhere)
    desk.folder.database.symlink_to(elsewhere)


def forged(desk: Desk) -> None:
    behind(
        desk,
        "DROP TRIGGER IF EXISTS journal_value_stays_in_its_place",
        "UPDATE journal_value SET new = new || '1'",
    )


FOR_A_PERSON = (
    (
        (settings_are_broken, "playbooks", "desk.yaml"), (clock_is_behind, "times", "ahead"),
        (nobody_is_admin, "staff", "admin"), (backup_went_bad, "backups", "checksum"),
        (link, "links", "is a link"),
    ),
    (
        (call_is_left, "calls", "mortiz goes on since"), (backups_are_late, "backups", "6 days"),
        (second_name, "links", "second name"), (forged, "journal", "entry 1"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("spoilt", FOR_A_PERSON)
def test_what_only_a_person_can_mend_is_said_part_by_part_with_the_way_out(
    used: Desk, spoilt: tuple[tuple[Callable[[Desk], None], str, str], ...]
) -> None:
    for spoil, _, _ in spoilt:
        spoil(used)
    found = {each.what: each for each in examine(used.folder, used.clock)}
    for _, what, said in spoilt:
        assert not found[what].ok
        assert said in found[what].said
        assert found[what].way_out
    assert found["database"].ok  # each part stands by itself


@pytest.fixture
def poor_machine(monkeypatch: pytest.MonkeyPatch) -> StillClock:
    """A machine on which everything is old, small or missing."""

    def no_zone(name: str) -> None:
        raise ZoneInfoNotFoundError(f"No time zone found with key {name}")

    monkeypatch.setattr(machine, "ZoneInfo", no_zone)
    monkeypatch.setattr(machine, "sqlite_lacks", lambda: ("3.8.0", ["FTS5"]))
    monkeypatch.setattr(machine, "_LEAST_MEMORY", 2**60)
    monkeypatch.setattr("importlib.metadata.requires", lambda _: ["click>=99,<100", "nosuch>=1"])
    return StillClock(86_400)


def test_a_machine_that_lacks_what_is_needed_is_told_part_by_part(
    poor_machine: StillClock,
) -> None:
    found = {each.what: each for each in machine.examine_machine(poor_machine)}
    assert {what for what, each in found.items() if not each.ok} >= {
        "Python", "SQLite", "time zones", "clock", "memory",
    }  # fmt: skip
    assert "nosuch is missing" in found["Python"].said
    assert "not >=99,<100" in found["Python"].said
    assert "FTS5" in found["SQLite"].said


def test_a_desk_without_a_data_folder_gets_one_and_no_database(
    clock: StillClock, home: Path
) -> None:
    from helpdesk.desk.desk import Folder

    home.mkdir()
    assert f"Made {home / 'data'}." in list(repair(Folder(home), clock))
    assert not (home / "data" / "helpdesk.db").exists()
    assert stat.S_IMODE((home / "data").stat().st_mode) == 0o2770


def test_the_sidecar_of_a_backup_that_cannot_be_read_makes_it_no_good_one(used: Desk) -> None:
    made = back_up(used)
    tellings: tuple[object, ...] = (
        [], None, {"at": "soon"}, {**made.told, "zone": "../etc"}, {**made.told, "tables": []},
        {**made.told, "at": 2**70}, {**made.told, "tables": {"ticket": "many"}},
    )  # fmt: skip
    for told in tellings:
        Path(f"{made.path}.meta.json").write_text(json.dumps(told), encoding="utf-8")
        faults = {each.fault for each in list_backups(backups_of(used.folder))}
        assert faults == {"", "what is told of it cannot be read"}, told
