"""When calls come: by half hour, and how many clerks they need (STATS §7 and §9, R5)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.definitions import Figures
from helpdesk.stats.measures import meanings, rounded, values
from helpdesk.stats.slot_sums import (
    assumed,
    mean_of,
    needed,
    open_days,
    opening_slots,
    reached,
    reconciled_slots,
    slots_of_report,
    span_of,
    times_elapsed,
)
from helpdesk.stats.slots import USUAL_LENGTH, Slot, lengths_of_day
from helpdesk.stats.source import Source, whole_of

_SLOT_SECONDS: Final = USUAL_LENGTH * 60
_MEASURES: Final = (
    "started", "handled", "dropped", "talk_mean_s", "hold_mean_s", "wrap_mean_s", "aht_s",
)  # fmt: skip
_COLUMNS: Final = (
    "slot", "per_day", *_MEASURES, "workload_s", "erlangs", "clerks_needed", "in_time",
    "clerks_taking_calls",
)  # fmt: skip
_SHOWN: Final = (
    "slot", "per_day", "started", "handled", "aht_s", "workload_s", "erlangs", "clerks_needed",
    "in_time", "clerks_taking_calls",
)  # fmt: skip
_IN_MEANS: Final = ("started", "workload_s", "clerks")
_MEANT: Final = meanings(
    *_MEASURES,
    per_day=(
        "calls a day",
        "number",
        (
            "started calls of the half hour, divided by how often it came on open days; "
            "closed days, holidays and days that had not reached it are not in the divisor"
        ),
    ),
    workload_s=(
        "workload",
        "seconds",
        "handle time that falls into the half hour, apportioned by second",
    ),
    erlangs=(
        "Erlangs",
        "number",
        "workload of an open day ÷ 1,800 s: clerks busy on average",
    ),
    clerks_needed=("needed", "count", "fewest clerks that meet the target (Erlang C)"),
    in_time=("in time", "share", "calls answered in time with so many clerks"),
    clerks_taking_calls=(
        "clerks",
        "number",
        "clerks who took a call in the half hour, on a mean open day",
    ),
)


def by_half_hour(source: Source) -> Table:
    """Calls by half hour: of one day as it was, of several days the mean of an open day.

    Args:
        source: What it is made from.

    Returns:
        The table; both hours that a clock shows twice have rows of their own on a single day,
        and what was closed is blank where a mean would stand.
    """
    found, apart = slots_of_report(source)
    first, after = source.days
    one_day = after - first == timedelta(days=1)
    days = open_days(source)
    groups: defaultdict[str, Figures] = defaultdict(Figures)
    for slot, figures in found.items():
        groups[_name(slot, one_day=one_day)].add(figures)
    times = _times(source, days, one_day=one_day)
    order = _order(source, groups, one_day=one_day)
    whole = whole_of(groups.values())
    aht = whole.mean_s("handle")
    opened = _opened(found, days, one_day=one_day)
    rows = tuple(
        (name, *_cells(source, groups.get(name, Figures()), times[name], opened[name], aht))
        for name in order
    )
    return Table(
        title="Calls by half hour",
        columns=_COLUMNS,
        rows=rows,
        total=("total", None, *values(_MEASURES, whole), whole.counts["workload_s"], *(None,) * 4),
        footer=(reconciled_slots(whole, apart), _closed(whole, opened), *assumed(source)),
        keys=tuple(order),
        shown=_SHOWN,
        meant=_MEANT,
    )  # fmt: skip


def _opened(
    found: Mapping[Slot, Figures], days: set[date], *, one_day: bool
) -> defaultdict[str, Counter[str]]:
    """What means are made of: the sums of open days by the row's name."""
    opened: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for slot, figures in found.items():
        if slot.day in days:
            counts = {each: figures.counts[each] for each in _IN_MEANS}
            opened[_name(slot, one_day=one_day)].update(counts)
    return opened


def _closed(whole: Figures, opened: Mapping[str, Counter[str]]) -> str:
    closed = whole.counts["started"] - sum(each["started"] for each in opened.values())
    return f"calls on closed days, in no mean: {closed:,}"


def _times(source: Source, days: set[date], *, one_day: bool) -> Counter[str]:
    if one_day:
        return Counter(str(slot) for day in days for slot in reached(source, day))
    times: Counter[str] = Counter()
    for (_, name), many in times_elapsed(source, days).items():
        times[name] += many
    return times


def _order(source: Source, groups: dict[str, Figures], *, one_day: bool) -> list[str]:
    if one_day:
        day = source.days[0]
        every = [str(slot) for slot in lengths_of_day(day, source.scope.period.zone)]
        busy = [place for place, name in enumerate(every) if _busy(groups.get(name))]
        opening = opening_slots(source)
        busy += [place for place, name in enumerate(every) if name[:5] in opening]
        return every[min(busy, default=0) : max(busy, default=-1) + 1]
    return span_of(
        {name for name, figures in groups.items() if _busy(figures)} | opening_slots(source)
    )


def _busy(figures: Figures | None) -> bool:
    return figures is not None and bool(figures.counts["started"] or figures.counts["workload_s"])


def _cells(
    source: Source, figures: Figures, many: int, opened: Counter[str], aht: float | None
) -> tuple[Figure, ...]:
    """The cells of a half hour that came so many times, with the sums of open days."""
    per_day, load = (mean_of(opened[each], many, 6) for each in ("started", "workload_s"))
    erlangs = None if load is None else load / _SLOT_SECONDS
    clerks, in_time = needed(source, per_day, aht)
    return (
        rounded(per_day), *values(_MEASURES, figures), figures.counts["workload_s"],
        rounded(erlangs), clerks, in_time, mean_of(opened["clerks"], many),
    )  # fmt: skip


def _name(slot: Slot, *, one_day: bool) -> str:
    return str(slot) if one_day else slot.clock
