"""Whether a count has changed by more than chance, and the spans that counts are of (STATS §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from helpdesk.domain.periods import FISCAL_FIRST
from helpdesk.domain.ratios import Ratio

UNITS: Final = ("day", "week", "sunday-week", "month", "fy")
"""The spans of a trend: a ``week`` is that of ISO 8601, ``fy`` a federal fiscal year."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Change:
    """A count and the one of as long a time before."""

    now: int
    """The count."""

    before: int
    """The one before."""

    @property
    def value(self) -> float | None:
        """How many times as many; ``None`` where there were none."""
        return self.now / self.before if self.before else None

    @property
    def interval(self) -> tuple[float, float | None] | None:
        """Its 95 % interval (conditional binomial, Wilson).

        Its upper end is ``None`` where there were none before, all of it ``None`` where there
        are none at all.
        """
        shares = self._share.interval
        if shares is None:
            return None
        low, high = shares
        return low / (1 - low), high / (1 - high) if self.before else None

    @property
    def arrow(self) -> str:
        """``up`` or ``down`` where chance alone hardly explains it, else empty."""
        if self.interval is None or self._share.too_few:
            return ""
        low, high = self.interval
        if low > 1:
            return "up"
        return "down" if high is not None and high < 1 else ""

    @property
    def _share(self) -> Ratio:
        return Ratio(self.now, self.now + self.before)


class Span(NamedTuple):
    """A span of days, and what of it is asked about."""

    start: date
    """The first day that is asked about."""

    stop: date
    """The day after the last of them."""

    begin: date
    """The first day of the span."""

    end: date
    """The day after its last."""

    def is_whole(self, known: date) -> bool:
        """Whether all of it is asked about, and over.

        Args:
            known: The day after the last that is over.

        Returns:
            ``True`` when nothing cuts it off.
        """
        return (self.begin, self.end) == (self.start, self.stop) and self.stop <= known

    def days_over(self, known: date) -> tuple[date, date]:
        """What of it is compared: the days asked about that are over.

        Args:
            known: The day after the last that is over.

        Returns:
            The first, and the one after the last; the same twice where none is over.
        """
        return self.start, max(self.start, min(self.stop, known))

    def days_before(self, earlier: date, known: date) -> tuple[date, date]:
        """What it is compared with: all of the span before, or the same part of it.

        Args:
            earlier: The first day of the span before, which may be shorter.
            known: The day after the last that is over.

        Returns:
            The first day, and the one after the last.
        """
        if self.is_whole(known):
            return earlier, self.begin
        since = earlier + (self.start - self.begin)
        first, after = self.days_over(known)
        return since, min(since + (after - first), self.begin)


def label_of(day: date, unit: str) -> str:
    """Name the span in which a day lies.

    Args:
        day: The day.
        unit: One of ``UNITS``.

    Returns:
        ``2026-12-31``, ``2026-W53``, ``week of 2026-12-27``, ``2026-12`` or ``fy2027``.

    Raises:
        KeyError: When there is no such unit.
    """
    first, after = days_of(day, unit)
    year, week, _ = first.isocalendar()
    labels = {
        "day": f"{first}",
        "week": f"{year}-W{week:02}",
        "sunday-week": f"week of {first}",
        "month": f"{first:%Y-%m}",
        "fy": f"fy{after.year}",
    }
    return labels[unit]


def days_of(day: date, unit: str) -> tuple[date, date]:
    """The days of the span in which a day lies.

    Args:
        day: The day.
        unit: One of ``UNITS``.

    Returns:
        The first, and the one after the last.

    Raises:
        KeyError: When there is no such unit.
    """
    monday = day - timedelta(days=day.weekday())
    sunday = day - timedelta(days=day.isoweekday() % 7)
    first = day.replace(day=1)
    october = date(day.year - (day.month < FISCAL_FIRST), FISCAL_FIRST, 1)
    spans = {
        "day": (day, day + _DAY),
        "week": (monday, monday + _WEEK),
        "sunday-week": (sunday, sunday + _WEEK),
        "month": (first, (first + timedelta(days=31)).replace(day=1)),
        "fy": (october, october.replace(year=october.year + 1)),
    }
    return spans[unit]
