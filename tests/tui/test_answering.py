"""What follows an answer stands there at once; the answer is written before any other key."""

from __future__ import annotations

import asyncio
import sqlite3

from helpdesk.desk.desk import Desk
from tests.support.calls import rows
from tests.support.screens import Console, burst, press, settled, until, words

ANSWERS = "SELECT answer FROM answer WHERE struck = 0 ORDER BY id"


async def test_the_step_that_follows_is_read_while_the_answer_is_written(
    known: Desk, console: Console, elsewhere: sqlite3.Connection
) -> None:
    await press(console, "n 0144 ⏎ li ⏎")
    assert "step 2 of" in words(console)
    before = rows(known, ANSWERS)
    elsewhere.execute("BEGIN IMMEDIATE")
    sending = asyncio.ensure_future(burst(console, "yn"))
    try:
        while "step 3 of" not in words(console):  # noqa: ASYNC110 - it waits itself
            await asyncio.sleep(0.01)
        assert rows(known, ANSWERS) == before
    finally:
        elsewhere.execute("ROLLBACK")
    await sending
    await settled(console)
    assert [each["answer"] for each in rows(known, ANSWERS)[len(before) :]] == ["yes", "no"]
    assert "step 4 of" in words(console)


async def test_an_answer_that_cannot_be_written_brings_its_step_back(
    known: Desk, console: Console, elsewhere: sqlite3.Connection
) -> None:
    known.outbox = None
    await press(console, "n 0144 ⏎ li ⏎")
    before = rows(known, ANSWERS)
    (version,) = elsewhere.execute("PRAGMA user_version").fetchone()
    elsewhere.execute("PRAGMA user_version = 99")
    await press(console, "y")
    assert "newer" in words(console)
    assert "step 2 of" in words(console)
    elsewhere.execute(f"PRAGMA user_version = {version}")
    assert rows(known, ANSWERS) == before
    await press(console, "y")
    assert await until(lambda: "step 3 of" in words(console))
    assert len(rows(known, ANSWERS)) == len(before) + 1
