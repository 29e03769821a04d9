from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.ageing import BUCKETS, age_bucket

NEW_YORK = "America/New_York"
MOMENTS = st.integers(1_600_000_000, 1_900_000_000)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(NEW_YORK)).timestamp())


@pytest.mark.parametrize(
    ("opened", "moment", "bucket"),
    [
        ("2026-06-05 16:30", "2026-06-05 17:29", "under_1h"),
        ("2026-06-05 16:30", "2026-06-05 17:30", "h1_4"),
        ("2026-06-05 08:00", "2026-06-05 12:00", "today"),
        ("2026-06-05 16:30", "2026-06-07 12:00", "today"),  # a Friday seen from the Sunday
        ("2026-06-05 16:30", "2026-06-08 08:00", "d1"),
        ("2026-07-02 16:30", "2026-07-06 08:00", "d1"),  # the Friday between is a holiday
        ("2026-06-01 09:00", "2026-06-05 09:00", "d2_4"),
        ("2026-06-01 09:00", "2026-06-12 09:00", "d5_9"),
        ("2026-06-01 09:00", "2026-06-15 09:00", "d10"),
    ],
)
def test_an_age_is_in_hours_first_and_in_business_days_then(
    opened: str, moment: str, bucket: str
) -> None:
    assert age_bucket(at(opened), at(moment), NEW_YORK) == bucket


@given(MOMENTS, st.integers(0, 40 * 86_400), st.integers(0, 40 * 86_400))
def test_nothing_gets_younger(opened: int, age: int, more: int) -> None:
    sooner, later = (age_bucket(opened, opened + a, NEW_YORK) for a in (age, age + more))
    assert BUCKETS.index(sooner) <= BUCKETS.index(later)
