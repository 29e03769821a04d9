"""Who else is at a ticket, shown in lists, on the ticket and on a call about it."""

from __future__ import annotations

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import open_console
from helpdesk.desk.presence import look_at, others_there
from helpdesk.desk.view import call_view
from tests.support.clock import StillClock
from tests.support.screens import Console, app_of, lines, press, running, settled, text, words
from tests.tui.scenes import LEE, took


async def looked(console: Console) -> str:
    """The screen once the console has looked around; by itself it does so every two seconds."""
    await app_of(console).surroundings.look()
    await settled(console)
    return text(console)


async def test_a_colleague_at_a_ticket_is_shown_in_lists_on_it_and_on_a_call(
    known: Desk, other: Desk, clock: StillClock
) -> None:
    call = took(known, clock, LEE, 600, symptom="store-card", outcome="")
    ticket = call_view(known, call).ticket
    open_console(other)
    async with running(known) as console:
        look_at(other, ticket)
        row = next(line for line in (await looked(console)).splitlines() if "Whitman" in line)
        assert "@rvance" not in row  # the call going on is another row
        listed = [line for line in text(console).splitlines() if line.rstrip().endswith("@rvance")]
        assert len(listed) == 1
        await press(console, "gt")
        assert any(line.rstrip().endswith("mortiz   @rvance") for line in lines(console))
        await press(console, "⏎")
        assert "@ RVANCE is viewing this ticket" in words(console)
        assert [each.ticket for each in others_there(other)] == [ticket]
        look_at(other, None)
        assert "RVANCE" not in await looked(console)


async def test_a_colleagues_call_is_said_over_a_half_typed_note_that_stays(
    known: Desk, other: Desk
) -> None:
    open_console(other)
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ i half␣a␣wo")
        ticket = app_of(console).view
        assert ticket is not None
        look_at(other, ticket.ticket)
        assert "RVANCE is viewing this ticket" in await looked(console)
        await press(console, "rd")
        assert "half a word" in words(console)


async def test_looking_around_draws_nothing_while_nothing_changes(
    known: Desk, other: Desk
) -> None:
    open_console(other)
    look_at(other, call_view(other, start_call(other)).ticket)
    async with running(known) as console:
        await looked(console)
        shown = app_of(console).surroundings.there
        assert len(shown) == 1
        before = console.app.screen._compositor.full_map
        await app_of(console).surroundings.look()
        assert app_of(console).surroundings.there is shown
        assert console.app.screen._compositor.full_map is before


async def test_leaving_the_ticket_is_told(known: Desk, other: Desk) -> None:
    open_console(other)
    async with running(known) as console:
        await press(console, "gt ⏎")
        assert len(others_there(other)) == 1
        await press(console, "⎋")
        assert others_there(other) == ()
        await press(console, "n")
        assert [each.on_call for each in others_there(other)] == [True]
        await press(console, "⏎ ⎋ gt")  # a list over the call: the call goes on
        assert [each.on_call for each in others_there(other)] == [True]
