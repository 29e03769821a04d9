"""First-call resolution, and how sure a ratio is (STATS §0 and §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from helpdesk.domain import repeats

REPEAT_SECONDS: Final = repeats.REPEAT_SECONDS
"""W: a call exactly this long after the first is still a repeat."""

FEW: Final = 10
"""Below so many a ratio says nothing: “n<10” is shown."""

_Z: Final = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The first handled inbound call of a ticket."""

    outcome: str
    """How it ended."""

    reopened: bool
    """Whether the ticket was reopened since."""

    known: bool
    """Whether the caller is known."""

    repeated: bool
    """Whether the same caller called on the same symptom within ``REPEAT_SECONDS``."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many."""

    part: int
    """How many."""

    whole: int
    """Of how many."""

    @property
    def value(self) -> float | None:
        """The ratio, or ``None`` of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its 95 % Wilson interval, or ``None`` of nothing."""
        if not self.whole:
            return None
        n, share, squared = self.whole, self.part / self.whole, _Z * _Z
        middle = share + squared / (2 * n)
        spread = _Z * sqrt(share * (1 - share) / n + squared / (4 * n * n))
        scale = 1 + squared / n
        return (max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))

    @property
    def too_few(self) -> bool:
        """Whether it says nothing yet."""
        return self.whole < FEW


def gross_fcr(calls: Iterable[FirstCall]) -> Ratio:
    """Tickets resolved by their first call, of all of them.

    Args:
        calls: The first calls.

    Returns:
        The ratio.
    """
    every = list(calls)
    return Ratio(sum(map(_resolved, every)), len(every))


def net_fcr(calls: Iterable[FirstCall]) -> Ratio:
    """The same without what was never ours to resolve.

    Args:
        calls: The first calls.

    Returns:
        The ratio.
    """
    return gross_fcr(each for each in calls if each.outcome != "referred")


def repeat_adjusted_fcr(calls: Iterable[FirstCall]) -> Ratio:
    """The headline: resolved, ours, and the caller did not call again about it.

    Args:
        calls: The first calls.

    Returns:
        The ratio, over known callers.
    """
    known = [each for each in calls if each.known and each.outcome != "referred"]
    return Ratio(sum(_resolved(each) and not each.repeated for each in known), len(known))


def _resolved(call: FirstCall) -> bool:
    return call.outcome == "resolved" and not call.reopened
