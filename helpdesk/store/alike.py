"""Callers who may be the same person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Rows, Statement

_STRETCH: Final = """
SELECT id, called_at FROM caller
WHERE merged_into IS NULL AND (called_at, id) < (?, ?) ORDER BY called_at DESC, id DESC LIMIT ?
"""
_SEEN: Final = """
FROM json_each(?) s JOIN caller a ON a.id = s.value
"""
_OTHER: Final = """
o.id <> a.id AND o.merged_into IS NULL AND o.name NOT LIKE '▒%' AND NOT EXISTS (
    SELECT 1 FROM caller_apart p
    WHERE p.one = min(a.id, o.id) AND p.other = max(a.id, o.id) AND p.struck = 0
)
"""
_ALIKE: Final = f"""
SELECT a.id, o.id, 'phone', a.name, o.name {_SEEN}
JOIN caller_phone d ON d.caller = a.id JOIN caller_phone e ON e.digits = d.digits
JOIN caller o ON o.id = e.caller WHERE {_OTHER}
UNION ALL
SELECT a.id, o.id, 'bar number', a.name, o.name {_SEEN}
JOIN caller o ON o.bar_number = a.bar_number COLLATE NOCASE AND o.bar_number <> ''
WHERE {_OTHER}
UNION ALL
SELECT a.id, o.id, 'e-mail', a.name, o.name {_SEEN}
JOIN caller o ON o.email = a.email COLLATE NOCASE AND o.email <> '' WHERE {_OTHER}
UNION ALL
SELECT a.id, o.id, 'firm', a.name, o.name {_SEEN}
JOIN caller o ON o.firm = a.firm COLLATE NOCASE AND o.firm <> ''
    AND substr(o.name, 1, 1) = substr(a.name, 1, 1) COLLATE NOCASE WHERE {_OTHER}
"""
_ADD_APART: Final = """
INSERT INTO caller_apart(id, one, other, at, clerk) VALUES (?, ?, ?, ?, ?)
"""
_APART: Final = """
SELECT count(*) FROM caller_apart WHERE one = ? AND other = ? AND struck = 0
"""


def find_stretch(port: Port, before: tuple[int, int], limit: int) -> Rows:
    """List callers by when they called last.

    Args:
        port: The database.
        before: When the last one seen called last, and their id.
        limit: The most to fetch.

    Returns:
        Id and last call of each, the newest first; merged ones are left out.
    """
    return port.query(_STRETCH, (*before, limit))


def find_alike(port: Port, callers: Sequence[int]) -> Rows:
    """Find who shares a number, a bar number, an address or a firm with one of some callers.

    Args:
        port: The database.
        callers: Their ids.

    Returns:
        The two ids, what they share, and both names; without pairs that were kept apart.
    """
    seen = json.dumps(list(callers))
    return port.query(_ALIKE, (seen, seen, seen, seen))


def is_apart(port: Port, one: int, other: int) -> bool:
    """Whether two callers were said to be two people; the smaller id first."""
    return bool(port.query(_APART, (one, other)).value())


def add_apart(row: int, one: int, other: int, at: int, clerk: int) -> Statement:
    """Write down that two callers are two people; the smaller id first."""
    return (_ADD_APART, (row, one, other, at, clerk))
