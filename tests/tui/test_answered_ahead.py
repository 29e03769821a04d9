"""An answer is seen at once; no key is taken, and nothing called saved, before it is written."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from helpdesk.desk.desk import Desk
from tests.support.calls import rows
from tests.support.screens import Console, app_of, burst, echo, press, text, until, words

ANSWERS = "SELECT answer FROM answer ORDER BY id"
TO_A_QUESTION = "n 0144 ⏎ li ⏎"


def answers(desk: Desk) -> list[object]:
    return [each["answer"] for each in rows(desk, ANSWERS)]


@pytest.fixture
def elsewhere(known: Desk) -> Iterator[sqlite3.Connection]:
    """Another program that has the database open."""
    with closing(sqlite3.connect(known.folder.database, isolation_level=None)) as other:
        yield other


async def test_the_next_step_stands_while_the_answer_is_written(
    known: Desk, console: Console, elsewhere: sqlite3.Connection
) -> None:
    await press(console, TO_A_QUESTION)
    assert "step 2 of" in text(console)
    elsewhere.execute("BEGIN IMMEDIATE")
    sending = asyncio.ensure_future(burst(console, "yn"))
    try:
        while "step 3 of" not in text(console):  # noqa: ASYNC110 - it waits itself
            await asyncio.sleep(0.01)
        app_of(console)._tick()
        assert not answers(known)
        assert "saved" not in text(console).splitlines()[0]
    finally:
        elsewhere.execute("ROLLBACK")
    await sending
    assert await until(console, lambda: answers(known) == ["yes", "no"])
    assert await until(console, lambda: "saved" in text(console).splitlines()[0])


async def test_an_answer_that_is_refused_leaves_the_step_that_was_asked(
    known: Desk, console: Console, elsewhere: sqlite3.Connection
) -> None:
    await press(console, f"{TO_A_QUESTION} y ⌫")
    assert "an earlier step again" in words(console)
    known.outbox = None
    (version,) = elsewhere.execute("PRAGMA user_version").fetchone()
    elsewhere.execute("PRAGMA user_version = 99")
    await press(console, "n")
    assert "newer" in echo(console)
    assert "an earlier step again" in words(console)
    assert "ASK Log in to PACER" in words(console)
    elsewhere.execute(f"PRAGMA user_version = {version}")
    await press(console, "n")
    assert answers(known) == ["yes", "no"]
    assert "step 3 of" in words(console)
