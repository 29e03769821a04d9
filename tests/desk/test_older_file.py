"""A desk whose file was made before playbooks handed over, asked, and kept phrases."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import helpdesk.store
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.prompts import fill_prompt
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.ticket_history import TicketHistory
from helpdesk.store.schema import APPLICATION_ID, SCRIPTS, statements
from tests.support.calls import call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.programs import started
from tests.support.records import story
from tests.support.tables import tables_of

FIRST = Path(helpdesk.store.__file__).parent / "m001.sql"
NEW_SINCE = ("playbook_version.text", "promise.ended")
NEW_KEYS = ("again", "hand_over")
OPENS = """
import sys
from pathlib import Path
from helpdesk.store.opening import open_file
sys.stdin.readline()
port = open_file(Path(sys.argv[1]), 0)
print(port.query("PRAGMA user_version").value())
port.close()
"""


def as_before(text: str) -> str:
    """A kept playbook as it was written before the format had these keys."""
    book = json.loads(text)
    del book["when"]
    for step in book["steps"].values():
        for key in NEW_KEYS:
            del step[key]
    return json.dumps(book)


def make_older(path: Path) -> None:
    """Turn a desk's file into one of the first version, with all that is in it."""
    older = path.with_suffix(".older")
    with closing(sqlite3.connect(older)) as connection:
        for statement in statements(FIRST.read_text()):
            connection.execute(statement)
        connection.execute("ATTACH ? AS newer", (str(path),))
        made = """SELECT sql FROM newer.sqlite_master
            WHERE tbl_name = '_sqlite_migrations' AND sql <> ''"""
        for (sql,) in connection.execute(made).fetchall():
            connection.execute(sql)
        tables = [
            name for (name,) in connection.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                "AND name NOT LIKE 'sqlite%'"
            )
        ]  # fmt: skip
        for table in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            names = ", ".join(f'"{name}"' for name in columns)
            connection.execute(
                f"INSERT INTO main.{table}({names}) SELECT {names} FROM newer.{table}"
            )
        connection.execute("DELETE FROM main._sqlite_migrations WHERE name <> 'm001'")
        connection.create_function("as_before", 1, as_before)
        connection.execute("UPDATE main.playbook_version SET text = as_before(text)")
        connection.execute("UPDATE main.ticket_text SET text = 'held less, in other words'")
        connection.execute(f"PRAGMA main.application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA main.user_version = 1")
        connection.commit()
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    older.rename(path)


@pytest.fixture
def older(desk: Desk, clock: StillClock) -> Desk:
    """A desk with some history and one call going on, closed and turned into an older file."""
    clock.go_on(86_400)
    record_history(desk, story(desk))
    call = call_of_dana(desk)
    choose_symptom(desk, call, "forgot-cmecf-before-link", "pw")
    answer_step(desk, call, "cmecf", "yes")
    desk.port.close()
    return desk


def as_told_before(ticket: TicketHistory) -> TicketHistory:
    """A ticket without what no older file says: how a promise ended."""
    return replace(ticket, promises=tuple(replace(each, ended="") for each in ticket.promises))


def running(desk: Desk) -> int:
    (call,) = rows(desk, "SELECT id FROM call WHERE wrap_ended_at IS NULL")
    return int(call["id"])


def test_everything_that_was_recorded_is_there_after_the_file_was_brought_up_to_date(
    older: Desk, clock: StillClock
) -> None:
    home, path = older.folder.home, older.folder.database
    newer = open_as(home, clock)
    before = tables_of(newer, but=NEW_SINCE)
    tickets = [as_told_before(show_ticket(newer, str(n))) for n in (1, 2, 3)]
    newer.close()
    make_older(path)
    again = open_as(home, clock)
    assert again.port.query("PRAGMA user_version").value() == len(SCRIPTS)
    assert tables_of(again, but=NEW_SINCE) == before
    assert [show_ticket(again, str(n)) for n in (1, 2, 3)] == tickets
    assert rows(again, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows(again, "PRAGMA foreign_key_check") == []
    assert faults_of(again.port) == []
    again.close()


def test_a_call_goes_on_on_the_playbook_it_stood_on_and_does_all_that_is_new(
    older: Desk, clock: StillClock
) -> None:
    make_older(older.folder.database)
    desk = open_as(older.folder.home, clock)
    call = running(desk)
    run = call_view(desk, call).run
    assert run is not None
    assert [(each.step.id, each.answer) for each in run.passed] == [("cmecf", "yes")]
    answer_step(desk, call, "unlinked", "yes")
    fill_prompt(desk, call, "wording on the screen", "no access")
    assert call_view(desk, call).asked == {"wording on the screen": "no access"}
    undo_last(desk, call)
    assert call_view(desk, call).asked == {}
    finish_call(desk, call, "escalated")
    later = start_call(desk)
    choose_symptom(desk, later, "linking-error", "cannot link my accounts", ("xqzjvk",))
    assert len(rows(desk, "SELECT * FROM phrase")) == 2
    continue_ticket(desk, later, call_view(desk, call).ticket)
    assert call_view(desk, later).symptom == "forgot-cmecf-before-link"
    assert faults_of(desk.port) == []
    desk.close()


def test_several_consoles_that_start_at_once_bring_the_file_up_to_date_once(
    older: Desk, clock: StillClock
) -> None:
    path = older.folder.database
    make_older(path)
    programs = [started(OPENS, path) for _ in range(4)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    ended = [program.communicate() for program in programs]
    assert [said for said, _ in ended] == [f"{len(SCRIPTS)}\n"] * 4, ended
    desk = open_as(older.folder.home, clock)
    names = rows(desk, "SELECT name FROM _sqlite_migrations ORDER BY id")
    assert [row["name"] for row in names] == list(SCRIPTS)
    desk.close()
