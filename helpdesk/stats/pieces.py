"""The sums of a report, piece by piece: a day of an office, by symptom, clerk or half hour."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal, NamedTuple

from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.port import Port
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import SPENT, Figures, Named, named, summed
from helpdesk.stats.facts import CallFact
from helpdesk.stats.scope import Scope
from helpdesk.stats.slots import Slot, apportioned, slot_of

Part = Literal["whole", "symptom", "clerk", "slot"]
"""By what the sums of a day are told apart; ``whole`` is by nothing."""

LENGTHS: Final[dict[Part, tuple[str, ...]]] = {
    "whole": SPENT, "symptom": ("handle",), "clerk": ("handle",), "slot": (),
}  # fmt: skip
"""All of them, with the lengths of which every value is kept, so that medians add up."""

Progress = Callable[[int, int], None]
"""Told how many days are done, and of how many."""

STRETCH_DAYS: Final = 7
"""How many days of raw rows are in memory at once."""


class Place(NamedTuple):
    """Where a piece belongs."""

    day: str
    """The date in the zone of the report."""

    court: str
    """The court's id."""

    office: str
    """The office's id."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The sums of one day at one office."""

    place: Place
    """Which."""

    values: dict[str, Figures]
    """By nothing, symptom, the clerk's id, or the second UTC in which the half hour began; empty
    where only the day is known."""


class Placed(NamedTuple):
    """A call with everything that it counts as, and where it belongs."""

    place: Place
    """The day and the office."""

    slot: int
    """When its half hour began, in seconds UTC."""

    named: Named
    """It, and what it counts as."""


def placed(calls: Iterable[CallFact], zone: str, *, by_end: bool = False) -> list[Placed]:
    """Say of each call where it belongs.

    Args:
        calls: The calls.
        zone: In which zone days and half hours are meant.
        by_end: Whether a call belongs to the half hour in which its wrap was over.

    Returns:
        They, in the same order.
    """
    days: dict[Slot, str] = {}
    found = []
    for each in named(calls):
        call = each.call
        slot = slot_of(belongs_at(call, by_end=by_end) if by_end else call.started_at, zone)
        if (day := days.get(slot)) is None:
            day = days[slot] = slot.day.isoformat()
        found.append(Placed(Place(day, call.court, call.office), slot.start, each))
    return found


def sum_up(calls: Iterable[Placed], part: Part, zone: str) -> list[Piece]:
    """Sum up calls.

    Args:
        calls: The calls.
        part: By what.
        zone: In which zone days and half hours are meant.

    Returns:
        The pieces.
    """
    grouped: dict[Place, dict[str, list[Named]]] = {}
    key_of = _KEYS[part]
    for each in calls:
        groups = grouped.get(each.place)
        if groups is None:
            groups = grouped[each.place] = {}
        groups.setdefault(key_of(each), []).append(each.named)
    return [Piece(place, _values(groups, part, zone)) for place, groups in sorted(grouped.items())]


_KEYS: Final[dict[Part, Callable[[Placed], str]]] = {
    "whole": lambda _: "",
    "symptom": lambda each: each.named.call.symptom,
    "clerk": lambda each: str(each.named.call.clerk),
    "slot": lambda each: str(each.slot) if each.named.call.precision != "day" else "",
}


def belongs_at(call: CallFact, *, by_end: bool) -> int:
    """At which moment a call counts in a report of half hours.

    Args:
        call: The call.
        by_end: Whether where its wrap was over, as phone systems count; a running call has no
            such moment.

    Returns:
        Seconds UTC.
    """
    over = call.wrapped_at if call.outcome is not None else None
    return over if by_end and over is not None else call.started_at


def _values(groups: dict[str, list[Named]], part: Part, zone: str) -> dict[str, Figures]:
    known = {key: summed(calls, LENGTHS[part]) for key, calls in groups.items()}
    values = defaultdict(Figures, known)
    for key, calls in groups.items():
        if part == "clerk":
            values[key].counts.update(_of_clerk(calls))
        if part == "slot":
            values[key].counts["clerks"] = len({call.clerk for call, _, _ in calls})
            for start, seconds in _workload(calls, zone).items() if key else ():
                values[start].counts["workload_s"] += seconds
    return dict(values)


def _of_clerk(calls: Iterable[Named]) -> Counter[str]:
    """What a clerk was occupied by, and what the timed calls were about (STATS §6)."""
    about: defaultdict[str, list[int]] = defaultdict(list)
    occupied = busy_to = 0
    for call, names, length in calls:
        if length is None or not occupies(names[0], length):
            continue
        if names[0] == "counted":
            about[call.symptom].append(length)
        end = call.started_at + length
        occupied += max(0, end - max(call.started_at, busy_to))
        busy_to = max(busy_to, end)
    counts = Counter(occupied_s=occupied)
    for symptom, lengths in about.items():
        counts[f"calls about {symptom}"] = len(lengths)
        counts[f"seconds about {symptom}"] = sum(lengths)
    return counts


def occupies(kind: str, length: int | None) -> bool:
    """Whether a call is among those that a clerk is occupied by.

    Args:
        kind: What it counts as.
        length: Its handle time in seconds; ``None`` when it is not known.

    Returns:
        Whether it is a timed call or callback.
    """
    return length is not None and kind in {"counted", "outbound"}


def _workload(calls: Iterable[Named], zone: str) -> Counter[str]:
    seconds: Counter[str] = Counter()
    for call, names, length in calls:
        if length and names[0] == "counted":
            for slot, part in apportioned(call.started_at, call.started_at + length, zone).items():
                seconds[str(slot.start)] += part
    return seconds


def raw_pieces(
    port: Port,
    scope: Scope,
    part: Part,
    progress: Progress | None = None,
    *,
    alone: bool = False,
) -> Iterator[Piece]:
    """Sum up the rows of a report, some days at a time.

    Args:
        port: The database.
        scope: What the report is about.
        part: By what.
        progress: Told after each stretch of days.
        alone: Whether nothing that is wanted depends on calls before and after.

    Yields:
        The pieces, in the order of the days.
    """
    stretches = list(stretches_of(scope.period, scope.end))
    for done, stretch in enumerate(stretches, 1):
        zone, by_end = scope.period.zone, scope.by_end and part == "slot"
        calls = fetch_calls(port, replace(scope, period=stretch), alone=alone)
        yield from sum_up(placed(calls, zone, by_end=by_end), part, zone)
        if progress is not None:
            progress(done, len(stretches))


def stretches_of(period: Period, end: int, days: int = STRETCH_DAYS) -> Iterator[Period]:
    """Cut a period into stretches of a few whole days.

    Args:
        period: The period.
        end: The second after the last that is wanted, in seconds UTC.
        days: How many days a stretch has at most.

    Yields:
        The stretches, in order.
    """
    start = period.start
    while start < min(period.end, end):
        day = local(start, period.zone).date()
        after = period_of_days(day, day + timedelta(days=days), period.zone).end
        yield Period(start, min(after, period.end), period.zone)
        start = after
