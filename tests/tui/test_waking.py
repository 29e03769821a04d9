"""What waits wakes on the screen at its minute, though nobody writes anything."""

from __future__ import annotations

import asyncio

import pytest

from helpdesk.desk.desk import Desk
from tests.support.clock import StillClock
from tests.support.screens import app_of, echo, press, running, settled, words
from tests.tui.scenes import DANA, HOUR, MINUTE, took


@pytest.mark.parametrize(
    ("keys", "before", "after"),
    [
        ("", "08:24 call back", "! LATE 08:24 call back"),
        ("gb", "To come: 1", "Late: 1"),
        ("gt1", "0 tickets", "1 ticket,"),
        ("gt⏎", "Status waiting until", "Status open"),
        ("n 0144", "promises 1 due", "promises 1 due (1 late)"),
    ],
)
async def test_a_promise_is_late_and_its_ticket_open_at_its_minute_on_every_screen(
    known: Desk, clock: StillClock, keys: str, before: str, after: str
) -> None:
    due_at = clock.now() + 10 * MINUTE
    took(known, clock, DANA, HOUR, symptom="linking-error", outcome="callback", due_at=due_at)
    async with running(known) as console:
        await press(console, keys)
        clock.at = due_at - 1
        app_of(console)._tick()
        await settled(console)
        assert before in words(console)
        assert "LATE" not in words(console)
        clock.at = due_at - due_at % 60 + 60
        app_of(console)._tick()
        await settled(console)
        assert after in words(console)


async def test_what_is_being_typed_is_left_alone(known: Desk, clock: StillClock) -> None:
    async with running(known) as console:
        await press(console, "n whit")
        clock.go_on(MINUTE)
        app_of(console)._tick()
        await settled(console)
        await press(console, "f")
        assert "whitf" in words(console)


async def test_what_the_outbox_tells_next_comes_without_a_key_and_what_a_key_says_stays(
    known: Desk,
) -> None:
    async with running(known) as console:
        app, outbox = app_of(console), known.outbox
        assert outbox is not None
        for said in ("The file was taken away.", "It was put back whole."):
            outbox._told.append(said)
            async with asyncio.timeout(10):
                while outbox._told:  # not while another thread looks after the calls
                    await asyncio.sleep(0.01)
                    app._tick()
            assert echo(console) == f"! {said}"
        await press(console, "gh z")
        outbox._told.append("It is whole.")
        app._tick()
        assert "does nothing here" in echo(console)
