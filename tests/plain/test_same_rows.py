"""Plain lines leave the same rows as the console does for the same call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import PlaybookReader
from tests.plain.conftest import transcript
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import press, running
from tests.support.tables import every_row
from tests.tui.scenes import DANA, DAY, known_callers, took
from tests.tui.test_budgets import NEW_CALLER, NOT_OURS, PASSWORD, REPEAT, ROUTINE


def called_four_days_ago(desk: Desk, clock: StillClock) -> None:
    """Dana could not link last Thursday either."""
    took(desk, clock, DANA, 4 * DAY, symptom="linking-error")


@contextmanager
def fresh(home: Path, before: Callable[[Desk, StillClock], None]) -> Iterator[Desk]:
    """A desk of its own with the shipped playbooks, at the same still moment."""
    clock = StillClock()
    desk = open_as(home, clock)
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    before(desk, clock)
    yield desk
    desk.close()


SCENARIOS = {
    "s1-routine": (known_callers, ROUTINE, ["n", "0144", "", "li", "yyyn ae hr"]),
    "s2-new-caller": (
        known_callers, NEW_CALLER,
        ["n", "2125550199", "", "Roe,PatCorwith", "ncmb", "a", ".", "li", "yyyn", "ae", "hr"],
    ),
    "s3-repeat": (called_four_days_ago, REPEAT, ["n", "0144", "c", "yn", "hr"]),
    "s4-temporary-password": (
        known_callers, PASSWORD,
        ["n", "0144", "1", "pw", "yy", "vb", "v", "e", "at", "", "hw", "tom 9", ""],
    ),
    "s5-second-line-s12-note-s14-undo": (
        known_callers,
        "n 0144 ⏎ li ⏎ y p n 0155 ⏎ bc ⏎ hr P y ae i Chrome,␣no␣pop-ups ⏎ uuU hr",
        ["n", "0144", "", "li", "y", "p", "n", "0155", "", "bc", "hr", "P", "y", "ae",
         "i Chrome, no pop-ups", "u", "u", "U", "hr"],
    ),
    "s6-not-ours-s7-callback-s8-escalated": (
        known_callers,
        f"{NOT_OURS} n 0155 ⏎ li ⏎ d hb thu␣2:30p ⏎ n 0144 ⏎ nm ⏎ he supervisor ⏎",
        ["n", "0144", "", "qu", "yyyn", "hx", "1", "n", "0155", "", "li", "d", "h",
         "b thu 2:30p", "", "n", "0144", "", "nm", "he", "supervisor"],
    ),
    "s10-dropped-and-words-of-an-unknown-caller": (
        known_callers,
        "n 0144 ⏎ li ⏎ y hd n 0144 ⏎ ⏎ y hr n ⏎ qqqq ⇥ ⎋ ⌫⌫⌫⌫ cannot␣link ⏎ hr",
        ["n", "0144", "", "li", "y", "hd", "n", "0144", "", "c", "y", "hr",
         "n", "", "qqqq", "tab", "esc", "cannot link", "", "hr"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_the_same_call_leaves_the_same_rows(tmp_path: Path, scenario: str) -> None:
    before, pressed, typed = SCENARIOS[scenario]
    with fresh(tmp_path / "lines", before) as desk:
        transcript(desk, *typed)
        in_lines = every_row(desk)
    with fresh(tmp_path / "screen", before) as desk:
        async with running(desk) as console:
            await press(console, pressed)
            on_screen = every_row(desk)
    assert in_lines.keys() == on_screen.keys()
    for table, rows in on_screen.items():
        assert in_lines[table] == rows, table
    assert on_screen["journal_value"]
