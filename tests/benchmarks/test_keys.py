"""How long it takes from a key to what it shows, in a real terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.desk.callers import find_callers
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from tests.benchmarks.conftest import ECHO, Compare, Pressed
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.test_lists import late

MARK = "~"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROUNDS = 40
CALLERS = 25
MOST = 1.3
"""How many times the least a key may take, 95 of a hundred."""


def letters(terminal: Terminal, echo: Pressed) -> tuple[list[float], list[float]]:
    """Type the alphabet behind a mark that is nowhere else, and time each letter in both."""
    terminal.press(MARK, re.escape(MARK))
    terminal.settle()
    ours, floor, seen = [], [], MARK
    for letter in LETTERS:
        seen += letter
        floor.append(echo())
        ours.append(terminal.press(letter, re.escape(seen)))
        terminal.settle()
    return ours, floor


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


def test_a_letter_of_a_note(compare: Compare, echo: Pressed, call: Terminal) -> None:
    to_the_playbook(call)
    call.press("i", "leave")
    call.settle()
    compare("call screen, a letter of a note, 95 %", *letters(call, echo), ECHO, MOST, late)


def test_an_answer(compare: Compare, echo: Pressed, call: Terminal) -> None:
    to_the_playbook(call)
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(echo())
        ours.append(call.press("y", "step 3 of"))
        call.settle()
        call.press("\x7f", "an earlier step again")
        call.settle()
    compare("call screen, an answer, saved, 95 %", ours, floor, ECHO, MOST, late)


def test_a_new_call(compare: Compare, echo: Pressed, call: Terminal) -> None:
    ours, floor = [], []
    for _ in range(ROUNDS):
        call.press("\x1bhd", "READY")
        call.settle()
        floor.append(echo())
        ours.append(call.press("n", "Who calls"))
        call.settle()
    compare("the key n, call saved and screen drawn, 95 %", ours, floor, ECHO, MOST, late)


def test_a_letter_in_the_caller_box(compare: Compare, echo: Pressed, call: Terminal) -> None:
    compare("caller box, 20,000 tickets, a letter, 95 %", *letters(call, echo), ECHO, MOST, late)


def test_a_digit_that_brings_the_caller(
    compare: Compare, echo: Pressed, call: Terminal, busy_home: Path
) -> None:
    desk = open_desk(Folder(busy_home))
    found = [caller for caller in find_callers(desk, "") if caller.phones][:CALLERS]
    desk.close()
    ours, floor = [], []
    for caller in found:
        first, last = caller.phones[0][-4:-1], caller.phones[0][-1]
        call.press(first, rf"^\W*{first}\b")
        call.settle()
        if not call.is_there(re.escape(caller.name)):
            floor.append(echo())
            ours.append(call.press(last, re.escape(caller.name)))
            call.settle()
        call.press("\x15", "phone, name, firm")
        call.settle()
    compare("caller box, 20,000 tickets, digit to name, 95 %", ours, floor, ECHO, MOST, late)
