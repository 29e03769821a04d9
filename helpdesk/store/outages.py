"""Counts the calls of a symptom at a court, and keeps the alarms."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final

from helpdesk.port import Port, Rows, Statement

# Which calls count: inbound, not dropped, on no ticket that is void or a trial.
_COUNTED: Final = """
l.direction = 'in' AND (l.outcome IS NULL OR l.outcome <> 'dropped') AND EXISTS (
    SELECT 1 FROM call_ticket x JOIN ticket t ON t.id = x.ticket
    WHERE x.call = l.id AND t.status <> 'void'
        AND NOT EXISTS (SELECT 1 FROM tag g WHERE g.ticket = t.id AND g.tag = 'test'))
"""
_FIRST: Final = "SELECT min(started_at) FROM call"
_CAME_IN: Final = f"""
SELECT l.symptom, count(*) FROM call l INDEXED BY call_started
WHERE l.started_at >= ? AND l.started_at < ? AND l.court = ? AND l.symptom IS NOT NULL
    AND l.id <> ? AND {_COUNTED}
GROUP BY l.symptom
"""  # noqa: S608 - constant
_CAME_IN_OF: Final = f"""
SELECT count(*) FROM call l
WHERE l.symptom = ? AND l.court = ? AND l.started_at >= ? AND l.started_at < ? AND l.id <> ?
    AND {_COUNTED}
"""  # noqa: S608 - constant
_STARTS_OF: Final = f"""
SELECT l.started_at FROM call l
WHERE l.symptom = ? AND l.court = ? AND l.started_at >= ? AND l.started_at < ? AND {_COUNTED}
ORDER BY l.started_at
"""  # noqa: S608 - constant
_AT_MOST: Final = """
SELECT count(*) FROM call WHERE symptom = ? AND court = ? AND started_at >= ? AND started_at < ?
"""
_COUNTS: Final = f"SELECT count(*) FROM call l WHERE l.id = ? AND {_COUNTED}"  # noqa: S608
_ADD_ALARM: Final = """
INSERT INTO alarm(court, symptom, day, at, calls, expected) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""
_ALARM: Final = """
SELECT court, symptom, calls, expected, at FROM alarm WHERE court = ? AND symptom = ? AND day = ?
"""
_ALARMS: Final = """
SELECT a.court, a.symptom, a.day, a.calls, a.expected, a.at FROM alarm a
WHERE a.day >= ? AND NOT EXISTS (
    SELECT 1 FROM incident i WHERE i.court = a.court AND i.symptom = a.symptom
        AND (i.ended_at IS NULL OR i.ended_at >= a.at))
ORDER BY a.at, a.court, a.symptom
"""


def first_call(port: Port) -> int | None:
    """When the desk took its first call.

    Args:
        port: The database.

    Returns:
        Seconds UTC; ``None`` before there is one.
    """
    found: int | None = port.query(_FIRST).value()
    return found


def count_by_symptom(
    port: Port, court: str, stretch: tuple[int, int], but: int = 0
) -> dict[str, int]:
    """Count the calls of a court that count for what is usual.

    Args:
        port: The database.
        court: The court's id.
        stretch: From the first second up to and without the last, in seconds UTC.
        but: A call that is left out.

    Returns:
        Calls by symptom.
    """
    return dict(port.query(_CAME_IN, (*stretch, court, but)).rows)


def count_in(
    port: Port, court: str, symptom: str, stretches: Iterable[tuple[int, int]], but: int = 0
) -> list[int]:
    """Count the calls of one symptom at a court in several stretches of time.

    Args:
        port: The database.
        court: The court's id.
        symptom: The symptom's slug.
        stretches: Each from its first second up to and without its last, in seconds UTC.
        but: A call that is left out.

    Returns:
        The calls of each stretch.
    """
    asked = [(_CAME_IN_OF, (symptom, court, start, end, but)) for start, end in stretches]
    return [int(rows.value()) for rows in port.snapshot(asked)]


def find_starts(
    port: Port, court: str, symptom: str, stretches: Iterable[tuple[int, int]]
) -> tuple[array[int], ...]:
    """Find when the calls of one symptom at a court began.

    Args:
        port: The database.
        court: The court's id.
        symptom: The symptom's slug.
        stretches: Each from its first second up to and without its last, in seconds UTC.

    Returns:
        Of each stretch the moments, in order and in seconds UTC, of the calls that ``count_in``
        counts.
    """
    asked = [(_STARTS_OF, (symptom, court, start, end)) for start, end in stretches]
    return tuple(array("q", (row[0] for row in each.rows)) for each in port.snapshot(asked))


def count_at_most(port: Port, court: str, symptom: str, stretch: tuple[int, int]) -> int:
    """Count the calls of a symptom at a court, those with them that ``count_in`` leaves out.

    Args:
        port: The database.
        court: The court's id.
        symptom: The symptom's slug.
        stretch: From the first second up to and without the last, in seconds UTC.

    Returns:
        The calls; an index alone tells them.
    """
    return int(port.query(_AT_MOST, (symptom, court, *stretch)).value())


def counts(port: Port, call: int) -> bool:
    """Whether a call counts for what is usual: not one of ours, a trial or a void one."""
    return bool(port.query(_COUNTS, (call,)).value())


def add_alarm(
    court: str, symptom: str, day: str, at: int, calls: int, expected: float
) -> Statement:
    """Keep an alarm; whoever comes second on the same day changes nothing.

    Args:
        court: The court's id.
        symptom: The symptom's slug.
        day: The date at the court.
        at: When it was seen, in seconds UTC.
        calls: How many calls had come.
        expected: How many come on average.

    Returns:
        The statement.
    """
    return (_ADD_ALARM, (court, symptom, day, at, calls, expected))


def alarm_asked(court: str, symptom: str, day: str) -> Statement:
    """The SELECT of the alarm of a symptom at a court on a day; gives one row or none."""
    return (_ALARM, (court, symptom, day))


def find_alarms(port: Port, since: str) -> Rows:
    """List the alarms for which no incident was declared.

    Args:
        port: The database.
        since: The first date that is wanted.

    Returns:
        The rows, oldest first.
    """
    return port.query(_ALARMS, (since,))
