"""The list of what was promised, and the card of a caller: however many there are."""

from __future__ import annotations

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from helpdesk.tui.screens import promises
from helpdesk.tui.ticket_window import MOST
from tests.support.clock import START
from tests.support.screens import Console, app_of, echo, lines, press, running, words

DANA = Caller(0, name="Whitfield, Dana")
LATE, COMING = 14, 7


@pytest.fixture
def promised(desk: Desk) -> Desk:
    """A desk on which one caller was promised much, half of it late."""
    due = [*range(START - LATE * 60, START, 60), *range(START + 9_000, START + 9_000 + COMING)]
    record_history(desk, [
        CallRecord(START - 40_000 + n, "ianb", caller=DANA, phone="2125550144",
                   outcome="callback", due_at=at)
        for n, at in enumerate(due)
    ])  # fmt: skip
    return desk


def listed(console: Console) -> int:
    return sum("Whitfield, Dana" in line for line in lines(console))


@pytest.mark.parametrize(
    ("most", "late", "coming"),
    [
        (500, "Late: 14", "To come: 7"),
        (3, "Late: 14   the oldest 3 are listed", "To come: 7   the next 3 are listed"),
    ],
)
async def test_all_that_is_promised_is_counted_also_what_is_not_listed(
    promised: Desk, monkeypatch: pytest.MonkeyPatch, most: int, late: str, coming: str
) -> None:
    monkeypatch.setattr(promises, "_MOST", most)
    async with running(promised, (80, 40)) as console:
        await press(console, "gb")
        said = [line.strip() for line in lines(console)]
        assert late in said
        assert coming in said
        assert listed(console) == min(most, LATE) + min(most, COMING)


async def test_more_than_are_counted_are_said_to_be_more(
    promised: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.desk.home._COUNTED", 18)
    async with running(promised, (80, 40)) as console:
        await press(console, "gb")
        assert "Late: 14" in words(console)
        assert "To come: 5+" in words(console)


async def test_what_is_said_below_the_last_promise_is_seen_once_one_stands_on_it(
    promised: Desk,
) -> None:
    async with running(promised, (80, 24)) as console:
        await press(console, "gb")
        assert "Called back in time" not in words(console)
        await press(console, "↑")  # from the first row to the last
        assert "Called back in time" in words(console)
        assert "more" not in lines(console)[-4]


async def test_a_card_tells_a_few_promises_and_how_many_there_are(promised: Desk) -> None:
    async with running(promised) as console:
        await press(console, "gc ⏎")
        assert sum(line.startswith(" ! late") for line in lines(console)) == 4
        assert "21 promises in all, 14 of them late" in words(console)
        assert "Tickets: 21, from 21 calls" in words(console)


async def test_the_end_of_very_many_tickets_of_one_caller_is_there_at_once(desk: Desk) -> None:
    many = 3 * MOST
    record_history(desk, (
        CallRecord(START - 90_000 + n, "ianb", caller=DANA, phone="2125550144")
        for n in range(many)
    ))  # fmt: skip
    async with running(desk) as console:
        await press(console, "gc ⏎")
        assert f"Tickets: {many}, from {many} calls" in words(console)
        await console.press("end")
        await press(console, "⏎")
        assert "T-26-00001" in lines(console)[0]
        await press(console, "⎋")
        window = app_of(console).screen.window  # type: ignore[attr-defined]
        assert len(window.rows) <= MOST
        await console.press("home")
        await press(console, "⏎")
        assert f"T-26-{many:05}" in lines(console)[0]
        assert not echo(console).startswith("!")
