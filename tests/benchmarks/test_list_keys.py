"""How long it takes from a key to what it shows in the list of a large desk's tickets.

Each key is pressed in turn with one in an empty program, so that whatever else the machine does
meets both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.conftest import CELLS, ECHO, ROWS, Compare, Pressed
from tests.benchmarks.made_desks import MadeDesk
from tests.benchmarks.repertoire import BACK, EMPTY_BOX, FIRST, LAST, PAGE_DOWN
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.test_keys import MOST
from tests.benchmarks.test_lists import late
from tests.benchmarks.test_start import desk_size

ROUNDS = 40
LETTERS = "fkmqvw"


@pytest.fixture
def tickets(env: dict[str, str], million_home: Path) -> Iterator[Terminal]:
    """The list of all tickets of the large desk."""
    with Terminal("-m", "helpdesk", "--home", str(million_home), env=env) as terminal:
        terminal.until("READY")
        terminal.settle(1)
        terminal.press("g", "go where")
        terminal.press("t", "newest first")
        terminal.settle(1)
        yield terminal


def test_a_row_down(
    compare: Compare, tickets: Terminal, echo: Pressed, large_desk: MadeDesk
) -> None:
    ours, floor = [], []
    for _ in range(2 * ROUNDS):
        floor.append(echo())
        ours.append(tickets.change("j", ROWS))
        tickets.settle()
    compare(f"list of {desk_size(large_desk)}, j, 95 %", ours, floor, ECHO, MOST, late)


def test_a_page_down(
    compare: Compare, tickets: Terminal, cells: Pressed, large_desk: MadeDesk
) -> None:
    ours, floor = [], []
    tickets.change(PAGE_DOWN, ROWS)
    for _ in range(2 * ROUNDS):
        floor.append(cells())
        ours.append(tickets.change(PAGE_DOWN, ROWS))
        tickets.settle()
    compare(f"list of {desk_size(large_desk)}, PgDn, 95 %", ours, floor, CELLS, MOST, late)


@pytest.mark.parametrize(("key", "back", "said"), [(LAST, FIRST, "End"), (FIRST, LAST, "Home")])
def test_the_end_of_the_list(
    key: str, back: str, said: str, compare: Compare, tickets: Terminal,
    cells: Pressed, large_desk: MadeDesk,
) -> None:  # fmt: skip
    ours, floor = [], []
    tickets.let(back)
    for _ in range(ROUNDS):
        floor.append(cells())
        ours.append(tickets.change(key, ROWS))
        tickets.settle()
        tickets.change(back, ROWS)
        tickets.settle()
    compare(f"list of {desk_size(large_desk)}, {said}, 95 %", ours, floor, CELLS, MOST, late)


def test_another_order(
    compare: Compare, tickets: Terminal, cells: Pressed, large_desk: MadeDesk
) -> None:
    ours, floor = [], []
    tickets.let("/")
    for _ in range(ROUNDS):
        tickets.let(EMPTY_BOX + "sort:oldest"[:-1])
        tickets.until("not applied yet")  # else the oldest may still stand there
        tickets.settle()
        floor.append(cells())
        ours.append(tickets.change("t", ROWS))
        tickets.settle()
    compare(f"list of {desk_size(large_desk)}, sort, 95 %", ours, floor, CELLS, MOST, late)


def test_a_letter_that_narrows_it(
    compare: Compare, tickets: Terminal, cells: Pressed, large_desk: MadeDesk
) -> None:
    ours, floor = [], []
    tickets.let("/")
    tickets.let(EMPTY_BOX)
    for _ in range(ROUNDS // len(LETTERS) + 1):
        for letter in LETTERS:
            floor.append(cells())
            ours.append(tickets.change(letter, ROWS))
            tickets.settle()
            tickets.change(BACK, ROWS)
            tickets.settle()
    compare(f"list of {desk_size(large_desk)}, a letter, 95 %", ours, floor, CELLS, MOST, late)
