from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_meant, period_of_days
from helpdesk.errors import BadInput

NEW_YORK = "America/New_York"
ZONES = st.sampled_from([NEW_YORK, "America/Chicago", "America/Phoenix", "Pacific/Guam"])
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def at(text: str, zone: str = NEW_YORK) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


NOW = at("2026-06-03T09:14:03")  # a Wednesday


def test_what_is_no_period_is_told_every_form_that_is_one() -> None:
    with pytest.raises(BadInput, match="“last-fortnight” is not a period") as refused:
        period_meant("last-fortnight", NOW, NEW_YORK)
    told = ", ".join(re.findall(r"\(([^)]*)\)", str(refused.value))).split(", ")
    for form in told:
        assert period_meant(form, NOW, NEW_YORK)
    for form in (
        "2026-05-03", "2026-w18", "2026-05", "2026", "fy2026", "q1", "2026-q1", "fy2026-q1",
        "friday", "today", "yesterday", "tomorrow", "this-week", "last-week", "next-week",
        "this-month", "last-month", "this-quarter", "last-quarter", "this-year", "last-year",
        "this-fy", "last-fy", "last-30d", "next-30d",
    ):  # fmt: skip
        assert form in told


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026-05-03", "2026-05-03", "2026-05-04"),
        ("2026-5-3", "2026-05-03", "2026-05-04"),
        ("2026-05", "2026-05-01", "2026-06-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2028-02", "2028-02-01", "2028-03-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("today", "2026-06-03", "2026-06-04"),
        ("yesterday", "2026-06-02", "2026-06-03"),
        ("this-week", "2026-06-01", "2026-06-08"),
        ("last-week", "2026-05-25", "2026-06-01"),
        ("this-month", "2026-06-01", "2026-07-01"),
        ("last-month", "2026-05-01", "2026-06-01"),
        ("this-quarter", "2026-04-01", "2026-07-01"),
        ("last-quarter", "2026-01-01", "2026-04-01"),
        ("this-year", "2026-01-01", "2027-01-01"),
        ("last-year", "2025-01-01", "2026-01-01"),
        ("this-fy", "2025-10-01", "2026-10-01"),
        ("last-fy", "2024-10-01", "2025-10-01"),
        ("last-fy..this-quarter", "2024-10-01", "2026-07-01"),
        ("2026-05-03..2026-05-05", "2026-05-03", "2026-05-06"),
        ("2026-05-03..2026-05-03", "2026-05-03", "2026-05-04"),
        ("2026-03..2026-05", "2026-03-01", "2026-06-01"),
        ("2025..2026-02", "2025-01-01", "2026-03-01"),
        ("last-month..today", "2026-05-01", "2026-06-04"),
        ("tomorrow", "2026-06-04", "2026-06-05"),
        ("next-week", "2026-06-08", "2026-06-15"),
        ("last-30d", "2026-05-05", "2026-06-04"),
        ("next-2d", "2026-06-03", "2026-06-05"),
        ("fy2026", "2025-10-01", "2026-10-01"),
        ("2026-q1", "2026-01-01", "2026-04-01"),
        ("q4", "2026-10-01", "2027-01-01"),
        ("fy2026-q1", "2025-10-01", "2026-01-01"),
        ("fy2025..fy2026", "2024-10-01", "2026-10-01"),
        ("wednesday", "2026-06-03", "2026-06-04"),
        ("thu", "2026-05-28", "2026-05-29"),
        ("tuesday", "2026-06-02", "2026-06-03"),
    ],
)
def test_a_period_is_whole_local_days_without_its_end(text: str, first: str, after: str) -> None:
    assert period_meant(text, NOW, NEW_YORK) == Period(at(first), at(after), NEW_YORK)


def test_a_weekday_that_lies_ahead_is_the_next_one_or_today() -> None:
    for text, day in (("thu", "2026-06-04"), ("tue", "2026-06-09"), ("wed", "2026-06-03")):
        assert period_meant(text, NOW, NEW_YORK, ahead=True).start == at(day)


@pytest.mark.parametrize(
    ("text", "today", "first", "after"),
    [
        ("last-month", "2027-01-15", "2026-12-01", "2027-01-01"),
        ("last-quarter", "2027-01-15", "2026-10-01", "2027-01-01"),
        ("this-quarter", "2026-12-31", "2026-10-01", "2027-01-01"),
        ("this-fy", "2026-09-30", "2025-10-01", "2026-10-01"),
        ("this-fy", "2026-10-01", "2026-10-01", "2027-10-01"),
        ("last-fy", "2026-10-01", "2025-10-01", "2026-10-01"),
    ],
)
def test_what_is_named_from_today_follows_it_over_the_turn_of_a_year(
    text: str, today: str, first: str, after: str
) -> None:
    period = period_meant(text, at(f"{today}T12:00"), NEW_YORK)
    assert (period.start, period.end) == (at(first), at(after))


def test_a_day_on_which_the_clocks_change_has_its_own_length() -> None:
    spring = period_meant("2026-03-08", NOW, NEW_YORK)
    autumn = period_meant("2026-11-01", NOW, NEW_YORK)
    assert (spring.end - spring.start, autumn.end - autumn.start) == (23 * 3600, 25 * 3600)


def test_a_period_shows_both_ends_with_their_offsets() -> None:
    assert str(period_meant("2026-11", NOW, NEW_YORK)) == (
        "2026-11-01 00:00 EDT … 2026-12-01 00:00 EST"
    )


def test_today_is_the_day_in_the_zone_and_not_in_utc() -> None:
    late = at("2026-06-03T22:30:00")  # already the fourth in UTC
    assert period_meant("today", late, NEW_YORK).start == at("2026-06-03")
    assert period_meant("today", late, "Pacific/Guam").start == at("2026-06-04", "Pacific/Guam")


@given(DAYS, st.integers(1, 800), ZONES)
def test_neighbouring_periods_leave_no_second_out_and_count_none_twice(
    first: date, days: int, zone: str
) -> None:
    middle, after = first + timedelta(days=1), first + timedelta(days=1 + days)
    one, two = period_of_days(first, middle, zone), period_of_days(middle, after, zone)
    both = period_of_days(first, after, zone)
    assert (one.start, one.end, two.end) == (both.start, two.start, both.end)


@given(DAYS, ZONES)
def test_every_moment_of_a_day_lies_in_it(day: date, zone: str) -> None:
    period = period_meant(day.isoformat(), NOW, zone)
    assert local(period.start, zone).date() == local(period.end - 1, zone).date() == day
    assert local(period.end, zone).date() == day + timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    ["", "..", "soon", "2026-13", "2026-02-30", "26-05-03", "2026-05-03..", "..2026", "9999",
     "9999-12", "9999-12-31", "today..yesterday..today", "May"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="write a day"):
        period_meant(text, NOW, NEW_YORK)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInput, match="turn it round"):
        period_meant("2026-05-05..2026-05-03", NOW, NEW_YORK)


@given(
    st.text(max_size=30)
    | st.from_regex(r"\d{4}(-\d\d(-\d\d)?)?(\.\.\d{4}(-\d\d)?)?", fullmatch=True)
)
def test_every_text_is_a_period_with_something_in_it_or_refused(text: str) -> None:
    for zone in (NEW_YORK, "Pacific/Guam"):
        try:
            period = period_meant(text, NOW, zone)
        except BadInput:
            continue
        assert period.start < period.end
        assert str(period)
