"""Which calls may make figures wrong, counted by day, so that a year need not be read (R13)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.port import Statement
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import Named, named
from helpdesk.stats.facts import CallFact
from helpdesk.stats.faults import Faults, end_of, faults_of
from helpdesk.stats.kept_rows import kept_rows_of
from helpdesk.stats.pieces import Place, Placed
from helpdesk.stats.rolling import add_kept
from helpdesk.stats.rollups import gaps_of, kept_days
from helpdesk.stats.source import Source

PART: Final = "quality"
"""Which of the kept sums they are."""

_NEVER: Final = 2**62
_BEGUN: Final = """
SELECT j.key FROM json_each(?) j WHERE json_extract(j.value, '$[3]') OR EXISTS (
    SELECT 1 FROM call l
    WHERE l.started_at >= json_extract(j.value, '$[1]')
        AND l.started_at < json_extract(j.value, '$[2]')
        AND l.clerk = json_extract(j.value, '$[0]')
)
"""


def quality_sums(source: Source) -> Faults:
    """Count the faults of the calls of a report.

    Args:
        source: What the report is made from.

    Returns:
        The counts, those of kept days where they hold.
    """
    found = Faults()
    kept, read = _settled(source)
    for each in kept:
        found.add(each)
    for calls in read:
        found.add(faults_of(named(calls), source.scope.as_of).as_json())
    return found


def roll_up_quality(calls: Sequence[Placed], zone: str) -> Iterator[Statement]:
    """Count the faults of whole days, to be kept: of all calls, of each court and each office.

    Args:
        calls: All calls of the days, the first first.
        zone: In which zone the days are meant.

    Yields:
        The statements that keep the counts.
    """
    found: defaultdict[Place, list[Named]] = defaultdict(list)
    for (day, court, office), _, each in calls:
        for place in (Place(day, "", ""), Place(day, court, ""), Place(day, court, office)):
            found[place].append(each)
    for place, there in sorted(found.items()):
        midnight = _day(place.day, zone).end
        late = sorted(_late((each.call for each in there), midnight).items())
        yield add_kept(PART, place, faults_of(there, _NEVER).as_json(late))


def _late(calls: Iterable[CallFact], end: int) -> dict[int, int]:
    """When the last call of each clerk ended that went on after a moment."""
    found: dict[int, int] = {}
    for call in calls:
        if end_of(call) > max(end, found.get(call.clerk, 0)):
            found[call.clerk] = end_of(call)
    return found


def _settled(source: Source) -> tuple[list[Mapping[str, Any]], list[list[CallFact]]]:
    """What is kept of days that end with their calls, and the calls of all others.

    A call that goes on after midnight may overlap with one of the next day: such days are
    read together.
    """
    port, scope, zone = source.port, source.scope, source.scope.period.zone
    days, _ = kept_days(port, scope, by_day=True)
    there = kept_rows_of(port, PART, days, scope.court, scope.office)
    kept = {place.day: sums for place, sums in there}
    late = [
        (clerk, _day(day, zone).end, until)
        for day in days & set(kept)
        for clerk, until in kept[day]["late"]
    ]
    days -= _overlapped(source, late)
    while True:
        read = [
            (gap, fetch_calls(port, replace(scope, period=gap))) for gap in gaps_of(scope, days)
        ]
        late = [
            (clerk, gap.end, until)
            for gap, calls in read
            for clerk, until in _late(calls, gap.end).items()
        ]
        beyond = days & _overlapped(source, late) if days else days
        if not beyond:
            return [kept[day] for day in sorted(days & set(kept))], [calls for _, calls in read]
        days -= beyond


def _overlapped(source: Source, late: Iterable[tuple[int, int, int]]) -> set[str]:
    """The days on which clerks began a call while one of the day before went on."""
    scope, zone = source.scope, source.scope.period.zone
    ends = [(clerk, end, min(until, scope.end), until > scope.as_of) for clerk, end, until in late]
    found = {row[0] for row in source.port.query(_BEGUN, (json.dumps(ends),)).rows}
    days = set[str]()
    for place, (_, end, until, _) in enumerate(ends):
        if place in found:
            days |= _days_between(end - 1, until, zone)
    return days


def _day(day: str, zone: str) -> Period:
    first = date.fromisoformat(day)
    return period_of_days(first, first + timedelta(days=1), zone)


def _days_between(start: int, end: int, zone: str) -> set[str]:
    first, last = (local(at, zone).date() for at in (start, end))
    return {f"{first + timedelta(days=place)}" for place in range((last - first).days + 1)}
