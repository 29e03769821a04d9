"""Means and percentiles of values of which it is known how often each occurs (STATS §0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def mean(spent: Mapping[int, int]) -> float | None:
    """The mean of values that occur several times.

    Args:
        spent: How often each value occurs.

    Returns:
        The mean, or ``None`` of nothing.
    """
    count = sum(spent.values())
    if not count:
        return None
    return sum(value * times for value, times in spent.items()) / count


def percentile(spent: Mapping[int, int], percent: int) -> float | None:
    """A percentile by linear interpolation (type 7), as spreadsheets compute it.

    Args:
        spent: How often each value occurs.
        percent: Which percentile, from 0 to 100.

    Returns:
        The percentile, or ``None`` of nothing.
    """
    count = sum(spent.values())
    if not count:
        return None
    below, beyond = divmod((count - 1) * percent, 100)
    values = sorted(spent)
    low, high = (_value_at(spent, values, at) for at in (below, min(below + 1, count - 1)))
    return low + beyond * (high - low) / 100


def _value_at(spent: Mapping[int, int], values: Sequence[int], place: int) -> int:
    """The value at a place, counted from 0, when all are in order."""
    passed = 0
    for value in values:
        passed += spent[value]
        if place < passed:
            return value
    raise IndexError(place)
