"""The temporary password: shown once, with how it is given, and kept nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.screens.password import PASSWORD_SECONDS
from tests.support.screens import (
    NARROW,
    WIDEST,
    Console,
    app_of,
    echo,
    picture,
    press,
    resize,
    running,
    text,
    words,
)
from tests.tui.test_typing import bytes_of

TO_THE_PASSWORD = "n 0144 ⏎ pw ⏎ yy vb ve at ⏎"
SHOWN = re.compile(r"TEMPORARY PASSWORD\s+(\w{12})\b")


def shown(console: Console) -> str:
    """The password on the screen; empty when none is."""
    found = SHOWN.search(words(console))
    return found[1] if found else ""


def screen_of(console: Console) -> CallScreen:
    screen = console.app.screen
    assert isinstance(screen, CallScreen)
    return screen


@pytest.mark.parametrize("size", [NARROW, WIDEST], ids=["narrow", "widest"])
async def test_it_is_shown_with_its_delivery_and_how_long_it_holds(
    known: Desk, size: tuple[int, int]
) -> None:
    async with running(known, size) as console:
        await press(console, TO_THE_PASSWORD)
        assert re.fullmatch(r"[A-Za-z0-9]{12}", shown(console))
        assert "Give it only by: called back" in words(console)
        assert "holds until Tue 09:14" in words(console)
        assert "esc hides it" in words(console)


@pytest.mark.parametrize("hidden_by", ["⎋", "h", "p"], ids=["escape", "hang-up", "parking"])
async def test_it_disappears_and_does_not_come_back(known: Desk, hidden_by: str) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PASSWORD)
        password = shown(console)
        await press(console, hidden_by)
        assert password not in text(console)
        await press(console, "⎋" if hidden_by == "h" else "P" if hidden_by == "p" else "u U")
        assert screen_of(console).call
        assert password not in text(console)
        assert not shown(console)


async def test_it_disappears_when_it_is_taken_back_and_stays_when_something_else_is(
    known: Desk,
) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PASSWORD)
        password = shown(console)
        await press(console, "ifirst␣words⏎ u")
        assert "Taken back" in echo(console)
        assert shown(console) == password
        await press(console, "u")
        assert "Temporary CM/ECF password issued" in echo(console)
        assert password not in text(console)


async def test_it_disappears_after_a_minute(known: Desk) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PASSWORD)
        password, screen = shown(console), screen_of(console)
        timer = screen._secret_timer
        assert timer is not None
        assert timer._interval == PASSWORD_SECONDS == 60
        assert timer._callback is not None
        timer._callback()
        await press(console, "")
        assert password not in text(console)
        assert not screen.shows_password
        assert screen._secret_timer is None


async def test_the_minute_of_a_second_one_begins_anew(known: Desk) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PASSWORD)
        first, timer = shown(console), screen_of(console)._secret_timer
        await press(console, "at 2")
        assert shown(console) != first
        assert timer is not None
        assert timer._task is None or timer._task.cancelled() or timer._task.cancelling()
        assert screen_of(console)._secret_timer is not timer


async def test_what_was_given_out_on_the_ticket_before_is_said_with_no_further_key(
    known: Desk,
) -> None:
    before = (
        "Already on this ticket: Temporary CM/ECF password issued for linking, 09:14 by mortiz"
    )
    async with running(known) as console:
        await press(console, "n 0144 ⏎ pw ⏎ yy vb ve at")
        assert "Already" not in words(console)
        await press(console, "⏎")
        assert "Already" not in words(console)
        await press(console, "a t")
        assert f"! {before}." in " ".join(echo(console).split())
        await press(console, "2")
        assert shown(console)
        assert before in words(console)
        await press(console, "a l")
        assert f"{before}, and 1 before." in words(console)
        await press(console, "⎋ a e")
        assert "Already" not in echo(console)
        await press(console, "u u u a t")
        assert "Already" not in echo(console)


async def test_the_minute_runs_on_behind_another_screen(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PASSWORD} gt")
        assert not shown(console)
        call = next(each for each in app_of(console).screen_stack if isinstance(each, CallScreen))
        call.hide_password()  # what the timer does
        await press(console, "⎋")
        assert not shown(console)


async def test_it_stands_in_no_byte_of_the_desk_and_in_no_widget_afterwards(
    known: Desk, home: Path, tmp_path: Path
) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PASSWORD)
        password = shown(console)
        assert len(password) == 12
        assert password.encode() not in bytes_of(home)
        await press(console, "i given␣by␣phone ⏎ u U h")
        for widget in screen_of(console).walk_children(with_self=True):
            assert password not in repr(vars(widget).values()), widget
        await press(console, "w tom␣9 ⏎ gt ⏎")
        history = words(console)
        for _ in range(4):
            await press(console, "⇟")
            history += words(console)
        assert "Temporary CM/ECF password issued" in history
        assert password not in history
    assert password.encode() not in bytes_of(tmp_path)


async def test_it_is_not_in_a_picture_taken_when_it_is_hidden(known: Desk) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PASSWORD)
        password = shown(console)
        assert password in picture(console)
        await press(console, "⎋")
        assert password not in picture(console)


async def test_no_command_of_the_console_takes_a_picture_of_the_screen(console: Console) -> None:
    assert app_of(console).ENABLE_COMMAND_PALETTE is False
    await press(console, ": screen")
    assert "screenshot" not in text(console).lower()
    await press(console, "⎋ n ⏎ li ⏎ : pic")
    assert "picture" not in text(console).lower()


async def test_in_a_terminal_that_became_too_small_it_is_not_shown(known: Desk) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PASSWORD)
        password = shown(console)
        await resize(console, (40, 10))
        assert password not in text(console)
        await resize(console, NARROW)
        assert shown(console) == password
        await resize(console, (40, 10))
        await press(console, "⎋")
        await resize(console, NARROW)
        assert not shown(console)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("n 0144 ⏎ pw ⏎ vb ve at", "linked at this court"),
        ("n 0144 ⏎ pw ⏎ yn vb ve at", "Forgot My Password"),
        ("n 0144 ⏎ pw ⏎ yy at", "Record 2 identity checks first"),
        ("n 0144 ⏎ pw ⏎ yy vn vr at", "one of them"),
        ("n 0144 ⏎ pw ⏎ yy vb at", "Record 1 more identity check"),
        ("n 0144 ⏎ pw ⏎ yy vb vb at", "Record 1 more identity check"),
    ],
)
async def test_it_is_refused_with_the_reason_and_the_way_on(
    known: Desk, said: str, why: str
) -> None:
    async with running(known) as console:
        await press(console, said)
        assert why in echo(console).replace("\n", " ")
        await press(console, "⏎ 1")
        assert not shown(console)
        issued = known.port.query("SELECT count(*) FROM action WHERE kind = 'temporary-password'")
    assert issued.value() == 0


async def test_the_delivery_that_is_recorded_is_the_chosen_row(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ pw ⏎ yy vb ve at ↓ ⏎")
        assert "Give it only by: e-mail on record" in words(console)
        (fields,) = known.port.query(
            "SELECT fields FROM action WHERE kind = 'temporary-password'"
        ).rows
    assert fields == ('{"delivery": "e-mail on record"}',)
