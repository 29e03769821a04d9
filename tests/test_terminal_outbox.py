"""The console in a real terminal while its database is locked, taken away, or it is killed."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from tests.support.calls import DANA, PHONE
from tests.support.clock import StillClock
from tests.support.terminal import Terminal

pytestmark = pytest.mark.xdist_group("terminal")


@pytest.fixture(autouse=True)
def _dana(home: Path) -> None:
    """The desk knows Dana Whitfield."""
    desk = open_desk(Folder(home), StillClock())
    call = start_call(desk)
    add_caller(desk, call, DANA, PHONE)
    finish_call(desk, call, "resolved")
    desk.close()


@contextmanager
def rows(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "data" / "helpdesk.db", isolation_level=None)) as found:
        yield found


def kept(home: Path) -> list[tuple[object, ...]]:
    """Status, answers and notes of every ticket."""
    with rows(home) as database:
        return database.execute(
            "SELECT status, (SELECT count(*) FROM answer a WHERE a.ticket = t.id), "
            "(SELECT group_concat(n.text) FROM note n WHERE n.ticket = t.id) "
            "FROM ticket t ORDER BY n"
        ).fetchall()


BEFORE = ("resolved", 0, None)
WHOLE = ("resolved", 4, None)
NOTED = ("open", 3, "firewall blocks it")


@pytest.mark.parametrize("killed", [False, True])
def test_calls_go_on_while_another_program_holds_the_database(home: Path, *, killed: bool) -> None:
    with Terminal() as terminal, rows(home) as other:
        terminal.wait("READY")
        terminal.type("n0144\rli\r")
        terminal.wait("step 2")
        other.execute("BEGIN EXCLUSIVE")
        terminal.type("yyynaehr")
        terminal.wait("resolved.")
        assert "! database locked: " in terminal.lines[0]
        terminal.type("n0144\rli\ryyyifirewall blocks it\r")
        terminal.wait("T-26-?1")
        terminal.wait("note: firewall blocks it")
        if killed:
            terminal.signal(signal.SIGKILL)
            terminal.ended()
            other.execute("ROLLBACK")
        else:
            other.execute("ROLLBACK")
            terminal.wait("| saved ")
            terminal.send("\x11")
            assert terminal.ended() == 0
    if killed:
        with Terminal() as terminal:
            terminal.wait("Left behind")
            terminal.send("q")
            assert terminal.ended() == 0
    assert kept(home) == [BEFORE, WHOLE, NOTED]


def test_a_database_that_is_deleted_under_the_console_is_put_back_whole(home: Path) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type("n0144\rli\ryyy")
        terminal.wait("step 5")
        for path in (home / "data").glob("helpdesk.db*"):
            path.unlink()
        terminal.wait("it was put back whole")
        terminal.type("naehr")
        terminal.wait("resolved.")
        terminal.send("q")
        assert terminal.ended() == 0
    assert kept(home) == [BEFORE, WHOLE]
