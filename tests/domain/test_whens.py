from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.courts import local
from helpdesk.domain.import_dates import moment_there
from helpdesk.domain.whens import (
    in_both_zones,
    iso_utc,
    minutes_meant,
    moment_from_iso,
    moment_meant,
    said_in,
)
from helpdesk.errors import BadInput

CHICAGO, NEW_YORK, GUAM = "America/Chicago", "America/New_York", "Pacific/Guam"
ZONES = st.sampled_from([CHICAGO, NEW_YORK, "America/Phoenix", "Pacific/Honolulu", GUAM])
MOMENTS = st.integers(1_577_836_800, 2_524_608_000)
HALF_TYPED = st.text("0123456789:-apmdh tomfrieod/x", max_size=20) | st.text(max_size=20)


def at(text: str, zone: str = NEW_YORK) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


NOW = at("2026-06-01T09:14:03")  # a Monday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("45m", "2026-06-01T09:59:03"),
        ("45 min", "2026-06-01T09:59:03"),
        ("2h", "2026-06-01T11:14:03"),
        ("2 hrs", "2026-06-01T11:14:03"),
        ("3d", "2026-06-04T09:14:00"),
        ("1 day", "2026-06-02T09:14:00"),
        ("10bd", "2026-06-15T09:00:00"),
        ("10 business days", "2026-06-15T09:00:00"),
        ("1 business day 2p", "2026-06-02T14:00:00"),
        ("eod", "2026-06-01T17:00:00"),
        ("COB", "2026-06-01T17:00:00"),
        ("noon", "2026-06-01T12:00:00"),
        ("10", "2026-06-01T10:00:00"),
        ("2", "2026-06-01T14:00:00"),
        ("2:30", "2026-06-01T14:30:00"),
        ("230p", "2026-06-01T14:30:00"),
        ("2:30pm", "2026-06-01T14:30:00"),
        ("1430", "2026-06-01T14:30:00"),
        ("12p", "2026-06-01T12:00:00"),
        ("11a", "2026-06-01T11:00:00"),
        ("today 4p", "2026-06-01T16:00:00"),
        ("tom", "2026-06-02T09:00:00"),
        ("tom 9", "2026-06-02T09:00:00"),
        ("Tomorrow 12a", "2026-06-02T00:00:00"),
        ("tmw eod", "2026-06-02T17:00:00"),
        ("  thu   2:30p ", "2026-06-04T14:30:00"),
        ("thursday noon", "2026-06-04T12:00:00"),
        ("tues", "2026-06-02T09:00:00"),
        ("mon 9", "2026-06-08T09:00:00"),  # today is Monday: the next one is meant
        ("2026-06-11 14:30", "2026-06-11T14:30:00"),
        ("2026-06-11", "2026-06-11T09:00:00"),
        ("12/1", "2026-12-01T09:00:00"),
        ("12/1 10", "2026-12-01T10:00:00"),
        ("6/1 10", "2026-06-01T10:00:00"),
        ("2/26 2:30p", "2027-02-26T14:30:00"),
        ("1/4/27 eod", "2027-01-04T17:00:00"),
        ("2028-02-29", "2028-02-29T09:00:00"),
        ("Dec 25 10", "2026-12-25T10:00:00"),
        ("december 25th, 1430", "2026-12-25T14:30:00"),
        ("25 dec noon", "2026-12-25T12:00:00"),
        ("feb 3 2", "2027-02-03T14:00:00"),
        ("tomorow 9", "2026-06-02T09:00:00"),
        ("tomorroww eod", "2026-06-02T17:00:00"),
        ("wednesdy 10", "2026-06-03T10:00:00"),
    ],
)
def test_a_time_is_read_as_people_mean_it(typed: str, meant: str) -> None:
    assert moment_meant(typed, NOW, NEW_YORK) == at(meant)


@pytest.mark.parametrize(
    ("typed", "year"),
    [("5/31 2:30p", 2027), ("may 30", 2027), ("mar 3 2", 2027), ("2/29", 2028)],
)
def test_a_day_that_was_there_lately_is_not_taken_for_one_that_is_a_year_off(
    typed: str, year: int
) -> None:
    with pytest.raises(BadInput, match=f"“{typed}” lies behind, or is {year}-") as refused:
        moment_meant(typed, NOW, NEW_YORK)
    named = re.search(r"\d{4}-\d\d-\d\d", str(refused.value))
    assert named is not None
    assert moment_meant(named[0], NOW, NEW_YORK) == at(f"{named[0]}T09:00:00")


def test_a_time_is_read_in_the_callers_zone_and_day() -> None:
    late = at("2026-06-01T23:30:00", NEW_YORK)  # still Monday evening in Honolulu, Tuesday in Guam
    assert moment_meant("tom 9", late, CHICAGO) == at("2026-06-02T09:00:00", CHICAGO)
    assert moment_meant("tom 9", late, "Pacific/Honolulu") == at(
        "2026-06-02T09:00:00", "Pacific/Honolulu"
    )
    assert moment_meant("tom 9", late, GUAM) == at("2026-06-03T09:00:00", GUAM)


def test_a_span_of_days_keeps_the_wall_clock_over_a_change_of_clocks() -> None:
    before = at("2026-03-07T10:00:00")
    assert moment_meant("1d", before, NEW_YORK) == at("2026-03-08T10:00:00")
    assert moment_meant("24h", before, NEW_YORK) == before + 86_400


def test_a_time_that_the_spring_change_skips_is_refused() -> None:
    before = at("2026-03-07T10:00:00")
    with pytest.raises(BadInput, match="02:30 does not exist on 2026-03-08"):
        moment_meant("2026-03-08 230a", before, NEW_YORK)
    assert moment_meant("2026-03-08 230a", before, "America/Phoenix") == at(
        "2026-03-08T02:30:00", "America/Phoenix"
    )


@pytest.mark.parametrize(
    ("text", "zone", "gap"),
    [
        ("2026-03-08T02:00", NEW_YORK, "from 02:00 to 03:00"),
        ("2026-03-08T02:59:59.5", "America/Chicago", "from 02:00 to 03:00"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "from 02:00 to 02:30"),
    ],
)
def test_a_moment_that_no_clock_shows_is_refused_with_the_gap(
    text: str, zone: str, gap: str
) -> None:
    with pytest.raises(BadInput, match=f"does not exist .* put forward {gap} then"):
        moment_from_iso(text, zone)
    assert moment_from_iso(f"{text}+00:00", zone) == moment_from_iso(text, "UTC")


def test_a_moment_that_comes_twice_is_the_first_as_an_import_has_it() -> None:
    first = at("2026-11-01T01:30:00")
    assert moment_from_iso("2026-11-01T01:30", NEW_YORK) == first
    assert moment_from_iso("2026-11-01T01:30-05:00", NEW_YORK) == first + 3_600
    assert moment_there(datetime(2026, 11, 1, 1, 30), NEW_YORK) == (first, "doubled")  # noqa: DTZ001 - a wall clock


def test_a_time_that_comes_twice_in_autumn_means_the_first() -> None:
    meant = moment_meant("2026-11-01 130a", at("2026-10-31T10:00:00"), NEW_YORK)
    assert said_in(meant, NEW_YORK) == "Sun 01 Nov 01:30 EDT"


@pytest.mark.parametrize(
    "typed",
    ["9", "today", "today 9", "9:14", "2026-05-31", "2026-06-01 8a", "0m", "0d", "0 h", "0 min"],
)
def test_a_time_that_does_not_lie_ahead_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="lies behind"):
        moment_meant(typed, NOW, NEW_YORK)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "25",
        "9:60",
        "13:99",
        "tom tom",
        "tom 9x",
        "2026-13-01",
        "-5m",
        "5y",
        "13/1",
        "2/30",
        "12/1 25",
        "dec 32",
        "dec",
        "dec 25 x",
        "1/2/3 4/5",
    ],
)
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadInput, match=r"tom 9|not a time") as refused:
        moment_meant(typed, NOW, NEW_YORK)
    assert typed in str(refused.value)


@given(HALF_TYPED, MOMENTS, ZONES)
def test_every_text_is_a_time_ahead_or_refused(text: str, now: int, zone: str) -> None:
    with suppress(BadInput):
        assert moment_meant(text, now, zone) > now


@pytest.mark.parametrize("typed", ["9999-12-31", "9999-12-31 23:59", "0001-01-01", "9999d"])
@pytest.mark.parametrize("zone", [NEW_YORK, GUAM])
def test_the_ends_of_the_calendar_break_nothing(typed: str, zone: str) -> None:
    with suppress(BadInput):
        moment = moment_meant(typed, NOW, zone)
        assert moment > NOW
        assert in_both_zones(moment, zone, NEW_YORK)


@pytest.mark.parametrize("typed", ["12/31/9999", "9999-12-30 12:00", "2201-01-01", "1969-12-31"])
def test_a_moment_of_another_age_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="lies too far off"):
        moment_meant(typed, NOW, NEW_YORK)


@pytest.mark.parametrize("typed", ["9999-12-31", "9999-12-31T23:30-05:00", "0001-01-01T00:00Z"])
def test_a_moment_of_another_age_is_refused_as_programs_write_it(typed: str) -> None:
    with pytest.raises(BadInput, match="lies too far off"):
        moment_from_iso(typed, GUAM)


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_is_no_time(typed: str) -> None:
    with pytest.raises(BadInput, match="Say when: write it like tom 9"):
        moment_meant(typed, NOW, NEW_YORK)


@given(st.integers(1, 23), st.integers(0, 59), MOMENTS, ZONES)
def test_a_time_of_tomorrow_is_that_time_on_tomorrows_clock(
    hour: int, minute: int, now: int, zone: str
) -> None:
    half = "a" if hour < 12 else "p"
    try:
        meant = moment_meant(f"tom {hour % 12 or 12}:{minute:02}{half}", now, zone)
    except BadInput as refused:
        assert "does not exist" in str(refused)  # noqa: PT017 - the only reason there is
        return
    there = local(meant, zone)
    assert (there.hour, there.minute) == (hour, minute)
    assert (there.date() - local(now, zone).date()).days == 1


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("12m", 720), ("12", 720), ("1h", 3600), (" 90 min ", 5400), ("1d", 86_400)],
)
def test_a_length_of_time_is_read(typed: str, seconds: int) -> None:
    assert minutes_meant(typed) == seconds


@pytest.mark.parametrize("typed", ["", "0", "0m", "25h", "2d", "1441", "-3", "soon", "1.5h"])
def test_what_is_no_length_of_at_most_a_day_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="write it like 12m or 1h"):
        minutes_meant(typed)


@pytest.mark.parametrize("typed", ["25h", "2d", "1441"])
def test_a_length_of_more_than_a_day_is_called_so(typed: str) -> None:
    with pytest.raises(BadInput, match="is longer than a day"):
        minutes_meant(typed)


@given(HALF_TYPED)
def test_every_text_is_a_length_of_time_or_refused(text: str) -> None:
    with suppress(BadInput):
        assert 0 < minutes_meant(text) <= 86_400


def test_a_moment_is_said_with_its_zone() -> None:
    assert said_in(at("2026-06-11T14:30:00", CHICAGO), CHICAGO) == "Thu 11 Jun 14:30 CDT"
    assert said_in(at("2026-12-11T14:30:00", CHICAGO), NEW_YORK) == "Fri 11 Dec 15:30 EST"


@given(MOMENTS, ZONES)
def test_a_moment_in_a_file_is_read_back_in_any_zone(moment: int, zone: str) -> None:
    assert moment_from_iso(iso_utc(moment), zone) == moment
    assert moment_from_iso(local(moment, zone).isoformat(), zone) == moment


def test_a_moment_without_an_offset_is_read_in_the_zone() -> None:
    assert moment_from_iso("2026-06-01T09:14:03", NEW_YORK) == NOW


@given(
    st.text() | st.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?", fullmatch=True)
)
def test_every_text_is_a_moment_or_refused(text: str) -> None:
    for zone in (NEW_YORK, GUAM):
        try:
            moment_from_iso(text, zone)
        except BadInput as refused:
            assert "not a time" in str(refused)  # noqa: PT017


def test_business_days_know_what_the_court_has_closed() -> None:
    closed = [date(2026, 6, 15), date(2026, 6, 16)]
    assert moment_meant("10bd eod", NOW, CHICAGO, closed) == at("2026-06-17T17:00:00", CHICAGO)


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ("tom 9", ""),
        ("tom eod", ""),
        ("tom 8a", ""),
        ("tom 7p", "after hours"),
        ("tom 7a", "after hours"),
        ("sat 10", "Saturday"),
        ("sun 7p", "Sunday"),
        ("2026-07-03", "Fri 03 Jul is a holiday: the court is closed"),
        ("2026-11-26 9", "Thu 26 Nov is a holiday: the court is closed"),
        ("2026-06-16", "Tue 16 Jun: the court is closed"),
    ],
)
def test_a_promise_at_which_nobody_is_there_is_warned_of_behind_its_echo(
    typed: str, warned: str
) -> None:
    closed = [date(2026, 6, 16)]
    due_at = moment_meant(typed, NOW, NEW_YORK, closed)
    _, _, behind = in_both_zones(due_at, NEW_YORK, CHICAGO, closed).partition(" ! ")
    assert behind == warned


def test_the_hours_are_those_of_the_callers_court() -> None:
    due_at = moment_meant("tom 9", NOW, NEW_YORK)
    assert in_both_zones(due_at, CHICAGO, NEW_YORK).count("!") == 0
    assert in_both_zones(due_at, "Pacific/Honolulu", NEW_YORK).endswith(" ! after hours")
