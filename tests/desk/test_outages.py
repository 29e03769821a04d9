"""More calls than usual: what counts, what is compared, and one alarm a symptom, court and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import home_view
from helpdesk.desk.incidents import declare_incident, end_incident
from helpdesk.desk.logged import log_call
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.outages import alarms_today, unusual_now
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.symptoms import symptom_hints
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.outages import LINKING, call_about, quiet_weeks
from tests.support.watched import WatchedFile

ZONE = ZoneInfo("America/Chicago")
HOUR = 3_600


@pytest.fixture
def other(desk: Desk, home: Path, clock: StillClock) -> Iterator[Desk]:
    """The same desk on a colleague's console."""
    assert desk.folder.home == home
    other = open_as(home, clock, RVANCE, "clerk")
    yield other
    other.close()


def stand_at(clock: StillClock, text: str) -> None:
    """Let the clock stand at a time of the desk's own office."""
    clock.at = int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def many(desk: Desk, calls: int) -> None:
    for _ in range(calls):
        call_about(desk)


def alarms(desk: Desk) -> list[tuple[str, str, int]]:
    return [
        (row["symptom"], row["day"], row["calls"])
        for row in rows(desk, "SELECT * FROM alarm ORDER BY at, court, symptom")
    ]


def test_the_fifth_call_of_a_symptom_that_never_comes_raises_one_alarm(desk: Desk) -> None:
    quiet_weeks(desk)
    many(desk, 4)
    assert alarms(desk) == []
    many(desk, 4)
    assert alarms(desk) == [(LINKING, "2026-06-01", 5)]
    (alarm,) = home_view(desk).unusual
    assert alarm.said("by 08:14") == "5 calls by 08:14, usually none"
    told = rows(desk, "SELECT new FROM journal_value WHERE field = 'unusual'")
    assert told == [{"new": "5 calls today, usually none"}]


def test_what_comes_every_week_up_to_this_time_is_usual(desk: Desk, clock: StillClock) -> None:
    clock.go_on(2 * HOUR)
    quiet_weeks(desk, many=2)
    many(desk, 7)
    assert alarms(desk) == []
    many(desk, 2)
    assert alarms(desk) == [(LINKING, "2026-06-01", 9)]
    assert alarms_today(desk)[0].said() == "9 calls today, usually 2"


def test_what_comes_later_on_such_days_is_not(desk: Desk) -> None:
    quiet_weeks(desk, many=2, clock="08:15")  # it is 08:14
    many(desk, 7)
    assert alarms(desk) == [(LINKING, "2026-06-01", 5)]


def test_the_calls_of_earlier_days_are_gone_over_once_a_day_and_not_at_each_call(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(2 * HOUR)
    quiet_weeks(desk, many=4)
    desk.port = watched = WatchedFile(desk.folder.database)

    def gone_over() -> int:
        return sum("call l\nWHERE l.symptom = ?" in sql for sql, _ in watched.asked)

    many(desk, 3)
    assert gone_over() == 5, "the Mondays before, one of them a holiday"
    many(desk, 4)
    assert gone_over() == 5
    many(desk, 8)
    assert len(alarms(desk)) == 1, "what is unusual is counted in the rows"


def test_days_that_were_remembered_hide_no_call_that_came_since(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(2 * HOUR)
    quiet_weeks(desk)
    many(desk, 3)
    quiet_weeks(desk, many=6)  # recorded afterwards
    many(desk, 4)
    assert alarms(desk) == [], "seven are usual by the rows as they are now"


@pytest.mark.parametrize(("weeks", "raised"), [(3, 0), (4, 0), (5, 1)])
def test_without_four_such_days_of_history_nothing_is_unusual(
    desk: Desk, weeks: int, raised: int
) -> None:
    quiet_weeks(desk, weeks)  # one of them was Memorial Day
    many(desk, 6)
    assert len(alarms(desk)) == raised


def test_dropped_void_trial_and_outbound_calls_do_not_count(desk: Desk) -> None:
    quiet_weeks(desk)
    for _ in range(2):
        call_about(desk, outcome="dropped")
    calls = [call_about(desk) for _ in range(3)]
    tickets = [call_view(desk, call).ticket for call in calls]
    desk.port.transact("a", 0, [
        ("UPDATE ticket SET status = 'void' WHERE id = ?", (tickets[0],)),
        ("INSERT INTO tag(ticket, tag) VALUES (?, 'test')", (tickets[1],)),
        ("UPDATE call SET direction = 'out' WHERE id = ?", (calls[2],)),
    ])  # fmt: skip
    many(desk, 4)
    assert alarms(desk) == []
    call_about(desk, outcome="")
    assert len(alarms(desk)) == 1


def test_a_running_call_counts_once_whatever_is_chosen_again(desk: Desk) -> None:
    quiet_weeks(desk)
    many(desk, 3)
    call = call_about(desk, outcome="")
    for slug in ("pdf-upload", LINKING, LINKING, LINKING):
        choose_symptom(desk, call, slug)
    assert alarms(desk) == []
    undo_last(desk, call)
    assert unusual_now(desk, "ianb") == {}
    call_about(desk, outcome="")
    assert alarms(desk) == [(LINKING, "2026-06-01", 5)]


def test_going_on_with_an_older_ticket_counts_too(desk: Desk) -> None:
    quiet_weeks(desk)
    many(desk, 4)
    older = rows(desk, "SELECT ticket FROM call_ticket ORDER BY ticket DESC LIMIT 1")[0]["ticket"]
    continue_ticket(desk, start_call(desk), older)
    assert len(alarms(desk)) == 1


def test_a_call_recorded_afterwards_and_one_whose_court_is_said_late_count_too(
    desk: Desk,
) -> None:
    quiet_weeks(desk)
    many(desk, 4)
    now = desk.clock.now()
    log_call(desk, CallRecord(now, "ianb", symptom=LINKING, outcome="resolved", talk_s=0))
    assert alarms(desk) == [(LINKING, "2026-06-01", 5)]
    for _ in range(5):
        call = call_about(desk, "pdf-upload", outcome="")
        add_caller(desk, call, Caller(0, name="Roe, Pat", court="ncmb"))
    assert [row["court"] for row in rows(desk, "SELECT court FROM alarm ORDER BY court")] == [
        "ianb", "ncmb",
    ]  # fmt: skip


def test_two_desks_that_both_see_it_leave_one_alarm(desk: Desk, other: Desk) -> None:
    quiet_weeks(desk)
    many(desk, 4)
    first, second = start_call(desk), start_call(other)
    written = desk.port.transact

    def both(*args: object, **kwargs: object) -> object:
        desk.port.transact = written  # type: ignore[method-assign]
        choose_symptom(other, second, LINKING)  # a colleague is quicker by a moment
        return written(*args, **kwargs)  # type: ignore[arg-type]

    desk.port.transact = both  # type: ignore[method-assign, assignment]
    choose_symptom(desk, first, LINKING)
    assert alarms(desk) == [(LINKING, "2026-06-01", 5)]
    assert alarms_today(desk) == alarms_today(other)
    told = rows(desk, "SELECT count(*) AS n FROM journal_value WHERE field = 'unusual'")
    assert told == [{"n": 2}], "both calls were told that it is unusual"


def test_the_alarm_is_over_at_midnight_at_the_court(desk: Desk, clock: StillClock) -> None:
    stand_at(clock, "2026-06-01T23:58")
    quiet_weeks(desk)
    many(desk, 5)
    assert len(alarms_today(desk)) == 1
    clock.go_on(119)
    assert len(alarms_today(desk)) == 1
    clock.go_on(2)
    assert alarms_today(desk) == ()
    assert unusual_now(desk, "ianb") == {}
    quiet_weeks(desk)
    many(desk, 5)
    assert [day for _, day, _ in alarms(desk)] == ["2026-06-01", "2026-06-02"]


@pytest.mark.parametrize(
    ("today", "usual_at", "raised"),
    [
        ("2026-03-08", "08:30", False),  # the night before an hour was left out
        ("2026-03-15", "08:30", False),
        ("2026-11-01", "09:30", True),  # the night before an hour came twice
        ("2026-11-08", "09:30", True),
    ],
)
def test_where_clocks_were_changed_the_wall_clock_is_compared_and_not_the_hours_since(
    desk: Desk, clock: StillClock, today: str, usual_at: str, raised: bool
) -> None:
    stand_at(clock, f"{today}T09:10")
    quiet_weeks(desk, many=5, clock=usual_at)
    many(desk, 6)
    assert alarms(desk) == [(LINKING, today, 5)] * raised


def test_an_incident_takes_the_alarm_off_the_home_screen_for_the_day(
    desk: Desk, clock: StillClock
) -> None:
    quiet_weeks(desk)
    many(desk, 5)
    clock.go_on(60)
    number = declare_incident(desk, "ianb", LINKING, "We know of it.")
    assert (len(home_view(desk).unusual), len(home_view(desk).incidents)) == (0, 1)
    end_incident(desk, number)
    many(desk, 3)
    assert (len(home_view(desk).unusual), len(home_view(desk).incidents)) == (0, 0)


def test_the_symptom_box_is_told_of_what_is_out(desk: Desk) -> None:
    quiet_weeks(desk)
    many(desk, 6)
    call = start_call(desk)
    hints = symptom_hints(desk, call_view(desk, call))
    assert hints[LINKING].said == "! unusual: 6 calls today, usually none"
    declare_incident(desk, "ianb", LINKING, "Linking is out.")
    hints = symptom_hints(desk, call_view(desk, call))
    assert hints[LINKING].said == "! INCIDENT 1: Linking is out."
    finish_call(desk, call, "dropped")
