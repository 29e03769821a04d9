"""Today's calls by half hour, against the mean of earlier days like it (STATS §7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import islice
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.outages import same_stretch
from helpdesk.domain.wallboard import DayPart, Today
from helpdesk.port import Port
from helpdesk.stats.slots import Slot, lengths_of_day

_CAME: Final = """
SELECT (SELECT count(*) FROM call l INDEXED BY call_started
    WHERE l.started_at >= json_extract(e.value, '$[0]')
        AND l.started_at < json_extract(e.value, '$[1]') AND l.direction = 'in')
FROM json_each(?) e ORDER BY e.key
"""
# The few calls of void and trial tickets are sought from their tickets: most calls are neither.
_APART: Final = """
WITH RECURSIVE apart(ticket) AS (
    SELECT id FROM ticket WHERE status = 'void'
    UNION SELECT g.ticket FROM tag g JOIN ticket t ON t.id = g.ticket
        WHERE g.tag = 'test' AND t.merged_into IS NULL
    UNION SELECT m.id FROM apart a JOIN ticket m ON m.merged_into = a.ticket
)
SELECT l.started_at FROM apart a CROSS JOIN call_ticket x CROSS JOIN call l
WHERE x.ticket = a.ticket AND l.id = x.call AND l.direction = 'in'
    AND l.started_at >= ? AND l.started_at < ?
    AND x.ticket = (SELECT min(y.ticket) FROM call_ticket y WHERE y.call = l.id)
"""

Stretch = tuple[int, int]
"""From the first second up to and without the last, in seconds UTC."""

Span = tuple[Slot, int, int]
"""A half hour with its stretch."""


def arrivals(port: Port, stretches: Sequence[Stretch]) -> list[int]:
    """Count the calls that came in.

    Args:
        port: The database.
        stretches: Stretches of time.

    Returns:
        The calls of each: inbound, running and dropped ones too, without those of void and
        trial tickets; the same as ``started`` of the reports.
    """
    if not stretches:
        return []
    whole = (min(start for start, _ in stretches), max(end for _, end in stretches))
    came, apart = port.snapshot([(_CAME, (json.dumps(stretches),)), (_APART, whole)])
    less = [moment for (moment,) in apart.rows]
    return [
        count - sum(start <= moment < end for moment in less)
        for (count,), (start, end) in zip(came.rows, stretches, strict=True)
    ]


def today_against(port: Port, now: int, zone: str, days: Sequence[date]) -> Today:
    """Count today's calls by half hour, and say what is usual.

    Args:
        port: The database.
        now: The moment, in seconds UTC.
        zone: The zone of the desk's office.
        days: The earlier days that say what is usual.

    Returns:
        The day. Half hours are compared by the wall clock; one that a day had twice counts
        twice in the divisor, one that it had not at all does not.
    """
    today = local(now, zone).date()
    spans = {day: _spans(day, zone) for day in (today, *days)}
    begun = {day: _begun(spans[day], same_stretch(day, now, zone).end) for day in days}
    asked = [(start, end) for day in spans.values() for _, start, end in day]
    counts = iter(arrivals(port, [*asked, *begun.values()]))
    came = {day: list(islice(counts, len(slots))) for day, slots in spans.items()}
    so_far = sum(
        sum(many for (_, _, end), many in zip(spans[day], came[day], strict=True) if end <= start)
        + next(counts)
        for day, (start, _) in begun.items()
    )
    rates = _rates((spans[day], came[day]) for day in days)
    return Today(
        parts=tuple(
            _part(span, many, rates) for span, many in zip(spans[today], came[today], strict=True)
        ),
        weekday=f"{today:%A}",
        days=len(days),
        usual_so_far=so_far / len(days) if days else None,
    )


def _spans(day: date, zone: str) -> list[Span]:
    return [
        (slot, slot.start, slot.start + length)
        for slot, length in lengths_of_day(day, zone).items()
    ]


def _begun(spans: Sequence[Span], until: int) -> Stretch:
    """The part of the half hour in which a day's stretch ends, up to that end."""
    return next((start, until) for _, start, end in spans if start < until <= end)


def _rates(days: Iterable[tuple[list[Span], list[int]]]) -> dict[time, float]:
    """Calls a second at each time of the wall clock."""
    calls: dict[time, int] = {}
    seconds: dict[time, int] = {}
    for spans, came in days:
        for (slot, start, end), many in zip(spans, came, strict=True):
            _, clock = slot.wall_time
            calls[clock] = calls.get(clock, 0) + many
            seconds[clock] = seconds.get(clock, 0) + end - start
    return {clock: calls[clock] / seconds[clock] for clock in calls}


def _part(span: Span, came: int, rates: dict[time, float]) -> DayPart:
    slot, start, end = span
    _, clock = slot.wall_time
    usual = rates[clock] * (end - start) if clock in rates else None
    return DayPart(slot.clock, slot.zone_name, start, end, came, usual)
