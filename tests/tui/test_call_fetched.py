"""What a key left of a call stays on the screen, whatever was fetched of it before that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import pytest

from helpdesk.desk.calls import finish_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import promises_due
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.tui.screens.call import CallScreen
from tests.support.screens import Console, app_of, echo, press, words


async def test_a_call_that_was_fetched_before_an_answer_and_arrives_after_it_is_not_shown(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    await press(console, "n 0144 ⏎ li ⏎")
    assert "step 2" in words(console)
    screen = cast("CallScreen", console.app.screen)
    thread, fetched, answered = app_of(console).thread, asyncio.Event(), asyncio.Event()
    read = thread.read

    async def read_late(act: Callable[..., object], *given: int) -> object:
        found = await read(act, *given)
        if asyncio.current_task() is fetching:  # and not what the console looks after meanwhile
            fetched.set()
            await answered.wait()
        return found

    with monkeypatch.context() as late:
        late.setattr(thread, "read", read_late)
        fetching = asyncio.create_task(screen.fetch())
        await fetched.wait()
    await press(console, "y")
    assert "step 3" in words(console)
    left = screen.view
    answered.set()
    await fetching
    assert screen.view is left


async def test_what_a_colleague_wrote_just_before_an_answer_is_shown_with_it(
    console: Console, other: Desk
) -> None:
    await press(console, "n 0144 ⏎ li ⏎")
    screen = cast("CallScreen", console.app.screen)
    assert screen.view is not None
    add_note_to_ticket(other, screen.view.ticket, "Her firewall was off.")
    await press(console, "y")
    assert [note.text for note in screen.view.notes] == ["Her firewall was off."]
    assert "step 3" in words(console)


@pytest.mark.parametrize("keys", ["hb tom␣9⏎", "hr", "hd"], ids=["callback", "same", "dropped"])
async def test_an_outcome_for_a_call_that_was_ended_on_another_console_is_not_said_to_be_kept(
    console: Console, keys: str
) -> None:
    await press(console, "n 0144 ⏎ li ⏎ y")
    screen = cast("CallScreen", console.app.screen)
    thread = app_of(console).thread
    await thread.do(finish_call, screen.call, "resolved")
    await press(console, keys)
    assert "READY" in words(console)
    assert "had ended already, on another console" in echo(console)
    assert echo(console).startswith("!")
    assert not (await thread.read(promises_due, 9))
