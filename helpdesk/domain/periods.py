"""Periods as people type them, half-open and in a named zone (STATS §0)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from helpdesk.domain.courts import local
from helpdesk.errors import BadInput

_AGE: Final = (1970, 2200)
"""The years that a day may lie in; no zone and no file knows others."""

_DAY: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)\Z", re.ASCII)
_WEEK: Final = re.compile(r"(\d{4})-w(\d{2})\Z")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})\Z")
_YEAR: Final = re.compile(r"(fy)?(\d{4})\Z")
_QUARTER: Final = re.compile(r"(?:(fy)?(\d{4})-)?q([1-4])\Z")
_DAYS: Final = re.compile(r"(last|next)-(\d{1,4})d\Z")
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_SHORTEST_WEEKDAY: Final = 3
FISCAL_FIRST: Final = 10
"""The month in which a federal fiscal year begins, in the calendar year before."""

_HOWTO: Final = (
    "write a day (2026-05-03, friday, today, yesterday, tomorrow), a week (2026-w18, this-week, "
    "last-week, next-week), a month (2026-05, this-month, last-month), a quarter (q1, 2026-q1, "
    "fy2026-q1, this-quarter, last-quarter), a year (2026, fy2026, this-year, last-year, this-fy, "
    "last-fy), days up to today or from it (last-30d, next-30d), or A..B"
)


class Period(NamedTuple):
    """From a moment up to, and without, another."""

    start: int
    """The first second, UTC."""

    end: int
    """The second after the last, UTC."""

    zone: str
    """The zone in which the days were meant."""

    def __str__(self) -> str:
        """Both ends with their offsets, as a report's header shows them."""
        ends = (f"{local(end, self.zone):%Y-%m-%d %H:%M %Z}" for end in (self.start, self.end))
        return " … ".join(ends)


def period_of_days(first: date, after: date, zone: str) -> Period:
    """The period of whole local days.

    Args:
        first: The first day.
        after: The day after the last.
        zone: An IANA name.

    Returns:
        The period.
    """
    ends = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (first, after))
    start, end = (int(moment.timestamp()) for moment in ends)
    return Period(start, end, zone)


def period_meant(text: str, now: int, zone: str, *, ahead: bool = False) -> Period:
    """Read a period.

    Args:
        text: A day, a month, a year, a fiscal year or a quarter (``fy2026``, ``2026-q1``,
            ``fy2026-q1``), ``A..B`` (both included), ``today``, ``yesterday``, ``tomorrow``,
            ``this-week``, ``last-week``, ``next-week``, ``this-month``, ``last-month``, the same
            of ``quarter``, ``year`` and ``fy``, ``last-30d`` and ``next-30d`` (today included),
            the name of a weekday.
        now: The moment now, in seconds UTC.
        zone: The zone in which days are meant.
        ahead: Whether a weekday is the next one instead of the last one; today is either.

    Returns:
        The period.

    Raises:
        BadInput: When it cannot be read.
    """
    today = local(now, zone).date()
    if ".." in text:
        first, last = (_days(part, today, ahead=ahead) for part in text.split("..", 1))
        if last[1] <= first[0]:
            raise BadInput(f"“{text}” ends before it begins: turn it round.")
        return period_of_days(first[0], last[1], zone)
    return period_of_days(*_days(text, today, ahead=ahead), zone)


def _days(text: str, today: date, *, ahead: bool) -> tuple[date, date]:
    try:
        found = _named(text, today) or _weekday(text, today, ahead=ahead)
        days = found or _dated(text, today)
    except (ValueError, OverflowError):
        raise BadInput(f"“{text}” is not a period: {_HOWTO}.") from None
    refuse_far_off(text, days[0])
    return days


def refuse_far_off(text: str, day: date) -> None:
    """Refuse a day of another age, which is one that was mistyped.

    Args:
        text: What was typed.
        day: What it means.

    Raises:
        BadInput: When it lies before 1970 or after 2200.
    """
    if not _AGE[0] <= day.year <= _AGE[1]:
        way = "give a day of this age, the year with four digits"
        raise BadInput(f"“{text}” lies too far off: {way}.")


def _named(text: str, today: date) -> tuple[date, date] | None:
    tomorrow = today + timedelta(days=1)
    if match := _DAYS.match(text):
        count = timedelta(days=max(1, int(match[2])))
        return (tomorrow - count, tomorrow) if match[1] == "last" else (today, today + count)
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    named = {
        "today": (today, tomorrow),
        "yesterday": (today - timedelta(days=1), today),
        "tomorrow": (tomorrow, tomorrow + timedelta(days=1)),
        "this-week": (monday, monday + timedelta(days=7)),
        "last-week": (monday - timedelta(days=7), monday),
        "next-week": (monday + timedelta(days=7), monday + timedelta(days=14)),
        "this-month": (first, _next_month(first)),
        "last-month": (before, first),
    }
    return named.get(text) or _named_months(text, today)


def _named_months(text: str, today: date) -> tuple[date, date] | None:
    """Quarters and years by where they lie from today."""
    which, _, span = text.partition("-")
    back = {"this": 0, "last": 1}.get(which)
    if back is None:
        return None
    if span == "quarter":
        quarter = (today.month - 1) // 3 - back
        return _months(today.year, 3 * quarter + 1, 3, fiscal=False)
    if span in {"year", "fy"}:
        begun = span == "fy" and today.month >= FISCAL_FIRST
        return _months(today.year + begun - back, 1, 12, fiscal=span == "fy")
    return None


def _weekday(text: str, today: date, *, ahead: bool) -> tuple[date, date] | None:
    for place, name in enumerate(_WEEKDAYS):
        if len(text) >= _SHORTEST_WEEKDAY and name.startswith(text):
            away = place - today.weekday()
            day = today + timedelta(days=away % 7 if ahead else -(-away % 7))
            return day, day + timedelta(days=1)
    return None


def _dated(text: str, today: date) -> tuple[date, date]:
    if match := _MONTH.match(text):
        first = date(int(match[1]), int(match[2]), 1)
        return first, _next_month(first)
    if match := _WEEK.match(text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=7)
    if match := _YEAR.match(text):
        return _months(int(match[2]), 1, 12, fiscal=bool(match[1]))
    if match := _QUARTER.match(text):
        year = int(match[2]) if match[2] else today.year
        return _months(year, 3 * int(match[3]) - 2, 3, fiscal=bool(match[1]))
    if match := _DAY.match(text):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day + timedelta(days=1)
    raise ValueError(f"{text} is no day")


def _months(year: int, month: int, count: int, *, fiscal: bool) -> tuple[date, date]:
    """A stretch of months, those of a fiscal year counted from its October."""
    begin = year * 12 + month - 1 - (13 - FISCAL_FIRST if fiscal else 0)
    first, after = (divmod(each, 12) for each in (begin, begin + count))
    return date(first[0], first[1] + 1, 1), date(after[0], after[1] + 1, 1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
