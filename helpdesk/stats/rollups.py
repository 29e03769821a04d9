"""Sums of whole days that are kept, and which of them still hold (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.repeats import REPEAT_SECONDS
from helpdesk.port import Port
from helpdesk.stats.definitions import KEPT, figures_from
from helpdesk.stats.kept_rows import kept_rows
from helpdesk.stats.pieces import (
    Part,
    Piece,
    Place,
    Progress,
    raw_pieces,
)
from helpdesk.stats.scope import Scope
from helpdesk.stats.trend import days_of

_DAYS: Final = """
SELECT day, head FROM rollup_day WHERE zone = ? AND definitions = ? AND day >= ? AND day < ?
"""
# No sum is made of notes, of tags but one, and of what callers are called; but a dropped call
# without talk was answered once anything is written down on it.
_CHANGED: Final = """
WITH ticket_told(id, counts) AS MATERIALIZED (
    SELECT DISTINCT CAST(substr(j.subject, 8) AS INTEGER), CASE
        WHEN j.act IN ('add_note', 'fill_prompt') THEN 0
        WHEN j.act = 'tag_ticket' THEN EXISTS (SELECT 1 FROM journal_value v
            WHERE v.entry = j.id AND v.field LIKE 'tag/%/test') ELSE 1 END
    FROM journal j WHERE j.id > ? AND j.subject >= 'ticket:' AND j.subject < 'ticket;'
), ticket_changed(id) AS MATERIALIZED (
    SELECT id FROM ticket_told WHERE counts
    UNION SELECT o.id FROM ticket_told o JOIN call_ticket y ON y.ticket = o.id
    JOIN call l ON l.id = y.call AND l.talk_s = 0
), root_of_changed(id) AS (
    SELECT id FROM ticket_changed
    UNION SELECT r.root FROM ticket_changed x JOIN ticket_root r ON r.ticket = x.id
), pooled(id) AS (
    SELECT id FROM root_of_changed
    UNION SELECT r.ticket FROM root_of_changed x JOIN ticket_root r ON r.root = x.id
), caller_changed(id) AS MATERIALIZED (
    SELECT DISTINCT CAST(substr(subject, 8) AS INTEGER) FROM journal
    WHERE id > ? AND subject >= 'caller:' AND subject < 'caller;' AND act <> 'correct_caller'
), person(id) AS (
    SELECT id FROM caller_changed
    UNION SELECT r.caller FROM caller_changed x JOIN caller_root r ON r.root = x.id
), was(call, name, old) AS MATERIALIZED (
    SELECT CAST(substr(v.field, 6) AS INTEGER), v.field, CAST(v.old AS INTEGER)
    FROM journal j JOIN journal_value v ON v.entry = j.id
    WHERE j.id > ? AND v.field >= 'call/' AND v.field < 'call0' AND v.old IS NOT NULL
), theirs(caller, at) AS MATERIALIZED (
    SELECT l.caller, l.started_at FROM pooled p JOIN call_ticket y ON y.ticket = p.id
    JOIN call l ON l.id = y.call
    UNION SELECT l.caller, l.started_at FROM person p JOIN call l ON l.caller = p.id
    UNION SELECT l.caller, w.old FROM was w JOIN call l ON l.id = w.call
        WHERE w.name LIKE '%/started_at'
    UNION SELECT w.old, l.started_at FROM was w JOIN call l ON l.id = w.call
        WHERE w.name LIKE '%/caller'
), known(caller, at) AS (
    SELECT caller, at FROM theirs WHERE caller IS NOT NULL
    UNION SELECT r.root, s.at FROM theirs s JOIN caller_root r ON r.caller = s.caller
), everybody(caller, at) AS (
    SELECT caller, at FROM known
    UNION SELECT r.caller, k.at FROM known k JOIN caller_root r ON r.root = k.caller
)
SELECT at FROM theirs
UNION SELECT s.from_at FROM pooled p JOIN status_span s ON s.ticket = p.id
UNION SELECT t.opened_at FROM pooled p JOIN ticket t ON t.id = p.id
UNION SELECT y.due_at FROM pooled p JOIN promise y ON y.ticket = p.id
UNION SELECT e.at FROM pooled p JOIN escalation e ON e.ticket = p.id
UNION SELECT n.started_at FROM everybody e JOIN call n ON n.caller = e.caller
    AND n.started_at BETWEEN e.at - ? AND e.at + ?
"""
MONTH: Final = len("2026-05")
"""How long a month is written; a day is written longer."""


def days_that_hold(port: Port, first: date, after: date, zone: str) -> set[str]:
    """Which days are summed up and were not touched since, and which whole months are.

    A day is touched by a change of a ticket or caller with a call on it, by one of a ticket
    that goes on in the same one, and by one of a call so near that it makes a call of the day a
    repeat.

    Args:
        port: The database.
        first: The first day that is wanted.
        after: The day after the last.
        zone: In which zone days are meant.

    Returns:
        The days, and the months all of whose days are among them.
    """
    params = (zone, KEPT, first.isoformat()[:7], after.isoformat())
    heads = {row[0]: row[1] for row in port.query(_DAYS, params).rows}
    if not heads:
        return set()
    holding = set(heads) - _touched_since(port, min(heads.values()), zone)
    days = {day for day in holding if first.isoformat() <= day and len(day) > MONTH}
    months = {day for day in holding if len(day) == MONTH}
    return days | {month for month in months if all(day in days for day in days_of_month(month))}


def days_of_month(month: str) -> list[str]:
    """Name the days of a month.

    Args:
        month: Such as ``2026-05``.

    Returns:
        Its dates.
    """
    day = date.fromisoformat(f"{month}-01")
    first, after = days_of(day, "month")
    return [(first + timedelta(days=n)).isoformat() for n in range((after - first).days)]


def _touched_since(port: Port, head: int, zone: str) -> set[str]:
    if port.head() == head:
        return set()
    rows = port.query(_CHANGED, (head, head, head, REPEAT_SECONDS, REPEAT_SECONDS)).rows
    return {local(row[0], zone).date().isoformat() for row in rows}


def pieces(
    port: Port,
    scope: Scope,
    part: Part,
    progress: Progress | None = None,
    *,
    by_day: bool = False,
) -> Iterator[Piece]:
    """The sums of a report: those of kept months and days where they hold, else of the rows.

    Args:
        port: The database.
        scope: What the report is about.
        part: By what.
        progress: Told how much of the rows is done.
        by_day: Whether every piece must be of one day.

    Yields:
        The pieces; every call is in exactly one of them.
    """
    kept, gaps = kept_days(port, scope, by_day=by_day)
    for place, values in kept_rows(port, scope, part, kept):
        yield Piece(place, {value: figures_from(sums) for value, sums in values.items()})
    for gap in gaps:
        yield from raw_pieces(port, replace(scope, period=gap), part, progress)


def counted(
    port: Port, scope: Scope, part: Part, name: str, *, by_day: bool = False
) -> Iterator[tuple[Place, dict[str, int]]]:
    """How many calls count as one thing, place by place, as the pieces of all sums would say.

    Args:
        port: The database.
        scope: What the report is about.
        part: By what they are told apart.
        name: As what they count; nothing that depends on calls before and after.
        by_day: Whether every place must be of one day.

    Yields:
        The place, whose day is a month where the sums of that are kept, and the numbers by the
        part's values.
    """
    kept, gaps = kept_days(port, scope, by_day=by_day)
    for place, values in kept_rows(port, scope, part, kept):
        yield place, {value: sums["counts"].get(name, 0) for value, sums in values.items()}
    for gap in gaps:
        for piece in raw_pieces(port, replace(scope, period=gap), part, alone=True):
            values = piece.values.items()
            yield piece.place, {value: figures.counts[name] for value, figures in values}


def kept_days(port: Port, scope: Scope, *, by_day: bool) -> tuple[set[str], list[Period]]:
    """Which kept days and months a report can be made from, and what is left to be read.

    Args:
        port: The database.
        scope: What the report is about.
        by_day: Whether months are of no use.

    Returns:
        The days and months, and the periods that are in none of them.
    """
    first, after = whole_days(scope.period, scope.end)
    if not scope.whole or scope.past or first >= after:
        return set(), [scope.period]
    holding = days_that_hold(port, first, after, scope.period.zone)
    months = set() if by_day else {day for day in holding if len(day) == MONTH}
    days = {day for day in holding if len(day) > MONTH}
    return months | {day for day in days if day[:MONTH] not in months}, gaps_of(scope, days)


def whole_days(period: Period, end: int) -> tuple[date, date]:
    """The whole days of a period that are over.

    Args:
        period: The period.
        end: The second after the last that is known of, in seconds UTC.

    Returns:
        The first of them, and the day after the last.
    """
    first = local(period.start, period.zone).date()
    if period_of_days(first, first + timedelta(days=1), period.zone).start != period.start:
        first += timedelta(days=1)
    return first, local(min(period.end, end), period.zone).date()


def gaps_of(scope: Scope, days: Collection[str]) -> list[Period]:
    """What of the period of a report is in no kept day, neighbouring days together.

    Args:
        scope: What the report is about.
        days: The kept days.

    Returns:
        The periods that are left, in order.
    """
    gaps = []
    zone, start, end = scope.period.zone, scope.period.start, min(scope.period.end, scope.end)
    for day in sorted(days):
        kept_day = date.fromisoformat(day)
        kept = period_of_days(kept_day, kept_day + timedelta(days=1), zone)
        if start < kept.start:
            gaps.append(Period(start, kept.start, zone))
        start = kept.end
    if start < end:
        gaps.append(Period(start, end, zone))
    return gaps
