"""The lock: nothing can be read, no key reaches what is below, and the call goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from textual import events

from helpdesk.desk.desk import Desk
from helpdesk.desk.home import calls_going_on
from helpdesk.desk.passcodes import set_passcode
from helpdesk.domain.passcodes import Passcode
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.screens.lock import LockScreen
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import (
    Console,
    app_of,
    echo,
    lines,
    paste,
    press,
    running,
    send,
    settled,
    text,
    words,
)

ON_A_NOTE = "n 0144 ⏎ li ⏎ i firewall␣blo"


async def press_lock(console: Console) -> None:
    await send(console, events.Key("ctrl+l", None))


@pytest_asyncio.fixture
async def locked(known: Desk) -> AsyncIterator[Console]:
    """A console that was locked in the middle of a note."""
    set_passcode(known, known.clerk.login, Passcode("blue-horse-42"))
    async with running(known) as console:
        await press(console, ON_A_NOTE)
        await press_lock(console)
        yield console


async def test_nothing_of_the_call_can_be_read_and_its_clock_is_shown(
    locked: Console, clock: StillClock
) -> None:
    clock.go_on(61)
    app_of(locked)._tick()
    await settled(locked)
    said = words(locked)
    assert "LOCKED" in said
    assert "1:01" in said
    for word in ("Whitfield", "Dana", "firewall", "0144", "T-26", "linking"):
        assert word not in said, word


async def test_the_right_passcode_brings_back_exactly_what_was_there(
    known: Desk,
) -> None:
    set_passcode(known, known.clerk.login, Passcode("blue-horse-42"))
    async with running(known) as console:
        await press(console, ON_A_NOTE)
        before = text(console)
        await press_lock(console)
        await press(console, "wrong-one-1 ⏎")
        assert "wrong" in echo(console)
        assert isinstance(console.app.screen, LockScreen)
        await press(console, "blue-horse-42 ⏎")
        assert text(console) == before
        await press(console, "cks ⏎")
        assert "firewall blocks" in words(console)


async def test_the_passcode_is_never_shown(locked: Console) -> None:
    await press(locked, "blue-hor")
    assert "blue" not in words(locked)


async def test_keys_and_pastes_reach_nothing_below(locked: Console, known: Desk) -> None:
    before = rows(known, "SELECT count(*) AS n FROM journal")
    await press(locked, "hr ⎋ : ? gt ⇥ ↓ ⏎")
    await paste(locked, "hr\nhr")
    assert isinstance(locked.app.screen, LockScreen)
    await press(locked, "⏎")
    assert rows(known, "SELECT count(*) AS n FROM journal") == before
    assert isinstance(locked.app.screen, LockScreen)


async def test_leaving_a_locked_console_parks_the_call(
    known: Desk, home: Path, clock: StillClock
) -> None:
    set_passcode(known, known.clerk.login, Passcode("blue-horse-42"))
    async with running(known) as console:
        await press(console, "n 0144 ⏎")
        await press_lock(console)
        await console.press("ctrl+q")
    again = open_as(home, clock)
    assert [call.parked for call in calls_going_on(again)] == [True]
    again.close()


async def test_without_a_passcode_it_says_how_to_get_one(console: Console) -> None:
    await press_lock(console)
    assert "helpdesk staff passcode" in echo(console)
    assert not isinstance(console.app.screen, LockScreen)


async def test_it_locks_by_itself_when_nobody_has_touched_it_also_on_a_call(
    known: Desk, clock: StillClock
) -> None:
    set_passcode(known, known.clerk.login, Passcode("blue-horse-42"))
    async with running(known) as console:
        await press(console, "n 0144 ⏎")
        clock.go_on(599)
        app_of(console)._tick()
        await settled(console)
        assert isinstance(console.app.screen, CallScreen)
        clock.go_on(2)
        app_of(console)._tick()
        await settled(console)
        assert isinstance(console.app.screen, LockScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_the_lock_as_it_looks(
    known: Desk, size: tuple[int, int], text_screen: object
) -> None:
    set_passcode(known, known.clerk.login, Passcode("blue-horse-42"))
    async with running(known, size) as console:
        await press(console, "n 0144 ⏎")
        await press_lock(console)
        assert text(console) == text_screen
        assert len(lines(console)) == size[1]
