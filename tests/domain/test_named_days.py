from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.named_days import named_day, newest_such_day, next_such_day

DAYS = st.dates(date(2020, 1, 1), date(2045, 1, 1))


@given(DAYS, DAYS)
def test_a_day_without_a_year_is_the_next_one_in_every_spelling(day: date, today: date) -> None:
    for said in ("%m/%d", "%b %d", "%B %d", "%d %b", "%b. %d"):
        named = named_day(f"{day:{said}}".lower())
        assert named == (None, day.month, day.day)
    found = next_such_day(day.month, day.day, today)
    assert found >= today
    assert (found.month, found.day) == (day.month, day.day)
    if (day.month, day.day) != (2, 29):
        assert (found - today).days <= 365


@given(DAYS, DAYS)
def test_no_such_day_lies_between_the_newest_and_the_next(day: date, today: date) -> None:
    newest, following = (
        such_day(day.month, day.day, today) for such_day in (newest_such_day, next_such_day)
    )
    assert (newest.month, newest.day) == (day.month, day.day)
    assert newest <= today <= following
    if newest < today:
        assert following == next_such_day(day.month, day.day, newest + timedelta(days=1))


@pytest.mark.parametrize(("month", "day"), [(2, 30), (13, 1), (0, 1), (6, 31)])
def test_a_day_that_no_year_has_is_refused(month: int, day: int) -> None:
    for such_day in (newest_such_day, next_such_day):
        with pytest.raises(ValueError, match="no year has such a day"):
            such_day(month, day, date(2026, 6, 1))


@pytest.mark.parametrize("typed", ["thu 9", "tom 9", "9", "12/", "dec", "10bd", "noon 5", ""])
def test_what_names_no_month_is_no_named_day(typed: str) -> None:
    assert named_day(typed) is None
