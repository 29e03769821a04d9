from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.domain.periods import period_meant, period_of_days
from helpdesk.domain.records import CallRecord
from helpdesk.stats.trend import UNITS, Change, days_of, label_of
from tests.support.clock import StillClock
from tests.support.reports import report, rows_of

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
COUNTS = st.integers(0, 100_000)


@pytest.mark.parametrize(
    ("now", "before", "times", "low", "high", "arrow"),
    [
        (120, 100, 1.20, 0.92, 1.56, ""),
        (12, 10, 1.20, 0.53, 2.71, ""),
        (30, 60, 0.50, 0.32, 0.77, "down"),
        (60, 30, 2.00, 1.29, 3.09, "up"),
    ],
)
def test_a_change_has_the_golden_interval(
    now: int, before: int, times: float, low: float, high: float, arrow: str
) -> None:
    change = Change(now, before)
    assert change.interval is not None
    assert change.interval[1] is not None
    assert change.value == times
    assert (round(change.interval[0], 2), round(change.interval[1], 2)) == (low, high)
    assert change.arrow == arrow


def test_where_there_were_none_before_there_is_no_ratio_but_still_an_arrow() -> None:
    change = Change(30, 0)
    assert change.value is None
    assert change.interval is not None
    assert change.interval[1] is None
    assert change.arrow == "up"
    assert Change(0, 30).arrow == "down"
    assert (Change(0, 0).value, Change(0, 0).interval, Change(0, 0).arrow) == (None, None, "")


def test_fewer_than_ten_calls_have_no_arrow() -> None:
    assert [Change(9, 0).arrow, Change(10, 0).arrow] == ["", "up"]


@given(COUNTS, COUNTS)
def test_a_change_and_its_opposite_never_point_the_same_way(now: int, before: int) -> None:
    opposite = {"": "", "up": "down", "down": "up"}
    assert Change(before, now).arrow == opposite[Change(now, before).arrow]


@pytest.mark.parametrize(
    ("day", "unit", "label"),
    [
        ("2026-12-31", "week", "2026-W53"),
        ("2027-01-03", "week", "2026-W53"),
        ("2027-01-04", "week", "2027-W01"),
        ("2027-01-02", "sunday-week", "week of 2026-12-27"),
        ("2027-01-03", "sunday-week", "week of 2027-01-03"),
        ("2026-12-31", "month", "2026-12"),
        ("2025-10-01", "fy", "fy2026"),
        ("2026-09-30", "fy", "fy2026"),
        ("2026-10-01", "fy", "fy2027"),
        ("2026-06-01", "day", "2026-06-01"),
    ],
)
def test_a_span_has_its_name(day: str, unit: str, label: str) -> None:
    assert label_of(date.fromisoformat(day), unit) == label


@given(DAYS, st.sampled_from(UNITS))
def test_the_days_of_a_span_share_its_name_and_their_neighbours_do_not(
    day: date, unit: str
) -> None:
    first, after = days_of(day, unit)
    label = label_of(day, unit)
    assert first <= day < after
    last = after - timedelta(days=1)
    assert label_of(first, unit) == label_of(last, unit) == label
    assert label_of(after, unit) != label != label_of(first - timedelta(days=1), unit)


@given(DAYS, st.sampled_from(["day", "month", "fy"]))
def test_the_name_of_a_span_can_be_typed_as_a_period(day: date, unit: str) -> None:
    meant = period_meant(label_of(day, unit), 0, "UTC")
    assert meant == period_of_days(*days_of(day, unit), "UTC")


@pytest.mark.parametrize(("day", "before", "change"), [(31, 1, 3.0), (20, 1, 3.0), (5, 0, None)])
def test_a_month_that_goes_on_is_compared_with_no_day_of_its_own(
    desk: Desk, clock: StillClock, day: int, before: int, change: float | None
) -> None:
    def at(month: int, day: int, hour: int) -> int:
        zone = ZoneInfo(desk.home_office.zone)
        return int(datetime(2026, month, day, hour, tzinfo=zone).timestamp())

    begun = [at(2, 10, 9), *(at(3, 1, hour) for hour in (9, 10, 11))]
    record_history(desk, [CallRecord(each, "ianb", symptom="linking-error") for each in begun])
    clock.set_by(at(3, day, 12) - clock.at)
    row = rows_of(report(desk, "trend", period="this-month", unit="month"))["2026-03-01"]
    assert (row["before"], row["change"], row["marks"]) == (before, change, "cut off")
