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
from helpdesk.stats.definitions import SPENT, Figures, figures_of, handle_s, kind_of
from helpdesk.stats.facts import CallFact
from helpdesk.stats.scope import Scope
from helpdesk.stats.slots import apportioned, slot_of

Part = Literal["whole", "symptom", "clerk", "slot"]
"""By what the sums of a day are told apart; ``whole`` is by nothing."""

LENGTHS: Final[dict[Part, tuple[str, ...]]] = {
    "whole": SPENT, "symptom": ("handle",), "clerk": ("handle",), "slot": (),
}  # fmt: skip
"""All of them, with the lengths of which every value is kept, so that medians add up."""

Progress = Callable[[int, int], None]
"""Told how many days are done, and of how many."""

STRETCH_DAYS: Final = 14
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


def sum_up(
    calls: Iterable[CallFact], part: Part, zone: str, *, by_end: bool = False
) -> list[Piece]:
    """Sum up calls.

    Args:
        calls: The calls.
        part: By what.
        zone: In which zone days and half hours are meant.
        by_end: Whether a call belongs to the half hour in which its wrap was over.

    Returns:
        The pieces.
    """
    grouped: dict[Place, dict[str, list[CallFact]]] = {}
    for call in calls:
        slot = slot_of(belongs_at(call, by_end=by_end), zone)
        key = {
            "whole": "", "symptom": call.symptom, "clerk": str(call.clerk),
            "slot": str(slot.start) if call.precision != "day" else "",
        }[part]  # fmt: skip
        place = Place(slot.day.isoformat(), call.court, call.office)
        grouped.setdefault(place, {}).setdefault(key, []).append(call)
    return [Piece(place, _values(groups, part, zone)) for place, groups in sorted(grouped.items())]


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


def _values(groups: dict[str, list[CallFact]], part: Part, zone: str) -> dict[str, Figures]:
    values: defaultdict[str, Figures] = defaultdict(Figures)
    for key, calls in groups.items():
        values[key].add(figures_of(calls, LENGTHS[part]))
        if part == "clerk":
            values[key].counts.update(_of_clerk(calls))
        if part == "slot":
            values[key].counts["clerks"] = len({call.clerk for call in calls})
            for start, seconds in _workload(calls, zone).items() if key else ():
                values[start].counts["workload_s"] += seconds
    return dict(values)


def _of_clerk(calls: Iterable[CallFact]) -> Counter[str]:
    """What a clerk was occupied by, and what the timed calls were about (STATS §6)."""
    counts: Counter[str] = Counter()
    busy_to = 0
    for call in calls:
        kind, length = kind_of(call), handle_s(call)
        if kind == "counted" and length is not None:
            counts[f"calls about {call.symptom}"] += 1
            counts[f"seconds about {call.symptom}"] += length
        if kind in {"counted", "outbound"} and length is not None:
            end = call.started_at + length
            counts["occupied_s"] += max(0, end - max(call.started_at, busy_to))
            busy_to = max(busy_to, end)
    return counts


def _workload(calls: Iterable[CallFact], zone: str) -> Counter[str]:
    seconds: Counter[str] = Counter()
    for call in calls:
        if kind_of(call) == "counted" and (length := handle_s(call)):
            for slot, part in apportioned(call.started_at, call.started_at + length, zone).items():
                seconds[str(slot.start)] += part
    return seconds


def raw_pieces(
    port: Port, scope: Scope, part: Part, progress: Progress | None = None
) -> Iterator[Piece]:
    """Sum up the rows of a report, some days at a time.

    Args:
        port: The database.
        scope: What the report is about.
        part: By what.
        progress: Told after each stretch of days.

    Yields:
        The pieces, in the order of the days.
    """
    stretches = list(stretches_of(scope.period, scope.end))
    for done, stretch in enumerate(stretches, 1):
        yield from sum_up(
            fetch_calls(port, replace(scope, period=stretch)),
            part,
            scope.period.zone,
            by_end=scope.by_end and part == "slot",
        )
        if progress is not None:
            progress(done, len(stretches))


def stretches_of(period: Period, end: int) -> Iterator[Period]:
    """Cut a period into stretches of a few whole days.

    Args:
        period: The period.
        end: The second after the last that is wanted, in seconds UTC.

    Yields:
        The stretches, in order.
    """
    start = period.start
    while start < min(period.end, end):
        day = local(start, period.zone).date()
        after = period_of_days(day, day + timedelta(days=STRETCH_DAYS), period.zone).end
        yield Period(start, min(after, period.end), period.zone)
        start = after
