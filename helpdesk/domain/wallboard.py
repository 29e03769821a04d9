"""What hangs on the wall: today against the usual, who is on a call, what is due, what is out.

Whoever passes by can read it, so that no caller's name or number is ever in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from helpdesk.domain.home import DuePromise, RunningCall
from helpdesk.domain.incidents import Incident
from helpdesk.domain.outages import Unusual


@dataclass(frozen=True, slots=True)
class DayPart:
    """A half hour of today, or an hour."""

    clock: str
    """When it begins on the wall clock: ``09:30``."""

    zone_name: str
    """What that time is called: ``EDT``."""

    start: int
    """Its first second, UTC."""

    end: int
    """The second after its last, UTC."""

    came: int
    """How many calls came in."""

    usual: float | None
    """How many come in it on such a day, on average; ``None`` without a day to compare with."""


@dataclass(frozen=True, slots=True)
class Today:
    """The calls that came in today, against the usual."""

    parts: tuple[DayPart, ...]
    """The half hours of the day, all of them."""

    weekday: str
    """Such as ``Monday``."""

    days: int
    """How many earlier days like it say what is usual."""

    usual_so_far: float | None
    """How many calls have come by this time on such a day, on average."""

    @property
    def came(self) -> int:
        """How many calls came in today."""
        return sum(part.came for part in self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """The part of today that is drawn, with a count of what is not."""

    parts: tuple[DayPart, ...]
    """What is drawn, in order."""

    hourly: bool
    """Whether half hours were put together to hours."""

    before: int
    """How many calls came earlier today than the first part."""

    after: int
    """How many came later than the last."""


@dataclass(frozen=True, slots=True)
class Wallboard:
    """Everything that hangs on the wall."""

    today: Today
    """The calls of today."""

    hours: tuple[int, int]
    """When the office opens first and closes last in a week, in minutes after midnight."""

    calls: tuple[RunningCall, ...] = ()
    """Calls that go on, the longest first, without their callers."""

    promises: tuple[DuePromise, ...] = ()
    """The first promises due until the end of the day, without their callers."""

    due: int = 0
    """How many promises are due today or late, in all."""

    late: int = 0
    """How many of them are late."""

    unusual: tuple[Unusual, ...] = ()
    """Today's alarms for which no incident was declared, the oldest first."""

    incidents: tuple[Incident, ...] = ()
    """The incidents that run, the newest first."""


def nameless_call(call: RunningCall) -> RunningCall:
    """A call as it may hang on the wall."""
    return call._replace(caller="")


def nameless_promise(promise: DuePromise) -> DuePromise:
    """A promise as it may hang on the wall."""
    return promise._replace(caller="")


def chart_of(today: Today, now: int, hours: tuple[int, int], most: int) -> Chart:
    """Choose what of today is drawn.

    Args:
        today: The day.
        now: The moment, in seconds UTC; the part in which it lies is always drawn.
        hours: When the office opens and closes, in minutes after midnight.
        most: For how many parts there is room; the hours of a day are never fewer.

    Returns:
        From the first half hour that is open, now, or usually has a call, to the last such;
        whole hours where half ones find no room.
    """
    wanted = [
        place
        for place, part in enumerate(today.parts)
        if hours[0] <= _minutes(part) < hours[1]
        or part.start <= now < part.end
        or round(part.usual or 0)
    ]
    first, last = (wanted[0], wanted[-1]) if wanted else (0, len(today.parts) - 1)
    shown: Sequence[DayPart] = today.parts[first : last + 1]
    hourly = len(shown) > most
    if hourly:
        grouped = groupby(shown, key=lambda part: (part.clock[:2], part.zone_name))
        shown = [_joined(tuple(parts)) for _, parts in grouped]
    return Chart(
        tuple(shown),
        hourly,
        before=_came(today.parts[:first]),
        after=_came(today.parts[last + 1 :]),
    )


def _minutes(part: DayPart) -> int:
    hour, minute = map(int, part.clock.split(":"))
    return hour * 60 + minute


def _came(parts: Iterable[DayPart]) -> int:
    return sum(part.came for part in parts)


def _joined(parts: tuple[DayPart, ...]) -> DayPart:
    usual = [part.usual for part in parts if part.usual is not None]
    return replace(
        parts[0], end=parts[-1].end, came=_came(parts), usual=sum(usual) if usual else None
    )
