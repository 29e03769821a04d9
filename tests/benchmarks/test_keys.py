"""How long it takes from a key to what it shows, in a real terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.desk.callers import find_callers
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from tests.benchmarks.conftest import Compare
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.test_lists import late

FLOORS = Path(__file__).parent / "floors"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROUNDS = 40
CALLERS = 25
MOST = 1.3
"""How many times the least a key may take, 95 of a hundred."""
ECHO = "an empty Textual program echoing a key"


def echoes(terminal: Terminal, mark: str) -> list[float]:
    """Type the alphabet behind a mark that is nowhere else, and time each letter."""
    terminal.press(mark, re.escape(mark))
    terminal.settle()
    seen = [mark + LETTERS[: place + 1] for place in range(len(LETTERS))]
    return [terminal.press(each[-1], re.escape(each)) for each in seen]


@pytest.fixture
def floor(env: dict[str, str]) -> list[float]:
    """What a letter takes in a program that does nothing else."""
    with Terminal(str(FLOORS / "echo.py"), env=env) as terminal:
        terminal.until("READY")
        terminal.settle()
        return echoes(terminal, "~")


@pytest.fixture
def call(env: dict[str, str], busy_home: Path) -> Iterator[Terminal]:
    """A call on the busy desk, at the caller box."""
    with Terminal("-m", "helpdesk", "--home", str(busy_home), env=env) as terminal:
        terminal.until("READY")
        terminal.settle()
        terminal.press("n", "Who calls")
        terminal.settle()
        yield terminal


def to_the_playbook(call: Terminal) -> None:
    """An unknown caller with an error while linking."""
    call.press("\r", "What is wrong")
    call.settle()
    call.press("li\r", "step 2 of")
    call.settle()


def test_a_letter_of_a_note(compare: Compare, floor: list[float], call: Terminal) -> None:
    to_the_playbook(call)
    call.press("i", "leave")
    call.settle()
    compare("call screen, a letter of a note, 95 %", echoes(call, "~"), floor, ECHO, MOST, late)


def test_an_answer(compare: Compare, floor: list[float], call: Terminal) -> None:
    to_the_playbook(call)
    ours = []
    for _ in range(ROUNDS):
        ours.append(call.press("y", "step 3 of"))
        call.settle()
        call.press("\x7f", "an earlier step again")
        call.settle()
    compare("call screen, an answer, saved, 95 %", ours, floor, ECHO, MOST, late)


def test_a_new_call(compare: Compare, floor: list[float], call: Terminal) -> None:
    ours = []
    for _ in range(ROUNDS):
        call.press("\x1bhd", "READY")
        call.settle()
        ours.append(call.press("n", "Who calls"))
        call.settle()
    compare("the key n, call saved and screen drawn, 95 %", ours, floor, ECHO, MOST, late)


def test_a_letter_in_the_caller_box(compare: Compare, floor: list[float], call: Terminal) -> None:
    compare(
        "caller box, 20,000 tickets, a letter, 95 %", echoes(call, "~"), floor, ECHO, MOST, late
    )


def test_a_digit_that_brings_the_caller(
    compare: Compare, floor: list[float], call: Terminal, busy_home: Path
) -> None:
    desk = open_desk(Folder(busy_home))
    found = [caller for caller in find_callers(desk, "") if caller.phones][:CALLERS]
    desk.close()
    ours = []
    for caller in found:
        first, last = caller.phones[0][-4:-1], caller.phones[0][-1]
        call.press(first, rf"^\W*{first}\b")
        call.settle()
        if not call.is_there(re.escape(caller.name)):
            ours.append(call.press(last, re.escape(caller.name)))
            call.settle()
        call.press("\x15", "phone, name, firm")
        call.settle()
    compare("caller box, 20,000 tickets, digit to name, 95 %", ours, floor, ECHO, MOST, late)
