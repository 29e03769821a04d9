"""The program is ended while it starts, or stopped for a while: the terminal stays whole."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from tests.support.terminal import Terminal

pytestmark = pytest.mark.xdist_group("terminal")

ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def _desk(home: Path) -> None:
    open_desk(Folder(home)).close()


def wait_for(terminal: Terminal, written: bytes) -> None:
    """Wait until something was written to the terminal, painted or not."""
    end = time.monotonic() + PATIENCE
    while written not in terminal.raw:
        assert time.monotonic() < end, terminal.raw
        terminal.rest()


def is_stopped(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat").read_text()
    return stat.rpartition(")")[2].split()[0] in {"T", "t"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_before_the_first_screen_leaves_the_terminal_whole(
    number: signal.Signals,
) -> None:
    with Terminal() as terminal:
        wait_for(terminal, ENTERED)
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        with pytest.raises(ProcessLookupError):
            os.killpg(terminal.pid, 0)
    assert terminal.raw.rfind(LEFT) > terminal.raw.rfind(ENTERED)
    assert b"Traceback" not in terminal.raw


def test_stopped_it_gives_the_terminal_back_and_goes_on_where_it_was() -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.send("n")
        terminal.wait("Who calls?")
        terminal.signal(signal.SIGTSTP)
        wait_for(terminal, LEFT)
        end = time.monotonic() + PATIENCE
        while not is_stopped(terminal.pid):
            assert time.monotonic() < end
            time.sleep(0.02)
        before = len(terminal.raw)
        terminal.signal(signal.SIGCONT)
        while ENTERED not in terminal.raw[before:]:
            assert time.monotonic() < end + PATIENCE
            terminal.rest()
        terminal.wait("Who calls?")
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert terminal.raw.rfind(LEFT) > terminal.raw.rfind(ENTERED)
