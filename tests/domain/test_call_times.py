from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.call_times import call_time_meant
from helpdesk.domain.courts import local
from helpdesk.errors import BadInput

CHICAGO = "America/Chicago"
ZONES = st.sampled_from([CHICAGO, "America/New_York", "America/Phoenix", "Pacific/Guam"])
MOMENTS = st.integers(1_577_836_800, 2_524_608_000)


def at(text: str, fold: int = 0) -> int:
    there = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(CHICAGO), fold=fold)
    return int(there.timestamp())


RECORDED, NOW = at("2026-11-24T14:33:37"), at("2026-11-25T10:00:00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:15", "2026-11-24T09:15:00"),
        ("14:20", "2026-11-24T14:20:00"),
        ("2:50p", "2026-11-24T14:50:00"),
        (" 2:50 PM ", "2026-11-24T14:50:00"),
        ("2026-11-23 14:33:37 CST", "2026-11-23T14:33:37"),
        ("2026-07-01 14:33 cdt", "2026-07-01T14:33:00"),
        ("2026-11-24 08:00", "2026-11-24T08:00:00"),
        ("2026-11-24T14:00:00Z", "2026-11-24T08:00:00"),
    ],
)
def test_the_time_of_a_call_is_read_on_its_own_day_or_in_full(typed: str, meant: str) -> None:
    assert call_time_meant(typed, RECORDED, CHICAGO, NOW) == at(meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "is not a time: write it like 9:15"),
        ("2026-13-01 10:00 CST", "is not a time: write it like 9:15"),
        ("25:10", "is not a time"),
        ("2026-11-24 14:33 EST", "the office's clock says CST then"),
        ("2026-03-08 02:30", "put forward from 02:00 to 03:00 then, take a time before or after"),
        ("2026-11-25 10:01", r"in the future \(2026-11-25 10:01\)"),
    ],
)
def test_a_time_no_call_can_have_is_refused_with_the_way_out(typed: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        call_time_meant(typed, RECORDED, CHICAGO, NOW)


def test_of_an_hour_that_comes_twice_the_name_of_the_clock_says_which() -> None:
    twice = "2026-11-01 01:30"
    assert call_time_meant(f"{twice} CDT", RECORDED, CHICAGO, NOW) == at(twice)
    assert call_time_meant(f"{twice} CST", RECORDED, CHICAGO, NOW) == at(twice, fold=1)


@given(MOMENTS, ZONES)
def test_what_a_ticket_shows_is_read_back_as_that_moment(moment: int, zone: str) -> None:
    shown = f"{local(moment, zone):%Y-%m-%d %H:%M:%S %Z}"
    assert call_time_meant(shown, RECORDED, zone, moment) == moment


@given(st.text("0123456789:-apmCSTcst /", max_size=24) | st.text(max_size=20), MOMENTS, ZONES)
def test_every_text_is_a_time_that_is_over_or_refused(text: str, moment: int, zone: str) -> None:
    with suppress(BadInput):
        assert call_time_meant(text, moment, zone, moment) <= moment


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9999-12-31T23:30-05:00", "lies too far off"), ("0001-01-01 00:00", "lies too far off"),
        ("1999-12-31 09:00", "cannot have begun before 2000"),
    ],
)  # fmt: skip
def test_a_time_of_another_age_is_refused(typed: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        call_time_meant(typed, RECORDED, CHICAGO, NOW)
