"""The process beside a console gives what the console itself would, and is never left over."""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk.desk.desk import Clerk, Clock, Desk
from helpdesk.desk.masking import wear_mask
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import OnScreen, report_on_screen, tickets_of_cell
from helpdesk.domain.tables import Table
from helpdesk.errors import (
    BadFile,
    BadInput,
    Fault,
    FieldChanged,
    GivenUp,
    HelpdeskError,
    NotFound,
)
from helpdesk.tui.beside import Beside
from helpdesk.tui.charts import draw
from helpdesk.tui.desk_thread import DeskThread
from helpdesk.tui.drawings import drawing_of, drawn
from tests.support.clock import StillClock
from tests.support.golden import fill_golden

JUNE = Question("by-clerk", first="2026-06-01", last="2026-06-29")
ALL_DROPPED = "UPDATE call SET outcome = 'dropped' WHERE outcome IS NOT NULL"
WAITS = 20.0
"""Seconds after which something never comes."""


@pytest.fixture
def june(desk: Desk, clock: StillClock) -> Desk:
    """A month of calls, seen by the clock of the machine."""
    fill_golden(desk, clock)
    desk.clock = Clock()
    return desk


@pytest_asyncio.fixture
async def beside(june: Desk) -> AsyncIterator[Beside]:
    """What a console on it has beside it."""
    thread = DeskThread(june)
    beside = Beside(june, thread)
    yield beside
    await beside.leave()
    await thread.close()


def process_of(beside: Beside) -> asyncio.subprocess.Process | None:
    return beside._process


def rows(table: Table) -> list[object]:
    return [*table.rows, table.total, *table.keys]


async def test_a_report_and_the_tickets_behind_it_are_the_same_beside(
    june: Desk, beside: Beside
) -> None:
    for name in ("by-clerk", "summary", "callbacks", "repeat-callers"):
        question = Question(name, first="2026-06-01", last="2026-06-29")
        here = report_on_screen(june, question)
        there = await beside.read(report_on_screen, question)
        assert rows(there.answered.table) == rows(here.answered.table)
        assert there.sparks == here.sparks
        column = here.answered.table.columns[-1]
        behind = await beside.read(tickets_of_cell, there.answered, -1, column)
        assert behind == tickets_of_cell(june, here.answered, -1, column)
    assert process_of(beside) is not None


async def test_an_auditor_sees_no_more_beside_than_here(june: Desk, beside: Beside) -> None:
    june.clerk = Clerk(june.clerk.id, june.clerk.login, "auditor")
    wear_mask(june)
    question = Question("repeat-callers", first="2026-06-01", last="2026-06-29")
    here = report_on_screen(june, question)
    assert rows((await beside.read(report_on_screen, question)).answered.table) == rows(
        here.answered.table
    )


async def test_what_is_refused_is_refused_in_the_same_words(june: Desk, beside: Beside) -> None:
    wrong = Question("by-clerk", symptom="no-such-thing")
    with pytest.raises(NotFound) as here:
        report_on_screen(june, wrong)
    with pytest.raises(NotFound) as there:
        await beside.read(report_on_screen, wrong)
    assert str(there.value) == str(here.value)
    assert await beside.read(report_on_screen, JUNE)  # and it goes on


@pytest.mark.parametrize(
    "refused",
    [
        BadInput("No."),
        FieldChanged("firm", "A & B", "C", "rvance"),
        BadFile([Fault("b.yaml", 2, 1, "no such kind"), Fault("a.yaml", 1, 1, "a tab")]),
    ],
)
def test_a_refusal_says_the_same_in_the_other_process(refused: HelpdeskError) -> None:
    told = pickle.loads(pickle.dumps(refused))  # noqa: S301
    assert type(told) is type(refused)
    assert str(told) == str(refused)
    assert vars(told) == vars(refused)


async def test_it_tells_how_far_it_is_and_is_given_up_from_here(
    june: Desk, beside: Beside
) -> None:
    told: list[tuple[int, int]] = []

    def leave(done: int, of: int) -> None:
        told.append((done, of))
        raise GivenUp("left")

    with pytest.raises(GivenUp):
        await beside.read(report_on_screen, JUNE, leave)
    assert len(told) == 1
    assert process_of(beside) is None
    again: list[tuple[int, int]] = []
    found = await beside.read(report_on_screen, JUNE, lambda *far: again.append(far))
    assert rows(found.answered.table) == rows(report_on_screen(june, JUNE).answered.table)
    done, of = again[-1]
    assert done == of


async def test_when_nobody_waits_any_more_the_process_ends(june: Desk, beside: Beside) -> None:
    del june
    told = asyncio.Event()
    reading = asyncio.create_task(beside.read(report_on_screen, JUNE, lambda *_: told.set()))
    await asyncio.wait_for(told.wait(), WAITS)
    process = process_of(beside)
    assert process is not None
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert process.returncode is not None


async def test_it_is_asked_at_the_desk_as_the_console_read_it(june: Desk, beside: Beside) -> None:
    here = report_on_screen(june, JUNE).answered
    june.folder.settings.write_text("court: ncmb\n", encoding="utf-8")  # an hour further east
    assert (await beside.read(report_on_screen, JUNE)).answered.scope.period == here.scope.period


async def test_who_leaves_waits_for_nothing_and_begins_nothing(beside: Beside) -> None:
    told = asyncio.Event()
    reading = asyncio.create_task(beside.read(report_on_screen, JUNE, lambda *_: told.set()))
    await asyncio.wait_for(told.wait(), WAITS)
    await beside.leave()
    for late in (reading, beside.read(report_on_screen, JUNE)):
        with pytest.raises(GivenUp):
            await late
    await beside.begin()
    assert process_of(beside) is None


async def test_one_that_was_killed_is_noticed_by_nobody(june: Desk, beside: Beside) -> None:
    await beside.begin()
    process = process_of(beside)
    assert process is not None
    process.kill()
    found: OnScreen = await beside.read(report_on_screen, JUNE)
    assert rows(found.answered.table) == rows(report_on_screen(june, JUNE).answered.table)


async def test_where_none_can_be_begun_the_console_does_it(
    june: Desk, beside: Beside, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    await beside.begin()
    found = await beside.read(report_on_screen, JUNE)
    assert rows(found.answered.table) == rows(report_on_screen(june, JUNE).answered.table)
    assert process_of(beside) is None


async def test_another_file_under_the_name_is_what_is_asked(june: Desk, beside: Beside) -> None:
    before = await beside.read(report_on_screen, JUNE)
    first = process_of(beside)
    file = june.folder.database
    june.port.backup(file.with_name("other.db"))
    june.port.close()
    file.with_name("other.db").replace(file)
    june.port.transact("wiped", 0, [("DELETE FROM rollup_day", ()), (ALL_DROPPED, ())])
    found = await beside.read(report_on_screen, JUNE)
    assert rows(found.answered.table) != rows(before.answered.table)
    assert rows(found.answered.table) == rows(report_on_screen(june, JUNE).answered.table)
    assert first is not None
    assert await asyncio.wait_for(first.wait(), WAITS) == 0


async def test_a_picture_is_drawn_beside_without_its_library_here(
    june: Desk, beside: Beside
) -> None:
    table = report_on_screen(june, Question("by-symptom", "2026-06")).answered.table
    drawing = drawing_of("by-symptom", table)
    assert await beside.read(drawn, drawing, 80, 16) == draw(drawing, 80, 16)


async def test_another_clock_than_the_machines_begins_no_process(
    june: Desk, beside: Beside, clock: StillClock
) -> None:
    june.clock = clock
    await beside.begin()
    assert await beside.read(report_on_screen, JUNE)
    assert process_of(beside) is None
