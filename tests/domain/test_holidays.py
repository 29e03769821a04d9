from __future__ import annotations

from datetime import date

import pytest

from helpdesk.domain.holidays import federal_holidays, is_working_day

KEPT = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}
"""STATS §3; New Year's Day of 2028 is a Saturday, so that it is kept in 2027."""


@pytest.mark.parametrize("year", list(KEPT))
def test_holidays_are_kept_on_the_days_they_are_moved_to(year: int) -> None:
    assert federal_holidays(year) == {
        date.fromisoformat(f"{year}-{day}") for day in KEPT[year].split()
    }


@pytest.mark.parametrize(
    ("day", "open_then"),
    [("2026-06-01", True), ("2026-07-03", False), ("2026-06-06", False), ("2027-12-31", False)],
)
def test_courts_work_on_weekdays_that_are_no_holidays(day: str, *, open_then: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is open_then
