"""Days as people name them without saying which year: ``dec 25``, ``25 December``, ``12/25``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week, by the letters that tell them apart, in the order of ``weekday()``."""

MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
"""The months, by their first three letters."""

_NAMED: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\Z")
_AFTER: Final = re.compile(r"\A(\d{1,2})(?:\.|st|nd|rd|th)? ([a-z]{3,9})")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?\Z")
_LEAP: Final = 8
"""No more years lie between two days of February 29."""


def named_day(typed: str) -> tuple[int | None, int, int] | None:
    """Read a month and a day.

    Args:
        typed: In small letters, one blank between words.

    Returns:
        The year where one was written, the month and the day, which need not exist;
        ``None`` when it is something else.
    """
    if slashed := _SLASHED.match(typed):
        return _year(slashed[3]), int(slashed[1]), int(slashed[2])
    named = _NAMED.match(_AFTER.sub(r"\2 \1", typed))
    if named is None or named[1][:3] not in MONTHS:
        return None
    return _year(named[3]), MONTHS.index(named[1][:3]) + 1, int(named[2])


def next_such_day(month: int, day: int, today: date) -> date:
    """The next day of that name.

    Args:
        month: From 1 to 12.
        day: The day of the month.
        today: The date there.

    Returns:
        Today, or the first one that lies ahead.

    Raises:
        ValueError: When no year has such a day.
    """
    years = range(today.year, today.year + _LEAP + 1)
    return _first(each for each in _such_days(month, day, years) if each >= today)


def newest_such_day(month: int, day: int, today: date) -> date:
    """The newest day of that name that does not lie ahead.

    Args:
        month: From 1 to 12.
        day: The day of the month.
        today: The date there.

    Returns:
        Today, or the last one that lies behind.

    Raises:
        ValueError: When no year has such a day.
    """
    years = range(today.year, today.year - _LEAP - 1, -1)
    return _first(each for each in _such_days(month, day, years) if each <= today)


def _such_days(month: int, day: int, years: Iterable[int]) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _first(days: Iterator[date]) -> date:
    for day in days:
        return day
    raise ValueError("no year has such a day")


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)  # noqa: PLR2004
