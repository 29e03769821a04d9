"""Whether the calls of one symptom at one court are more than usual (STATS §7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from math import exp, lgamma, log
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from helpdesk.domain.business_days import is_business_day
from helpdesk.domain.courts import local

RARE: Final = 0.001
"""An alarm is what comes about by chance less often than this."""

LEAST_CALLS: Final = 3
"""The fewest calls that raise an alarm, however rare they are."""

LEAST_DAYS: Final = 4
"""The fewest earlier days that say what is usual."""

LEAST_EXPECTED: Final = 0.5
"""What is expected at least: a symptom that never came is no alarm at its first calls."""

WEEKS: Final = 8
"""How many weeks back the same weekdays are looked at."""


class Stretch(NamedTuple):
    """From midnight at a court to a time of day, as seconds UTC."""

    start: int
    """The first second."""

    end: int
    """The second after the last."""


class Unusual(NamedTuple):
    """More calls of one symptom at one court than usual."""

    court: str
    """The court's id."""

    symptom: str
    """The symptom's slug."""

    calls: int
    """How many came so far that day when it was seen."""

    usual: float
    """How many come up to that time on such a weekday, on average."""

    at: int
    """When it was seen, in seconds UTC."""

    def said(self, until: str = "today") -> str:
        """What a clerk is told: counts, no probabilities.

        Args:
            until: ``today``, or the time up to which the calls were counted.

        Returns:
            Such as ``7 calls today, usually 1``.
        """
        usually = round(self.usual) or ("less than 1" if self.usual else "none")
        return f"{self.calls} calls {until}, usually {usually}"


def upper_tail(calls: int, expected: float) -> float:
    """How likely so many calls or more come by chance: P(X >= calls), Poisson.

    Args:
        calls: How many came.
        expected: How many are expected, above 0.

    Returns:
        The probability; the smaller side is summed, so that neither tail drowns in the other.
    """
    if calls <= 0:
        return 1.0
    if calls > expected:
        return min(1.0, _sum_up(calls, expected))
    return max(0.0, 1.0 - _sum_down(calls - 1, expected))


def usual_calls(days: Sequence[int]) -> float:
    """How many calls come on such a day.

    Args:
        days: The calls of each earlier day.

    Returns:
        Their mean; 0 without a day.
    """
    return sum(days) / len(days) if days else 0.0


def is_unusual(calls: int, days: Sequence[int]) -> bool:
    """Whether calls are so many that chance alone hardly ever brings them.

    Args:
        calls: How many came today so far.
        days: How many came up to the same time on each earlier day.

    Returns:
        ``False`` also where there are too few calls, or too few days to compare with.
    """
    if calls < LEAST_CALLS or len(days) < LEAST_DAYS:
        return False
    return upper_tail(calls, max(usual_calls(days), LEAST_EXPECTED)) < RARE


def days_to_compare(today: date, first: date, closed: Collection[date] = ()) -> tuple[date, ...]:
    """The earlier days that say what is usual today.

    Args:
        today: The day.
        first: The first day on which the desk took a call.
        closed: The court's own closures.

    Returns:
        The same weekdays of the weeks before, the newest first; business days only when today
        is one.
    """
    before = (today - timedelta(weeks=week) for week in range(1, WEEKS + 1))
    open_today = is_business_day(today, closed)
    return tuple(
        day for day in before if day >= first and (not open_today or is_business_day(day, closed))
    )


def so_far(now: int, zone: str) -> Stretch:
    """The part of today that is over.

    Args:
        now: The moment, in seconds UTC; it belongs to the stretch.
        zone: The court's zone.

    Returns:
        The stretch since midnight there.
    """
    return Stretch(_moment(local(now, zone).date(), time(), zone), now + 1)


def whole_day(day: date, zone: str) -> Stretch:
    """A day from midnight to midnight.

    Args:
        day: The day.
        zone: The court's zone.

    Returns:
        The stretch.
    """
    after = day + timedelta(days=1)
    return Stretch(_moment(day, time(), zone), _moment(after, time(), zone))


def same_stretch(day: date, now: int, zone: str) -> Stretch:
    """The part of another day up to the same time on the wall clock.

    Args:
        day: The other day.
        now: The moment, in seconds UTC.
        zone: The court's zone.

    Returns:
        The stretch; where the clocks were changed it ends at the later of the two moments that
        the time can mean.
    """
    clock = local(now, zone).time()
    ends = (_moment(day, clock.replace(fold=fold), zone) for fold in (0, 1))
    return Stretch(_moment(day, time(), zone), max(ends) + 1)


def _moment(day: date, clock: time, zone: str) -> int:
    return int(datetime.combine(day, clock, ZoneInfo(zone)).timestamp())


def _sum_up(calls: int, expected: float) -> float:
    """P(X >= calls) where each further term is smaller than the one before."""
    term = _chance(calls, expected)
    total = 0.0
    while total + term != total:
        total += term
        calls += 1
        term *= expected / calls
    return total


def _sum_down(calls: int, expected: float) -> float:
    """P(X <= calls) where each term further down is smaller than the one before."""
    term = _chance(calls, expected)
    total = 0.0
    while calls >= 0 and total + term != total:
        total += term
        term *= calls / expected
        calls -= 1
    return total


def _chance(calls: int, expected: float) -> float:
    """P(X = calls), by logarithms: the power and the factorial alone would overflow."""
    return exp(calls * log(expected) - expected - lgamma(calls + 1))
