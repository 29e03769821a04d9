"""The program itself in plain lines: on a pipe, ended by signals, with nobody listening."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.home import open_console
from helpdesk.desk.opening import open_desk
from helpdesk.plain import living
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.programs import TOP, finished, started

PLAIN = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from helpdesk.__main__ import main\n"
    "raise SystemExit(main(['--plain', '--home', sys.argv[1]]))"
)
LOADED = """
import sys
from helpdesk.__main__ import main
status = main(["--home", sys.argv[1], "--plain"])
print("loaded:", *sorted({name.split(".")[0] for name in sys.modules}))
raise SystemExit(status)
"""


def left(home: Path) -> tuple[str, int | None]:
    """Which clock of the newest call runs, and when its console was closed."""
    desk = open_desk(Folder(home))
    (found,) = rows(
        desk,
        "SELECT s.kind, k.closed_at FROM call_segment s JOIN call c ON c.id = s.call "
        "JOIN console k ON k.id = c.console WHERE s.to_at IS NULL",
    )
    desk.close()
    return found["kind"], found["closed_at"]


def test_a_call_on_a_pipe_is_recorded_and_the_end_of_input_parks_the_next(home: Path) -> None:
    typed = "n\n2125550199\n\nRoe, Pat\nianb\na\n.\nli\ny\nhr\nn\n\nli\n"
    ran = subprocess.run(
        [sys.executable, "-m", "helpdesk", "--plain", "--home", str(home)],
        cwd=TOP,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, f"helpdesk: a new desk was made in {home}.\n")
    assert "\x1b" not in ran.stdout
    assert all(line.isascii() for line in ran.stdout.splitlines())
    said = ran.stdout.splitlines()
    assert said[0] == "ready."
    assert all(line == "> " for line in said if line.startswith(">"))
    assert any(re.fullmatch(r"T-\d\d-00001 resolved\.", line) for line in said)
    assert said[-1].endswith("is parked, the caller is on hold. P goes back to it.")
    kind, closed_at = left(home)
    assert kind == "hold"
    assert closed_at is not None


@pytest.mark.parametrize(
    ("number", "status", "clock"),
    [(signal.SIGINT, 130, "hold"), (signal.SIGTERM, 143, "talk"), (signal.SIGHUP, 129, "talk")],
    ids=["ctrl-c", "ended", "line-broken"],
)
def test_ctrl_c_parks_the_call_and_a_broken_line_leaves_it_to_be_asked_about(
    home: Path, number: int, status: int, clock: str
) -> None:
    open_desk(Folder(home)).close()
    program = started(PLAIN, home)
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("n\n")
    program.stdin.flush()
    while not program.stdout.readline().startswith("caller?"):
        pass
    program.send_signal(number)
    said, complained = program.communicate()
    assert (program.returncode, complained) == (status, "")
    assert ("is parked" in said) == (clock == "hold")
    kind, closed_at = left(home)
    assert kind == clock
    assert closed_at is not None


def test_a_call_whose_listener_left_is_parked_all_the_same(home: Path) -> None:
    open_desk(Folder(home)).close()
    program = started(PLAIN, home)
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("n\n")
    program.stdin.flush()
    while not program.stdout.readline().startswith("caller?"):
        pass
    program.stdout.close()
    program.stdin.write("?\n")
    program.stdin.close()
    assert program.wait() == 128 + signal.SIGPIPE
    assert program.stderr is not None
    assert program.stderr.read() == ""
    program.stderr.close()
    assert left(home)[0] == "hold"


def test_plain_lines_never_import_what_draws_a_screen(home: Path) -> None:
    said = finished(LOADED, home).splitlines()
    assert said[-1].startswith("loaded: ")
    assert {"textual", "rich", "sqlite_utils", "readline"} & set(said[-1].split()) == set()


def test_plain_with_a_command_is_wrong_usage() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "helpdesk", "--plain", "tickets"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("helpdesk: --plain opens the console")


def test_the_console_says_that_it_lives_and_that_it_was_closed(
    desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(living, "SIGN_OF_LIFE_SECONDS", 0.01)
    open_console(desk)
    with living.living(desk):
        clock.go_on(25)
        newest = "SELECT seen_at, closed_at, pid FROM console ORDER BY id DESC LIMIT 1"
        until = time.monotonic() + 60
        while rows(desk, newest)[0]["seen_at"] != clock.now() and time.monotonic() < until:
            time.sleep(0.01)
        (row,) = rows(desk, newest)
        assert row == {"seen_at": clock.now(), "closed_at": None, "pid": os.getpid()}
    (row,) = rows(desk, "SELECT closed_at FROM console ORDER BY id DESC LIMIT 1")
    assert row["closed_at"] == clock.now()
