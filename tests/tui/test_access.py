"""The access journal on the screen: who looked at whom, narrowed, and opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.desk.access import keep_access, note_look
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.desk import Desk
from helpdesk.desk.exports import export_rows
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.tui.screens.access import AccessScreen
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.screens.caller import CallerScreen
from helpdesk.tui.screens.ticket import TicketScreen
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.screens import Console, echo, press, running, text, words
from tests.tui.scenes import DANA, DAY, took


@pytest.fixture
def looked(known: Desk, clock: StillClock) -> Desk:
    """A desk at which rvance read a ticket and looked up its caller, and jdoe exported later."""
    took(known, clock, DANA, 60)
    caller = look_for_callers(known, "whitf").callers[0].id
    rvance = open_as(known.folder.home, clock, RVANCE, "clerk")
    show_ticket(rvance, "1")
    clock.go_on(61)
    note_look(rvance, "caller", f"caller:{caller}")
    keep_access(rvance)
    rvance.close()
    clock.go_on(2 * DAY)
    jdoe = open_as(known.folder.home, clock, (1002, "jdoe"), "clerk")
    list(export_rows(jdoe, "calls", ""))
    keep_access(jdoe)
    jdoe.close()
    return known


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_looks_as_they_are_listed_newest_first(
    looked: Desk, size: tuple[int, int], text_screen: object
) -> None:
    async with running(looked, size) as console:
        await press(console, "ga")
        assert text(console) == text_screen


async def test_a_clerk_and_a_period_narrow_the_list(looked: Desk) -> None:
    async with running(looked) as console:
        await press(console, "ga w rva ⏎")
        assert "2 looks of rvance, all days" in words(console)
        assert "exported" not in words(console)
        await press(console, "p today ⏎")
        assert "No looks of rvance, today." in words(console)
        await press(console, "w all ⏎")
        assert "1 look of everybody, today" in words(console)
        await press(console, "p nonsense ⏎")
        assert not isinstance(console.app.screen, AccessScreen)


async def test_enter_opens_the_ticket_and_the_callers_card_and_says_what_cannot_be_opened(
    looked: Desk,
) -> None:
    async with running(looked) as console:
        await press(console, "ga ⏎")
        assert "Only a ticket and a caller" in echo(console)
        await press(console, "j ⏎")
        assert isinstance(console.app.screen, CallerScreen)
        await press(console, "⎋ ↓ ⏎")
        assert isinstance(console.app.screen, TicketScreen)
        await press(console, "⎋")
        assert isinstance(console.app.screen, AccessScreen)


async def test_what_was_looked_at_meanwhile_comes_when_it_is_asked_for(
    looked: Desk, home: Path, clock: StillClock
) -> None:
    async with running(looked) as console:
        await press(console, "ga j")
        third = open_as(home, clock, (1003, "lroe"), "clerk")
        show_ticket(third, "1")
        keep_access(third)
        third.close()
        await press(console, "r")
        assert "lroe" in words(console)
        await press(console, "⏎")  # the cursor stayed on the caller
        assert isinstance(console.app.screen, CallerScreen)


async def test_who_may_not_read_it_is_neither_led_there_nor_let_in(
    known: Desk, home: Path, clock: StillClock
) -> None:
    assert known.folder.home == home
    clerk = open_as(home, clock, RVANCE, "clerk")
    clerk.read_playbooks = known.read_playbooks
    async with running(clerk) as console:
        await press(console, "g")
        assert "access" not in echo(console)
        assert "flagged" not in echo(console)
        assert "callers" in echo(console)
        await press(console, "a")
        assert "ask one of supervisor" in echo(console)
        assert not isinstance(console.app.screen, AccessScreen)


async def test_it_is_read_between_calls(console: Console) -> None:
    await press(console, "n 0144 ⏎ li ⏎ g")
    assert "access" not in words(console)
    await press(console, "a")
    assert isinstance(console.app.screen, CallScreen)
    assert "leads nowhere" in echo(console)
