from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.named_days import named_day, next_such_day

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


@pytest.mark.parametrize("typed", ["thu 9", "tom 9", "9", "12/", "dec", "10bd", "noon 5", ""])
def test_what_names_no_month_is_no_named_day(typed: str) -> None:
    assert named_day(typed) is None
