"""How calls change from span to span (STATS §8 and §9, R7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.holidays import federal_holidays
from helpdesk.domain.periods import period_of_days
from helpdesk.domain.tables import Table
from helpdesk.stats.definitions import Figures
from helpdesk.stats.measures import meanings, values
from helpdesk.stats.source import Source, reconciled
from helpdesk.stats.trend import Change, days_of, label_of

_MEASURES: Final = (
    "started", "handled", "dropped", "aht_s", "median_s", "p90_s", "repeat_adjusted_fcr",
    "repeat_rate",
)  # fmt: skip
_SHORT: Final = frozenset({"day", "week", "sunday-week"})
_LIMITS: Final = ((21, "day"), (200, "week"), (2_000, "month"))


def trend(source: Source) -> Table:
    """Calls by day, week, month or fiscal year, each beside the one before.

    A span that the period or the moment cuts off is compared with as many days of the one
    before, and marked.

    Args:
        source: What it is made from.

    Returns:
        The table.
    """
    first, after = source.days
    unit = source.unit or unit_for((after - first).days)
    days = _by_day(source, unit)
    last = min(after, local(source.scope.as_of, source.scope.period.zone).date())
    rows, keys, whole = [], [], Figures()
    for begin, end in _spans(first, after, unit):
        start, stop = max(begin, first), min(end, after)
        figures = _sum(days, start, stop)
        whole.add(figures)
        before = _sum(days, *_span_before(start, stop, begin, min(stop, last), unit))
        whole_span = (begin, end) == (start, stop) and stop <= last
        now = _sum(days, start, stop if whole_span else min(stop, last))
        change = Change(now.counts["started"], before.counts["started"])
        low, high = change.interval or (None, None)
        rows.append((
            label_of(begin, unit), *values(_MEASURES, figures), change.before,
            *(None if each is None else round(each, 3) for each in (change.value, low, high)),
            change.arrow, _marks(start, stop, whole_span=whole_span, unit=unit),
        ))  # fmt: skip
        keys.append(start.isoformat())
    return Table(
        title=f"Trend by {unit}",
        columns=(
            "span", *_MEASURES, "before", "change", "change_low", "change_high", "arrow", "marks",
        ),
        rows=tuple(rows),
        total=("total", *values(_MEASURES, whole), *(None,) * 6),
        footer=(reconciled(whole),),
        keys=tuple(keys),
        shown=(
            "span", "started", "handled", "aht_s", "repeat_adjusted_fcr", "before", "change",
            "change_low", "change_high", "arrow", "marks",
        ),
        meant=meanings(
            *_MEASURES,
            before=("before", "count", "started calls of the span before, of as many days"),
            change=("change", "times", "started calls divided by those of the span before"),
            change_low=("low", "times", "lower end of the change's 95 % interval"),
            change_high=("high", "times", "upper end of the change's 95 % interval"),
            arrow=("", "text", "up or down where the whole interval lies above or below 1"),
            marks=("", "text", "cut off: not a whole span; holiday: it has one"),
        ),
    )  # fmt: skip


def unit_for(days: int) -> str:
    """The span that suits a period.

    Args:
        days: How long the period is.

    Returns:
        One of ``UNITS``.
    """
    return next((unit for most, unit in _LIMITS if days <= most), "fy")


def _by_day(source: Source, unit: str) -> dict[str, Figures]:
    """The sums by day, those of the span before the first one included."""
    first, after = source.days
    begin = days_of(days_of(first, unit)[0] - timedelta(days=1), unit)[0]
    zone = source.scope.period.zone
    longer = replace(source, scope=replace(
        source.scope, period=period_of_days(begin, after, zone)))  # fmt: skip
    days: dict[str, Figures] = {}
    for piece in longer.pieces("symptom"):
        for figures in piece.values.values():
            days.setdefault(piece.place.day, Figures()).add(figures)
    return days


def _spans(first: date, after: date, unit: str) -> list[tuple[date, date]]:
    spans, day = [], first
    while day < after:
        spans.append(days_of(day, unit))
        day = spans[-1][1]
    return spans


def _span_before(
    start: date, stop: date, begin: date, known: date, unit: str
) -> tuple[date, date]:
    """The same part of the span before."""
    earlier = days_of(begin - timedelta(days=1), unit)[0]
    since = earlier + (start - begin)
    if known < stop or start != begin:
        return since, since + (max(known, start) - start)
    whole = days_of(begin, unit)[1] == stop
    return since, begin if whole else since + (stop - start)


def _sum(days: dict[str, Figures], first: date, after: date) -> Figures:
    found = Figures()
    for place in range((after - first).days):
        day = (first + timedelta(days=place)).isoformat()
        if day in days:
            found.add(days[day])
    return found


def _marks(start: date, stop: date, *, whole_span: bool, unit: str) -> str | None:
    marks = [] if whole_span else ["cut off"]
    days = (start + timedelta(days=place) for place in range((stop - start).days))
    if unit in _SHORT and any(day in federal_holidays(day.year) for day in days):
        marks.append("holiday")
    return ", ".join(marks) or None
