"""Half hours of a report: their sums, which days count, and the clerks they need (STATS §7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.periods import period_of_days
from helpdesk.stats.definitions import KINDS, Figures
from helpdesk.stats.slots import USUAL_LENGTH, Slot, lengths_of_day, slot_of
from helpdesk.stats.source import Source, added_up, reconciled, whole_of
from helpdesk.stats.staffing import ASSUMPTIONS, clerks_needed, load_of

_USUAL_DAY: Final = 86_400
"""Seconds of a day on which the clocks are not changed: every half hour comes once."""


def slots_of_report(source: Source) -> tuple[dict[Slot, Figures], Figures]:
    """Sum up each half hour in range; work that began the day before reaches into it.

    Args:
        source: What a report is made from.

    Returns:
        The sums by half hour, and those of calls of which only the day is known.
    """
    period = source.scope.period
    first, after = source.days
    longer = source.within(period_of_days(first - timedelta(days=1), after, period.zone))
    groups = added_up(longer.pieces("slot"), lambda _, value: value)
    apart = added_up(source.pieces("slot"), lambda _, value: value) if "" in groups else {}
    found = {
        slot_of(int(start), period.zone): figures
        for start, figures in groups.items()
        if start and period.start <= int(start) < period.end
    }
    return found, apart.get("", Figures())


def open_days(source: Source) -> set[date]:
    """Name the days on which the office was open: those of the divisors.

    Args:
        source: What a report is made from.

    Returns:
        The days; none where it was closed all the time.
    """
    zone = source.scope.period.zone
    first, after = source.days
    last = min(after, slot_of(source.scope.as_of, zone).day + timedelta(days=1))
    days = set()
    for place in range((last - first).days):
        day = first + timedelta(days=place)
        period = period_of_days(day, day + timedelta(days=1), zone)
        if source.calendar.seconds_open(period.start, period.end):
            days.add(day)
    return days


def times_elapsed(source: Source, days: set[date]) -> Counter[tuple[int, str]]:
    """Count how often each wall time came: twice on the day on which the clocks go back.

    Of the day that still goes on a half hour counts once it has begun: before that nobody could
    have called in it.

    Args:
        source: What a report is made from.
        days: The days that count.

    Returns:
        The numbers by weekday and wall time.
    """
    zone, as_of = source.scope.period.zone, source.scope.as_of
    times: Counter[tuple[int, str]] = Counter()
    usual: Counter[int] = Counter()
    for day in days:
        period = period_of_days(day, day + timedelta(days=1), zone)
        if period.end - period.start == _USUAL_DAY and period.end <= as_of:
            usual[day.weekday()] += 1
        else:
            times.update((day.weekday(), slot.clock) for slot in reached(source, day))
    for name in span_of({"00:00", "23:30"}):
        for weekday, many in usual.items():
            times[weekday, name] += many
    return times


def reached(source: Source, day: date) -> Iterator[Slot]:
    """Name the half hours of a day that had begun at as-of.

    Args:
        source: What a report is made from.
        day: The day.

    Yields:
        The half hours, the first first.
    """
    slots = lengths_of_day(day, source.scope.period.zone)
    return (slot for slot in slots if slot.start <= source.scope.as_of)


def going_on(source: Source, days: Collection[date]) -> str:
    """Say of the day that still goes on how far it has come.

    Args:
        source: What a report is made from.
        days: The days that count.

    Returns:
        What follows their number; nothing where all of them are over.
    """
    as_of, zone = source.scope.as_of, source.scope.period.zone
    now, is_over = local(as_of, zone), local(as_of + 1, zone).time() == time()
    return "" if is_over or now.date() not in days else f" (the last only up to {now:%H:%M})"


def opening_slots(source: Source) -> set[str]:
    """Name the half hours in which the office is usually open.

    Args:
        source: What a report is made from.

    Returns:
        Their wall times.
    """
    names = set()
    for hours in source.calendar.hours:
        for opens, closes in hours:
            for minute in range(opens - opens % USUAL_LENGTH, closes, USUAL_LENGTH):
                names.add(f"{minute // 60:02}:{minute % 60:02}")
    return names


def span_of(names: set[str]) -> list[str]:
    """Name every half hour from the first to the last.

    Args:
        names: Some wall times.

    Returns:
        The wall times between them, in order.
    """
    if not names:
        return []
    begin = datetime.combine(date.min, time())
    every = (f"{begin + timedelta(minutes=USUAL_LENGTH * n):%H:%M}" for n in range(48))
    return [name for name in every if min(names) <= name <= max(names)]


def needed(
    source: Source, calls: float | None, aht: float | None
) -> tuple[int | None, float | None]:
    """Say how many clerks calls need (STATS §7).

    Args:
        source: Says the target.
        calls: How many begin in a half hour; ``None`` when it is not known.
        aht: Their mean handle time, in seconds; ``None`` when it is not known.

    Returns:
        The clerks, and which part of the calls is then answered in time, in per cent.
    """
    if aht is None or calls is None:
        return None, None
    found = clerks_needed(load_of(calls, aht, USUAL_LENGTH), aht, source.target)
    return found.clerks, None if found.in_time is None else round(100 * found.in_time, 1)


def mean_of(value: int, times: int, places: int = 3) -> float | None:
    """Divide a count by how often it could be counted.

    Args:
        value: The count.
        times: How often.
        places: How many decimals are kept.

    Returns:
        The mean; ``None`` of nothing.
    """
    return round(value / times, places) if times else None


def reconciled_slots(whole: Figures, apart: Figures) -> str:
    """Say where every call in range went, those included that are in no half hour.

    Args:
        whole: The sums of all half hours.
        apart: Those of calls of which only the day is known.

    Returns:
        One line that adds up.
    """
    said = reconciled(whole_of((whole, apart)))
    days = sum(apart.counts[kind] for kind in KINDS)
    return f"{said}; in no half hour, only their day is known: {days:,}" if days else said


def assumed(source: Source) -> tuple[str, ...]:
    """Say what the clerks needed rest on.

    Args:
        source: Says the target.

    Returns:
        Lines for the foot of a report.
    """
    target = source.target
    said = f"needed: {target.percent} % answered in {target.within_s} s at the AHT of all calls"
    return (f"{said}; {ASSUMPTIONS}",)
