from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.courts import Court, Office, ServiceCenter, local

CENTER = ServiceCenter(
    "(800) 676-6856", "pacer@psc.uscourts.gov", "pacer.uscourts.gov",
    "America/Chicago", time(8), time(18),
)  # fmt: skip
HERE = Office("here", "Here", "America/Chicago")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(text: str, zone: str = "America/Chicago") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def court(go_live: date | None) -> Court:
    return Court("exmb", "Example", "Ex", "bankruptcy", "exmb.example", go_live, (HERE,))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20T07:59:59", False),
        ("2026-11-20T08:00:00", True),
        ("2026-11-20T17:59:59", True),
        ("2026-11-20T18:00:00", False),
        ("2026-11-21T12:00:00", False),  # Saturday
        ("2026-11-22T12:00:00", False),  # Sunday
        ("2026-11-23T12:00:00", True),
    ],
)
def test_the_service_center_is_open_from_eight_to_six_on_working_days(
    moment: str, is_open: bool
) -> None:
    assert CENTER.is_open(at(moment)) is is_open


@pytest.mark.parametrize("monday", ["2026-03-09", "2026-11-02"])
def test_it_opens_at_eight_on_the_wall_after_the_clocks_were_changed(monday: str) -> None:
    assert not CENTER.is_open(at(f"{monday}T07:59"))
    assert CENTER.is_open(at(f"{monday}T08:00"))


def test_it_opens_an_hour_earlier_in_utc_in_summer() -> None:
    winter, summer = at("2026-03-06T13:30", "UTC"), at("2026-03-09T13:30", "UTC")
    assert (CENTER.is_open(winter), CENTER.is_open(summer)) == (False, True)


@pytest.mark.parametrize(
    ("zone", "moment", "there"),
    [
        ("America/New_York", "2026-01-15T12:00", "9am-7pm"),
        ("America/New_York", "2026-07-15T12:00", "9am-7pm"),
        ("America/Phoenix", "2026-01-15T12:00", "7am-5pm"),  # no summer time in Arizona
        ("America/Phoenix", "2026-07-15T12:00", "6am-4pm"),
        ("Pacific/Honolulu", "2026-07-15T12:00", "3am-1pm"),
        ("Asia/Kolkata", "2026-07-15T12:00", "6:30pm-4:30am"),
        ("America/New_York", "2026-03-08T00:30", "9am-7pm"),  # the clocks change in two hours
    ],
)
def test_the_hours_are_said_in_the_callers_time_too(zone: str, moment: str, there: str) -> None:
    assert CENTER.hours(at(moment), zone) == f"8am-6pm Central, Mon-Fri = {there} there"


@pytest.mark.parametrize("zone", ["America/Chicago", "America/Menominee", "US/Central"])
def test_the_hours_are_said_once_where_the_clock_is_the_same(zone: str) -> None:
    assert CENTER.hours(at("2026-07-15T12:00"), zone) == "8am-6pm Central, Mon-Fri"


@given(MOMENTS)
def test_it_is_open_ten_hours_of_every_working_day_whatever_the_clocks_do(
    moment: datetime,
) -> None:
    there = local(int(moment.timestamp()), CENTER.zone).date()
    midnight = at(there.isoformat())
    open_for = sum(CENTER.is_open(midnight + 600 * n) for n in range(6 * 27)) * 600
    next_day = there + timedelta(days=1)
    late = sum(CENTER.is_open(at(next_day.isoformat()) + 600 * n) for n in range(6 * 3)) * 600
    assert open_for - late == (36_000 if there.weekday() < 5 else 0)


@given(MOMENTS, st.sampled_from(["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"]))
def test_the_wall_clock_is_the_same_moment(moment: datetime, zone: str) -> None:
    seconds = int(moment.timestamp())
    assert int(local(seconds, zone).timestamp()) == seconds


def test_noon_and_midnight_are_said_as_people_say_them() -> None:
    always = ServiceCenter("", "", "", "America/Chicago", time(0), time(12))
    assert always.hours(0, "America/Chicago") == "12am-12pm Central, Mon-Fri"


def test_a_court_is_live_from_its_day_on() -> None:
    day = date(2031, 1, 1)
    assert not court(day).is_live(day - timedelta(days=1))
    assert court(day).is_live(day)


def test_a_court_without_a_day_is_not_live() -> None:
    assert not court(None).is_live(date.max)


def test_an_office_is_found_by_its_id() -> None:
    assert court(None).office("here") is HERE
    assert court(None).office("there") is None
