from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk.calls import park_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import open_console
from tests.cli.conftest import Ran, Run
from tests.support.clock import StillClock
from tests.support.desks import open_as


def wrong(ran: Ran) -> list[str]:
    """The parts that are not well."""
    return [line.split()[1] for line in ran.out.splitlines() if line.startswith("!! ")]


@pytest.mark.usefixtures("called")
def test_a_good_desk_gets_a_line_for_each_part(run: Run) -> None:
    ran = run("doctor")
    parts = {line[4:16].strip() for line in ran.out.splitlines()}
    assert parts >= {
        "time zones", "folder", "rights", "disk", "file system", "playbooks",
        "SQLite", "database", "search", "journal",
    }  # fmt: skip
    assert not {"database", "search", "journal", "SQLite", "time"} & set(wrong(ran))
    assert ran.status == (1 if wrong(ran) else 0)


def test_a_desk_that_is_not_there_is_not_made(run: Run, home: Path) -> None:
    ran = run("doctor")
    assert ran.status == 1
    assert {"folder", "database"} <= set(wrong(ran))
    assert "helpdesk init" in ran.out
    assert not home.exists()


def test_an_empty_database_is_told_with_the_way_out(run: Run, home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "helpdesk.db").touch()
    ran = run("doctor")
    assert "database" in wrong(ran)
    assert "is empty" in ran.out
    assert (home / "data" / "helpdesk.db").stat().st_size == 0


def test_a_broken_playbook_does_not_hide_the_rest(run: Run, desk: Desk) -> None:
    desk.folder.playbooks.mkdir(exist_ok=True)
    (desk.folder.playbooks / "broken.yaml").write_text("title: [", encoding="utf-8")
    ran = run("doctor")
    assert "playbooks" in wrong(ran)
    assert "broken.yaml" in ran.out
    assert "ok  journal" in ran.out


def test_steps_of_a_parked_call_are_left_only_where_the_database_lacks_them(
    run: Run, home: Path, clock: StillClock
) -> None:
    console = open_as(home, clock)
    open_console(console)
    call = start_call(console)
    clock.go_on(5)
    park_call(console, call)
    console.close()
    assert "outbox" not in wrong(run("doctor"))
    with closing(sqlite3.connect(home / "data" / "helpdesk.db")) as database, database:
        database.execute("DELETE FROM op WHERE at = ?", (clock.at,))
    assert "1 step of a call was left by a console that is gone" in run("doctor").out
