"""How the calls of each row of a report went from span to span, for a small picture beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.sparks import Sparks
from helpdesk.stats.pieces import Part, Place
from helpdesk.stats.rollups import MONTH
from helpdesk.stats.source import Source
from helpdesk.stats.trend import days_of
from helpdesk.stats.trends import unit_for

_MOST: Final = 40
"""More spans than that are no small picture."""


_ROWS: Final[Mapping[str, tuple[Part, Callable[[Place, str], str]]]] = {
    "by-symptom": ("symptom", lambda _, value: value),
    "by-clerk": ("clerk", lambda _, value: value),
    "by-court": ("whole", lambda place, _: f"{place.court}/{place.office}"),
}


def sparks(report: str, source: Source) -> Sparks | None:
    """Count the calls of each row of a report by day, week, month or fiscal year.

    Args:
        report: The report's name.
        source: What it was made from.

    Returns:
        The counts; ``None`` where rows are no calls of a kind, or there are too many spans.
    """
    if report not in _ROWS:
        return None
    part, row_of = _ROWS[report]
    first, after = source.days
    known = local(source.scope.as_of, source.scope.period.zone).date() + timedelta(days=1)
    unit = unit_for((after - first).days)
    spans = _spans(first, min(after, known), unit)
    if not 1 < len(spans) <= _MOST:
        return None
    rows: defaultdict[str, Counter[date]] = defaultdict(Counter)
    whole: Counter[date] = Counter()
    by_day = unit not in {"month", "fy"}
    for place, numbers in source.counted_pieces(part, "started", by_day=by_day):
        day = date.fromisoformat(place.day if len(place.day) > MONTH else f"{place.day}-01")
        span = days_of(day, unit)[0]
        for value, many in numbers.items():
            rows[row_of(place, value)][span] += many
            whole[span] += many
    counts = {key: tuple(each[span] for span in spans) for key, each in rows.items()}
    return Sparks(unit, counts, tuple(whole[span] for span in spans))


def _spans(first: date, after: date, unit: str) -> list[date]:
    spans, day = [], first
    while day < after:
        begin, day = days_of(day, unit)
        spans.append(begin)
    return spans
