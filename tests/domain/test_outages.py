from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import exp, factorial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.courts import local
from helpdesk.domain.holidays import is_working_day
from helpdesk.domain.outages import (
    LEAST_EXPECTED,
    WEEKS,
    Unusual,
    days_to_compare,
    is_unusual,
    same_stretch,
    so_far,
    upper_tail,
    usual_calls,
)

ZONE = "America/New_York"
CALLS = st.integers(0, 200)
EXPECTED = st.floats(0.01, 150, allow_nan=False)
MOMENTS = st.integers(1_577_836_800, 1_893_456_000)
ZONES = st.sampled_from([ZONE, "America/Chicago", "America/Phoenix", "Pacific/Honolulu"])


def at(text: str, zone: str = ZONE) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize(
    ("calls", "expected", "chance"),
    [
        (5, 0.4, 0.00006), (7, 2.0, 0.00453), (7, 2.1, 0.00586), (8, 2.1, 0.00149),
        (17, 12.0, 0.10129), (0, 3.0, 1.0), (1, 0.5, 0.39347),
    ],
)  # fmt: skip
def test_the_tail_has_the_golden_values(calls: int, expected: float, chance: float) -> None:
    assert round(upper_tail(calls, expected), 5) == chance


@given(CALLS, EXPECTED)
def test_more_calls_are_never_likelier(calls: int, expected: float) -> None:
    assert upper_tail(calls + 1, expected) <= upper_tail(calls, expected) * (1 + 1e-9)


@given(CALLS, EXPECTED, st.floats(1.0, 3.0))
def test_the_same_calls_are_likelier_where_more_are_expected(
    calls: int, expected: float, times: float
) -> None:
    assert upper_tail(calls, expected) <= upper_tail(calls, expected * times) + 1e-12


@given(st.integers(0, 40), st.integers(1, 160))
def test_tail_and_head_are_one_as_an_exact_sum_says(calls: int, eighths: int) -> None:
    expected = Fraction(eighths, 8)
    terms = sum((expected**k / factorial(k) for k in range(calls)), Fraction(0))
    head = float(terms) * exp(-float(expected))
    assert upper_tail(calls, float(expected)) + head == pytest.approx(1.0, abs=1e-12)


def test_far_out_the_tail_is_small_and_not_nothing() -> None:
    assert 0 < upper_tail(60, 2.0) < 1e-60
    assert upper_tail(1_000_000, 1_000_000.0) == pytest.approx(0.5, abs=0.001)
    assert upper_tail(1_010_000, 1_000_000.0) < 1e-20


@given(CALLS, st.lists(st.integers(0, 50), max_size=8))
def test_an_alarm_needs_three_calls_four_days_and_a_rare_number(
    calls: int, days: list[int]
) -> None:
    rare = upper_tail(calls, max(usual_calls(days), LEAST_EXPECTED)) < 0.001
    assert is_unusual(calls, days) is (calls >= 3 and len(days) >= 4 and rare)


@pytest.mark.parametrize(
    ("calls", "days", "alarm"),
    [
        (5, [0, 1, 0, 1, 0], True),
        (4, [0] * 8, False),  # never below 0.5: 0.00175
        (5, [0] * 8, True),
        (5, [0] * 3, False),
        (7, [2] * 8, False),
        (9, [2] * 8, True),
        (17, [12] * 8, False),
    ],
)
def test_what_is_unusual(calls: int, days: list[int], alarm: bool) -> None:
    assert is_unusual(calls, days) is alarm


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 80))
def test_days_to_compare_are_the_same_weekdays_on_which_the_desk_was_there(
    today: date, age: int
) -> None:
    first = today - timedelta(days=age)
    days = days_to_compare(today, first)
    assert all(day.weekday() == today.weekday() and first <= day < today for day in days)
    assert len(days) <= min(WEEKS, age // 7)
    assert list(days) == sorted(days, reverse=True)
    if is_working_day(today):
        assert all(map(is_working_day, days))
    else:
        assert len(days) == min(WEEKS, age // 7)


def test_a_holiday_says_nothing_about_a_working_monday() -> None:
    days = days_to_compare(date(2026, 6, 1), date(2026, 1, 1))
    assert date(2026, 5, 25) not in days  # Memorial Day
    assert len(days) == 7
    snow = date(2026, 4, 13)
    assert snow not in days_to_compare(date(2026, 6, 1), date(2026, 1, 1), (snow,))


@given(MOMENTS, ZONES, st.integers(1, 8))
def test_a_stretch_ends_at_the_same_time_on_the_wall_clock(
    now: int, zone: str, weeks: int
) -> None:
    day = local(now, zone).date() - timedelta(weeks=weeks)
    stretch, today = same_stretch(day, now, zone), so_far(now, zone)
    begins, ends = local(stretch.start, zone), local(stretch.end - 1, zone)
    assert (begins.date(), begins.hour, begins.minute) == (day, 0, 0)
    assert ends.date() == day
    assert local(today.start, zone).date() == local(now, zone).date()
    assert today.end == now + 1
    changed = begins.utcoffset() != ends.utcoffset()
    assert ends.time() == local(now, zone).time() or changed


@pytest.mark.parametrize(
    ("now", "day", "hours"),
    [
        ("2026-03-15T09:00", date(2026, 3, 8), 8),  # an hour was left out
        ("2026-11-08T09:00", date(2026, 11, 1), 10),  # an hour came twice
        ("2026-03-15T02:30", date(2026, 3, 8), 2.5),  # a time that did not exist
        ("2026-11-08T01:30", date(2026, 11, 1), 2.5),  # a time that came twice
        ("2026-06-08T09:00", date(2026, 6, 1), 9),
    ],
)
def test_where_the_clocks_were_changed_a_stretch_is_as_long_as_it_was(
    now: str, day: date, hours: float
) -> None:
    stretch = same_stretch(day, at(now), ZONE)
    assert stretch.end - 1 - stretch.start == hours * 3_600


def test_today_is_as_long_as_it_was_on_the_days_the_clocks_are_changed() -> None:
    for now, hours in (("2026-03-08T09:00", 8), ("2026-11-01T09:00", 10)):
        today = so_far(at(now), ZONE)
        assert today.end - 1 - today.start == hours * 3_600


@pytest.mark.parametrize(
    ("usual", "said"), [(0.0, "none"), (0.4, "less than 1"), (1.2, "1"), (12.0, "12")]
)
def test_clerks_are_told_counts_and_no_probabilities(usual: float, said: str) -> None:
    assert Unusual("ianb", "x", 7, usual, 0).said() == f"7 calls today, usually {said}"
