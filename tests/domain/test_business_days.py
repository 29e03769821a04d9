from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.business_days import business_days_after, is_business_day
from helpdesk.domain.holidays import federal_holidays
from helpdesk.domain.past_days import past_day_meant

DAYS = st.dates(date(2020, 1, 1), date(2045, 1, 1))
CLOSURES = st.sets(DAYS, max_size=5)
SOME = st.integers(1, 260)


@given(DAYS, SOME, CLOSURES, st.integers(0, 30))
def test_a_business_day_is_no_weekend_no_holiday_and_no_closure(
    day: date, n: int, closed: set[date], near: int
) -> None:
    closed |= {day + timedelta(days=near)}
    found = business_days_after(day, n, closed)
    assert found.weekday() < 5
    assert found not in federal_holidays(found.year)
    assert found not in closed


@given(DAYS, SOME, CLOSURES)
def test_business_days_grow_with_their_number_and_none_is_passed_over(
    day: date, n: int, closed: set[date]
) -> None:
    before, after = (business_days_after(day, each, closed) for each in (n, n + 1))
    assert day < before < after
    between = (before + timedelta(days=each) for each in range(1, (after - before).days))
    assert not any(is_business_day(each, closed) for each in between)
    assert business_days_after(before, 1, closed) == after


@pytest.mark.parametrize(
    ("day", "n", "closed", "meant"),
    [
        ("2026-06-01", 10, [], "2026-06-15"),
        ("2026-06-12", 10, [], "2026-06-29"),  # Juneteenth is a Friday
        ("2026-07-01", 2, [], "2026-07-06"),  # Independence Day is kept on the 3rd
        ("2026-07-01", 2, ["2026-07-06"], "2026-07-07"),
        ("2027-12-30", 1, [], "2028-01-03"),  # New Year 2028 is kept on 2027-12-31
        ("2026-12-24", 1, [], "2026-12-28"),
        ("2026-06-06", 1, [], "2026-06-08"),  # counted from a Saturday
    ],
)
def test_business_days_are_counted_over_holidays_closures_and_the_end_of_a_year(
    day: str, n: int, closed: list[str], meant: str
) -> None:
    shut = [date.fromisoformat(each) for each in closed]
    assert business_days_after(date.fromisoformat(day), n, shut) == date.fromisoformat(meant)


def test_nothing_is_counted_from_zero() -> None:
    with pytest.raises(ValueError, match="from 1"):
        business_days_after(date(2026, 6, 1), 0)


TODAY = date(2026, 6, 1)  # a Monday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-06-01"),
        ("yesterday", "2026-05-31"),
        ("Mon", "2026-05-25"),
        ("last thursday", "2026-05-28"),
        ("2026-05-20", "2026-05-20"),
        ("5/20", "2026-05-20"),
        ("12/30", "2025-12-30"),
        ("5/20/25", "2025-05-20"),
        ("May 20", "2026-05-20"),
        ("20 May 2026", "2026-05-20"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("two weeks ago", None),
        ("2 weeks ago", "2026-05-18"),
        ("3 days ago", "2026-05-29"),
        ("2026-06-02", None),
        ("2/30", None),
        ("Feb 29", "2024-02-29"),
        ("2/29", "2024-02-29"),
        ("2/29/25", None),
        ("a while back", None),
        ("", None),
    ],
)
def test_a_day_that_lies_behind_is_read_as_people_say_it(typed: str, meant: str | None) -> None:
    assert past_day_meant(typed, TODAY) == (meant and date.fromisoformat(meant))


@given(st.text(max_size=20), DAYS)
def test_no_text_is_read_as_a_day_ahead(typed: str, today: date) -> None:
    found = past_day_meant(typed, today)
    assert found is None or found <= today
