"""Half-hour slots of a day, told apart by wall time and offset from UTC (STATS §2).

On the day on which clocks go back an hour has its slots twice, on the day on which they go
forward one has none. Every quarter of an hour of UTC lies whole in one slot, whatever the zone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.periods import period_of_days

LENGTHS: Final = (15, 30, 60)
"""How many minutes a slot may have."""

USUAL_LENGTH: Final = 30
"""What is usual: an hour hides the peak after it has struck."""

WallTime = tuple[int, time]
"""A weekday, Monday is 0, and a time of its day: under what weekly profiles add slots up."""

_QUARTER: Final = 15 * 60
_DAY_MINUTES: Final = 24 * 60
_DAY: Final = 60 * _DAY_MINUTES
_REMEMBERED: Final = 400
"""Of so many days the slots are remembered, at 6 kB each."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A stretch of the wall clock of one day."""

    start: int
    """When the clock showed its first minute, in seconds UTC."""

    offset_s: int
    """How far the clock was ahead of UTC, in seconds."""

    zone_name: str
    """What the time was called: ``EDT`` or ``EST``."""

    @property
    def wall(self) -> datetime:
        """Its first minute as the clock showed it, without a zone."""
        return datetime.fromtimestamp(self.start + self.offset_s, UTC).replace(tzinfo=None)

    @property
    def day(self) -> date:
        """Its day there."""
        return self.wall.date()

    @property
    def wall_time(self) -> WallTime:
        """The weekday and the time of day."""
        wall = self.wall
        return wall.weekday(), wall.time()

    @property
    def clock(self) -> str:
        """What the clock showed: ``01:00``."""
        minutes = (self.start + self.offset_s) // 60 % _DAY_MINUTES
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def __str__(self) -> str:
        """Such as ``01:00 EDT``."""
        return f"{self.clock} {self.zone_name}"


def slot_of(moment: int, zone: str, minutes: int = USUAL_LENGTH) -> Slot:
    """The slot in which a moment lies.

    Args:
        moment: Seconds UTC.
        zone: An IANA name.
        minutes: One of ``LENGTHS``.

    Returns:
        The slot.

    Raises:
        ValueError: When slots have no such length.
    """
    return _slots_of_quarters(moment // _DAY, zone, minutes)[moment % _DAY // _QUARTER]


def lengths_of_day(day: date, zone: str, minutes: int = USUAL_LENGTH) -> dict[Slot, int]:
    """The slots of a day and how long each lasted.

    Args:
        day: The day.
        zone: An IANA name.
        minutes: One of ``LENGTHS``.

    Returns:
        Seconds by slot, in order; together the length of the day.

    Raises:
        ValueError: When slots have no such length.
    """
    whole = period_of_days(day, day + timedelta(days=1), zone)
    return apportioned(whole.start, whole.end, zone, minutes)


def apportioned(from_s: int, to_s: int, zone: str, minutes: int = USUAL_LENGTH) -> dict[Slot, int]:
    """Divide a stretch of time among the slots in which it lies.

    Args:
        from_s: Its first second, UTC.
        to_s: The second after its last.
        zone: An IANA name.
        minutes: One of ``LENGTHS``.

    Returns:
        Seconds by slot, in order; together the length of the stretch.

    Raises:
        ValueError: When slots have no such length.
    """
    shares: Counter[Slot] = Counter()
    at = from_s
    while at < to_s:
        until = min(to_s, (at // _QUARTER + 1) * _QUARTER)
        shares[slot_of(at, zone, minutes)] += until - at
        at = until
    return dict(shares)


@lru_cache(maxsize=_REMEMBERED)
def _slots_of_quarters(day: int, zone: str, minutes: int) -> tuple[Slot, ...]:
    """The slots of the quarters of a day of UTC; those that lie in the same one share it."""
    if minutes not in LENGTHS:
        raise ValueError(f"a slot has {LENGTHS} minutes, not {minutes}")
    begins, ends = day * _DAY, (day + 1) * _DAY
    usual = _clock(begins, zone)
    changes = usual != _clock(ends, zone)
    found: list[Slot] = []
    for at in range(begins, ends, _QUARTER):
        offset, name = _clock(at, zone) if changes else usual
        start = at - (at + offset) % (minutes * 60)
        if not found or (found[-1].start, found[-1].offset_s) != (start, offset):
            found.append(Slot(start, offset, name))
        else:
            found.append(found[-1])
    return tuple(found)


def _clock(moment: int, zone: str) -> tuple[int, str]:
    """How far the clock is ahead of UTC, in seconds, and what the time is called."""
    there = local(moment, zone)
    return int((there.utcoffset() or timedelta()).total_seconds()), there.tzname() or ""
