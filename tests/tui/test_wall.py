"""The wallboard: seen from afar, brought up to date by itself, without a caller's name."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.domain.courts import local
from helpdesk.domain.wallboard import Chart, DayPart
from helpdesk.tui.screens.wall import WallScreen
from helpdesk.tui.widgets.wall import capped, chart_lines
from tests.support.clock import StillClock
from tests.support.outages import call_about, came_in, quiet_weeks
from tests.support.screens import (
    NARROW,
    WIDE,
    Console,
    app_of,
    lines,
    press,
    resize,
    running,
    settled,
    text,
    words,
)
from tests.tui.scenes import HOUR, busy_morning
from tests.tui.test_incidents import unusual_morning

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


def at_noon(desk: Desk, other: Desk, clock: StillClock) -> None:
    """Five Mondays that were much alike, and one on which linking fails."""
    clock.go_on(4 * HOUR)
    quiet_weeks(desk)
    today = local(clock.now(), desk.home_office.zone).date()
    mondays = [today - timedelta(weeks=week) for week in (1, 2, 3, 4, 5)]
    for place, half_hour in enumerate(("08:35", "09:05", "09:35", "10:05", "11:35", "14:05")):
        came_in(desk, dict.fromkeys(mondays, 1 + place % 4), "pdf-upload", half_hour)
        came_in(desk, {today: 1 + place * 5 % 3} if place < 5 else {}, "pdf-upload", half_hour)
    busy_morning(desk, other, clock)
    for _ in range(6):
        clock.go_on(60)
        call_about(other)


@SIZES
async def test_a_busy_morning_on_the_wall(
    desk: Desk, other: Desk, clock: StillClock, size: tuple[int, int],
    text_screen: SnapshotAssertion,
) -> None:  # fmt: skip
    at_noon(desk, other, clock)
    async with running(desk, size) as console:
        await press(console, "gw")
        assert text(console) == text_screen(name="wall")
        for name in ("Whitfield", "Okafor", "Boyle", "Reyes", "Sands", "0144"):
            assert name not in text(console)
        await resize(console, (70, 20))
        assert "Error while linking" not in text(console)


async def test_the_wall_shows_by_itself_what_others_write_and_its_clocks_run(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    unusual_morning(desk, clock)
    async with running(desk) as console:
        await press(console, "gw")
        assert "Nobody is on a call." in words(console)
        call = start_call(other)
        await app_of(console)._others_wrote()
        await settled(console)
        assert "RVANCE 00:00" in words(console)
        clock.go_on(75)
        app_of(console)._tick()
        await settled(console)
        assert "RVANCE 01:15" in words(console)
        finish_call(other, call, "callback", clock.now() + 60)
        clock.go_on(75)
        app_of(console)._tick()  # a full minute has gone by: the promise is late, nobody wrote it
        await settled(console)
        assert "! 1 LATE" in words(console)
        await press(console, "⎋")
        assert "| home" in lines(console)[0]


async def test_a_size_that_arrives_while_the_wall_is_left_finds_no_widgets_and_harms_nothing(
    desk: Desk,
) -> None:
    async with running(desk) as console:
        await press(console, "gw")
        wall = app_of(console).screen
        assert isinstance(wall, WallScreen)
        leaving = asyncio.ensure_future(pop(console))
        seen = set[bool]()
        while not leaving.done():
            seen.add(bool(wall.query("#out")))
            wall._after_resize()
            await asyncio.sleep(0)
        assert seen == {True, False}
        await settled(console)
        assert "| home" in lines(console)[0]


async def pop(console: Console) -> None:
    """Leave the screen on top, and wait until its widgets are gone."""
    await app_of(console).pop_screen()


async def test_the_wall_without_lines_uses_plain_signs(desk: Desk) -> None:
    quiet_weeks(desk, many=3, clock="08:05")
    call_about(desk)
    desk.settings = desk.settings._replace(lines=False)
    async with running(desk) as console:
        await press(console, "gw")
        assert "# today : usual (mean of 5 Mondays)" in words(console)
        assert text(console).isascii()


def test_what_finds_no_room_is_counted() -> None:
    assert capped(["a", "b"], 2, 2) == ["a", "b"]
    assert capped(["a", "b", "c"], 3, 2) == ["a", "and 2 more"]
    assert capped(["a", "b"], 30, 5) == ["a", "b", "and 28 more"]
    assert capped(["a", "b"], 2, 1) == ["2 in all"]


def test_numbers_that_would_run_into_each_other_are_not_drawn() -> None:
    parts = tuple(DayPart(f"{hour:02}:00", "EST", hour, hour + 1, 1_000, 2.0) for hour in range(9))
    said = chart_lines(Chart(parts, True, 0, 0), 20, (6 + 9 * 3, 8), blocks=True)
    assert said[-3] == "today (the numbers need a wider terminal)"
    assert said[-2].split() == ["usual", *["2"] * 9]
    wider = chart_lines(Chart(parts, True, 0, 0), 20, (6 + 9 * 5, 8), blocks=True)
    assert wider[-3].split() == ["today", *["1000"] * 9]
