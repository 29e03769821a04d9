from __future__ import annotations

from datetime import date, datetime
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.business_time import Calendar, hours_meant
from helpdesk.domain.courts import USUAL_HOURS
from helpdesk.errors import BadInput

ZONE = "America/New_York"
HOUR = 3_600
USUAL = Calendar(ZONE, hours_meant(USUAL_HOURS))
NEVER_SHUT = ("Mon-Sun 00:00-24:00",)
MOMENTS = st.integers(1_577_836_800, 1_893_456_000)
CALENDARS = st.builds(
    Calendar,
    # The clocks change in Cuba at midnight, on Lord Howe by half an hour.
    st.sampled_from([ZONE, "Pacific/Honolulu", "America/Havana", "Australia/Lord_Howe"]),
    st.sampled_from([USUAL_HOURS, NEVER_SHUT, ("Sun 00:30-01:30 02:15-02:45", "Sat 09:00-24:00")])
    .map(hours_meant),
    st.sampled_from([(), (date(2026, 7, 6),)]),
)  # fmt: skip


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


def between(start: str, end: str, calendar: Calendar = USUAL) -> int:
    return calendar.seconds_open(at(start), at(end))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-06-01T09:00", "2026-06-01T10:00", 1),
        ("2026-06-01T07:00", "2026-06-01T09:00", 0.5),
        ("2026-06-05T15:30", "2026-06-08T09:30", 2),  # over a weekend
        ("2026-07-02T15:30", "2026-07-06T09:30", 2),  # and a holiday kept on Friday
        ("2027-12-30T15:30", "2028-01-03T09:30", 2),  # and one of the year after
        ("2026-06-06T00:00", "2026-06-08T00:00", 0),
        ("2026-06-01T10:00", "2026-06-01T10:00", 0),
        ("2026-06-02T10:00", "2026-06-01T10:00", 0),
    ],
)
def test_business_time_is_counted_in_open_hours(start: str, end: str, hours: float) -> None:
    assert between(start, end) == hours * HOUR


def test_a_closure_of_the_court_is_no_business_time() -> None:
    closed = Calendar(ZONE, USUAL.hours, (date(2026, 6, 2),))
    assert between("2026-06-01T15:30", "2026-06-03T09:30", closed) == 2 * HOUR


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25)])
def test_a_day_on_which_the_clocks_change_has_the_hours_that_pass(day: str, hours: int) -> None:
    always = Calendar(ZONE, hours_meant(NEVER_SHUT))
    after = date.fromisoformat(day).replace(day=int(day[-2:]) + 1)
    assert between(f"{day}T00:00", f"{after}T00:00", always) == hours * HOUR


def test_an_hour_that_the_clock_shows_twice_is_open_twice() -> None:
    night = Calendar(ZONE, hours_meant(("Sun 01:00-02:00",)))
    assert between("2026-11-01T00:00", "2026-11-01T12:00", night) == 2 * HOUR


@given(MOMENTS, st.lists(st.integers(0, 900_000), min_size=1, max_size=8), CALENDARS)
def test_the_parts_of_a_stretch_add_up_to_the_whole(
    start: int, lengths: list[int], calendar: Calendar
) -> None:
    edges = list(accumulate(lengths, initial=start))
    parts = [calendar.seconds_open(*ends) for ends in pairwise(edges)]
    whole = calendar.seconds_open(edges[0], edges[-1])
    assert sum(parts) == whole <= edges[-1] - edges[0]


@given(MOMENTS, st.integers(0, 3_000_000), CALENDARS)
def test_open_stretches_come_in_order_and_never_overlap(
    start: int, length: int, calendar: Calendar
) -> None:
    reached = start
    for since, until in calendar.open_between(start, start + length):
        assert reached <= since < until <= start + length
        reached = until


@pytest.mark.parametrize(
    "line",
    ["", "Mon", "Mon-Fri", "Fri-Mon 08:00-12:00", "Mun 08:00-12:00", "Mon 12:00-08:00",
     "Mon 08:75-12:00", "Mon 08:00-25:00", "Mon 08:00-12:00 x"],
)  # fmt: skip
def test_hours_that_cannot_be_read_are_refused_with_an_example(line: str) -> None:
    with pytest.raises(BadInput, match="write them like Mon-Fri 08:30-16:30"):
        hours_meant((line,))


def test_hours_that_overlap_are_refused_with_the_day() -> None:
    with pytest.raises(BadInput, match="hours of Wed overlap"):
        hours_meant(("Mon-Fri 08:00-12:00", "Wed 11:00-13:00"))
