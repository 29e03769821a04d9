"""Every number of the statistics, defined once (STATS §1 and §2).

All of them are sums over calls in range. Calls that are alike in everything that counts may
come as one row with the number of times it stands for, so that the same definitions serve
raw rows, rows grouped by the database, and roll-ups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

VERSION: Final = 1
"""Which definitions these are, for the header of a report."""

KINDS: Final = ("counted", "running", "dropped", "no times", "outbound", "test", "void")
"""What a call in range can be; each is exactly one of them."""

HANDLED: Final = ("counted", "no times")
"""Inbound calls that ended and did not drop."""

STARTED: Final = (*HANDLED, "running", "dropped")
"""Inbound calls that began: the arrivals."""

OUTCOMES: Final = ("resolved", "waiting", "callback", "escalated", "referred")
"""How a handled call can have ended."""


@dataclass(frozen=True, slots=True)
class CallsAlike:
    """One call, or several that are alike in everything that counts."""

    symptom: str
    """The symptom as it is now, or empty."""

    direction: str
    """``in`` or ``out``."""

    outcome: str | None
    """How it ended; ``None`` while it is running."""

    handle_s: int | None
    """Talk, hold and wrap of each, in seconds; ``None`` when one of them is not known."""

    talk_s: int | None = None
    """Seconds talked, of all of them together."""

    hold_s: int | None = None
    """Seconds on hold, of all of them together."""

    wrap_s: int | None = None
    """Seconds after the caller hung up, of all of them together."""

    touched: bool = True
    """Whether anybody talked, or anything was recorded."""

    test: bool = False
    """Whether the ticket is a trial."""

    void: bool = False
    """Whether the ticket counts for nothing."""

    times: int = 1
    """How many calls this stands for."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of some calls."""

    started: int
    """Inbound calls that began, running and dropped ones included."""

    handled: int
    """Inbound calls that ended and did not drop."""

    dropped: int
    """Inbound calls that dropped, or had 0 s of talk and nothing recorded."""

    running: int
    """Inbound calls that have not ended."""

    talk_s: int
    """Seconds talked, over the handled calls whose times are all known."""

    hold_s: int
    """Seconds on hold, over the same calls."""

    wrap_s: int
    """Seconds of wrap, over the same calls."""

    handle_s: int
    """Talk, hold and wrap together."""

    aht_s: float | None
    """The mean of it; ``None`` when there is no such call, which is not 0."""

    median_s: float | None
    """Its median."""

    p90_s: float | None
    """Its 90th percentile."""

    outcomes: Mapping[str, int]
    """How many handled calls ended in each way."""


def kind_of(call: CallsAlike) -> str:
    """What a call counts as.

    Args:
        call: The call.

    Returns:
        One of ``KINDS``.
    """
    apart = {"void": call.void, "test": call.test, "outbound": call.direction == "out"}
    for kind, is_that in apart.items():
        if is_that:
            return kind
    if call.outcome is None:
        return "running"
    if call.outcome == "dropped" or not call.touched:
        return "dropped"
    return "no times" if call.handle_s is None else "counted"


def kinds_of(calls: Iterable[CallsAlike]) -> Counter[str]:
    """How many calls are of each kind: the line by which a report reconciles.

    Args:
        calls: The calls in range.

    Returns:
        The numbers by kind; together all the calls.
    """
    found: Counter[str] = Counter()
    for call in calls:
        found[kind_of(call)] += call.times
    return found


def figures_of(calls: Iterable[CallsAlike]) -> Figures:
    """The numbers of some calls.

    Args:
        calls: The calls in range.

    Returns:
        The numbers; sums and counts add up over any parts of the calls, means never do.
    """
    all_calls = list(calls)
    kinds = kinds_of(all_calls)
    counted = [call for call in all_calls if kind_of(call) == "counted"]
    spent = times_spent(counted)
    outcomes: Counter[str] = Counter()
    for call in all_calls:
        if kind_of(call) in HANDLED and call.outcome is not None:
            outcomes[call.outcome] += call.times
    return Figures(
        started=sum(kinds[kind] for kind in STARTED),
        handled=sum(kinds[kind] for kind in HANDLED),
        dropped=kinds["dropped"],
        running=kinds["running"],
        talk_s=sum(call.talk_s or 0 for call in counted),
        hold_s=sum(call.hold_s or 0 for call in counted),
        wrap_s=sum(call.wrap_s or 0 for call in counted),
        handle_s=sum(seconds * times for seconds, times in spent.items()),
        aht_s=mean(spent),
        median_s=percentile(spent, 50),
        p90_s=percentile(spent, 90),
        outcomes={outcome: outcomes[outcome] for outcome in OUTCOMES},
    )


def times_spent(calls: Iterable[CallsAlike]) -> Counter[int]:
    """How often each handle time occurs.

    Args:
        calls: Calls whose times are known.

    Returns:
        Calls by seconds.
    """
    spent: Counter[int] = Counter()
    for call in calls:
        if call.handle_s is not None:
            spent[call.handle_s] += call.times
    return spent


def mean(spent: Mapping[int, int]) -> float | None:
    """The mean of values that occur several times.

    Args:
        spent: How often each value occurs.

    Returns:
        The mean, or ``None`` of nothing.
    """
    count = sum(spent.values())
    return sum(value * times for value, times in spent.items()) / count if count else None


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
    low, high = _value_at(spent, below), _value_at(spent, min(below + 1, count - 1))
    return low + beyond * (high - low) / 100


def _value_at(spent: Mapping[int, int], place: int) -> int:
    """The value at a place, counted from 0, when all are in order."""
    passed = 0
    for value in sorted(spent):
        passed += spent[value]
        if place < passed:
            return value
    raise IndexError(place)
