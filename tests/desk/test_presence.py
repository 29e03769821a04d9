from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.desk.calls import park_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import close_console, open_console, say_alive
from helpdesk.desk.presence import look_at, others_there
from helpdesk.desk.view import call_view
from helpdesk.domain.presence import Presence
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


@pytest.fixture
def other(desk: Desk, home: Path, clock: StillClock) -> Iterator[Desk]:
    """A colleague's console; both are open."""
    other = open_as(home, clock, RVANCE, "clerk")
    for each in (desk, other):
        open_console(each)
    yield other
    other.close()


def test_a_ticket_on_a_colleagues_screen_is_seen_and_ones_own_is_not(
    desk: Desk, other: Desk
) -> None:
    ticket = call_view(desk, start_call(desk)).ticket
    look_at(other, ticket)
    assert others_there(desk) == (Presence(ticket, "rvance", on_call=False),)
    assert others_there(other) == ()
    look_at(other, None)
    assert others_there(desk) == ()


def test_a_call_about_it_is_told_from_reading_it(desk: Desk, other: Desk) -> None:
    call = start_call(desk)
    ticket = call_view(desk, call).ticket
    look_at(desk, ticket)
    assert others_there(other) == (Presence(ticket, "mortiz", on_call=True),)
    elsewhere = call_view(other, start_call(other)).ticket
    look_at(desk, elsewhere)
    assert others_there(other) == (Presence(elsewhere, "mortiz", on_call=False),)


def test_a_console_that_is_silent_for_30_seconds_or_closed_is_not_there(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    ticket = call_view(desk, start_call(desk)).ticket
    look_at(other, ticket)
    clock.go_on(29)
    assert len(others_there(desk)) == 1
    clock.go_on(1)
    assert others_there(desk) == ()
    say_alive(other)
    assert len(others_there(desk)) == 1
    close_console(other)
    assert others_there(desk) == ()


def test_looking_writes_no_history_and_forbids_nothing(desk: Desk, other: Desk) -> None:
    call = start_call(desk)
    ticket = call_view(desk, call).ticket
    before = rows(desk, "SELECT * FROM journal")
    look_at(other, ticket)
    assert rows(desk, "SELECT * FROM journal") == before
    park_call(desk, call)


def test_a_command_without_a_console_looks_at_nothing(desk: Desk) -> None:
    assert desk.console is None
    look_at(desk, None)
    assert others_there(desk) == ()
