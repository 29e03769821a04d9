"""When calls come: by half hour, and by weekday and half hour (STATS §7 and §9, R5 and R6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from helpdesk.domain.periods import period_of_days
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.definitions import Figures, mean
from helpdesk.stats.measures import meanings, values
from helpdesk.stats.slots import USUAL_LENGTH, Slot, lengths_of_day, slot_of
from helpdesk.stats.source import Source, grouped, reconciled
from helpdesk.stats.staffing import ASSUMPTIONS, WITHOUT_LIMIT, clerks_needed, load_of

_SLOT_SECONDS: Final = USUAL_LENGTH * 60
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MEASURES: Final = (
    "started", "handled", "dropped", "talk_mean_s", "hold_mean_s", "wrap_mean_s", "aht_s",
)  # fmt: skip


def by_half_hour(source: Source) -> Table:
    """Calls by half hour: of one day as it was, of several days the mean of an open day.

    Args:
        source: What it is made from.

    Returns:
        The table; both hours that a clock shows twice have rows of their own on a single day.
    """
    found = _by_slot(source)
    first, after = source.days
    one_day = after - first == timedelta(days=1)
    days = _open_days(source, found)
    groups: defaultdict[str, Figures] = defaultdict(Figures)
    for slot, figures in found.items():
        groups[str(slot) if one_day else f"{slot.wall:%H:%M}"].add(figures)
    times: Counter[str] = Counter()
    for (_, name), many in _elapsed(source, days).items():
        times[name] += many
    order = _order(source, groups, one_day=one_day)
    whole = _whole(groups.values())
    aht = mean(whole.spent["handle"])
    rows = []
    for name in order:
        figures = groups.get(name, Figures())
        many = 1 if one_day else times[name]
        rows.append((name, *_cells(source, figures, many, aht)))
    return Table(
        title="Calls by half hour",
        columns=(
            "slot", "per_day", *_MEASURES, "workload_s", "erlangs", "clerks_needed", "in_time",
            "clerks_taking_calls",
        ),
        rows=tuple(rows),
        total=("total", None, *values(_MEASURES, whole), whole.counts["workload_s"], *(None,) * 4),
        footer=(reconciled(whole), *_assumed(source)),
        keys=tuple(order),
        shown=(
            "slot", "per_day", "started", "handled", "aht_s", "workload_s", "erlangs",
            "clerks_needed", "in_time", "clerks_taking_calls",
        ),
        meant=meanings(
            *_MEASURES,
            per_day=(
                "calls a day", "number",
                ("started calls of the half hour, divided by how often it came on open days; "
                "closed days and holidays are not in the divisor"),
            ),
            workload_s=(
                "workload", "seconds",
                "handle time that falls into the half hour, apportioned by second",
            ),
            erlangs=("Erlangs", "number", "workload a day ÷ 1,800 s: clerks busy on average"),
            clerks_needed=("needed", "text", "fewest clerks that meet the target (Erlang C)"),
            in_time=("in time", "share", "calls answered in time with so many clerks"),
            clerks_taking_calls=(
                "clerks", "number", "clerks who took a call in the half hour, on a mean day"
            ),
        ),
    )  # fmt: skip


def heat_map(source: Source) -> Table:
    """Calls by weekday and half hour: the mean over the open days of each weekday.

    Args:
        source: What it is made from.

    Returns:
        The table; what was closed is blank and in no divisor.
    """
    found = _by_slot(source)
    days = _open_days(source, found)
    times = _elapsed(source, days)
    calls: Counter[tuple[int, str]] = Counter()
    most: Counter[str] = Counter()
    closed = 0
    for slot, figures in found.items():
        started, name = figures.counts["started"], f"{slot.wall:%H:%M}"
        if slot.day in days:
            calls[slot.day.weekday(), name] += started
            most[name] = max(most[name], started)
        else:
            closed += started
    divisor = Counter(day.weekday() for day in days)
    shown = [day for day in range(7) if divisor[day]]
    whole = _whole(found.values())
    aht = mean(whole.spent["handle"])
    rows = []
    names = _span({name for _, name in calls if calls[_, name]} | _opening(source))
    for name in names:
        means = [
            _mean(calls[day, name], times[day, name]) if times[day, name] else None
            for day in range(7)
        ]
        known = [each for each in means if each is not None]
        peak = max(known, default=0.0)
        rows.append((
            name, *means,
            _mean(sum(calls[day, name] for day in shown), sum(times[day, name] for day in shown)),
            most[name], _needed(source, peak, aht)[0],
        ))  # fmt: skip
    return Table(
        title="Calls by weekday and half hour",
        columns=("slot", *_WEEKDAYS, "mean", "most", "clerks_needed"),
        rows=tuple(rows),
        footer=(
            reconciled(whole),
            "days in the means: "
            + ", ".join(f"{_WEEKDAYS[day].title()} {divisor[day]}" for day in shown)
            + f"; calls on closed days, in no mean: {closed:,}",
            *_assumed(source),
        ),
        keys=tuple(names),
        shown=(
            "slot", *(_WEEKDAYS[day] for day in shown), "mean", "most", "clerks_needed",
        ),
        meant=meanings(
            **{
                name: (
                    name.title(), "number",
                    "started calls in the half hour on this weekday, divided by its open days",
                )
                for name in _WEEKDAYS
            },
            mean=("mean", "number", "started calls in the half hour, divided by all open days"),
            most=("most", "count", "most started calls of one day in the half hour"),
            clerks_needed=(
                "needed", "text", "fewest clerks that meet the target at the busiest weekday"
            ),
        ),
    )  # fmt: skip


def _by_slot(source: Source) -> dict[Slot, Figures]:
    """The sums of each half hour in range; work that began the day before reaches into it."""
    period = source.scope.period
    first, after = source.days
    longer = source.within(period_of_days(first - timedelta(days=1), after, period.zone))
    groups, _ = grouped(longer.pieces("slot"), lambda _, value: value)
    return {
        slot_of(int(start), period.zone): figures
        for start, figures in groups.items()
        if period.start <= int(start) < period.end
    }


def _open_days(source: Source, found: dict[Slot, Figures]) -> set[date]:
    """Days on which the office was open, or on which somebody called all the same."""
    zone = source.scope.period.zone
    first, after = source.days
    last = min(after, slot_of(source.scope.as_of, zone).day + timedelta(days=1))
    days = set()
    for place in range((last - first).days):
        day = first + timedelta(days=place)
        period = period_of_days(day, day + timedelta(days=1), zone)
        if source.calendar.seconds_open(period.start, period.end):
            days.add(day)
    return days or {slot.day for slot in found}


def _elapsed(source: Source, days: set[date]) -> Counter[tuple[int, str]]:
    """How often each wall time came: twice on the day on which the clocks go back."""
    times: Counter[tuple[int, str]] = Counter()
    for day in days:
        for slot in lengths_of_day(day, source.scope.period.zone):
            times[day.weekday(), f"{slot.wall:%H:%M}"] += 1
    return times


def _order(source: Source, groups: dict[str, Figures], *, one_day: bool) -> list[str]:
    if one_day:
        day = source.days[0]
        every = [str(slot) for slot in lengths_of_day(day, source.scope.period.zone)]
        busy = [place for place, name in enumerate(every) if _busy(groups.get(name))]
        opening = _opening(source)
        busy += [place for place, name in enumerate(every) if name[:5] in opening]
        return every[min(busy, default=0) : max(busy, default=-1) + 1]
    return _span({name for name, figures in groups.items() if _busy(figures)} | _opening(source))


def _busy(figures: Figures | None) -> bool:
    return figures is not None and bool(figures.counts["started"] or figures.counts["workload_s"])


def _opening(source: Source) -> set[str]:
    """The wall times of the half hours in which the office is usually open."""
    names = set()
    for hours in source.calendar.hours:
        for opens, closes in hours:
            for minute in range(opens - opens % USUAL_LENGTH, closes, USUAL_LENGTH):
                names.add(f"{minute // 60:02}:{minute % 60:02}")
    return names


def _span(names: set[str]) -> list[str]:
    """Every half hour from the first to the last."""
    if not names:
        return []
    begin = datetime.combine(date.min, time())
    every = (f"{begin + timedelta(minutes=USUAL_LENGTH * n):%H:%M}" for n in range(48))
    return [name for name in every if min(names) <= name <= max(names)]


def _whole(groups: Iterable[Figures]) -> Figures:
    whole = Figures()
    for figures in groups:
        whole.add(figures)
    return whole


def _cells(source: Source, figures: Figures, many: int, aht: float | None) -> tuple[Figure, ...]:
    load = _mean(figures.counts["workload_s"], many, 6)
    needed, in_time = _needed(source, _mean(figures.counts["started"], many, 6), aht)
    return (
        _mean(figures.counts["started"], many), *values(_MEASURES, figures),
        figures.counts["workload_s"], round(load / _SLOT_SECONDS, 3), needed, in_time,
        _mean(figures.counts["clerks"], many),
    )  # fmt: skip


def _needed(source: Source, calls: float, aht: float | None) -> tuple[str | None, float | None]:
    if aht is None:
        return None, None
    found = clerks_needed(load_of(calls, aht, USUAL_LENGTH), aht, source.target)
    if found.without_limit or found.in_time is None:
        return WITHOUT_LIMIT, None
    return str(found.clerks), round(100 * found.in_time, 1)


def _mean(value: int, times: int, places: int = 3) -> float:
    return round(value / times, places) if times else 0.0


def _assumed(source: Source) -> tuple[str, ...]:
    target = source.target
    said = f"needed: {target.percent} % answered in {target.within_s} s at the AHT of all calls"
    return (f"{said}; {ASSUMPTIONS}",)
