"""How many clerks calls need: Erlang C by way of the Erlang B recursion (STATS §7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import exp
from typing import Final

ASSUMPTIONS: Final = (
    "Erlang C: calls come by chance (Poisson) and evenly within a slot, nobody hangs up while "
    "waiting (overstates the need), clerks take no breaks; small desks are lumpy: one clerk "
    "more changes much."
)
"""What stands beside every figure of this module."""


@dataclass(frozen=True, slots=True)
class Target:
    """How many calls are to be answered how soon."""

    percent: int = 80
    """This many of a hundred calls, from 1 to 99,"""

    within_s: int = 30
    """within so many seconds."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """How calls fare with some clerks; numbers are ``None`` where the queue has no end."""

    clerks: int
    """How many answer calls."""

    load: float
    """The work that calls bring, in Erlangs: hours of work an hour."""

    waits: float | None
    """How likely a caller has to wait."""

    in_time: float | None
    """How likely a call is answered within the seconds asked for."""

    wait_s: float | None
    """How long callers wait on average, in seconds."""

    @property
    def without_limit(self) -> bool:
        """Whether the queue grows without limit."""
        return self.waits is None


def load_of(calls: float, aht_s: float, minutes: int) -> float:
    """The work that calls bring.

    Args:
        calls: How many calls begin in the slot.
        aht_s: Their average handle time, in seconds.
        minutes: How long the slot is.

    Returns:
        Erlangs.
    """
    return calls * aht_s / (minutes * 60)


def staffed(load: float, aht_s: float, clerks: int, within_s: int) -> Staffing:
    """How calls fare with some clerks.

    Args:
        load: The work that calls bring, in Erlangs.
        aht_s: Their average handle time, in seconds, above 0.
        clerks: How many answer them.
        within_s: What counts as answered in time, in seconds.

    Returns:
        The figures.
    """
    if load >= clerks:
        return Staffing(clerks, load, None, None, None)
    blocked = next(found for n, found in _blocked(load) if n == clerks)
    return _fared(load, aht_s, clerks, blocked, within_s)


def clerks_needed(load: float, aht_s: float, target: Target) -> Staffing:
    """The fewest clerks with whom calls are answered in time.

    Args:
        load: The work that calls bring, in Erlangs.
        aht_s: Their average handle time, in seconds, above 0.
        target: How many of them are to be answered how soon.

    Returns:
        The figures with so many clerks; none are needed where there is no work.

    Raises:
        ValueError: When no number of clerks is enough.
    """
    if not 0 < target.percent < 100:  # noqa: PLR2004
        raise ValueError("a target lies between 0 and 100 %")
    if load <= 0:
        return Staffing(0, 0.0, 0.0, 1.0, 0.0)
    for clerks, blocked in _blocked(load):
        if clerks > load:
            found = _fared(load, aht_s, clerks, blocked, target.within_s)
            if found.in_time is not None and found.in_time * 100 >= target.percent:
                return found
    raise AssertionError("counting has no end")


def _blocked(load: float) -> Iterator[tuple[int, float]]:
    """Erlang B for 0 clerks, 1, 2, ... without a factorial."""
    blocked = 1.0
    yield 0, blocked
    for clerks in count(1):
        blocked = load * blocked / (clerks + load * blocked)
        yield clerks, blocked


def _fared(load: float, aht_s: float, clerks: int, blocked: float, within_s: int) -> Staffing:
    free = clerks - load
    waits = clerks * blocked / (clerks - load * (1 - blocked))
    return Staffing(
        clerks=clerks,
        load=load,
        waits=waits,
        in_time=1 - waits * exp(-free * within_s / aht_s),
        wait_s=waits * aht_s / free,
    )
