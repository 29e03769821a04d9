"""Desks of every released version: opened by this program, interrupted, and refused when newer."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.figures import make_report
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.report_scope import Question
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.verifying import verify_journal
from helpdesk.errors import StoreProblem
from helpdesk.store.clerks import add_clerk
from helpdesk.store.opening import open_file
from helpdesk.store.schema import SCRIPTS
from tests.support.clock import START, StillClock
from tests.support.desks import open_as
from tests.support.programs import finished, started
from tests.support.released import VERSIONS, make_released, rows_of

RETOLD = {"ticket_text", "caller_text", "_sqlite_migrations", "console", "clerk", "op", "seal"}
"""Tables that an upgrade or a start writes itself."""

SHAPE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"


def shape(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as kept:
        rows = kept.execute(SHAPE).fetchall()
    return {(kind, name, " ".join((sql or "").split())) for kind, name, sql in rows}


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as kept:
        return int(kept.execute("PRAGMA user_version").fetchone()[0])


def only_known(rows: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the columns that they had before, in the same order."""
    columns = before[0].keys()
    return sorted(({name: row[name] for name in columns} for row in rows), key=repr)


def is_whole(path: Path, before: dict[str, list[dict[str, Any]]]) -> int:
    """Hold that nothing of a file was lost, whichever version it is.

    Returns:
        Its version.
    """
    with closing(sqlite3.connect(path)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert kept.execute("PRAGMA foreign_key_check").fetchall() == []
    after = rows_of(path)
    for table in before.keys() - RETOLD:
        assert len(after[table]) >= len(before[table]), table
        if before[table] and table not in {"journal", "journal_value"}:
            assert only_known(after[table], before[table]) == before[table], table
    return version_of(path)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_desk_of_every_released_version_is_opened_with_all_that_is_in_it(
    path: Path, clock: StillClock, version: int
) -> None:
    make_released(path, version)
    before = rows_of(path)
    assert [table for table, rows in before.items() if not rows] == []
    desk = open_as(path.parents[1], clock)
    assert is_whole(path, before) == len(SCRIPTS)
    new = path.with_name("new.db")
    open_file(new, START).close()
    assert shape(path) == shape(new)
    found = verify_journal(desk)
    assert found.faults.first is None, found.faults.first
    told = rows_of(path)["journal_value"]
    copy = f"data/backups/before-{SCRIPTS[version]}-20260601T131403Z.db"
    assert [row["field"] for row in told if row["new"] == copy] == ["copy of the desk before it"]
    assert "she uses Firefox" in show_ticket(desk, "1").notes[0].text
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error", "li")
    finish_call(desk, call, "resolved")
    table = make_report(desk, Question("by-symptom")).table
    assert table.footer[-2].startswith("journal sealed 2026-06-01 ")
    assert verify_journal(desk).faults.count == 0
    desk.close()


def test_a_copy_is_kept_before_the_file_is_brought_up_to_date(path: Path) -> None:
    make_released(path, 3)
    before = rows_of(path)
    port = open_file(path, START)
    (copy,) = (path.parent / "backups").iterdir()
    assert port.kept == copy
    port.close()
    assert copy.name == "before-m004-20260601T131403Z.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o660
    assert version_of(copy) == 3
    assert rows_of(copy) == before
    assert open_file(path, START).kept is None


OPENS = """
import sys
from pathlib import Path
from helpdesk.store.opening import open_file
sys.stdin.readline()
port = open_file(Path(sys.argv[1]), 0)
print(port.query("PRAGMA user_version").value())
port.close()
"""


def test_eight_programs_that_upgrade_at_once_apply_it_once(path: Path) -> None:
    make_released(path, 1)
    before = rows_of(path)
    programs = [started(OPENS, path) for _ in range(8)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    ended = [program.communicate() for program in programs]
    assert [said for said, _ in ended] == [f"{len(SCRIPTS)}\n"] * 8, ended
    assert is_whole(path, before) == len(SCRIPTS)
    assert [row["name"] for row in rows_of(path)["_sqlite_migrations"]] == list(SCRIPTS)
    assert len(list((path.parent / "backups").iterdir())) == 1


INTERRUPTED = """
import os, shutil, signal, sys
from pathlib import Path
from helpdesk.store import upgrading
from helpdesk.store.opening import open_file
path, what, every = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
connect, passed = upgrading.connected, 0
def point():
    global passed
    passed += 1
    if what == "kill" and passed == every:
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "cut" and passed % every == 0:
        there = path.parent.parent / f"cut-{passed:05}"
        there.mkdir()
        for each in (path, Path(f"{path}-wal")):
            if each.exists():
                shutil.copy(each, there)
def connected(*args):
    connection = connect(*args)
    connection.set_progress_handler(point, 500)
    connection.set_trace_callback(lambda statement: point())
    return connection
upgrading.connected = connected
open_file(path, 0).close()
point()
print(passed)
"""


def test_a_power_cut_at_any_moment_of_an_upgrade_leaves_the_old_or_the_new(path: Path) -> None:
    make_released(path, 2)
    before = rows_of(path)
    points = int(finished(INTERRUPTED, path, "cut", 8))
    cuts = sorted(path.parent.parent.glob("cut-*"))
    assert len(cuts) > 20
    assert points >= 8 * len(cuts)
    found = {is_whole(cut / path.name, before) for cut in cuts}
    assert 2 in found
    for cut in cuts[:: len(cuts) // 4]:
        open_file(cut / path.name, START).close()
        assert is_whole(cut / path.name, before) == len(SCRIPTS)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_an_upgrade_that_is_killed_is_made_by_whoever_comes_next(path: Path, share: float) -> None:
    make_released(path, 2)
    whole = path.parents[1] / "whole" / path.name
    make_released(whole, 2)
    points = int(finished(INTERRUPTED, whole, "count", 1))
    before = rows_of(path)
    finished(INTERRUPTED, path, "kill", max(1, round(points * share)), status=-9)
    assert is_whole(path, before) in {2, len(SCRIPTS)}
    open_file(path, START).close()
    assert is_whole(path, before) == len(SCRIPTS)
    assert not [each for each in (path.parent / "backups").iterdir() if each.name[0] == "."]


NO_ROOM = """
import resource, sys
from pathlib import Path
from helpdesk.errors import StoreProblem
from helpdesk.store.opening import open_file
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    open_file(Path(sys.argv[1]), 0)
except StoreProblem as refusal:
    print(refusal)
"""


def test_without_room_for_the_copy_nothing_is_changed(path: Path) -> None:
    make_released(path, 1)
    with closing(sqlite3.connect(path)) as kept:
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    (said,) = finished(NO_ROOM, path, 65_536).splitlines()
    assert "no copy of it can be kept" in said
    assert said.endswith("make room and start again. Nothing was changed.")
    assert path.read_bytes() == before
    assert list((path.parent / "backups").iterdir()) == []


NEWER = """
import os, sqlite3, sys
newer = sqlite3.connect(sys.argv[1], isolation_level=None)
newer.execute("PRAGMA wal_autocheckpoint = 0")
newer.execute("PRAGMA user_version = 99")
newer.execute("CREATE TABLE later(x)")
os._exit(0)  # its log is left as it is
"""


def test_a_newer_database_is_refused_and_neither_it_nor_its_log_is_touched(path: Path) -> None:
    make_released(path, 4)
    finished(NEWER, path)
    files = (path, Path(f"{path}-wal"))
    before = [each.read_bytes() for each in files]
    assert len(before[1]) > 0
    with pytest.raises(StoreProblem, match=r"newer helpdesk \(version 99; .* upgrade helpdesk"):
        open_file(path, START)
    assert [each.read_bytes() for each in files] == before


def test_an_open_program_writes_and_reads_nothing_once_a_newer_one_changed_the_tables(
    path: Path,
) -> None:
    port = open_file(path, START)
    port.transact("before", START, [add_clerk(1, 1000, "mortiz", "admin", START)])
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("ALTER TABLE clerk ADD COLUMN badge TEXT")
        newer.execute(f"PRAGMA user_version = {len(SCRIPTS) + 1}")
    said = r"brought up to date by a newer helpdesk .* start helpdesk again"
    with pytest.raises(StoreProblem, match=said):
        port.transact("after", START, [add_clerk(2, 1001, "rvance", "clerk", START)])
    with pytest.raises(StoreProblem, match=said):
        port.query("SELECT * FROM clerk")
    port.close()
    assert [row["login"] for row in rows_of(path)["clerk"]] == ["mortiz"]
    assert [row["uid"] for row in rows_of(path)["op"]] == ["before"]
