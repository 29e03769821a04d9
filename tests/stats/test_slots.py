from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.report_scope import Question, scope_of
from helpdesk.desk.report_source import source_of
from helpdesk.domain.records import CallRecord
from helpdesk.stats.slot_sums import times_elapsed
from helpdesk.stats.slots import LENGTHS, apportioned, lengths_of_day, slot_of
from tests.support.clock import START, StillClock
from tests.support.reports import report, rows_of

ZONE = "America/New_York"
MOMENTS = st.integers(1_577_836_800, 1_893_456_000)
ZONES = st.sampled_from([ZONE, "America/Phoenix", "Asia/Kathmandu", "Australia/Lord_Howe"])
MINUTES = st.sampled_from(LENGTHS)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


def said(start: int, seconds: int) -> dict[str, int]:
    shares = apportioned(start, start + seconds, ZONE)
    return {f"{slot.day:%m-%d} {slot}": share for slot, share in shares.items()}


@pytest.mark.parametrize(
    ("day", "count"), [("2026-03-08", 46), ("2026-06-01", 48), ("2026-11-01", 50)]
)
def test_a_day_has_as_many_half_hours_as_pass(day: str, count: int) -> None:
    assert len(lengths_of_day(date.fromisoformat(day), ZONE)) == count


def test_an_hour_that_comes_twice_has_its_slots_twice() -> None:
    names = [str(slot) for slot in lengths_of_day(date(2026, 11, 1), ZONE)]
    assert names[2:6] == ["01:00 EDT", "01:30 EDT", "01:00 EST", "01:30 EST"]
    spring = [str(slot) for slot in lengths_of_day(date(2026, 3, 8), ZONE)]
    assert spring[2:5] == ["01:00 EST", "01:30 EST", "03:00 EDT"]


def test_work_is_apportioned_by_the_second() -> None:
    assert said(at("2026-06-01T09:20"), 3_000) == {
        "06-01 09:00 EDT": 600, "06-01 09:30 EDT": 1_800, "06-01 10:00 EDT": 600,
    }  # fmt: skip


def test_work_over_midnight_is_split_between_the_days() -> None:
    assert said(at("2026-06-01T23:50"), 1_200) == {
        "06-01 23:30 EDT": 600, "06-02 00:00 EDT": 600,
    }  # fmt: skip


def test_work_over_a_change_of_the_clocks_is_split_by_time_that_passes() -> None:
    assert said(at("2026-11-01T00:50"), 6_000) == {
        "11-01 00:30 EDT": 600, "11-01 01:00 EDT": 1_800,
        "11-01 01:30 EDT": 1_800, "11-01 01:00 EST": 1_800,
    }  # fmt: skip


def test_a_doubled_slot_lasts_twice_as_long_in_the_profile_of_its_weekday() -> None:
    lasted: dict[str, int] = {}
    for slot, seconds in lengths_of_day(date(2026, 11, 1), ZONE).items():
        weekday, clock = slot.wall_time
        name = f"{weekday} {clock:%H:%M}"
        lasted[name] = lasted.get(name, 0) + seconds
    assert lasted["6 01:00"] == 3_600
    assert lasted["6 02:00"] == 1_800


@given(MOMENTS, st.integers(0, 200_000), ZONES, MINUTES)
def test_the_shares_of_a_stretch_add_up_to_its_length(
    start: int, seconds: int, zone: str, minutes: int
) -> None:
    shares = apportioned(start, start + seconds, zone, minutes)
    assert sum(shares.values()) == seconds
    assert all(0 < share <= minutes * 60 for share in shares.values())
    assert list(shares) == sorted(shares)


@given(MOMENTS, ZONES, MINUTES)
def test_a_moment_lies_in_the_slot_that_its_clock_shows(
    moment: int, zone: str, minutes: int
) -> None:
    slot = slot_of(moment, zone, minutes)
    there = datetime.fromtimestamp(moment, ZoneInfo(zone))
    minute = there.hour * 60 + there.minute
    assert slot.wall.hour * 60 + slot.wall.minute == minute - minute % minutes
    assert (slot.day, slot.zone_name) == (there.date(), there.tzname())
    assert 0 <= moment - slot.start < minutes * 60
    assert slot in lengths_of_day(there.date(), zone, minutes)


@pytest.mark.parametrize("minutes", [0, 7, 45, -30])
def test_a_slot_of_another_length_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match=str(minutes)):
        slot_of(0, ZONE, minutes)


@pytest.mark.parametrize("as_of", ["", "now"])  # of kept sums, and of the rows
def test_a_half_hour_that_is_still_to_come_today_is_in_no_mean(desk: Desk, as_of: str) -> None:
    # It is Monday, 08:14 in Chicago; 25 May was a holiday. 14 open days are over.
    mondays = [START - weeks * 7 * 86_400 for weeks in (3, 2, 0)]
    early = [CallRecord(at - 600, "ianb", talk_s=60, hold_s=0, wrap_s=0) for at in mondays]
    later = [CallRecord(at + 7_200, "ianb", talk_s=60, hold_s=0, wrap_s=0) for at in mondays[:2]]
    record_history(desk, [*early, *later])
    said = {"period": "2026-05-09..2026-06-01", "as_of": as_of}
    table = report(desk, "heat-map", **said)
    weekly, daily = rows_of(table), rows_of(report(desk, "half-hours", **said))
    assert [weekly[slot]["mon"] for slot in ("08:00", "10:00")] == [3 / 3, 2 / 2]
    assert [weekly[slot]["mean"] for slot in ("08:00", "10:00")] == [0.2, 0.143]
    assert [daily[slot]["per_day"] for slot in ("08:00", "10:00")] == [0.2, 0.143]
    assert "Fri 3 (the last only up to 08:14);" in table.footer[1]
    empty = rows_of(report(desk, "heat-map", period="2026-05-31..2026-06-01", as_of=as_of))
    assert (empty["08:00"]["mean"], empty["10:00"]["mean"]) == (1, None)
    assert (empty["10:00"]["mon"], empty["10:00"]["clerks_needed"]) == (None, None)
    today = rows_of(report(desk, "half-hours", period="today", as_of=as_of))
    assert [today[slot]["per_day"] for slot in ("08:00 CDT", "10:00 CDT")] == [1, None]
    assert today["10:00 CDT"]["clerks_needed"] is None
    needed = [each["clerks_needed"] for each in (weekly["08:00"], today["08:00 CDT"])]
    assert needed == [1, 1]  # numbers, for whoever reckons with them


@pytest.mark.parametrize("as_of", ["", "now"])  # of kept sums, and of the rows
def test_what_was_closed_is_blank_in_every_range(desk: Desk, as_of: str) -> None:
    # 24 May was a Sunday and 25 May a holiday; 26 May was an open day.
    closed = [START - days * 86_400 for days in (8, 7)]
    moments = [*closed, closed[0] + 60, START - 6 * 86_400]
    record_history(desk, [CallRecord(at, "ianb", talk_s=60, hold_s=0, wrap_s=0) for at in moments])
    blank = ("per_day", "erlangs", "clerks_needed", "in_time", "clerks_taking_calls")
    for period, many in (
        ("2026-05-24", 2), ("2026-05-25", 1), ("2026-05-24..2026-05-25", 3), ("2026-05-17", 0),
    ):  # fmt: skip
        said = {"period": period, "as_of": as_of}
        table, weekly = report(desk, "half-hours", **said), report(desk, "heat-map", **said)
        rows = rows_of(table).values()
        assert len(rows) > 10
        assert sum(int(str(row["started"])) for row in rows) == many
        assert {row[each] for row in rows for each in blank} == {None}
        foot = f"calls on closed days, in no mean: {many}"
        assert table.footer[1] == foot
        assert {cell for row in weekly.rows for cell in row[1:]} == {None}
        assert weekly.footer[1] == f"days in the means: none; {foot}"
    said = {"period": "2026-05-24..2026-05-26", "as_of": as_of}
    row = rows_of(report(desk, "half-hours", **said))["08:00"]
    assert (row["started"], row["per_day"], row["erlangs"]) == (4, 1, round(60 / 1_800, 3))
    assert row["clerks_taking_calls"] == 1
    foot = report(desk, "heat-map", **said).footer[1]
    assert foot == "days in the means: Tue 1; calls on closed days, in no mean: 3"


def test_a_day_that_is_over_is_told_as_a_whole_one(desk: Desk) -> None:
    record_history(desk, [CallRecord(START - 7 * 86_400, "ianb", talk_s=60, hold_s=0, wrap_s=0)])
    table = report(desk, "heat-map", period="2026-05-22..2026-05-29", as_of="2026-05-28")
    assert "only up to" not in table.footer[1]


def test_every_half_hour_came_as_often_as_the_clock_showed_it(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(365 * 86_400)
    question = Question("heat-map")
    source = source_of(desk, question, scope_of(desk, question))
    days = {date(2026, 2, 20) + timedelta(days=n) for n in range(270)}  # both changes among them
    zone = source.scope.period.zone
    shown = ((day, slot) for day in days for slot in lengths_of_day(day, zone))
    counted = Counter((day.weekday(), f"{slot.wall:%H:%M}") for day, slot in shown)
    assert times_elapsed(source, days) == counted
    assert counted[6, "01:30"] > counted[6, "02:30"]
