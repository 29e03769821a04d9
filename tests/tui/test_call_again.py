"""The call screen stands ready for the next call, and nothing of the last one is on it."""

from __future__ import annotations

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
    ready = await app_of(console).ready_call().prepare()
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
