"""Promises across both days on which clocks are set, midnight, closed programs and set clocks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import escalate_ticket
from helpdesk.desk.home import home_view
from helpdesk.desk.promises import promise_on_ticket
from helpdesk.desk.tickets import count_tickets, list_tickets, query_of
from helpdesk.desk.view import call_view
from helpdesk.domain.courts import Office
from helpdesk.domain.whens import moment_meant
from helpdesk.store.doings import count_due
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as

NEW_YORK, PHOENIX, GUAM = "America/New_York", "America/Phoenix", "Pacific/Guam"
DAY = 86_400


def at(text: str, zone: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def in_zone(desk: Desk, zone: str) -> Desk:
    """The desk as if its court lay elsewhere."""
    court = desk.home_court
    office = Office("there", "There", zone)
    desk.courts = {court.id: court._replace(offices=(office,))}
    desk.settings = desk.settings._replace(court=court.id, office=office.id)
    return desk


def promised(desk: Desk, typed: str, outcome: str = "waiting") -> int:
    """Take a call that ends with a promise; the promised moment."""
    call = start_call(desk)
    view = call_view(desk, call)
    due_at = moment_meant(typed, desk.clock.now(), view.office.zone, view.court.closed)
    finish_call(desk, call, outcome, due_at)
    return due_at


def open_by_every_query(desk: Desk) -> set[int]:
    """How many tickets are open; one number when every query agrees."""
    query = query_of(desk, "status:open")
    listed = list_tickets(desk, query, 50)
    rows = list_tickets(desk, query_of(desk, ""), 50)
    found = {len(listed), count_tickets(desk, query)}
    return found | {sum(row.status == "open" for row in rows)}


@pytest.mark.parametrize("zone", [NEW_YORK, PHOENIX, GUAM])
@pytest.mark.parametrize(
    ("day", "next_day", "outcome"),
    [
        ("2026-03-07", "2026-03-08", "waiting"),  # clocks go an hour forward in New York
        ("2026-10-31", "2026-11-01", "callback"),  # and an hour back
        ("2026-12-31", "2027-01-01", "waiting"),
    ],
)
def test_a_promise_for_tomorrow_at_nine_wakes_at_nine_there_and_not_a_second_before(
    desk: Desk, clock: StillClock, zone: str, day: str, next_day: str, outcome: str
) -> None:
    in_zone(desk, zone)
    clock.at = at(f"{day}T23:59:59", zone)
    due_at = promised(desk, "tom 9", outcome)
    assert due_at == at(f"{next_day}T09:00:00", zone)
    clock.at = due_at - 1
    assert open_by_every_query(desk) == {0}
    home = home_view(desk)
    assert (home.due, home.late) == (1, 0)
    clock.at = due_at
    assert open_by_every_query(desk) == {1}
    assert (home_view(desk).due, home_view(desk).late) == (1, 0)
    clock.at = due_at + 1
    assert open_by_every_query(desk) == {1}
    assert (home_view(desk).due, home_view(desk).late) == (1, 1)


def test_the_night_on_which_clocks_are_set_back_is_an_hour_longer(
    desk: Desk, clock: StillClock
) -> None:
    in_zone(desk, NEW_YORK)
    for day, hours in (("2026-03-07", 23), ("2026-10-31", 25), ("2026-06-01", 24)):
        clock.at = at(f"{day}T09:00:00", NEW_YORK)
        assert promised(desk, "tom 9") - clock.at == hours * 3600


def test_a_promise_after_midnight_is_on_tomorrows_home_screen(
    desk: Desk, clock: StillClock
) -> None:
    in_zone(desk, NEW_YORK)
    clock.at = at("2026-06-01T23:50:00", NEW_YORK)
    promised(desk, "20m", "callback")
    assert home_view(desk).due == 0
    clock.go_on(600)
    assert home_view(desk).due == 1


def test_a_promise_that_fell_due_while_the_program_was_closed_is_late_at_the_next_start(
    desk: Desk, home: Path, clock: StillClock
) -> None:
    due_at = promised(desk, "45m", "callback")
    desk.close()
    clock.at = due_at + 3 * DAY
    again = open_as(home, clock)
    assert open_by_every_query(again) == {1}
    shown = home_view(again)
    assert [promise.due_at for promise in shown.promises] == [due_at]
    assert shown.late == 1
    again.close()


def test_a_clock_that_is_set_back_lets_a_promise_wait_again_and_loses_none(
    desk: Desk, clock: StillClock
) -> None:
    due_at = promised(desk, "45m")
    clock.at = due_at + 60
    assert open_by_every_query(desk) == {1}
    before = rows(desk, "SELECT * FROM promise")
    clock.set_by(-3600)
    assert open_by_every_query(desk) == {0}
    assert home_view(desk).late == 0
    assert rows(desk, "SELECT * FROM promise") == before
    clock.at = due_at
    assert open_by_every_query(desk) == {1}


def test_a_promise_made_after_the_clock_was_set_back_is_due_by_that_clock(
    desk: Desk, clock: StillClock
) -> None:
    clock.set_by(-DAY)
    due_at = promised(desk, "1h")
    clock.at = due_at - 1
    assert open_by_every_query(desk) == {0}
    clock.at = due_at
    assert open_by_every_query(desk) == {1}


def test_what_nobody_took_over_is_open_again_in_every_query_at_its_minute(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    ticket = call_view(desk, call).ticket
    promise_at = clock.at + 600
    finish_call(desk, call, "waiting", promise_at)
    escalate_ticket(desk, ticket, "supervisor")
    returns_at = clock.at + desk.settings.accept_minutes * 60
    clock.at = returns_at - 1
    assert open_by_every_query(desk) == {0}
    clock.at = returns_at
    assert open_by_every_query(desk) == {1}


def test_a_moved_promise_wakes_at_its_new_time_only(desk: Desk, clock: StillClock) -> None:
    call = start_call(desk)
    ticket = call_view(desk, call).ticket
    finish_call(desk, call, "waiting", clock.at + 600)
    promise_on_ticket(desk, ticket, "waiting", clock.at + 1200)
    clock.go_on(1199)
    assert open_by_every_query(desk) == {0}
    clock.go_on(1)
    assert open_by_every_query(desk) == {1}


def test_business_days_of_a_promise_pass_over_what_the_court_has_closed(
    desk: Desk, clock: StillClock
) -> None:
    in_zone(desk, NEW_YORK)
    court = desk.home_court
    day = datetime.fromisoformat("2026-07-06").date()
    desk.courts = {court.id: court._replace(closed=(day,))}
    clock.at = at("2026-07-02T10:00:00", NEW_YORK)
    assert promised(desk, "1bd") == at("2026-07-07T09:00:00", NEW_YORK)


def test_of_many_promises_those_due_first_are_counted(desk: Desk, clock: StillClock) -> None:
    due = [promised(desk, typed) for typed in ("60m", "120m", "180m")]
    clock.go_on(90 * 60)
    now = clock.now()
    assert count_due(desk.port, now, max(due) + 1) == (3, 1, 0)
    assert count_due(desk.port, now, max(due) + 1, 2) == (2, 1, 0)
