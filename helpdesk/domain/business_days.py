"""Business days of a court: no weekend, no federal holiday, none of its own closures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.holidays import federal_holidays, is_working_day

OPENS: Final = time(8, 0)
"""Nobody is promised a call before."""

CLOSES: Final = time(17, 0)
"""Nobody is promised a call later."""

_SATURDAY: Final = 5


def is_business_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether a court is open.

    Args:
        day: The day.
        closed: The days on which this court is closed besides weekends and federal holidays.

    Returns:
        ``True`` when it is.
    """
    return is_working_day(day) and day not in closed


def business_days_after(day: date, n: int, closed: Collection[date] = ()) -> date:
    """The n-th business day after a day.

    Args:
        day: The day that counting begins after; need not be a business day itself.
        n: How many business days on; at least 1.
        closed: The days on which this court is closed besides weekends and federal holidays.

    Returns:
        The day.

    Raises:
        OverflowError: When the calendar ends before.
        ValueError: When nothing is counted.
    """
    if n < 1:
        raise ValueError("business days are counted from 1")
    found = day
    for _ in range(n):
        found += timedelta(days=1)
        while not is_business_day(found, closed):
            found += timedelta(days=1)
    return found


def why_closed(moment: int, zone: str, closed: Collection[date] = ()) -> str:
    """Why nobody is likely to be there at a moment.

    Args:
        moment: Seconds UTC.
        zone: The zone of the court's office.
        closed: The days on which this court is closed besides weekends and federal holidays.

    Returns:
        Such as ``Thu 26 Nov is a holiday: the court is closed``; empty when it is open.
    """
    there = local(moment, zone)
    day = there.date()
    if day in federal_holidays(day.year):
        return f"{day:%a %d %b} is a holiday: the court is closed"
    if day in closed:
        return f"{day:%a %d %b}: the court is closed"
    if day.weekday() >= _SATURDAY:
        return f"{day:%A}"
    return "" if OPENS <= there.time() <= CLOSES else "after hours"
