"""The tickets behind the figures of half hours (STATS §7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from helpdesk.domain.periods import period_of_days
from helpdesk.stats.behind_calls import newest_first
from helpdesk.stats.calls import each_call
from helpdesk.stats.definitions import KINDS, counted_as, handle_s
from helpdesk.stats.facts import CallFact
from helpdesk.stats.heat_map import WEEKDAYS
from helpdesk.stats.measures import MEASURES
from helpdesk.stats.pieces import belongs_at
from helpdesk.stats.slot_sums import open_days
from helpdesk.stats.slots import Slot, apportioned, slot_of
from helpdesk.stats.source import Source

_LOAD: Final = frozenset({"workload_s", "erlangs"})
"""What is of the calls that were worked on in a half hour, whenever they began."""

_OF_A_DAY: Final = frozenset({"per_day", "clerks_needed", "in_time"})
"""What rests on the calls of open days."""

_ANYTHING: Final = frozenset(KINDS)


def tickets_of_half_hour(source: Source, key: str | None, column: str) -> list[int]:
    """The tickets behind one cell of the report by half hour.

    Args:
        source: What the report was made from.
        key: The half hour; ``None`` for all of them.
        column: The column.

    Returns:
        Their ids, newest call first.
    """
    first, after = source.days
    one_day = after - first == timedelta(days=1)
    placed = [*_calls_of_slots(source, _kinds(column), load=column in _LOAD)]
    if column in _OF_A_DAY and not one_day:
        placed = _on_open_days(source, placed)
    return newest_first(
        call for call, slot in placed if key in {None, str(slot) if one_day else slot.clock}
    )


def tickets_of_weekday(source: Source, key: str | None, column: str) -> list[int]:
    """The tickets behind one cell of the heat map.

    Args:
        source: What the report was made from.
        key: The half hour by the clock; ``None`` for all of them.
        column: A weekday, or what is of all of them.

    Returns:
        Their ids, newest call first.
    """
    started = [*_calls_of_slots(source, frozenset({"started"}))]
    placed = [each for each in _on_open_days(source, started) if key in {None, each[1].clock}]
    if column in WEEKDAYS:
        weekday = WEEKDAYS.index(column)
        placed = [each for each in placed if each[1].day.weekday() == weekday]
    elif column == "most":
        many = Counter(slot.day for _, slot in placed)
        fullest = max(many, key=lambda day: many[day], default=None)  # the first of several
        placed = [each for each in placed if each[1].day == fullest]
    return newest_first(call for call, _ in placed)


def _kinds(column: str) -> frozenset[str]:
    """What a call counts as that is behind a column of half hours."""
    if column == "clerks_taking_calls":
        return _ANYTHING
    measure = MEASURES.get("handle_s" if column in _LOAD else column)
    return frozenset({measure.behind if measure else "started"})


def _calls_of_slots(
    source: Source, kinds: frozenset[str], *, load: bool = False
) -> Iterator[tuple[CallFact, Slot]]:
    """Each call with the half hours in range in which it counts; the first call first.

    Calls that began the day before may reach into the range. Of which only the day is known is
    in no half hour.
    """
    period, by_end = source.scope.period, source.scope.by_end
    first, after = source.days
    longer = source.within(period_of_days(first - timedelta(days=1), after, period.zone))
    for call in each_call(source.port, longer.scope, source.progress):
        if call.precision == "day" or kinds.isdisjoint(counted_as(call)):
            continue
        if load:
            end = call.started_at + (handle_s(call) or 0)
            slots = [*apportioned(call.started_at, end, period.zone)]
        else:
            slots = [slot_of(belongs_at(call, by_end=by_end), period.zone)]
        yield from ((call, slot) for slot in slots if period.start <= slot.start < period.end)


def _on_open_days(
    source: Source, placed: list[tuple[CallFact, Slot]]
) -> list[tuple[CallFact, Slot]]:
    """Those on the days that means are of."""
    days = open_days(source)
    return [(call, slot) for call, slot in placed if slot.day in days]
