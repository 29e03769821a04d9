"""First-call resolution (STATS §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from helpdesk.domain import repeats
from helpdesk.domain.ratios import Ratio

REPEAT_SECONDS: Final = repeats.REPEAT_SECONDS
"""W: a call exactly this long after the first is still a repeat."""


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
