"""What a phone system counted in a stretch of time: calls offered, answered and abandoned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from helpdesk.errors import BadInput

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "start": (
        "started at", "start time", "interval", "interval start", "time", "date time",
        "period start", "timestamp",
    ),
    "date": ("day", "interval date"),
    "minutes": ("interval minutes", "length", "interval length", "duration"),
    "offered": ("calls offered", "calls", "received", "total calls", "inbound", "entered"),
    "answered": ("calls answered", "handled", "calls handled", "acd calls"),
    "abandoned": ("calls abandoned", "aban", "aband calls", "lost", "lost calls"),
    "avg_wait_s": (
        "average wait", "avg wait", "asa", "avg speed of answer", "average speed of answer",
        "wait s", "average wait time",
    ),
    "within_target": ("answered within target", "within sl", "within service level", "in target"),
    "court": ("court id", "district"),
    "office": ("division", "location", "site"),
}  # fmt: skip
"""The fields of an interval, each with what phone systems call it."""

REQUIRED: Final = ("start", "offered", "answered", "abandoned")
"""The fields that must be there."""

_LENGTHS: Final = (15, 30, 60, 1_440)
_DEFAULT: Final = 30
_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Interval:
    """What was counted in one interval."""

    court: str
    """The court's id."""

    office: str
    """The office's id."""

    start_at: int
    """When it began, in seconds UTC."""

    minutes: int
    """How long it is."""

    offered: int
    """How many calls came in."""

    answered: int
    """How many somebody answered."""

    abandoned: int
    """How many gave up before."""

    wait_s: float | None = None
    """The mean wait of the answered ones, in seconds; ``None`` when it was not told."""

    within_target: int | None = None
    """How many were answered in time; ``None`` when it was not told."""

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it apart."""
        return (self.court, self.office, self.start_at)


def count_meant(text: str, field: str) -> int:
    """Read how many.

    Args:
        text: Such as ``12`` or ``1,204``.
        field: What is counted, for the refusal.

    Returns:
        The number, 0 or more.

    Raises:
        BadInput: When it is no whole number.
    """
    typed = text.strip().replace(",", "")
    if not typed.isascii() or not typed.isdecimal() or len(typed) > _MOST_DIGITS:
        raise BadInput(f"{field}: “{text}” is no number of calls.")
    return int(typed)


def minutes_between(starts: Iterable[int]) -> int:
    """How long intervals are that do not say so: the shortest step from one to the next.

    Args:
        starts: When they begin, in seconds UTC, in any order.

    Returns:
        15, 30, 60 or 1440 minutes; 30 when nothing can be told from them.
    """
    ordered = sorted(set(starts))
    steps = [after - before for before, after in pairwise(ordered)]
    shortest = min(steps, default=0) // 60
    return shortest if shortest in _LENGTHS else _DEFAULT
