"""How long a ticket has been open, in the steps that a backlog is shown in (STATS §3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Final

from helpdesk.domain.business_days import business_days_after
from helpdesk.domain.courts import local

BUCKETS: Final = ("under_1h", "h1_4", "today", "d1", "d2_4", "d5_9", "d10")
"""Under an hour, up to four, no business day since, one, two to four, five to nine, more."""

_HOUR: Final = 3_600
_MOST_HOURS: Final = 4
_DAYS: Final = ((0, "today"), (1, "d1"), (4, "d2_4"), (9, "d5_9"))
_MOST_DAYS: Final = 10


def age_bucket(opened_at: int, at: int, zone: str, closed: Collection[date] = ()) -> str:
    """In which step a ticket is.

    Args:
        opened_at: When it was opened, in seconds UTC.
        at: The moment, in seconds UTC.
        zone: In which zone days are meant.
        closed: The days on which the office is closed besides weekends and federal holidays.

    Returns:
        One of ``BUCKETS``: hours as they pass, then the business days that began since.
    """
    age = at - opened_at
    if age < _MOST_HOURS * _HOUR:
        return "under_1h" if age < _HOUR else "h1_4"
    first, last = local(opened_at, zone).date(), local(at, zone).date()
    days = business_days_since(first, last, tuple(sorted(closed)))
    return next((name for most, name in _DAYS if days <= most), "d10")


@lru_cache(maxsize=4_096)
def business_days_since(first: date, last: date, closed: tuple[date, ...] = ()) -> int:
    """Count the business days after a day, as far as a backlog tells them apart.

    Args:
        first: The day after which counting begins.
        last: The last day that counts.
        closed: The days on which the office is closed besides weekends and federal holidays.

    Returns:
        How many; 10 for more.
    """
    days, day = 0, first
    while days < _MOST_DAYS and (day := business_days_after(day, 1, closed)) <= last:
        days += 1
    return days
