"""Periods as people type them, half-open and in a named zone (STATS §0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.domain.courts import local
from helpdesk.errors import BadInput

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})\Z")
_YEAR: Final = re.compile(r"\d{4}\Z")
_HOWTO: Final = "write a day (2026-05-03), a month (2026-05), a year, today, yesterday, last-week"


@dataclass(frozen=True, slots=True)
class Period:
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


def period_meant(text: str, now: int, zone: str) -> Period:
    """Read a period.

    Args:
        text: A day, a month, a year, ``A..B`` (both included), ``today``, ``yesterday``,
            ``this-week``, ``last-week``, ``this-month``, ``last-month``.
        now: The moment now, in seconds UTC.
        zone: The zone in which days are meant.

    Returns:
        The period.

    Raises:
        BadInput: When it cannot be read.
    """
    today = local(now, zone).date()
    if ".." in text:
        first, last = (_days(part, today) for part in text.split("..", 1))
        if last[1] <= first[0]:
            raise BadInput(f"“{text}” ends before it begins: turn it round.")
        return period_of_days(first[0], last[1], zone)
    return period_of_days(*_days(text, today), zone)


def _days(text: str, today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    named = {
        "today": (today, today + timedelta(days=1)),
        "yesterday": (today - timedelta(days=1), today),
        "this-week": (monday, monday + timedelta(days=7)),
        "last-week": (monday - timedelta(days=7), monday),
        "this-month": (first, _next_month(first)),
        "last-month": (before, first),
    }
    if text in named:
        return named[text]
    try:
        if match := _MONTH.match(text):
            first = date(int(match[1]), int(match[2]), 1)
            return first, _next_month(first)
        if _YEAR.match(text):
            return date(int(text), 1, 1), date(int(text) + 1, 1, 1)
        day = date.fromisoformat(text)
        return day, day + timedelta(days=1)
    except (ValueError, OverflowError):
        raise BadInput(f"“{text}” is not a period: {_HOWTO}.") from None


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
