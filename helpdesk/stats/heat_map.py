"""When calls come: by weekday and half hour (STATS §7 and §9, R6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.definitions import Figures
from helpdesk.stats.measures import meanings
from helpdesk.stats.slot_sums import (
    assumed,
    going_on,
    mean_of,
    needed,
    open_days,
    opening_slots,
    reconciled_slots,
    slots_of_report,
    span_of,
    times_elapsed,
)
from helpdesk.stats.slots import Slot
from helpdesk.stats.source import Source, whole_of

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The columns of the days, Monday first."""

_MEANT: Final = meanings(
    **{
        name: (
            name.title(),
            "number",
            "started calls in the half hour on this weekday, divided by the open days it came on",
        )
        for name in WEEKDAYS
    },
    mean=(
        "mean",
        "number",
        "started calls in the half hour, divided by all open days that it came on",
    ),
    most=("most", "count", "most started calls of one day in the half hour"),
    clerks_needed=("needed", "count", "fewest clerks that meet the target at the busiest weekday"),
)


def heat_map(source: Source) -> Table:
    """Calls by weekday and half hour: the mean over the open days of each weekday.

    Args:
        source: What it is made from.

    Returns:
        The table; what was closed is blank and in no divisor.
    """
    found, apart = slots_of_report(source)
    days = open_days(source)
    times = times_elapsed(source, days)
    calls, most, closed = _counted(found, days)
    divisor = Counter(day.weekday() for day in days)
    shown = [day for day in range(7) if divisor[day]]
    whole = whole_of(found.values())
    aht = whole.mean_s("handle")
    names = span_of({name for _, name in calls if calls[_, name]} | opening_slots(source))
    rows: list[tuple[Figure, ...]] = []
    for name in names:
        means, mean_many = _means(calls, times, name)
        peak = max((each for each in means if each is not None), default=None)
        peaks = (None if mean_many is None else most[name], needed(source, peak, aht)[0])
        rows.append((name, *means, mean_many, *peaks))
    in_means = ", ".join(f"{WEEKDAYS[day].title()} {divisor[day]}" for day in shown) or "none"
    in_means += going_on(source, days)
    return Table(
        title="Calls by weekday and half hour",
        columns=("slot", *WEEKDAYS, "mean", "most", "clerks_needed"),
        rows=tuple(rows),
        footer=(
            reconciled_slots(whole, apart),
            f"days in the means: {in_means}; calls on closed days, in no mean: {closed:,}",
            *assumed(source),
        ),
        keys=tuple(names),
        shown=("slot", *(WEEKDAYS[day] for day in shown), "mean", "most", "clerks_needed"),
        meant=_MEANT,
    )


def _means(
    calls: Counter[tuple[int, str]], times: Counter[tuple[int, str]], name: str
) -> tuple[list[float | None], float | None]:
    """The means of one half hour by weekday, blank where it was never open, and of all days."""
    by_day = [mean_of(calls[day, name], times[day, name]) for day in range(7)]
    every = (sum(counter[day, name] for day in range(7)) for counter in (calls, times))
    return by_day, mean_of(*every)


def _counted(
    found: Mapping[Slot, Figures], days: Collection[date]
) -> tuple[Counter[tuple[int, str]], Counter[str], int]:
    """Calls by weekday and wall time, the most of one day, and those of closed days."""
    calls: Counter[tuple[int, str]] = Counter()
    most: Counter[str] = Counter()
    closed = 0
    for slot, figures in found.items():
        started, name = figures.counts["started"], slot.clock
        if slot.day in days:
            calls[slot.day.weekday(), name] += started
            most[name] = max(most[name], started)
        else:
            closed += started
    return calls, most, closed
