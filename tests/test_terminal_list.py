"""In a real terminal: as many tickets stand in a list as there is room for, at once and later."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from helpdesk.desk.history import record_history
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.records import many_calls
from tests.support.terminal import Terminal

TICKETS: Final = 130
ROOM: Final = {24: 17, 40: 33}
"""How many tickets there is room for in a terminal of so many rows."""


@pytest.fixture(autouse=True)
def _many_tickets(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_as(home, StillClock())) as desk:
        record_history(desk, many_calls(TICKETS))
    monkeypatch.setenv("HELPDESK_HOME", str(home))


def stand(terminal: Terminal) -> int:
    return sum("T-26-" in each for each in terminal.lines)


def test_the_search_box_opens_on_a_full_list_and_on_one_when_it_is_opened_again() -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        for _ in range(2):
            terminal.send("/")
            terminal.until(lambda: stand(terminal) == ROOM[24], "a full list")
            terminal.send("\x1b")
            terminal.wait("n NEW CALL")
            terminal.send("\x1b")
            terminal.wait("READY | home")


def test_a_terminal_that_is_made_taller_right_after_a_letter_is_filled() -> None:
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.send("/")
        terminal.until(lambda: stand(terminal) == ROOM[24], "a full list")
        terminal.send("w")
        terminal.wait("… tickets")  # what was found is shown, what lies beyond not fetched
        terminal.resize((80, 40))
        terminal.until(lambda: stand(terminal) == ROOM[40], "a full list")
