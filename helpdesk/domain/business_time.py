"""Business time: how much of a stretch of time an office was open (STATS §3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.domain.courts import USUAL_HOURS, local
from helpdesk.domain.holidays import federal_holidays
from helpdesk.domain.named_days import DAYS
from helpdesk.errors import BadInput

WeekHours = tuple[tuple[tuple[int, int], ...], ...]
"""For each day of the week, Monday first, from and to which minutes after midnight it is open."""

_LINE: Final = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?((?: \d\d?:\d\d-\d\d?:\d\d)+)\Z")
_MINUTES: Final = 24 * 60
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an office is open."""

    zone: str
    """Its IANA time zone."""

    hours: WeekHours
    """Its hours in a week without holidays."""

    closed: tuple[date, ...] = ()
    """Days on which it is closed besides federal holidays."""

    def open_between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of time in which it was open.

        Args:
            start: The first second looked at, UTC.
            end: The second after the last.

        Yields:
            From and to, in seconds UTC; in order, never empty and never overlapping.
        """
        if end <= start:
            return
        # What is open until midnight ends on the next day where the clocks change at midnight.
        day, last = local(start, self.zone).date() - _DAY, local(end, self.zone).date()
        reached = start
        while day <= last:
            for opens, closes in _openings(day, self):
                since, until = max(opens, reached), min(closes, end)
                if since < until:
                    yield since, until
                    reached = until
            day += _DAY

    def seconds_open(self, start: int, end: int) -> int:
        """How long it was open.

        Args:
            start: The first second, UTC.
            end: The second after the last.

        Returns:
            Seconds; those of the parts of a stretch are together those of the whole.
        """
        return sum(until - since for since, until in self.open_between(start, end))


@lru_cache(maxsize=16)
def hours_meant(lines: tuple[str, ...]) -> WeekHours:
    """Read the hours of an office.

    Args:
        lines: Such as ``Mon-Thu 08:00-12:00 13:00-16:30`` and ``Fri 08:00-12:00``; a day that
            no line names is closed.

    Returns:
        The hours by weekday.

    Raises:
        BadInput: When a line cannot be read, or hours of a day overlap.
    """
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for line in lines:
        for weekday, hours in _line_meant(line):
            week[weekday] += hours
    for name, hours in zip(DAYS, week, strict=True):
        hours.sort()
        if any(after[0] < before[1] for before, after in pairwise(hours)):
            raise BadInput(f"the hours of {name.title()} overlap: give each stretch once.")
    return tuple(tuple(hours) for hours in week)


def _line_meant(line: str) -> list[tuple[int, list[tuple[int, int]]]]:
    found = _LINE.match(" ".join(line.lower().split()))
    ends = [_minutes(each) for each in re.findall(r"\d\d?:\d\d", found[3])] if found else []
    hours = list(zip(ends[::2], ends[1::2], strict=True))
    first, last = (found[1], found[2] or found[1]) if found else ("", "")
    named = first in DAYS and last in DAYS and DAYS.index(first) <= DAYS.index(last)
    if not named or any(not opens < closes <= _MINUTES for opens, closes in hours):
        raise BadInput(f"“{line}” is not hours of a week: write them like {USUAL_HOURS[0]}.")
    return [(weekday, hours) for weekday in range(DAYS.index(first), DAYS.index(last) + 1)]


def _minutes(clock: str) -> int:
    hour, minute = map(int, clock.split(":"))
    return hour * 60 + minute if minute < 60 else 2 * _MINUTES  # noqa: PLR2004


@lru_cache(maxsize=4_096)
def _openings(day: date, calendar: Calendar) -> Sequence[tuple[int, int]]:
    """When an office opens and closes on a day, in seconds UTC."""
    if day in calendar.closed or day in federal_holidays(day.year):
        return ()
    zone = ZoneInfo(calendar.zone)
    midnight = datetime.combine(day, time())

    def moment(minutes: int, fold: int) -> int:
        wall = midnight + timedelta(minutes=minutes)
        return int(wall.replace(tzinfo=zone, fold=fold).timestamp())

    # An hour that the clock shows twice is open both times.
    return tuple(
        (moment(opens, 0), max(moment(closes, 0), moment(closes, 1)))
        for opens, closes in calendar.hours[day.weekday()]
    )
