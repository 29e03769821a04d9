"""Sums of whole days that are kept, and which of them still hold (DESIGN §5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.repeats import REPEAT_SECONDS
from helpdesk.port import Port, Statement
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import VERSION, Figures, figures_from
from helpdesk.stats.pieces import (
    LENGTHS,
    STRETCH_DAYS,
    Part,
    Piece,
    Place,
    Progress,
    raw_pieces,
    sum_up,
)
from helpdesk.stats.scope import Scope
from helpdesk.stats.trend import days_of

_DAYS: Final = """
SELECT day, head FROM rollup_day WHERE zone = ? AND definitions = ? AND day >= ? AND day < ?
"""
_CHANGED: Final = """
WITH ticket_changed(id) AS MATERIALIZED (
    SELECT DISTINCT CAST(substr(subject, 8) AS INTEGER) FROM journal
    WHERE id > ? AND subject >= 'ticket:' AND subject < 'ticket;'
), pooled(id) AS (
    SELECT id FROM ticket_changed
    UNION SELECT r.ticket FROM ticket_changed x JOIN ticket_root r ON r.root = x.id
), caller_changed(id) AS MATERIALIZED (
    SELECT DISTINCT CAST(substr(subject, 8) AS INTEGER) FROM journal
    WHERE id > ? AND subject >= 'caller:' AND subject < 'caller;'
), person(id) AS (
    SELECT id FROM caller_changed
    UNION SELECT r.caller FROM caller_changed x JOIN caller_root r ON r.root = x.id
), theirs(caller, at) AS MATERIALIZED (
    SELECT l.caller, l.started_at FROM pooled p JOIN call_ticket y ON y.ticket = p.id
    JOIN call l ON l.id = y.call
    UNION SELECT l.caller, l.started_at FROM person p JOIN call l ON l.caller = p.id
), known(caller, at) AS (
    SELECT caller, at FROM theirs WHERE caller IS NOT NULL
    UNION SELECT r.root, s.at FROM theirs s JOIN caller_root r ON r.caller = s.caller
), everybody(caller, at) AS (
    SELECT caller, at FROM known
    UNION SELECT r.caller, k.at FROM known k JOIN caller_root r ON r.root = k.caller
)
SELECT at FROM theirs
UNION SELECT n.started_at FROM everybody e JOIN call n ON n.caller = e.caller
    AND n.started_at BETWEEN e.at - ? AND e.at + ?
"""
_MONTH: Final = len("2026-05")
_KEPT: Final = """
SELECT day, court, office, figures FROM rollup
WHERE part = ? AND day IN (SELECT value FROM json_each(?))
    AND (? = '' OR court = ?) AND (? = '' OR office = ?)
ORDER BY day, court, office
"""
_DROP: Final = """
DELETE FROM rollup WHERE part IN ('whole', 'symptom', 'clerk', 'slot', 'ticket') AND day IN (?, ?)
"""
_DROP_MONTH: Final = "DELETE FROM rollup_day WHERE day = ?"
_ADD: Final = "INSERT INTO rollup(day, part, court, office, figures) VALUES (?, ?, ?, ?, ?)"
_STILL: Final = """
UPDATE rollup_day SET head = ? WHERE day IN (SELECT value FROM json_each(?)) AND head < ?
"""
_KEEP_DAY: Final = """
INSERT INTO rollup_day(day, zone, definitions, head) VALUES (?, ?, ?, ?)
ON CONFLICT(day) DO UPDATE SET zone = excluded.zone, definitions = excluded.definitions,
    head = excluded.head
"""


def days_that_hold(port: Port, first: date, after: date, zone: str) -> set[str]:
    """Which days are summed up and were not touched since, and which whole months are.

    A day is touched by a change of a ticket or caller with a call on it, and by one of a call
    so near that it makes a call of the day a repeat.

    Args:
        port: The database.
        first: The first day that is wanted.
        after: The day after the last.
        zone: In which zone days are meant.

    Returns:
        The days, and the months all of whose days are among them.
    """
    params = (zone, VERSION, first.isoformat()[:7], after.isoformat())
    heads = {row[0]: row[1] for row in port.query(_DAYS, params).rows}
    if not heads:
        return set()
    holding = set(heads) - _touched_since(port, min(heads.values()), zone)
    days = {day for day in holding if first.isoformat() <= day and len(day) > _MONTH}
    months = {day for day in holding if len(day) == _MONTH}
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
    rows = port.query(_CHANGED, (head, head, REPEAT_SECONDS, REPEAT_SECONDS)).rows
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
    zone = scope.period.zone
    first, after = whole_days(scope.period, scope.end)
    if not scope.whole or scope.shadow.tables or first >= after:
        yield from raw_pieces(port, scope, part, progress)
        return
    holding = days_that_hold(port, first, after, zone)
    months = set() if by_day else {day for day in holding if len(day) == _MONTH}
    days = {day for day in holding if len(day) > _MONTH}
    wanted = months | {day for day in days if day[:7] not in months}
    place = (scope.court, scope.court, scope.office, scope.office)
    for row in port.query(_KEPT, (part, json.dumps([*wanted]), *place)).rows:
        yield Piece(Place(*row[:3]), _read(json.loads(row[3])))
    for gap in _gaps(scope, days):
        yield from raw_pieces(port, replace(scope, period=gap), part, progress)


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


def _gaps(scope: Scope, holding: set[str]) -> Iterator[Period]:
    """What of a period is in no kept day, neighbouring days together."""
    zone, start, end = scope.period.zone, scope.period.start, min(scope.period.end, scope.end)
    for day in sorted(holding):
        kept_day = date.fromisoformat(day)
        kept = period_of_days(kept_day, kept_day + timedelta(days=1), zone)
        if start < kept.start:
            yield Period(start, kept.start, zone)
        start = kept.end
    if start < end:
        yield Period(start, end, zone)


def roll_up(port: Port, days: Sequence[date], scope: Scope) -> list[Statement]:
    """Sum up whole days, to be kept.

    Args:
        port: The database.
        days: Days that follow one another, a few: their rows are in memory at once.
        scope: Says the moment whose knowledge counts, and the zone.

    Returns:
        The statements that keep their sums.
    """
    zone, head = scope.period.zone, port.head()
    period = period_of_days(days[0], days[-1] + timedelta(days=1), zone)
    calls = fetch_calls(port, replace(scope, period=period))
    statements: list[Statement] = []
    for day in days:
        said = day.isoformat()
        statements += [(_DROP, (said, said[:_MONTH])), (_DROP_MONTH, (said[:_MONTH],))]
    for part in LENGTHS:
        for piece in sum_up(calls, part, zone):
            statements.append(_kept(part, piece))
    statements += [(_KEEP_DAY, (day.isoformat(), zone, VERSION, head)) for day in days]
    return statements


def roll_up_month(port: Port, month: str, zone: str) -> list[Statement]:
    """Add up the days of a month that are all kept.

    Args:
        port: The database.
        month: Such as ``2026-05``.
        zone: In which zone its days are meant.

    Returns:
        The statements that keep the sums of the month.
    """
    days = json.dumps(days_of_month(month))
    statements: list[Statement] = [(_DROP, (month, month))]
    for part in LENGTHS:
        added: dict[tuple[str, str], dict[str, Figures]] = {}
        for row in port.query(_KEPT, (part, days, "", "", "", "")).rows:
            values = added.setdefault((row[1], row[2]), {})
            for value, figures in _read(json.loads(row[3])).items():
                values.setdefault(value, Figures()).add(figures)
        statements += [
            _kept(part, Piece(Place(month, *place), values)) for place, values in added.items()
        ]
    return [*statements, (_KEEP_DAY, (month, zone, VERSION, port.head()))]


def _kept(part: Part, piece: Piece) -> Statement:
    kept = {value: figures.as_json() for value, figures in piece.values.items()}
    day, court, office = piece.place
    return (_ADD, (day, part, court, office, json.dumps(kept, separators=(",", ":"))))


def still_hold(days: Sequence[str], head: int) -> list[Statement]:
    """Write down that days still hold, so that the changes until now need no second look.

    Args:
        days: Days that were found to hold.
        head: The change token before they were looked at.

    Returns:
        The statements.
    """
    return [(_STILL, (head, json.dumps(days), head))]


def stretches_of_days(days: Iterable[date]) -> Iterator[list[date]]:
    """Put days that follow one another together, a few at a time.

    Args:
        days: Days in order.

    Yields:
        The stretches.
    """
    stretch: list[date] = []
    for day in days:
        if stretch and (day - stretch[-1] != timedelta(days=1) or len(stretch) == STRETCH_DAYS):
            yield stretch
            stretch = []
        stretch.append(day)
    if stretch:
        yield stretch


def _read(kept: dict[str, Any]) -> dict[str, Figures]:
    return {value: figures_from(sums) for value, sums in kept.items()}
