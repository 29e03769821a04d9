"""The call screen stands ready for the next call, and nothing of the last one is on it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.widgets.boxes import LineBox, NoteBox
from tests.support.screens import (
    WIDE,
    Console,
    app_of,
    press,
    resize,
    running,
    settled,
    text,
)

A_CALL = "n 0144 ⏎ li ⏎ y"


def screen_of(console: Console) -> CallScreen:
    screen = app_of(console).screen
    assert isinstance(screen, CallScreen)
    return screen


async def test_it_is_mounted_before_the_first_call(console: Console) -> None:
    ready = await app_of(console).ready_call.prepare()
    assert ready.is_mounted
    await press(console, "n")
    assert screen_of(console) is ready


async def test_a_second_call_begins_empty(console: Console) -> None:
    await press(console, A_CALL)
    first = screen_of(console).call
    await press(console, "i")
    screen_of(console).query_one(NoteBox).fill("half a note about the first")
    await press(console, "⎋ h d")
    await press(console, "n")
    second = screen_of(console)
    assert second.call != first
    assert "Whitfield" not in text(console).split("Who calls")[0]
    assert all(not box.content for box in (*second.query(LineBox), *second.query(NoteBox)))
    assert (second.looking_at, second.left_in, second.left_open, second.given_up) == (
        None, {}, set(), [],
    )  # fmt: skip


async def test_a_second_call_fits_a_terminal_that_was_made_larger_meanwhile(known: Desk) -> None:
    async with running(known) as console:
        await press(console, A_CALL)
        await press(console, "h d")
        await resize(console, WIDE)
        await press(console, "n")
        await settled(console)
        assert screen_of(console).has_class("-wide", "-high")
        assert "Open today" in text(console)


async def test_a_call_that_comes_while_the_screen_is_made_waits_for_it(console: Console) -> None:
    app = app_of(console)
    making = asyncio.ensure_future(app.ready_call.prepare())
    await asyncio.sleep(0)
    await press(console, "n 0144 ⏎")
    assert screen_of(console) is await making
    assert "What is wrong" in text(console)


async def test_what_was_fetched_after_a_write_of_ours_is_not_fetched_again(
    known: Desk, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, asked = app_of(console), list[str]()
    await press(console, A_CALL)
    read = app.thread.read

    async def noted(act: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        asked.append(act.__name__)
        return await read(act, *args, **kwargs)

    monkeypatch.setattr(app.thread, "read", noted)
    await press(console, "n")
    await app._others_wrote(known.port.head())
    assert asked.count("_view") == 0
    await app._others_wrote()
    assert asked.count("_view") == 1, "where somebody else may have written it is"
