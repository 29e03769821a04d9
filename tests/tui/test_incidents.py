"""Outages on the screens: seen while the symptom is chosen, declared, read out, ended."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from helpdesk.desk.calls import finish_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.incidents import attach_incident, declare_incident, end_incident
from tests.support.clock import StillClock
from tests.support.outages import LINKING, call_about, quiet_weeks
from tests.support.screens import (
    NARROW,
    WIDE,
    app_of,
    echo,
    lines,
    press,
    running,
    settled,
    text,
    words,
)
from tests.tui.scenes import known_callers

LINE = "Iowa Northern knows that linking is out. There is nothing to change on your side."
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


def unusual_morning(desk: Desk, clock: StillClock, calls: int = 6) -> None:
    """Dana is known, and linking fails for one caller after the other."""
    known_callers(desk, clock)
    quiet_weeks(desk)
    for _ in range(calls):
        clock.go_on(60)
        call_about(desk)


@SIZES
async def test_a_supervisor_declares_and_the_next_call_reads_it_out(
    desk: Desk, clock: StillClock, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    unusual_morning(desk, clock)
    async with running(desk, size) as console:
        for name, said in (
            ("unusual-at-home", ""),
            ("unusual-in-the-box", "n ⏎ link"),
            ("unusual-on-the-call", "⌫⌫⌫⌫ li ⏎"),
            ("declaring", "o"),
            ("declared", "⏎"),
            ("ending", "h b"),
            ("promised", "⏎"),
            ("incident-in-the-box", "n ⏎"),
            ("incident-runs", "li ⏎"),
            ("attached", "o"),
            ("playbook-back", "s ⎋"),
            ("incidents", "h r g i"),
            ("one-incident", "⏎"),
            ("ending-the-incident", "x server ␣ restarted"),
            ("over", "⏎"),
            ("called-back-first", "⎋⎋"),
            ("promises", "gb"),
            ("past-incidents", "gi"),
            ("declaring-anywhere", "o"),
            ("declaring-a-symptom", "⏎"),
        ):
            await press(console, said)
            await app_of(console)._others_wrote()
            await settled(console)
            assert text(console) == text_screen(name=name)


async def test_on_a_moved_first_row_nothing_is_chosen_by_mistake(
    desk: Desk, clock: StillClock
) -> None:
    known_callers(desk, clock)
    async with running(desk) as console:
        await press(console, "n ⏎ pdf")
        plain = lines(console)
        first = next(row for row in plain if row.lstrip().startswith(">"))
        await press(console, "⎋ hd")
        quiet_weeks(desk)
        for _ in range(6):
            call_about(desk)
        await press(console, "n ⏎ pdf")
        assert first in lines(console)
        await press(console, "⌫⌫⌫")
        assert "> li  " in next(row for row in lines(console) if "! unusual" in row)


async def test_a_clerk_sees_the_tickets_and_is_told_whom_to_ask(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    unusual_morning(desk, clock)
    async with running(other) as console:
        assert "Unusual today enter: the tickets" in words(console)
        await press(console, "1")
        assert "6 tickets" in words(console)
        await press(console, "gi")
        assert "No incident was ever declared" in words(console)
        assert "declare" not in lines(console)[-1]
        await press(console, "n ⏎ li ⏎")
        assert "! unusual: 5 calls by 08:19, usually none" in words(console)
        assert "(o)" not in words(console)
        assert "o incident" not in lines(console)[-1]
        await press(console, "o")
        said = "No incident runs at Iowa Northern. To have one declared ask one of lead,"
        assert said in echo(console)


async def test_a_line_that_somebody_made_up_is_only_read(desk: Desk, clock: StillClock) -> None:
    known_callers(desk, clock)
    hostile = "Out\x1b]52;c;aGk=\x07 [/bold] [@click=app.quit]now[/]"
    declare_incident(desk, "ianb", LINKING, hostile)
    async with running(desk) as console:
        for said in ("", "n ⏎", "li ⏎", "o", "h r gi", "⏎", "x"):
            await press(console, said)
            assert "\x1b" not in text(console)
        await press(console, "⎋⎋⎋ n ⏎ li ⏎ o")
        assert "[/bold] [@click=app.quit]now[/]" in words(console)


async def test_among_several_incidents_of_the_court_the_clerk_chooses(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    known_callers(desk, clock)
    declare_incident(desk, "ianb", LINKING, LINE)
    declare_incident(desk, "ianb", "pdf-upload", "Uploads fail.")
    async with running(other) as console:
        await press(console, "n ⏎ sc ⏎ o")
        assert "Attach the call to which incident?" in words(console)
        await press(console, "0")
        assert "ask one of lead, supervisor, admin" in echo(console)
        await press(console, "2")
        assert "INCIDENT 2" in words(console)
        assert "Uploads fail." in words(console)
        await press(console, "y")
        assert "s brings the playbook back" in echo(console)
        await press(console, "u")
        assert "INCIDENT" not in words(console)
        assert "Taken back: the link to the incident" in echo(console)


async def test_a_call_that_is_parked_and_taken_up_again_reads_the_line_again(
    desk: Desk, clock: StillClock
) -> None:
    known_callers(desk, clock)
    declare_incident(desk, "ianb", LINKING, LINE)
    async with running(desk) as console:
        await press(console, "n ⏎ li ⏎ o p P")
        assert "> SAY Iowa Northern knows" in words(console)
        await press(console, "s li ⏎")
        assert "> SAY Iowa Northern knows" not in words(console)
        assert "incident 1 (o: what to read out)" in words(console)
        await press(console, "o")
        assert "> SAY Iowa Northern knows" in words(console)


async def test_an_end_that_is_typed_waits_for_the_incident_and_no_time_does(
    desk: Desk, clock: StillClock
) -> None:
    known_callers(desk, clock)
    declare_incident(desk, "ianb", LINKING, LINE)
    async with running(desk) as console:
        await press(console, "n ⏎ li ⏎ hw end")
        assert "“end” is the end of an incident" in echo(console)
        await press(console, "⌫⌫⌫ ⎋⎋ o hw end")
        assert "when incident 1 is over, at the latest Tue 02 Jun 17:00 CDT" in echo(console)
        await press(console, "⏎")
        assert "They hear when incident 1 is over" in echo(console)
        promised = desk.port.query("SELECT kind, incident FROM promise WHERE struck = 0").one()
    assert promised is not None
    assert promised["kind"] == "waiting"
    assert promised["incident"] is not None


async def test_a_colleague_sees_at_once_that_an_incident_is_over(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    known_callers(desk, clock)
    number = declare_incident(desk, "ianb", LINKING, LINE)
    call = call_about(desk, outcome="")
    attach_incident(desk, call)
    finish_call(desk, call, "callback", incident=number)
    async with running(other) as console:
        assert "! since 08:14" in words(console)
        clock.go_on(60)
        end_incident(desk, number)
        await app_of(console)._others_wrote()
        await settled(console)
        assert "! since" not in words(console)
        assert "! OVER Tue 17:00 call back" in words(console)
