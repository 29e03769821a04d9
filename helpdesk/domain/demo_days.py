"""When made-up callers ring: busy Mondays and mornings, quiet weekends and holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.domain.courts import Office, local
from helpdesk.domain.holidays import is_working_day

_WEEKDAYS: Final = (1.45, 1.1, 1.0, 0.95, 0.8, 0.05, 0.03)
"""How busy Monday to Sunday are."""

_HOLIDAY: Final = 0.04
_WORKING: Final = (
    *(0.0,) * 14, 0.1, 1, 5, 8, 14, 17, 18, 16, 12, 8, 10, 12, 15, 14, 12, 10, 9, 6, 3, 1,
    0.3, 0.2, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3, 0.4, 0.4, 0.5, 0.6, 0.5,
)  # fmt: skip
"""How busy each half hour of a working day is; filers ring late before a midnight deadline."""

_CLOSED: Final = (*(0.0,) * 16, *(1.0,) * 24, *(0.5,) * 8)
_HALF_HOUR: Final = 1_800
_HOURS: Final = (9, 10, 11, 14, 15)
"""Hours at which people are promised something."""


def calls_of_days(chance: Random, first: date, days: int, total: int) -> list[int]:
    """Share calls out to days.

    Args:
        chance: Where chance comes from.
        first: The first day.
        days: How many.
        total: How many calls.

    Returns:
        The calls of each day; together the total.
    """
    weights = [
        _busy(first + timedelta(days=place)) * chance.lognormvariate(0, 0.15)
        for place in range(days)
    ]
    whole = sum(weights)
    ends = [round(total * each / whole) for each in accumulate(weights)]
    return [end - before for before, end in zip([0, *ends], ends, strict=False)]


def rings_of_day(chance: Random, day: date, zone: str, count: int) -> Iterator[int]:
    """When the calls of one office come in on one day.

    Args:
        chance: Where chance comes from.
        day: The day there.
        zone: The office's zone.
        count: How many calls.

    Yields:
        Moments in seconds UTC, in no order.
    """
    slots = _WORKING if is_working_day(day) else _CLOSED
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    begins = [
        int(midnight.replace(hour=slot // 2, minute=slot % 2 * 30).timestamp())
        for slot in range(len(slots))
    ]
    for begun in chance.choices(begins, slots, k=count):
        yield begun + chance.randrange(_HALF_HOUR)


def promised(chance: Random, now: int, office: Office, days: int) -> int:
    """A moment somebody would be promised.

    Args:
        chance: Where chance comes from.
        now: When it is promised, in seconds UTC.
        office: In whose zone.
        days: How many working days ahead; 0 for later today while there is time.

    Returns:
        A full hour on a working day, in seconds UTC.
    """
    here = local(now, office.zone)
    day = here.date()
    last = 13
    if days == 0 and here.hour < last and is_working_day(day):
        hour = here.hour + 3
    else:
        hour = chance.choice(_HOURS)
        for _ in range(max(1, days)):
            day = _next_working_day(day)
    return int(datetime.combine(day, time(hour), ZoneInfo(office.zone)).timestamp())


def _busy(day: date) -> float:
    weekday = _WEEKDAYS[day.weekday()]
    return weekday if is_working_day(day) else min(weekday, _HOLIDAY)


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
