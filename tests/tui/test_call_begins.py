"""The call screen stands at once, and no key is taken on it before the call is in the database."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.tui.screens.home import HomeScreen
from tests.support.calls import rows
from tests.support.screens import Console, app_of, burst, press, running, text, until, words

CALLS = "SELECT id FROM call WHERE ended_at IS NULL"


async def test_it_asks_who_calls_while_the_call_is_written_and_takes_keys_afterwards(
    known: Desk, console: Console, elsewhere: sqlite3.Connection
) -> None:
    await app_of(console).ready_call.prepare()
    elsewhere.execute("BEGIN IMMEDIATE")
    sending = asyncio.ensure_future(burst(console, "n0144⏎"))
    try:
        while "Who calls" not in text(console):  # noqa: ASYNC110 - it waits itself
            await asyncio.sleep(0.01)
        assert "new call" in text(console).splitlines()[0]
        assert not {"saved", "READY"} & set(text(console).split())
        assert not rows(known, CALLS)
    finally:
        elsewhere.execute("ROLLBACK")
    await sending
    assert await until(lambda: "Whitfield" in text(console))
    assert len(rows(known, CALLS)) == 1


async def test_a_call_that_cannot_be_written_leaves_the_clerk_where_she_was(
    known: Desk, console: Console, elsewhere: sqlite3.Connection
) -> None:
    ready = await app_of(console).ready_call.prepare()
    known.outbox = None
    (version,) = elsewhere.execute("PRAGMA user_version").fetchone()
    elsewhere.execute("PRAGMA user_version = 99")
    await press(console, "n")
    assert isinstance(app_of(console).screen, HomeScreen)
    assert "newer" in words(console)
    elsewhere.execute(f"PRAGMA user_version = {version}")
    await press(console, "n 0144 ⏎")
    assert app_of(console).screen is ready
    assert "Whitfield" in text(console)


async def test_nothing_of_a_call_stays_on_the_screen_that_waits_for_the_next(
    console: Console,
) -> None:
    await press(console, "n 0144 ⏎ li ⏎ y h d")
    ready = await app_of(console).ready_call.prepare()
    assert isinstance(app_of(console).screen, HomeScreen)

    def told() -> str:
        return "".join(strip.text for strip in ready._compositor.render_strips())

    assert await until(lambda: "Who calls" in told())
    assert ready.view is None
    assert not {each for each in ("Whitfield", "T-26", "linking") if each in told()}, told()


@pytest.mark.parametrize("turns", range(0, 80, 4))
async def test_a_console_that_is_left_while_the_call_is_made_ready_ends_without_a_fault(
    known: Desk, turns: int
) -> None:
    async with running(known) as console:
        making = asyncio.ensure_future(app_of(console).ready_call.prepare())
        for _ in range(turns):
            await asyncio.sleep(0)
    await making
