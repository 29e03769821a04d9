"""The drill: a desk with history is backed up while others write, is damaged, and is restored."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from helpdesk.desk.backup_list import backups_folder, list_backups
from helpdesk.desk.backups import back_up
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.history import record_history
from helpdesk.desk.home import close_console, open_console
from helpdesk.desk.losses import Lost
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.report_scope import Question
from helpdesk.desk.restoring import look_into, restore
from helpdesk.desk.upkeep import examine_database
from helpdesk.domain.backups import Backup, backup_name
from helpdesk.errors import HelpdeskError, NotAllowed, StoreProblem
from helpdesk.store import backup_file
from helpdesk.store.schema import SCRIPTS
from tests.support.calls import call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.programs import finished, started
from tests.support.records import story
from tests.support.tables import every_row


@pytest.fixture
def used(desk: Desk, clock: StillClock) -> Desk:
    """A desk with history, and a finished call of today."""
    me = "UPDATE clerk SET uid = ? WHERE login = 'mortiz'"  # whoever runs this, as restore asks
    desk.port.transact("me", 0, [(me, (os.getuid(),))])
    clock.go_on(86_400)
    record_history(desk, story(desk))
    call = call_of_dana(desk)
    add_note_to_call(desk, call, "asked about the filing of 3 May")
    clock.go_on(60)
    finish_call(desk, call, "resolved")
    return desk


def everything(desk: Desk) -> dict[str, Any]:
    """Every row of every table, as it stands."""
    names = desk.port.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return {
        name: sorted(desk.port.query(f'SELECT * FROM "{name}"').rows, key=repr)
        for (name,) in names.rows
        if not name.startswith(("ticket_search", "caller_search", "caller_part", "sqlite_"))
        and name not in {"caller_word", "ticket_word"}
    }


def calls_now(desk: Desk) -> int:
    """How many calls another connection sees: the desk's own is busy copying."""
    with closing(sqlite3.connect(desk.folder.database)) as other:
        return int(other.execute("SELECT count(*) FROM call").fetchone()[0])


WRITES = """
import sys
from pathlib import Path
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
desk = open_desk(Folder(Path(sys.argv[1])), user=(1001, "rvance"))
said = False
while True:
    finish_call(desk, start_call(desk), "resolved")
    if not said:
        said = True
        print(flush=True)
"""


def test_a_backup_holds_one_moment_while_others_write_and_nobody_waits_for_it(
    used: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_file, "_PAGES", 5)  # many steps on a small file
    writer = started(WRITES, used.folder.home)
    assert writer.stdout is not None
    try:
        writer.stdout.readline()
        between: list[int] = []

        def step(done: int, total: int) -> None:
            if total and done and len(between) < 3:
                before = calls_now(used)
                while calls_now(used) <= before:  # somebody else's call goes in meanwhile
                    time.sleep(0.01)
                between.append(done)

        made = back_up(used, progress=step)
    finally:
        writer.kill()
        writer.communicate()
    assert len(between) == 3
    now = rows(used, "SELECT count(*) AS n FROM call")[0]["n"]
    assert made.rows("call") < now
    assert look_into(used.folder, Path(made.path)).facts["tables"] == made.told["tables"]


def damage_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        for page in range(4, path.stat().st_size // 4096, 3):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)


def cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)


def write_over(path: Path) -> None:
    path.write_bytes(b"a letter to the court" * 1_000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def lose_and_leave_the_log(path: Path) -> None:
    path.rename(path.with_suffix(".elsewhere"))
    Path(f"{path}-wal").write_bytes(b"\x37\x7f\x06\x82" + b"stale" * 2_000)


@pytest.mark.parametrize(
    "damage", [damage_a_page, cut_short, write_over, empty, Path.unlink, lose_and_leave_the_log]
)
def test_after_any_damage_a_backup_brings_back_every_row_of_its_moment(
    used: Desk, clock: StillClock, damage: Callable[[Path], None]
) -> None:
    home, path = used.folder.home, used.folder.database
    before = everything(used)
    made = back_up(used)
    asked = Question("by-symptom", first="2026-05-01", last="2026-06-30")
    report = make_report(used, asked).table.rows
    ticket = show_ticket(used, "1")
    # what is written after the backup is in it only as the next number
    finish_call(used, start_call(used), "resolved")
    used.port.close()
    damage(path)
    remains = path.read_bytes() if path.exists() else None

    _, aside = restore(used.folder, Path(made.path), clock=clock)

    assert (aside.read_bytes() if aside.exists() else None) == remains
    assert not Path(f"{path}-wal").exists()
    again = open_as(home, clock)
    after = everything(again)
    assert [row for row in after["journal"] if row in before["journal"]] == before["journal"]
    (told,) = [row for row in after["journal"] if row not in before["journal"]]
    assert "restore" in told
    for table in ("journal", "journal_value", "op", "number_given"):
        del before[table], after[table]
    assert after == before
    assert show_ticket(again, "1") == ticket
    assert make_report(again, asked).table.rows == report
    assert all(each.ok for each in examine_database(again))
    finish_call(again, start_call(again), "resolved")
    assert faults_of(again.port) == []
    again.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert [each.name for each in path.parent.glob(".*")] == []


def test_what_is_newer_than_a_backup_is_told_by_number_and_never_given_again(
    used: Desk, clock: StillClock
) -> None:
    made = back_up(used)
    clock.go_on(600)
    newer = [finish_call(used, start_call(used), "resolved") for _ in range(2)]
    last = rows(used, "SELECT max(n) AS n FROM ticket WHERE year = 2026")[0]["n"]
    look = look_into(used.folder, Path(made.path))
    assert look.lost is not None
    assert len(newer) == 2
    assert look.lost.tickets == tuple(f"T-26-{last - 1 + n:05d}" for n in range(2))
    assert (look.lost.calls, look.lost.last_at) == (2, clock.at)
    used.port.close()
    _, aside = restore(used.folder, Path(made.path), clock=clock)
    again = open_as(used.folder.home, clock)
    finish_call(again, start_call(again), "resolved")
    assert rows(again, "SELECT max(n) AS n FROM ticket WHERE year = 2026")[0]["n"] == last + 1
    again.close()
    # and the database that was replaced is itself a backup
    look, _ = restore(used.folder, aside, clock=clock, force=True)
    assert look.lost is not None
    back = open_as(used.folder.home, clock)
    assert rows(back, "SELECT count(*) AS n FROM ticket WHERE n = ?", last)[0]["n"] >= 1
    finish_call(back, start_call(back), "resolved")
    assert rows(back, "SELECT max(n) AS n FROM ticket WHERE year = 2026")[0]["n"] == last + 2
    back.close()


def test_of_two_files_with_one_past_it_is_told_what_the_desk_alone_has(
    used: Desk, clock: StillClock
) -> None:
    made = back_up(used)
    finish_call(used, start_call(used), "resolved")
    used.port.close()
    _, aside = restore(used.folder, Path(made.path), clock=clock)
    assert aside.name == backup_name(clock.at, used.home_office.zone, "replaced")
    # the file that was there has another end than the desk, which has all the rest of it
    assert look_into(used.folder, aside).lost == Lost((), 0, 1, clock.at)
    clock.go_on(600)
    again = open_as(used.folder.home, clock)
    call = start_call(again)
    finish_call(again, call, "resolved")
    year, n = rows(again, "SELECT year, max(n) AS n FROM ticket")[0].values()
    written = rows(again, "SELECT count(*) AS n FROM journal WHERE at = ?", clock.at)[0]["n"]
    again.close()
    look, _ = restore(used.folder, aside, clock=clock)
    assert look.lost == Lost((f"T-{year % 100}-{n:05d}",), 1, 1 + written, clock.at)


def test_whoever_still_has_the_replaced_file_open_is_told_and_harms_nothing(
    used: Desk, clock: StillClock
) -> None:
    made = back_up(used)
    finish_call(used, start_call(used), "resolved")  # a command that has the file open
    other = open_as(used.folder.home, clock, RVANCE, "supervisor")
    open_console(other)
    with pytest.raises(NotAllowed, match="console open"):
        restore(used.folder, Path(made.path), clock=clock)
    restore(used.folder, Path(made.path), clock=clock, force=True)
    with pytest.raises(StoreProblem, match="replaced by a backup"):
        start_call(used)
    again = open_as(used.folder.home, clock)
    followed = start_call(other)  # a console goes on with the new file
    assert len(rows(again, "SELECT 1 FROM call WHERE id = ?", followed)) == 1
    call = start_call(again)
    other.port.close()
    used.port.close()  # the last one: SQLite must not take the new file's log away
    finish_call(again, call, "resolved")
    again.close()
    once_more = open_as(used.folder.home, clock)
    assert rows(once_more, "SELECT outcome FROM call WHERE id = ?", call) == [
        {"outcome": "resolved"}
    ]
    assert all(each.ok for each in examine_database(once_more))
    once_more.close()


def copy_of(made: Backup, name: str) -> Path:
    path = Path(made.path).with_name(name)
    path.write_bytes(Path(made.path).read_bytes())
    return path


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE letter(id INTEGER PRIMARY KEY)")


def forged(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("DROP TRIGGER IF EXISTS journal_value_stays_in_its_place")
        other.execute("UPDATE journal_value SET new = '1' WHERE field = 'started_at'")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (newer, "newer helpdesk"), (foreign, "another program"), (forged, "does not hold"),
        (damage_a_page, "damaged"), (cut_short, "damaged"), (write_over, "not a help-desk"),
        (empty, "is empty"), (Path.unlink, "is not there"),
    ],
)  # fmt: skip
def test_what_cannot_be_restored_is_refused_and_the_desk_stays_as_it_is(
    used: Desk, clock: StillClock, spoil: Callable[[Path], None], said: str
) -> None:
    file = copy_of(back_up(used), "spoilt.db")
    spoil(file)
    used.port.close()
    before = used.folder.database.read_bytes()
    for attempt in (look_into, lambda folder, path: restore(folder, path, clock=clock)):
        with pytest.raises(HelpdeskError, match=said):
            attempt(used.folder, file)
    assert used.folder.database.read_bytes() == before
    assert [each.name for each in used.folder.database.parent.glob(".*")] == []


def test_a_backup_that_was_changed_afterwards_or_is_of_another_desk_needs_force(
    used: Desk, clock: StillClock, tmp_path: Path
) -> None:
    made = Path(back_up(used).path)
    other = open_as(tmp_path / "other", clock)
    finish_call(other, start_call(other), "resolved")
    with pytest.raises(NotAllowed, match="another desk"):
        restore(other.folder, made, clock=clock)
    assert look_into(other.folder, made).strange
    other.close()
    with closing(sqlite3.connect(made, isolation_level=None)) as changed:
        changed.execute("UPDATE ticket SET symptom = 'other' WHERE n = 1")
    used.port.close()
    with pytest.raises(StoreProblem, match="changed after it was made"):
        restore(used.folder, made, clock=clock)
    restore(used.folder, made, clock=clock, force=True)


def test_only_an_admin_restores_and_only_the_owner_where_nobody_can_be_told(
    used: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Path(back_up(used).path)
    desk = open_as(used.folder.home, clock, (os.getuid(), "root"), "supervisor")
    desk.close()
    with pytest.raises(NotAllowed, match="admin"):
        restore(used.folder, made, clock=clock)
    used.port.close()
    used.folder.database.write_bytes(b"")
    monkeypatch.setattr(os, "getuid", lambda: 64_000)
    with pytest.raises(NotAllowed, match="owns"):
        restore(used.folder, made, clock=clock)


def test_a_backup_of_an_older_version_is_brought_up_to_date_on_the_way(
    used: Desk, clock: StillClock
) -> None:
    from tests.desk.test_older_file import make_older

    file = copy_of(back_up(used), "older.db")
    make_older(file)
    tickets = rows(used, "SELECT id, year, n, status FROM ticket ORDER BY id")
    used.port.close()
    look, _ = restore(used.folder, file, clock=clock, force=True)
    assert look.older
    again = open_as(used.folder.home, clock)
    assert again.port.query("PRAGMA user_version").value() == len(SCRIPTS)
    assert rows(again, "SELECT id, year, n, status FROM ticket ORDER BY id") == tickets
    again.close()
    with closing(sqlite3.connect(file)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)


KILLED = """
import os, signal, sys
from pathlib import Path
from helpdesk.desk.desk import Folder
from helpdesk.desk.report_scope import Question
from helpdesk.desk.restoring import restore
from helpdesk.store import replacing
where = int(sys.argv[3])
done = 0
def die(event, args):
    global done
    if event in ("os.link", "os.remove", "os.rename") and "data" in str(args[0]):
        done += 1
        if done == where:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
restore(Folder(Path(sys.argv[1])), Path(sys.argv[2]), force=True)
"""


@pytest.mark.parametrize("where", range(1, 7))
def test_a_restore_that_is_killed_leaves_the_old_desk_or_the_new_one_whole(
    used: Desk, clock: StillClock, where: int
) -> None:
    made = Path(back_up(used).path)
    finish_call(used, start_call(used), "resolved")
    newest = rows(used, "SELECT max(id) AS id FROM call")[0]["id"]
    calls = rows(used, "SELECT count(*) AS n FROM call")[0]["n"]
    used.port.close()
    finished(KILLED, used.folder.home, made, where, status=-9)
    again = open_as(used.folder.home, clock, (os.getuid(), "mortiz"))
    held = rows(again, "SELECT count(*) AS n, max(id) AS id FROM call")[0]
    finish_call(again, start_call(again), "resolved")
    if where < 6:
        assert (held["n"], held["id"]) == (calls, newest)
    else:
        assert held["n"] == calls - 1
    wrong = [each for each in examine_database(again) if not each.ok]
    assert {each.what for each in wrong} <= {"times"}, wrong
    again.close()
    restore(used.folder, made, clock=clock, force=True)
    assert [each.name for each in used.folder.database.parent.glob(".*")] == []


def test_a_backup_is_there_whole_or_not_at_all_and_never_over_another(
    used: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "copies" / "monday.db"
    path.parent.mkdir()

    def full(done: int, _total: int) -> None:
        if done:
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreProblem, match="No space left"):
        back_up(used, path, full)
    assert list(path.parent.iterdir()) == []
    made = back_up(used, path)
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "monday.db", "monday.db.meta.json",
    ]  # fmt: skip
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(HelpdeskError, match="is there already"):
        back_up(used, path)
    told = json.loads((path.parent / "monday.db.meta.json").read_text(encoding="utf-8"))
    assert told["tables"]["ticket"] == made.rows("ticket") > 0
    assert told["size"] == path.stat().st_size
    inside = Path(back_up(used).path)
    assert inside.parent == backups_folder(used.folder, used.settings)
    assert stat.S_IMODE(inside.stat().st_mode) == 0o660
    cut_short(inside)
    (listed,) = list_backups(inside.parent)
    assert listed.fault


def test_only_an_admin_backs_up_and_the_journal_says_so(used: Desk, clock: StillClock) -> None:
    other = open_as(used.folder.home, clock, RVANCE, "supervisor")
    with pytest.raises(NotAllowed):
        back_up(other)
    other.close()
    made = back_up(used)
    told = rows(used, "SELECT who FROM journal WHERE subject = 'desk' AND act = 'backup'")
    assert told == [{"who": "mortiz"}]
    assert list_backups(Path(made.path).parent)[0].told["by"] == "mortiz"
    assert every_row(used)
    close_console(used)
