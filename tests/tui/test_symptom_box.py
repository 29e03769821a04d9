"""The symptom box: what the desk knows orders the list below the first row, which never moves."""

from __future__ import annotations

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.tui.screens.call import CallScreen
from tests.support.clock import StillClock
from tests.support.screens import Console, app_of, echo, press, running, settled, words
from tests.tui.scenes import DANA, DAY, HOUR, LEE, took


def listed(console: Console) -> list[str]:
    screen = console.app.screen
    assert isinstance(screen, CallScreen)
    return [row.text for row in screen.rows.rows]


def codes(console: Console) -> list[str]:
    return [text.split()[0] for text in listed(console)]


@pytest.mark.parametrize("typed", ["link", "pacer", "p", "my␣file", "card"])
async def test_what_the_desk_knows_never_moves_the_first_row_for_words(
    desk: Desk, clock: StillClock, typed: str
) -> None:
    async with running(desk) as console:
        await press(console, f"n ⏎ {typed}")
        plain = codes(console)
        await press(console, "⎋ hd")
        for symptom in ("pdf-upload", "store-card", "forgot-pacer"):
            for ago in (3, 2):
                took(desk, clock, LEE, ago * HOUR, symptom=symptom)
        await press(console, f"n ⏎ {typed}")
        assert codes(console)[0] == plain[0]
        assert sorted(codes(console)) == sorted(plain)


async def test_a_row_says_why_the_desk_put_it_there(desk: Desk, clock: StillClock) -> None:
    took(desk, clock, DANA, 10 * DAY, symptom="store-card")
    for ago in (3, 2):
        took(desk, clock, LEE, ago * HOUR, symptom="pdf-upload")
    async with running(desk) as console:
        await press(console, "n 0144 ⏎")
        assert codes(console)[0] == "sc"
        assert "(this caller, Fri 22 May" in listed(console)[0]
        await press(console, "⎋ hd n 0155 ⏎ pac")
        assert not [text for text in listed(console) if "this caller" in text and "sc" in text]


async def test_rows_stay_where_they_are_while_calls_come_in_elsewhere(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    took(desk, clock, DANA, 40 * DAY, symptom="forgot-pacer")
    async with running(desk) as console:
        await press(console, "n 0144 ⏎ p")
        before = listed(console)
        for _ in range(4):
            took(other, clock, LEE, HOUR, symptom="pdf-upload")
        await app_of(console)._others_wrote()
        await settled(console)
        assert listed(console) == before
        await press(console, "d ⌫")
        assert listed(console) == before


async def test_half_of_a_secret_is_not_kept_though_it_found_nothing(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ 4111111111111111")
        assert "This looks like a card number" in words(console)
        await press(console, "⌫" * 16 + "zzqx" + "⌫" * 4 + "li ⏎")
        kept = known.port.query("SELECT text FROM phrase ORDER BY id").rows
    assert kept == [("zzqx",)]


async def test_a_warning_goes_once_the_words_look_like_no_secret_any_more(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ 4111␣1111␣1111␣1111")
        assert "This looks like a card number" in echo(console)
        assert "blank" in words(console)
        await press(console, "⌫⌫⌫⌫⌫")
        assert echo(console) == ""
        await press(console, "␣1111")
        assert "This looks like a card number" in echo(console)


async def test_a_warning_stays_while_a_note_still_holds_the_secret(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ i 4111␣1111␣1111␣1111 ⏎")
        assert "This looks like a card number" in echo(console)
        await press(console, "␣a")
        assert "This looks like a card number" in echo(console)
        await press(console, "⌫⌫⌫⌫⌫")
        assert "This looks like" not in echo(console)
