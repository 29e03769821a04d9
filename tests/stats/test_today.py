from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.statuses import change_status
from helpdesk.desk.tags import tag_ticket
from helpdesk.domain.records import CallRecord
from helpdesk.domain.wallboard import Today
from helpdesk.stats.today import today_against
from tests.support.clock import StillClock
from tests.support.outages import came_in
from tests.support.reports import report, total_of
from tests.support.tickets import ticket_of_call

ZONE = "America/Chicago"
MONDAYS = (date(2026, 5, 18), date(2026, 5, 11))


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


def came(desk: Desk, *moments: str) -> None:
    """Calls came in at the desk's own court."""
    record_history(
        desk,
        [
            CallRecord(at(each), "ianb", outcome="resolved", talk_s=9, hold_s=0, wrap_s=0)
            for each in sorted(moments)
        ],
    )


def usual(today: Today) -> dict[str, float | None]:
    return {f"{part.clock} {part.zone_name}": part.usual for part in today.parts}


def test_today_has_as_many_calls_as_the_report_says_began(desk: Desk, clock: StillClock) -> None:
    ticket_of_call(desk, "resolved")
    ticket_of_call(desk, "dropped")
    finish_call(desk, start_call(desk), "referred")
    ticket_of_call(desk)  # goes on
    voided, trial, gone, into = (ticket_of_call(desk, "resolved") for _ in range(4))
    merge_tickets(desk, gone, into)
    change_status(desk, voided, "void", "twice")
    tag_ticket(desk, trial, ["test"])
    record_history(
        desk,
        [CallRecord(clock.now() - 60, "ianb", direction="out", outcome="resolved", talk_s=9)],
    )
    zone = desk.home_office.zone
    today = today_against(desk.port, clock.now(), zone, [])
    assert today.came == total_of(report(desk, first="today"))["started"] == 6
    tag_ticket(desk, into, ["test"])
    assert today_against(desk.port, clock.now(), zone, []).came == 4


def test_the_usual_is_the_mean_of_earlier_days_by_half_hour_and_by_now(desk: Desk) -> None:
    came_in(desk, dict(zip(MONDAYS, (3, 1), strict=True)), clock="09:00")
    came_in(desk, {MONDAYS[0]: 4}, clock="09:29:57")  # the last of them at 09:30
    today = today_against(desk.port, at("2026-06-01T09:10"), ZONE, MONDAYS)
    assert usual(today)["09:00 CDT"] == pytest.approx((3 + 1 + 3) / 2)
    assert usual(today)["09:30 CDT"] == pytest.approx(1 / 2)
    assert usual(today)["10:00 CDT"] == 0
    assert today.usual_so_far == 2
    later = today_against(desk.port, at("2026-06-01T09:29:58"), ZONE, MONDAYS)
    assert later.usual_so_far == 3
    assert (today.weekday, today.days, today.came) == ("Monday", 2, 0)


def test_a_half_hour_that_came_twice_counts_twice_in_the_divisor(desk: Desk) -> None:
    came(desk, "2025-11-02T01:05", "2025-11-02T01:10", "2025-11-02T01:40")
    today = today_against(desk.port, at("2025-11-09T09:00"), ZONE, [date(2025, 11, 2)])
    assert usual(today)["01:00 CST"] == pytest.approx(2 / 2)
    assert usual(today)["01:30 CST"] == pytest.approx(1 / 2)


def test_a_half_hour_that_a_day_had_not_is_not_in_the_divisor(desk: Desk) -> None:
    came(desk, "2026-03-01T02:10")
    days = [date(2026, 3, 8), date(2026, 3, 1)]
    today = today_against(desk.port, at("2026-03-15T09:00"), ZONE, days)
    assert usual(today)["02:00 CDT"] == pytest.approx(1)


def test_a_day_on_which_the_clocks_go_back_shows_both_hours(desk: Desk) -> None:
    came(desk, "2025-10-26T01:10", "2025-11-02T01:10")
    today = today_against(desk.port, at("2025-11-02T09:00"), ZONE, [date(2025, 10, 26)])
    assert len(today.parts) == 50
    assert [usual(today)[f"01:00 {zone}"] for zone in ("CDT", "CST")] == [1, 1]
    assert [part.came for part in today.parts if part.clock == "01:00"] == [1, 0]


def test_without_a_day_to_compare_with_nothing_is_usual(desk: Desk, clock: StillClock) -> None:
    today = today_against(desk.port, clock.now(), ZONE, [])
    assert today.usual_so_far is None
    assert {part.usual for part in today.parts} == {None}
