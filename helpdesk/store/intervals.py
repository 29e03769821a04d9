"""What the phone system counted, interval by interval: also the calls that nobody answered."""

from __future__ import annotations

import json
from collections.abc import Collection

from helpdesk.domain.intervals import Interval
from helpdesk.port import Port, Rows, Statement

_ADD = """
INSERT INTO phone_interval(id, run, court, office, start_at, minutes, offered, answered,
    abandoned, wait_s, within_target)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_THERE = """
SELECT p.court, p.office, p.start_at, p.minutes, p.offered, p.answered, p.abandoned, p.wait_s,
    p.within_target
FROM json_each(?) k JOIN phone_interval p
    ON p.court = k.value ->> 0 AND p.office = k.value ->> 1 AND p.start_at = k.value ->> 2
    AND p.struck = 0
"""
_STRIKE = "UPDATE phone_interval SET struck = 1 WHERE run = ?"


def add_interval(made: int, run: int, interval: Interval) -> Statement:
    """Write an interval down.

    Args:
        made: Its id.
        run: The import that it comes from.
        interval: What was counted.

    Returns:
        The statement; it fails when that interval is there already.
    """
    place = (interval.court, interval.office, interval.start_at, interval.minutes)
    counts = (interval.offered, interval.answered, interval.abandoned)
    return (_ADD, (made, run, *place, *counts, interval.wait_s, interval.within_target))


def find_intervals(port: Port, keys: Collection[tuple[str, str, int]]) -> Rows:
    """Find the intervals that are there already.

    Args:
        port: The database.
        keys: Court, office and start of each.

    Returns:
        Their columns, those of :class:`Interval`.
    """
    return port.query(_THERE, (json.dumps([list(key) for key in keys]),))


def strike_intervals(run: int) -> Statement:
    """Write down that the intervals of an import count for nothing."""
    return (_STRIKE, (run,))
