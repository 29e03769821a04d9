"""The hand-over sheet, flagged calls, and what of both the home screen shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from helpdesk.desk.calls import end_call, finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.hand_overs import add_note_for_shift, make_hand_over, newest_sheet, take_line
from helpdesk.resources import read_text
from helpdesk.tui.screens.ticket import TicketScreen
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.screens import (
    NARROW,
    WIDE,
    Console,
    app_of,
    echo,
    lines,
    press,
    running,
    settled,
    text,
    words,
)
from tests.tui.scenes import LEE, MINUTE, busy_morning, took

INCIDENT = """
INSERT INTO incident(id, n, court, symptom, line, declared_at, clerk)
VALUES (1, 12, 'ianb', 'linking-error', ?, ?, ?)
"""


PROMISED = """
INSERT INTO promise(id, ticket, kind, due_at, zone, made_at, clerk)
VALUES (?, ?, 'callback', ?, 'America/Chicago', ?, ?)
"""


async def seen(console: Console) -> str:
    """The screen when it has heard of everything written."""
    await app_of(console)._others_wrote()
    await settled(console)
    return text(console)


def shift(desk: Desk, other: Desk, clock: StillClock) -> None:
    """A morning of which something of every kind is left."""
    busy_morning(desk, other, clock)
    call = took(other, clock, LEE, 20 * MINUTE, symptom="store-card", outcome="")
    finish_call(other, call, "escalated", None, "mortiz")
    add_note_for_shift(other, "PSC says the card gateway is slow since 07:50.")
    line = "Maintenance until noon; linking fails meanwhile."
    desk.port.transact("i", clock.at, [(INCIDENT, (line, clock.at - 3600, desk.clerk.id))])


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_a_sheet_is_previewed_made_and_taken_line_by_line(
    desk: Desk,
    other: Desk,
    clock: StillClock,
    size: tuple[int, int],
    text_screen: SnapshotAssertion,
) -> None:
    shift(desk, other, clock)
    async with running(desk, size) as console:
        await press(console, "H")
        assert await seen(console) == text_screen(name="preview")
        await press(console, "m")
        clock.go_on(60)
        await press(console, "␣ ↓")
        take_line(other, newest_sheet(other).lines[1].id)
        assert await seen(console) == text_screen(name="taken")
        await press(console, "n Ask ␣ Lee ␣ again ⏎")
        assert await seen(console) == text_screen(name="noted")
        await press(console, "⎋")
        assert await seen(console) == text_screen(name="home")


async def test_the_first_line_of_every_screen_says_what_is_untaken_until_it_is_taken(
    known: Desk, clock: StillClock
) -> None:
    for said in ("One.", "Two."):
        add_note_for_shift(known, said)
    make_hand_over(known)
    async with running(known) as console:
        for keys in ("", "gt", "⏎", "?"):
            await press(console, keys)
            assert "hand-over 2 untaken" in lines(console)[0], keys
        await press(console, "⎋⎋⎋ H ␣")
        assert "hand-over 1 untaken" in lines(console)[0]
        assert "2 lines, 1 untaken" in words(console)
        assert "[x] MORTIZ 08:14" in words(console)
        await press(console, "␣")
        assert "hand-over 2 untaken" in lines(console)[0]
        await press(console, "␣ j ␣")
        assert "hand-over" not in lines(console)[0].removeprefix(" READY | hand-over")
        clock.go_on(60)
        await press(console, "n")
        assert "Note for the next shift?" in words(console)


async def test_a_line_that_a_colleague_took_first_says_so_and_shows_it(
    known: Desk, other: Desk
) -> None:
    add_note_for_shift(known, "One.")
    make_hand_over(known)
    async with running(known) as console:
        await press(console, "H")
        take_line(other, newest_sheet(other).lines[0].id)
        await press(console, "␣")
        assert echo(console) == "! RVANCE took line 1 at 08:14."
        assert "[x] RVANCE 08:14" in words(console)


async def test_enter_reads_the_ticket_of_a_line_and_only_where_there_is_one(
    known: Desk, clock: StillClock
) -> None:
    took(known, clock, LEE, 600, symptom="store-card", outcome="callback", due_at=clock.at + 60)
    add_note_for_shift(known, "One.")
    async with running(known) as console:
        await press(console, "H ⏎")
        assert "T-26-00003" in lines(console)[0]
        await press(console, "⎋ j ⏎")
        assert "does nothing" not in echo(console)
        assert "hand-over" in lines(console)[0]


async def test_a_second_sheet_is_asked_about_and_the_text_goes_into_a_file(
    known: Desk, clock: StillClock
) -> None:
    add_note_for_shift(known, "One.")
    async with running(known) as console:
        await press(console, "H m")
        clock.go_on(600)
        await press(console, "m")
        assert "There is a sheet: HANDOVER Mon 2026-06-01 08:14 CDT by MORTIZ" in words(console)
        await press(console, "⎋")
        assert len(rows(known, "SELECT * FROM hand_over")) == 1
        await press(console, "m m")
        assert len(rows(known, "SELECT * FROM hand_over")) == 2
        await press(console, "e f")
        said = echo(console).removeprefix("+ Written: ").replace("\n", "")
        assert " note      Mon 06-01 08:14  MORTIZ: One.   [ ]\n" in read_text(Path(said))
        await press(console, "e c")
        assert "clipboard" in echo(console)


async def test_a_secret_in_a_note_for_the_shift_is_refused_and_stays_in_the_box(
    known: Desk,
) -> None:
    async with running(known) as console:
        await press(console, "H n ssn ␣ 123-45-6789 ⏎")
        assert "Nothing was saved" in echo(console)
        assert "123-45-6789" in words(console)
    assert rows(known, "SELECT * FROM shift_note") == []


async def test_late_promises_stand_first_on_home_and_then_what_is_escalated(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    shift(desk, other, clock)
    clock.go_on(3 * 3600)  # what was promised for later is late by now
    async with running(desk) as console:
        shown = (await seen(console)).splitlines()
        heads = [line.strip() for line in shown if line.startswith(" ") and line[1:2] != " "]
        assert heads[1].startswith("Late")
        assert [line.count("! LATE") for line in shown[2:4]] == [1, 1]
        assert heads[2].startswith("Escalated to you   enter: read it, then a y: accept it")
        await press(console, "3")
        assert "escalated" in words(console)


async def test_a_row_of_80_columns_says_in_whole_words_what_was_promised_and_to_whom(
    known: Desk,
) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ pw ⏎ yy vb ve at ⏎ h w tom␣9 ⏎ g b")
        (row,) = [each for each in lines(console) if "linked by then?" in each]
        assert "Whitfield, Dana 26-00003 " in row


def flagged(desk: Desk, clock: StillClock) -> int:
    call = start_call(desk, 720)
    clock.go_on(60)
    end_call(desk, call)
    finish_call(desk, call, "resolved")
    return call


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_flagged_calls_say_why_and_are_reviewed_with_a_line(
    known: Desk, clock: StillClock, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    call = flagged(known, clock)
    flagged(known, clock)
    async with running(known, size) as console:
        await press(console, "g f")
        assert await seen(console) == text_screen(name="flagged")
        await press(console, "j r")
        assert await seen(console) == text_screen(name="asked")
        await press(console, "rang ␣ early ⏎")
        assert await seen(console) == text_screen(name="reviewed")
        kept = rows(known, "SELECT call, text FROM call_review")
        assert kept == [{"call": call, "text": "rang early"}]
        await press(console, "u")
        assert "Taken back: the review" in echo(console)
        await press(console, "⏎")
        assert "T-26-0000" in lines(console)[0]


async def test_a_clerk_is_told_who_sees_flagged_calls(other: Desk) -> None:
    async with running(other) as console:
        await press(console, "g f")
        assert echo(console) == "! rvance is clerk: ask one of supervisor, admin."


async def test_a_sheet_of_more_lines_than_are_at_hand_is_walked_taken_and_read(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    call = took(other, clock, LEE, 20 * MINUTE, symptom="store-card", outcome="")
    ticket = other.port.query("SELECT ticket FROM call_ticket WHERE call = ?", (call,)).value()
    many = [(n, ticket, clock.at - n, clock.at - 7200, other.clerk.id) for n in range(1, 601)]
    desk.port.transact("many", clock.at, [(PROMISED, each) for each in many])
    make_hand_over(desk)
    sheet = newest_sheet(desk)
    assert len(sheet.lines) > 600
    async with running(desk) as console:
        await press(console, "H")
        await console.press("end")
        await press(console, "␣")
        last = f"{len(sheet.lines)} "
        assert [each for each in lines(console) if each.startswith(f"> {last}")]
        assert newest_sheet(desk).lines[-1].taken_by == desk.clerk.login
        assert newest_sheet(desk).lines[0].taken_at is None
        await press(console, "⏎")
        assert sheet.lines[-1].number in words(console)
        assert isinstance(app_of(console).screen, TicketScreen)
