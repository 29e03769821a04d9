"""How calls change from span to span (STATS §8 and §9, R7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.holidays import federal_holidays
from helpdesk.domain.periods import period_of_days
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.behind_calls import tickets_of_calls
from helpdesk.stats.changes import UNKNOWN, change_cells, compared_words, not_compared
from helpdesk.stats.definitions import Figures
from helpdesk.stats.measures import meanings, values
from helpdesk.stats.source import Source, reconciled
from helpdesk.stats.trend import Span, days_of, label_of

_MEASURES: Final = (
    "started", "handled", "dropped", "aht_s", "median_s", "p90_s", "repeat_adjusted_fcr",
    "repeat_rate",
)  # fmt: skip
_COLUMNS: Final = (
    "span", *_MEASURES, "before", "change", "change_low", "change_high", "arrow", "marks",
)  # fmt: skip
_SHOWN: Final = (
    "span", "started", "handled", "aht_s", "repeat_adjusted_fcr", "before", "change",
    "change_low", "change_high", "arrow", "marks",
)  # fmt: skip
_MEANT: Final = meanings(
    *_MEASURES,
    marks=("", "text", "cut off: not a whole span; holiday: it has one"),
) | compared_words("span")
_SHORT: Final = frozenset({"day", "week", "sunday-week"})
_LIMITS: Final = ((21, "day"), (200, "week"), (2_000, "month"))


def trend(source: Source) -> Table:
    """Calls by day, week, month or fiscal year, each beside the one before.

    A span that the period or the moment cuts off is compared with the same days of the one
    before, as far as that has them, and marked. With a span that begins before the first call
    none is compared.

    Args:
        source: What it is made from.

    Returns:
        The table.
    """
    first, after = source.days
    unit = source.unit or unit_for((after - first).days)
    days, spans = _by_day(source, unit), _spans_of(source, unit)
    whole = _sum(days, first, after)
    return Table(
        title=f"Trend by {unit}",
        columns=_COLUMNS,
        rows=tuple(_row(source, days, span, unit) for span in spans),
        total=("total", *values(_MEASURES, whole), *(None,) * 6),
        footer=(reconciled(whole), *not_compared(source, _before(source, spans[0], unit)[0])),
        keys=tuple(span.start.isoformat() for span in spans),
        shown=_SHOWN,
        meant=_MEANT,
    )


def tickets_before(source: Source, key: str | None) -> list[int]:
    """The tickets of the calls that a span of a trend is compared with.

    Args:
        source: What the report was made from.
        key: The first day of the span; ``None`` for all of them, which are compared with none.

    Returns:
        Their ids, newest call first.
    """
    first, after = source.days
    unit = source.unit or unit_for((after - first).days)
    found = (each for each in _spans_of(source, unit) if each.start.isoformat() == key)
    span = next(found, None)
    before = _before(source, span, unit) if span else (first, first)
    if before[0] >= before[1] or not source.knows(before):
        return []
    period = period_of_days(*before, source.scope.period.zone)
    return tickets_of_calls(source.within(period), "started")


def _row(source: Source, days: Mapping[str, Figures], span: Span, unit: str) -> tuple[Figure, ...]:
    whole = span.is_whole(source.known)
    figures = _sum(days, span.start, span.stop)
    now = figures if whole else _sum(days, *span.days_over(source.known))
    before = _before(source, span, unit)
    return (
        label_of(span.begin, unit), *values(_MEASURES, figures),
        *(change_cells(now, _sum(days, *before)) if source.knows(before) else UNKNOWN),
        _marks(span, whole=whole, unit=unit),
    )  # fmt: skip


def _before(source: Source, span: Span, unit: str) -> tuple[date, date]:
    earlier = days_of(span.begin - timedelta(days=1), unit)[0]
    return span.days_before(earlier, source.known)


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
    for piece in longer.pieces("whole", by_day=True):
        for figures in piece.values.values():
            days.setdefault(piece.place.day, Figures()).add(figures)
    return days


def _spans_of(source: Source, unit: str) -> list[Span]:
    first, after = source.days
    return [
        Span(max(begin, first), min(end, after), begin, end)
        for begin, end in _spans(first, after, unit)
    ]


def _spans(first: date, after: date, unit: str) -> list[tuple[date, date]]:
    spans, day = [], first
    while day < after:
        spans.append(days_of(day, unit))
        day = spans[-1][1]
    return spans


def _sum(days: Mapping[str, Figures], first: date, after: date) -> Figures:
    found = Figures()
    for place in range((after - first).days):
        day = (first + timedelta(days=place)).isoformat()
        if day in days:
            found.add(days[day])
    return found


def _marks(span: Span, *, whole: bool, unit: str) -> str | None:
    marks = [] if whole else ["cut off"]
    days = (span.start + timedelta(days=place) for place in range((span.stop - span.start).days))
    if unit in _SHORT and any(day in federal_holidays(day.year) for day in days):
        marks.append("holiday")
    return ", ".join(marks) or None
