"""The program in a real terminal: keys, signals, a kill, a crash, a line that breaks."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, park_call, start_call
from helpdesk.desk.desk import Clock, Folder
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.opening import open_desk
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.calls import Caller
from tests.support.terminal import TOP, Terminal

pytestmark = pytest.mark.xdist_group("terminal")

WHOLE_AGAIN = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l")
"""The first screen back, the cursor shown, mouse and bracketed paste off."""


class LongAgo(Clock):
    """A clock that is forty days behind."""

    def now(self) -> int:
        return super().now() - 40 * 86_400


@pytest.fixture(autouse=True)
def _dana(home: Path) -> None:
    """The desk knows Dana Whitfield."""
    desk = open_desk(Folder(home), LongAgo())
    call = start_call(desk)
    dana = Caller(id=0, name="Whitfield, Dana", role="attorney", court="ncmb")
    add_caller(desk, call, dana, "212-555-0144")
    finish_call(desk, call, "resolved")
    desk.close()


@contextmanager
def rows(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "data" / "helpdesk.db", isolation_level=None)) as found:
        yield found


CALLS = 1
"""How many calls the desk had before."""

DRAFT = "SELECT text FROM draft"


def kept(home: Path, sql: str) -> object:
    """The first value of what another program finds in the database."""
    with rows(home) as database:
        found = database.execute(sql).fetchone()
    return found and found[0]


def newest(home: Path) -> tuple[str | None, ...]:
    """Symptom, status and outcome of the newest ticket, and the answers given on it."""
    with rows(home) as database:
        ticket, *told = database.execute(
            "SELECT id, symptom, status, outcome FROM ticket ORDER BY n DESC LIMIT 1"
        ).fetchone()
        answers = database.execute(
            "SELECT group_concat(answer, ' ') FROM (SELECT answer FROM answer "
            "WHERE ticket = ? ORDER BY id)",
            (ticket,),
        ).fetchone()
    return (*told, *answers)


ROUTINE = ("linking-error", "resolved", "resolved", "yes yes yes no")


def test_a_routine_call_by_its_literal_keys(home: Path) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type("n0144\rli\ryyynaehr")
        terminal.wait("resolved.")
        terminal.send("q")
        assert terminal.ended() == 0
    assert newest(home) == ROUTINE
    assert all(each in terminal.raw for each in WHOLE_AGAIN)


def test_the_same_call_written_in_one_go(home: Path) -> None:
    with Terminal((120, 40)) as terminal:
        terminal.wait("READY")
        terminal.send("n0144\rli\ryyynaehr")
        terminal.wait("resolved.")
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert newest(home) == ROUTINE


def children_of(pid: int) -> list[int]:
    """The processes that a program has begun and that have not ended."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(each) for each in told.split()]


def test_a_report_is_made_by_a_process_that_ends_with_the_console_and_without_tls(
    home: Path,
) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type("n0144\rli\ryyynaehr")
        terminal.wait("resolved.")
        terminal.type("gr")
        terminal.until(lambda: bool(children_of(terminal.pid)), "began a process")
        (beside,) = children_of(terminal.pid)
        terminal.type("2")
        terminal.wait("rows in range")
        assert children_of(terminal.pid) == [beside]
        maps = Path(f"/proc/{terminal.pid}/maps").read_text(encoding="utf-8")
        assert "libsqlite3" in maps
        assert "libcrypto" not in maps  # 5 MB that nothing here needs
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert not Path(f"/proc/{beside}").exists()
    assert newest(home) == ROUTINE


def test_escape_and_keys_in_one_write_leave_a_note_and_do_the_keys(home: Path) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type("n0144\rli\rifirewall blocks it")
        terminal.wait("firewall blocks it")
        terminal.send("\x1bhr")
        terminal.wait("resolved.")
        terminal.send("q")
        assert terminal.ended() == 0
    with rows(home) as database:
        assert database.execute("SELECT text FROM note").fetchall() == [("firewall blocks it",)]


def test_a_bracketed_paste_on_a_call_runs_no_key(home: Path) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type("n0144\rli\r")
        terminal.wait("step 2")
        terminal.send("\x1b[200~yhr\x1b[201~")
        terminal.wait("A paste runs no keys")
        terminal.send("\x03")
        assert terminal.ended() == 0
    assert newest(home) == ("linking-error", "open", None, None)


def test_a_temporary_password_is_on_the_screen_and_nowhere_else(tmp_path: Path) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type("n0144\rpw\ryyvbveat\r")
        terminal.wait("TEMPORARY PASSWORD")
        found = re.search(r"TEMPORARY PASSWORD (\w{12})\b", terminal.text)
        assert found
        terminal.send("h")
        terminal.wait("how did it end?")
        assert found[1] not in terminal.text
        terminal.type("r")
        terminal.wait("resolved.")
        terminal.send("q")
        assert terminal.ended() == 0
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert found[1].encode() not in path.read_bytes(), path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_leaves_a_whole_terminal_and_loses_nothing(
    home: Path, number: signal.Signals
) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type("n0144\rli\ryifirewall blocks ")
        terminal.wait("firewall blocks")
        terminal.signal(number)
        assert terminal.ended() == 128 + number
    assert all(each in terminal.raw for each in WHOLE_AGAIN)
    assert b"Traceback" not in terminal.raw
    with rows(home) as database:
        assert database.execute("SELECT text FROM draft").fetchall() == [("firewall blocks ",)]
    with Terminal() as terminal:
        terminal.wait("Left behind")
        terminal.send("\r")
        terminal.wait("firewall blocks")
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert newest(home) == ("linking-error", "open", None, "yes")


def test_killed_as_soon_as_n_is_taken_the_call_is_there_and_goes_on(home: Path) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.send("n")
        terminal.until(lambda: kept(home, "SELECT count(*) FROM call") == CALLS + 1, "a call")
        terminal.signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    with Terminal() as terminal:
        terminal.wait("Left behind")
        terminal.send("\r")
        terminal.wait("Who calls?")
        terminal.type("0144\rli\ryyynhr")
        terminal.wait("resolved.")
        terminal.send("q")
        assert terminal.ended() == 0
    assert newest(home) == ROUTINE


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("n0144\r", "What is wrong?"),
        ("n0144\rli\rifirewall blocks ", "firewall blocks"),
        ("n0144\rli\rv", "How was the caller verified?"),
        ("n0144\rli\rhw", "Waits until when?"),
    ],
)
def test_killed_in_any_state_of_a_call_it_goes_on_where_it_was(
    home: Path, keys: str, shown: str
) -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.type(keys)
        terminal.wait(shown)
        if "blocks" in shown:
            terminal.until(lambda: kept(home, DRAFT) == "firewall blocks ", "a draft")
        terminal.signal(signal.SIGKILL)
        terminal.ended()
    *before, _ = newest(home)
    with Terminal() as terminal:
        terminal.wait("Whitfield, Dana")
        terminal.send("\r")
        terminal.wait(again(shown))
        terminal.send("\x11")
        assert terminal.ended() == 0
    *after, answers = newest(home)
    assert after == before
    assert (answers or "").split() == ["yes"] * keys.count("y")  # also one just being written


def again(shown: str) -> str:
    """What a call that was left in some state shows first."""
    if "verified" in shown:
        return "step 2"
    return "how did it end?" if "Waits" in shown else shown


def test_a_crash_says_one_sentence_and_keeps_a_report_without_anybodys_words(
    home: Path, tmp_path: Path
) -> None:
    broken_playbook(home)
    with Terminal() as terminal:
        said = crashed(terminal)
    (report,) = (tmp_path / "state").rglob("crash-*.txt")
    assert said.startswith("helpdesk stopped, nothing that was saved is lost. Details:")
    assert str(report) in said.replace(" ", "")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    told = report.read_text(encoding="utf-8")
    assert "JSONDecodeError" in told
    assert "Zebra" not in told
    assert "Whitfield" not in told


def test_a_crash_whose_report_cannot_be_kept_says_so(home: Path) -> None:
    broken_playbook(home)
    with Terminal(env={"XDG_STATE_HOME": "/dev/null/nowhere"}) as terminal:
        said = crashed(terminal)
    assert said.startswith("helpdesk stopped, nothing that was saved is lost. No report")


def broken_playbook(home: Path) -> None:
    """Leave a parked call whose playbook in the database is no JSON any more."""
    desk = open_desk(Folder(home))
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error")
    add_note_to_call(desk, call, "Zebra in the hallway")
    park_call(desk, call)
    desk.close()
    with rows(home) as database:
        database.execute("UPDATE playbook_version SET text = '{broken'")


def crashed(terminal: Terminal) -> str:
    """Open the broken call; what is said on the terminal that was there before."""
    terminal.wait("PARKED")
    terminal.send("P")
    assert terminal.ended() == 70
    assert all(each in terminal.raw for each in WHOLE_AGAIN)
    assert b"Traceback" not in terminal.raw
    after = terminal.raw.rpartition(b"\x1b[?1049l")[2]
    return " ".join(re.sub(rb"\x1b\[[0-9;?<>=]*[a-zA-Z]", b"", after).decode().split())


def test_a_lost_terminal_ends_the_program(home: Path) -> None:
    terminal = Terminal()
    terminal.wait("READY")
    terminal.type("n0144\r")
    terminal.wait("What is wrong?")
    terminal.hang_up()
    end = time.monotonic() + 60
    status = 0
    while time.monotonic() < end:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.05)
    else:
        terminal.signal(signal.SIGKILL)
        pytest.fail("it runs on without a terminal")
    assert os.waitstatus_to_exitcode(status) in {129, -signal.SIGHUP}
    assert newest(home)[1] == "open"


def test_hostile_names_and_notes_never_reach_the_terminal_as_commands(home: Path) -> None:
    evil = "\x1b]52;c;aGFja2Vk\x07\x1b[2J\x1b[6n\x9b31m"
    desk = open_desk(Folder(home), LongAgo())
    call = start_call(desk)
    add_caller(desk, call, Caller(id=0, name=f"Roe {evil}", court="ncmb"), "212-555-0155")
    add_note_to_call(desk, call, evil)
    desk.close()
    with Terminal((120, 40)) as terminal:
        terminal.wait("Roe")
        terminal.type("gt\r")
        terminal.wait("T-26-00002")
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert b"]52" not in terminal.raw.replace("�]52".encode(), b"")
    assert b"\x1b[2J\x1b[6n" not in terminal.raw
    assert "\x9b".encode() not in terminal.raw


def test_a_small_terminal_gets_a_notice_and_can_be_left() -> None:
    with Terminal((40, 10)) as terminal:
        terminal.wait("80 columns and 24 rows")
        terminal.send("\x11")
        assert terminal.ended() == 0


def test_a_new_size_shows_what_painting_everything_shows() -> None:
    with Terminal((200, 60)) as terminal:
        terminal.wait("NEW CALL")
        terminal.send("n")
        terminal.wait("Who calls?")
        for size in ((80, 24), (124, 33), (91, 39)):
            terminal.resize(size)
            terminal.rest()
            seen = terminal.lines[1:]  # without the length of the call
            terminal.signal(signal.SIGWINCH)
            terminal.rest()
            assert terminal.lines[1:] == seen, size
        terminal.send("\x11")
        assert terminal.ended() == 0


@pytest.mark.parametrize(
    ("env", "said"),
    [({"TERM": "dumb"}, "TERM=dumb"), ({}, "The console needs a terminal")],
)
def test_without_a_terminal_it_says_so_in_one_sentence(env: dict[str, str], said: str) -> None:
    if env:
        with Terminal(env=env) as terminal:
            status, told = terminal.ended(), terminal.raw.decode()
    else:
        run = subprocess.run(
            [sys.executable, "-m", "helpdesk"],
            cwd=TOP,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        status, told = run.returncode, run.stderr
    assert status == 1
    assert said in told
    assert len(told.strip().splitlines()) == 1


def test_no_color_paints_no_colour() -> None:
    with Terminal(env={"NO_COLOR": "1"}) as terminal:
        terminal.wait("READY")
        terminal.type("n\r")
        terminal.wait("What is wrong?")
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;", terminal.raw)
