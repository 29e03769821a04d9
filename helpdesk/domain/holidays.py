"""The days on which United States courts are closed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_FIXED: Final = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
"""Month and day of the holidays with a date of their own."""

_MONDAYS: Final = ((1, 3), (2, 3), (9, 1), (10, 2))
"""Month, and which of its Mondays; the last Monday of May and a Thursday in November apart."""

_SATURDAY: Final = 5
_THURSDAY: Final = 3


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[date]:
    """The federal holidays of a year, on the days on which they are kept.

    One on a Saturday is kept on the Friday before, one on a Sunday on the Monday after; so a
    year may lose its New Year's Day to the year before.

    Args:
        year: The year.

    Returns:
        The days of that year.
    """
    days = {_kept(date(of, month, day)) for of in (year, year + 1) for month, day in _FIXED}
    days |= {_nth(year, month, 0, n) for month, n in _MONDAYS}
    days |= {_nth(year, 11, _THURSDAY, 4), _nth(year, 6, 0, 1) - timedelta(days=7)}
    return frozenset(day for day in days if day.year == year)


def is_working_day(day: date) -> bool:
    """Whether courts are open.

    Args:
        day: The day.

    Returns:
        ``True`` for Monday to Friday, holidays apart.
    """
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def _kept(day: date) -> date:
    moved = {_SATURDAY: -1, _SATURDAY + 1: 1}.get(day.weekday(), 0)
    return day + timedelta(days=moved)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
