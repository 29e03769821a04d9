"""Calls while the database cannot be written: they go on, and nothing is lost or doubled."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from helpdesk.desk import outbox
from helpdesk.desk.callers import set_caller
from helpdesk.desk.calls import finish_call, park_call, start_call, take_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import target_of_call
from helpdesk.desk.home import home_view, open_console
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.notes import add_note_to_call, keep_draft
from helpdesk.desk.outbox_file import lines_aside, outbox_folder
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.statuses import change_status
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.errors import SecretFound, StoreBusy
from tests.support.calls import call_for_password, call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.programs import finished

TABLES = ("ticket", "call", "call_segment", "answer", "action", "note", "draft", "promise")
SET_BY_CHANCE = ("id", "ticket", "call", "caller", "clerk", "console", "first_used_at")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PATIENCE", 0.01)
    monkeypatch.setattr(outbox, "_SHORT", 0.01)


@pytest.fixture
def consoles() -> Iterator[list[Desk]]:
    """Consoles that were opened, closed in the end."""
    opened: list[Desk] = []
    yield opened
    for desk in opened:
        desk.close()


@pytest.fixture
def console(home: Path, clock: StillClock, consoles: list[Desk]) -> Desk:
    return opened(home, clock, consoles)


def opened(home: Path, clock: StillClock, consoles: list[Desk]) -> Desk:
    desk = open_as(home, clock)
    open_console(desk)
    consoles.append(desk)
    return desk


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(home / "data" / "helpdesk.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def damage(file: Path) -> None:
    """Let chance have written all pages of the database but the first."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(os.urandom(size - 4096))


def settled(desk: Desk, clock: StillClock) -> str:
    """Try again as the console does now and then; what it then says."""
    assert desk.outbox is not None
    clock.go_on(outbox.AGAIN_SECONDS)
    desk.outbox.look()
    return desk.outbox.told()


def head(desk: Desk) -> str:
    assert desk.outbox is not None
    return desk.outbox.head


def told(desk: Desk) -> list[list[dict[str, object]]]:
    """Every row of the tables of calls, without what hangs on chance."""
    return [
        [
            {name: value for name, value in row.items() if name not in SET_BY_CHANCE}
            for row in rows(desk, f"SELECT * FROM {table} ORDER BY id")
        ]
        if table != "draft"
        else rows(desk, "SELECT text FROM draft")
        for table in TABLES
    ]


def a_call(desk: Desk, clock: StillClock) -> int:
    """A call with everything that calls have, but its end."""
    call = call_for_password(desk)
    clock.go_on(20)
    add_note_to_call(desk, call, "Firewall blocks pop-ups")
    park_call(desk, call)
    clock.go_on(40)
    take_call(desk, call)
    keep_draft(desk, call, "She will call again ")
    clock.go_on(10)
    return call


def gone(desk: Desk, consoles: list[Desk]) -> None:
    """End a console as kill does: nothing is tidied, only what it held is free."""
    assert desk.outbox is not None
    desk.outbox.log.let_go()  # the lock of a program ends with it
    consoles.remove(desk)
    desk.port.close()


def test_a_call_while_the_database_is_held_leaves_the_same_rows_as_any_other(
    home: Path, tmp_path: Path, clock: StillClock, console: Desk, consoles: list[Desk]
) -> None:
    beside = StillClock()
    other = opened(tmp_path / "other", beside, consoles)
    finish_call(other, a_call(other, beside), "resolved")
    with held(home):
        call = a_call(console, clock)
        assert head(console).startswith("! database locked: ")
        view = call_view(console, call)
        assert view.number == "T-26-?1"
        assert [note.text for note in view.notes] == ["Firewall blocks pop-ups"]
        assert [each.number for each in home_view(console).running] == ["T-26-?1"]
        finish_call(console, call, "resolved")
        clock.go_on(300)  # nobody knows how long it lasts
        assert rows(console, "SELECT id FROM call") == []
    assert settled(console, clock).endswith("now saved in the database.")
    assert head(console) == ""
    assert told(console) == told(other)
    assert faults_of(console.port) == []


def test_a_call_that_is_begun_goes_on_where_it_stands(
    home: Path, clock: StillClock, console: Desk
) -> None:
    call = call_of_dana(console)
    with held(home):
        choose_symptom(console, call, "linking-error", "li")
        view = call_view(console, call)
        assert (view.number, view.symptom) == ("T-26-00001", "linking-error")
        assert view.caller is not None
        assert view.caller.name == "Whitfield, Dana"
        again = start_call(console)
        set_caller(console, again, view.caller.id, "Whitfield")
        assert [past.number for past in call_view(console, again).past] == ["T-26-00001"]
    settled(console, clock)
    assert call_view(console, again).number == "T-26-00002"
    assert rows(console, "SELECT count(*) AS n FROM caller") == [{"n": 1}]


def test_the_outbox_is_for_its_user_alone_and_holds_no_secret(
    home: Path, clock: StillClock, console: Desk
) -> None:
    secret, number = "Tr0ub4dor&3", "4111 1111 1111 1111"
    with held(home):
        call = call_of_dana(console)
        keep_draft(console, call, f"the password is {secret}")
        keep_draft(console, call, "a half typed wo")
        with pytest.raises(SecretFound):
            add_note_to_call(console, call, f"card {number}")
        (path,) = outbox_folder().glob("*.jsonl")
        kept = path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "Whitfield, Dana" in kept
    assert "half typed" in kept
    assert "typed wo" not in kept
    assert secret not in kept
    assert number not in kept
    settled(console, clock)
    finish_call(console, call, "resolved")
    clock.go_on(120)
    settled(console, clock)
    assert "Whitfield" not in path.read_text("utf-8")  # the call is over


@pytest.mark.parametrize("free", [False, True])
def test_what_waited_when_the_console_was_killed_is_there_at_the_next_start(
    home: Path, clock: StillClock, console: Desk, consoles: list[Desk], *, free: bool
) -> None:
    with closing(sqlite3.connect(home / "data" / "helpdesk.db", isolation_level=None)) as other:
        other.execute("UPDATE console SET boot = 'the one before'")  # as after a kill
    with held(home):
        call = a_call(console, clock)
        (path,) = outbox_folder().glob("*.jsonl")
        shutil.copy(path, home / "copy")
        gone(console, consoles)
        if not free:  # it starts while the database is held still
            console = opened(home, clock, consoles)
            assert call_view(console, call).notes
            assert [each.call for each in home_view(console).left] == [call]
            assert head(console).startswith("! database locked: ")
    if free:
        console = opened(home, clock, consoles)
    else:
        settled(console, clock)
    assert [each.call for each in home_view(console).running] == [call]
    assert call_view(console, call).draft == "She will call again "
    finish_call(console, call, "resolved")
    before = told(console)
    shutil.copy(home / "copy", path)  # the same steps once more
    console = opened(home, clock, consoles)
    assert told(console) == before
    assert faults_of(console.port) == []
    assert not path.exists()


def test_what_is_refused_later_is_kept_and_told_and_holds_nothing_up(
    home: Path, clock: StillClock, console: Desk, consoles: list[Desk]
) -> None:
    older, newer = call_of_dana(console), call_of_dana(console)
    finish_call(console, older, "resolved")
    colleague = open_as(home, clock, (1001, "rvance"))
    consoles.append(colleague)
    with held(home):
        park_call(console, newer)
        add_note_to_call(console, newer, "after the refused one")
    finish_call(colleague, newer, "resolved")
    said = settled(console, clock)
    assert "A step from the outbox was refused (park call)" in said
    assert [line["act"] for line in lines_aside()] == ["park_call"]
    assert [note.text for note in call_view(console, newer).notes] == ["after the refused one"]
    assert head(console) == ""


def test_a_ticket_that_was_merged_meanwhile_keeps_its_note(
    home: Path, clock: StillClock, console: Desk, consoles: list[Desk]
) -> None:
    older, newer = call_of_dana(console), call_of_dana(console)
    colleague = open_as(home, clock, (1001, "rvance"))
    consoles.append(colleague)
    with held(home):
        add_note_to_call(console, newer, "said meanwhile")
    gone, into = (call_view(colleague, call).ticket for call in (newer, older))
    merge_tickets(colleague, gone, into)
    settled(console, clock)
    assert rows(console, "SELECT text FROM note") == [{"text": "said meanwhile"}]


@pytest.mark.parametrize(
    ("outcome", "by_name"), [("resolved", False), ("callback", False), ("callback", True)]
)
def test_the_end_of_a_call_is_kept_though_its_ticket_was_made_void_meanwhile(
    home: Path, clock: StillClock, console: Desk, consoles: list[Desk], outcome: str, *,
    by_name: bool,
) -> None:  # fmt: skip
    call = call_of_dana(console)
    colleague = open_as(home, clock, (1001, "rvance"))
    consoles.append(colleague)
    ticket = call_view(console, call).ticket
    with held(home):
        if by_name:
            finish_call(console, call, outcome=outcome, due_at=clock.at + 600)
        else:
            finish_call(console, call, outcome, clock.at + 600)
    change_status(colleague, ticket, "void", "typed twice")
    said = settled(console, clock)
    view = call_view(console, call)
    assert (view.outcome, view.is_over, view.is_void) == (outcome, True, True)
    assert rows(console, "SELECT id FROM promise") == []
    lost = "T-26-00001 was made void meanwhile: its call ended callback, but nothing can be"
    assert (lost in said) == (outcome == "callback")
    assert "1 step from the outbox" in said
    assert lines_aside() == []
    assert head(console) == ""


def test_what_is_no_step_of_a_call_waits_until_those_that_wait_are_written(
    home: Path, clock: StillClock, console: Desk
) -> None:
    call = call_of_dana(console)
    ticket = call_view(console, call).ticket
    with held(home):
        park_call(console, call)
    with pytest.raises(StoreBusy, match="has to wait until the database can be written"):
        add_note_to_ticket(console, ticket, "written before what came before it")
    with pytest.raises(StoreBusy, match="Taking back has to wait"):
        undo_last(console, call)
    settled(console, clock)
    add_note_to_ticket(console, ticket, "written after it")


def replace_by(path: Path, home: Path) -> None:
    path.replace(home / "data" / "helpdesk.db")


def delete(path: Path, home: Path) -> None:
    del path
    (home / "data" / "helpdesk.db").unlink()


def delete_all(path: Path, home: Path) -> None:
    del path
    for each in (home / "data").glob("helpdesk.db*"):
        each.unlink()


def delete_folder(path: Path, home: Path) -> None:
    del path
    shutil.rmtree(home / "data")


def delete_log(path: Path, home: Path) -> None:
    del path
    for each in (home / "data").glob("helpdesk.db-*"):
        each.unlink()


def write_over(path: Path, home: Path) -> None:
    """Another database is written into the file, as SQLite's own restore does."""
    with (
        closing(sqlite3.connect(path)) as older,
        closing(sqlite3.connect(home / "data" / "helpdesk.db")) as file,
    ):
        older.backup(file)


@pytest.mark.parametrize(
    "away", [replace_by, delete, delete_all, delete_folder, delete_log, write_over]
)
def test_a_file_that_is_taken_away_under_the_console_takes_no_call_along(
    home: Path,
    tmp_path: Path,
    clock: StillClock,
    console: Desk,
    consoles: list[Desk],
    away: Callable[[Path, Path], None],
) -> None:
    finish_call(console, call_of_dana(console), "resolved")
    older = tmp_path / "older.db"
    console.port.backup(older)
    call = a_call(console, clock)
    settled(console, clock)
    before = told(console)
    away(older, home)
    if away is write_over:
        settled(console, clock)
    add_note_to_call(console, call, "after it was taken away")
    finish_call(console, call, "resolved")
    assert head(console) == ""
    assert [note.text for note in call_view(console, call).notes][-1] == "after it was taken away"
    fresh = opened(home, clock, consoles)  # what lies under the name now
    assert [len(each) for each in told(fresh)[:5]] == [len(each) for each in told(console)[:5]]
    assert len(rows(fresh, "SELECT id FROM call")) == len(before[1])
    assert fresh.port.query("PRAGMA integrity_check").value() == "ok"
    assert faults_of(fresh.port) == []
    kept = list((home / "data").glob("helpdesk-replaced-*.db"))
    assert bool(kept) is (away is replace_by)
    for each in kept:  # what the replaced one held is there still
        with closing(sqlite3.connect(each)) as database:
            assert database.execute("SELECT count(*) FROM call").fetchone() == (2,)


def test_damaged_pages_stop_no_call_and_the_restored_file_gets_it(
    home: Path, tmp_path: Path, clock: StillClock, console: Desk
) -> None:
    finish_call(console, call_of_dana(console), "resolved")
    older, file = tmp_path / "older.db", home / "data" / "helpdesk.db"
    console.port.backup(older)
    call = call_of_dana(console)
    settled(console, clock)
    damage(file)
    choose_symptom(console, call, "linking-error", "li")
    assert head(console).startswith("! database damaged: ")
    assert console.outbox is not None
    assert "Restore the newest backup" in console.outbox.told()
    finish_call(console, call, "resolved")
    delete_log(older, home)
    replace_by(older, home)
    assert "now saved in the database" in settled(console, clock)
    assert rows(console, "SELECT status, symptom FROM ticket ORDER BY n") == [
        {"status": "resolved", "symptom": None},
        {"status": "resolved", "symptom": "linking-error"},
    ]
    assert console.port.query("PRAGMA integrity_check").value() == "ok"


def test_a_call_is_escalated_to_the_beginning_of_a_role_while_the_database_cannot_be_read(
    home: Path, clock: StillClock, console: Desk
) -> None:
    call = call_of_dana(console)
    settled(console, clock)
    assert target_of_call(console, call, "sup") == "supervisor"
    damage(home / "data" / "helpdesk.db")
    assert target_of_call(console, call, "sup") == "sup"
    finish_call(console, call, "escalated", reason="sup")
    assert target_of_call(console, call, "sup") == "supervisor"
    assert call_view(console, call).outcome == "escalated"


@pytest.mark.parametrize("garbage", [b"", b"no database at all " * 500])
def test_what_is_no_database_in_the_place_of_the_file_is_not_touched(
    home: Path, tmp_path: Path, clock: StillClock, console: Desk, garbage: bytes
) -> None:
    call, file, other = call_of_dana(console), home / "data" / "helpdesk.db", tmp_path / "other"
    settled(console, clock)
    console.port.backup(tmp_path / "whole")
    other.write_bytes(garbage)
    replace_by(other, home)
    choose_symptom(console, call, "linking-error", "li")
    settled(console, clock)
    assert head(console).endswith(": 1 in outbox")
    assert call_view(console, call).symptom == "linking-error"
    assert file.read_bytes() == garbage
    replace_by(tmp_path / "whole", home)
    assert "now saved in the database" in settled(console, clock)
    assert rows(console, "SELECT symptom FROM ticket") == [{"symptom": "linking-error"}]


def test_a_file_that_is_deleted_just_before_the_end_is_put_back(
    home: Path, clock: StillClock, console: Desk, consoles: list[Desk]
) -> None:
    call_of_dana(console)
    settled(console, clock)
    delete_all(home, home)
    consoles.remove(console)
    console.close()
    assert len(rows(opened(home, clock, consoles), "SELECT id FROM call")) == 1


def test_a_clock_that_is_set_back_while_steps_wait_makes_no_call_shorter_than_it_was(
    home: Path, clock: StillClock, console: Desk
) -> None:
    with held(home):
        call = call_of_dana(console)
        clock.go_on(100)
        clock.set_by(-3_600)
        finish_call(console, call, "resolved")
    clock.go_on(1_000)
    settled(console, clock)
    (row,) = rows(console, "SELECT talk_s, wrap_s, clock_changed FROM call")
    assert row == {"talk_s": 100, "wrap_s": 0, "clock_changed": 1}
    assert faults_of(console.port) == []


def test_without_a_place_for_the_file_the_console_says_that_steps_are_in_memory_only(
    home: Path, tmp_path: Path, clock: StillClock, consoles: list[Desk]
) -> None:
    (tmp_path / "state").write_text("no folder")
    console = opened(home, clock, consoles)
    with held(home):
        call = call_of_dana(console)
        assert head(console).endswith("in MEMORY ONLY")
    settled(console, clock)
    assert call_view(console, call).number == "T-26-00001"


FULL = """
import resource, sys
from pathlib import Path
from helpdesk.desk.calls import finish_call
from helpdesk.desk.home import open_console
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from tests.support.calls import call_of_dana, rows
from tests.support.clock import StillClock
from tests.support.desks import open_as
home, clock = Path(sys.argv[1]), StillClock()
desk = open_as(home, clock)
open_console(desk)
call = call_of_dana(desk)
room = max(path.stat().st_size for path in home.rglob("helpdesk.db*"))
most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
written = 0
while not desk.outbox.head or written < 40:
    add_note_to_call(desk, call, f"note {written}")
    written += 1
    assert written < 2_000
assert desk.outbox.head.startswith("! disk full: "), desk.outbox.head
assert desk.outbox.head.endswith("in outbox"), desk.outbox.head
assert len(call_view(desk, call).notes) == written
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
clock.go_on(10)
desk.outbox.look()
assert desk.outbox.head == "", desk.outbox.head
texts = [row["text"] for row in rows(desk, "SELECT text FROM note ORDER BY id")]
assert texts == [f"note {number}" for number in range(written)], texts
finish_call(desk, call, "resolved")
desk.close()
print("whole")
"""


def test_a_disk_that_fills_up_and_is_emptied_again_loses_no_note(home: Path) -> None:
    assert finished(FULL, home) == "whole\n"
