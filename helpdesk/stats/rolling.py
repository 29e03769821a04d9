"""Sums up whole days and months, to be kept (DESIGN §5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.periods import period_of_days
from helpdesk.port import Port, Statement
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import KEPT, Figures, figures_from
from helpdesk.stats.kept_rows import kept_rows
from helpdesk.stats.pieces import LENGTHS, STRETCH_DAYS, Place, Placed, placed, sum_up
from helpdesk.stats.rollups import MONTH, days_of_month
from helpdesk.stats.scope import Scope

_DROP: Final = """
DELETE FROM rollup WHERE day IN (?, ?)
    AND part IN ('whole', 'symptom', 'clerk', 'slot', 'ticket', 'version', 'quality', 'caller',
        'promise')
"""
_ADDED_UP: Final = (*LENGTHS, "version")
"""The sums that are kept of months too."""

_DROP_MONTH: Final = "DELETE FROM rollup_day WHERE day = ?"
_ADD: Final = "INSERT INTO rollup(day, part, court, office, figures) VALUES (?, ?, ?, ?, ?)"
_KEPT_OF: Final = "SELECT part, court, office, figures FROM rollup WHERE day = ?"
_STILL: Final = """
UPDATE rollup_day SET head = ? WHERE day IN (SELECT value FROM json_each(?)) AND head < ?
"""
_KEEP_DAY: Final = """
INSERT INTO rollup_day(day, zone, definitions, head) VALUES (?, ?, ?, ?)
ON CONFLICT(day) DO UPDATE SET zone = excluded.zone, definitions = excluded.definitions,
    head = excluded.head
"""


def calls_of_days(port: Port, days: Sequence[date], scope: Scope) -> list[Placed]:
    """Fetch the calls of whole days.

    Args:
        port: The database.
        days: Days that follow one another, a few: their rows are in memory at once.
        scope: Says the moment whose knowledge counts, and the zone.

    Returns:
        They, each with where it belongs, the first first.
    """
    zone = scope.period.zone
    period = period_of_days(days[0], days[-1] + timedelta(days=1), zone)
    return placed(fetch_calls(port, replace(scope, period=period)), zone)


def by_place(calls: Iterable[Placed]) -> list[tuple[Place, list[Placed]]]:
    """Put the calls of a day and an office together.

    Args:
        calls: The calls, each with where it belongs.

    Returns:
        They by place, in the order of the places.
    """
    found: dict[Place, list[Placed]] = {}
    for each in calls:
        found.setdefault(each.place, []).append(each)
    return sorted(found.items())


def roll_up(
    days: Sequence[date], calls: Sequence[Placed], zone: str, head: int
) -> list[Statement]:
    """Sum up whole days, to be kept.

    Args:
        days: The days.
        calls: All of their calls.
        zone: In which zone the days are meant.
        head: The change token before the calls were fetched.

    Returns:
        The statements that take the place of what was kept of the days.
    """
    statements: list[Statement] = []
    for day in days:
        said = day.isoformat()
        statements += [(_DROP, (said, said[:MONTH])), (_DROP_MONTH, (said[:MONTH],))]
    for part in LENGTHS:
        for piece in sum_up(calls, part, zone):
            statements.append(add_kept(part, piece.place, _as_json(piece.values)))
    statements += [(_KEEP_DAY, (day.isoformat(), zone, KEPT, head)) for day in days]
    return statements


def roll_up_month(port: Port, month: str, scope: Scope) -> list[Statement]:
    """Add up the days of a month that are all kept.

    Args:
        port: The database.
        month: Such as ``2026-05``.
        scope: Says the zone in which its days are meant.

    Returns:
        The statements that keep the sums of the month.
    """
    statements: list[Statement] = [(_DROP, (month, month))]
    for part in _ADDED_UP:
        added: dict[tuple[str, str], dict[str, Figures]] = {}
        for (_, *where), kept in kept_rows(port, scope, part, days_of_month(month)):
            values = added.setdefault((where[0], where[1]), {})
            for value, sums in kept.items():
                values.setdefault(value, Figures()).add(figures_from(sums))
        for place, values in added.items():
            statements.append(add_kept(part, Place(month, *place), _as_json(values)))
    return [*statements, (_KEEP_DAY, (month, scope.period.zone, KEPT, port.head()))]


def _as_json(values: Mapping[str, Figures]) -> dict[str, object]:
    return {value: figures.as_json() for value, figures in values.items()}


def add_kept(part: str, place: Place, kept: object) -> Statement:
    """Keep what one day or month of an office comes to.

    Args:
        part: Which of the sums.
        place: The day and the office.
        kept: What is kept, as JSON can hold it.

    Returns:
        The statement.
    """
    return (_ADD, (place.day, part, *place[1:], json.dumps(kept, separators=(",", ":"))))


def sums_in(statements: Iterable[Statement]) -> dict[tuple[str, str, str], object]:
    """What statements would keep of a day.

    Args:
        statements: Of one day.

    Returns:
        What is kept, by part, court and office.
    """
    return {
        (str(params[1]), str(params[2]), str(params[3])): json.loads(str(params[4]))
        for sql, params in statements
        if sql == _ADD
    }


def sums_kept(port: Port, day: str) -> dict[tuple[str, str, str], object]:
    """What is kept of a day.

    Args:
        port: The database.
        day: The date.

    Returns:
        As for :func:`sums_in`.
    """
    rows = port.query(_KEPT_OF, (day,)).rows
    return {(row[0], row[1], row[2]): json.loads(row[3]) for row in rows}


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
