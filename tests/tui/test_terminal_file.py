"""What is drawn reaches the terminal whole and in order, and the drawing never waits for it."""

from __future__ import annotations

import io
import os
import signal
import threading
import tty
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from select import select

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.app import App

from helpdesk.tui.driver import LastingDriver
from helpdesk.tui.terminal_file import TerminalFile

MUCH = 400_000
"""More characters than a terminal takes that nobody reads."""


@pytest.fixture
def line() -> Iterator[tuple[TerminalFile, int]]:
    """A terminal's file, and the other end of the line."""
    there, here = os.openpty()
    tty.setraw(here)
    with os.fdopen(here, "w", encoding="utf-8") as to:
        file = TerminalFile(to)
        file.open()
        yield file, there
        file.close()
    with suppress(OSError):
        os.close(there)


def came(there: int, wanted: int) -> str:
    """Read so many bytes off the line."""
    data = b""
    while len(data) < wanted:
        data += os.read(there, 65_536)
    return data.decode("utf-8")


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_what_a_terminal_takes_is_there_at_once_and_leaves_nothing(
    line: tuple[TerminalFile, int],
) -> None:
    file, there = line
    assert file.write_at_once("step 3 …") == ""
    assert came(there, len("step 3 …".encode())) == "step 3 …"


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["a", "é", "字", "🙂"]), st.integers(0, 3))
def test_what_a_terminal_does_not_take_waits_on_a_thread_and_comes_whole_and_in_order(
    line: tuple[TerminalFile, int], sign: str, before: int
) -> None:
    file, there = line
    texts = ["x" * before, sign * MUCH, "after it"]
    left = [each for each in map(file.write_at_once, texts) if each]
    assert len(left) == 2
    writing = threading.Thread(target=lambda: list(map(file.write, left)))
    writing.start()
    assert came(there, len("".join(texts).encode())) == "".join(texts)
    writing.join()
    assert file.write_at_once("at once again") == ""
    assert came(there, 13) == "at once again"


def test_opened_again_it_holds_one_terminal_and_closed_it_holds_none(
    line: tuple[TerminalFile, int],
) -> None:
    file, _ = line
    many = open_files()
    file.open()
    assert open_files() == many
    file.close()
    assert open_files() == many - 1


def test_a_terminal_that_must_not_be_waited_for_is_waited_for_all_the_same(
    line: tuple[TerminalFile, int],
) -> None:
    file, there = line
    os.set_blocking(file.fileno(), False)  # as whoever began the program may have done
    left = file.write_at_once("x" * MUCH)
    assert left
    writing = threading.Thread(target=file.write, args=(left,))
    writing.start()
    assert came(there, MUCH) == "x" * MUCH
    writing.join()


def test_a_terminal_that_is_gone_is_written_to_in_vain(line: tuple[TerminalFile, int]) -> None:
    file, there = line
    os.close(there)
    assert file.write_at_once("step 3") == ""
    file.write("step 3")


def test_where_it_cannot_be_opened_once_more_a_thread_writes_all(tmp_path: Path) -> None:
    with (tmp_path / "drawn").open("w+", encoding="utf-8") as to:
        file = TerminalFile(to)
        file.open()
        left = file.write_at_once("a lone \ud800 and ü")
        file.write(left)
        to.seek(0, io.SEEK_SET)
        assert to.read() == "a lone \\ud800 and ü"


@pytest.fixture
def _signals() -> Iterator[None]:
    """What Textual's driver does on signals ends with the test."""
    had = {each: signal.getsignal(each) for each in (signal.SIGTSTP, signal.SIGCONT)}
    yield
    for each, does in had.items():
        signal.signal(each, does)


@pytest.mark.usefixtures("_signals")
async def test_a_picture_goes_out_whole_and_one_that_is_broken_off_before_the_terminal_is_left(
    line: tuple[TerminalFile, int],
) -> None:
    file, there = line
    driver = LastingDriver(App())
    driver._terminal = file
    for each in (SYNC_START, "step 3", SYNC_END):
        assert select([there], [], [], 0)[0] == []
        driver.write(each)
    assert os.read(there, 100).decode() == f"{SYNC_START}step 3{SYNC_END}"
    driver.write(SYNC_START)
    driver.write("step 4")
    driver.stop_application_mode()
    left = ""
    while select([there], [], [], 0.2)[0]:
        left += os.read(there, 1_000).decode()
    assert left.startswith(f"{SYNC_START}step 4")
    assert "\x1b[?1049l" in left
