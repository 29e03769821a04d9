from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.backups import Backup, newest_good, night_of, to_remove

ZONE = "America/New_York"
DAY = 86_400
NOON = int(datetime(2026, 6, 1, 12, tzinfo=ZoneInfo(ZONE)).timestamp())

backups = st.lists(
    st.builds(
        Backup,
        path=st.uuids().map(lambda each: PurePath(f"{each}.db")),
        at=st.integers(NOON - 400 * DAY, NOON),
        nightly=st.booleans(),
        fault=st.sampled_from(["", "", "", "it is not as it was made"]),
    ),
    max_size=60,
)


def night(days_ago: int, *, nightly: bool = True) -> Backup:
    return Backup(PurePath(f"{days_ago}.db"), NOON - days_ago * DAY, nightly=nightly)


def test_a_week_of_nights_and_one_of_each_of_three_months_stay() -> None:
    there = [night(ago) for ago in range(200)]
    gone = to_remove(there, 7, 3, ZONE)
    assert [each.path.stem for each in there if each not in gone] == [
        "0", "1", "2", "3", "4", "5", "6", "32",
    ]  # fmt: skip


@given(backups, st.integers(1, 20), st.integers(0, 12))
def test_what_a_person_made_what_is_broken_and_the_newest_good_one_never_go(
    there: list[Backup], keep: int, months: int
) -> None:
    gone = to_remove(there, keep, months, ZONE)
    assert all(each.nightly and not each.fault for each in gone)
    assert newest_good(there) not in gone
    left = [each for each in there if each not in gone]
    assert to_remove(left, keep, months, ZONE) == ()
    days = {each.at // DAY for each in there if not each.fault}
    assert len([each for each in left if not each.fault]) >= min(keep, len(days)) - 1


@pytest.mark.parametrize(
    ("said", "night"),
    [
        ("2026-06-01 02:00", "2026-06-01"), ("2026-06-01 01:59", "2026-05-31"),
        ("2026-06-01 23:59", "2026-06-01"), ("2026-03-08 03:00", "2026-03-08"),
        ("2026-11-01 01:30", "2026-10-31"),
    ],
)  # fmt: skip
def test_a_night_belongs_to_the_day_on_which_its_time_came(said: str, night: str) -> None:
    moment = int(datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(ZONE)).timestamp())
    assert night_of(moment, ZONE, "02:00") == night
