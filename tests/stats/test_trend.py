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
from tests.support.golden import LINKING
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


def at(desk: Desk, month: int, day: int, hour: int) -> int:
    zone = ZoneInfo(desk.home_office.zone)
    return int(datetime(2026, month, day, hour, tzinfo=zone).timestamp())


def begin(desk: Desk, moments: list[int]) -> None:
    record_history(desk, [CallRecord(each, "ianb", symptom=LINKING) for each in moments])


@pytest.mark.parametrize("as_of", ["", "now"])  # of kept sums, and of the rows
@pytest.mark.parametrize(
    ("day", "before", "change", "until"),
    [(31, 2, 1.5, "03-01"), (20, 1, 3.0, "02-20"), (5, 0, None, "02-05"), (1, None, None, "")],
)
def test_a_month_that_goes_on_is_compared_with_the_same_part_and_no_day_of_its_own(
    desk: Desk, clock: StillClock, as_of: str,
    day: int, before: int | None, change: float | None, until: str,
) -> None:  # fmt: skip
    march = [at(desk, 3, 1, hour) for hour in (9, 10, 11)]
    clock.set_by(at(desk, 3, day, 12) - clock.at)
    begin(desk, [at(desk, 1, 9, 9), at(desk, 2, 10, 9), at(desk, 2, 25, 9), *march])
    said = {"period": "this-month", "as_of": as_of}
    row = rows_of(report(desk, "trend", unit="month", **said))["2026-03-01"]
    assert (row["before"], row["change"], row["marks"]) == (before, change, "cut off")
    table = report(desk, "by-symptom", **said)
    symptom = rows_of(table)[LINKING]
    assert (symptom["started"], symptom["before"], symptom["change"]) == (3, before, change)
    expected = "before: nothing, no day of the period is over"
    if until:
        expected = (
            f"before: 2026-02-01 00:00 CST … 2026-{until} 00:00 CST; "
            "cut off: compared with it is 2026-03-01 00:00 CST …"
        )
    assert table.footer[1].startswith(expected)


def test_a_month_that_is_over_at_as_of_is_a_whole_one(desk: Desk, clock: StillClock) -> None:
    clock.set_by(at(desk, 3, 31, 20) - clock.at)
    begin(desk, [at(desk, 2, 1, 9), at(desk, 2, 28, 9), at(desk, 3, 31, 9)])
    clock.go_on(86_400)
    said = {"period": "2026-03", "as_of": "2026-03-31"}
    row = rows_of(report(desk, "trend", unit="month", **said))["2026-03-01"]
    assert (row["before"], row["change"], row["marks"]) == (2, 0.5, None)
    assert "cut off" not in report(desk, "by-symptom", **said).footer[1]


@pytest.mark.parametrize("as_of", ["", "now"])  # of kept sums, and of the rows
def test_nothing_has_changed_since_a_time_before_the_first_call(desk: Desk, as_of: str) -> None:
    days = [(1, 30), *((2, day) for day in range(1, 29)), (3, 3), (3, 4)]
    begin(desk, [at(desk, *day, 10) for day in days])
    cells = ("before", "change", "change_low", "change_high", "arrow")
    months = report(desk, "trend", unit="month", period="2026-01..2026-03", as_of=as_of)
    told = {key: [row[name] for name in cells] for key, row in rows_of(months).items()}
    assert told["2026-01-01"] == told["2026-02-01"] == [None] * 5
    assert (told["2026-03-01"][0], told["2026-03-01"][4]) == (28, "down")
    line = "no change against a span that begins before the first call, 2026-01-30"
    assert months.footer[1] == line
    later = report(desk, "trend", unit="month", period="2026-03", as_of=as_of)
    assert line not in later.footer
    for period, known in (("2026-02", False), ("2026-03", True)):
        table = report(desk, "by-symptom", period=period, as_of=as_of)
        row = rows_of(table)[LINKING]
        assert (row["before"], row["arrow"]) == ((28, "down") if known else (None, None))
        lacking = "before: nothing, that begins before the first call, 2026-01-30"
        assert (table.footer[1] == lacking) != known
