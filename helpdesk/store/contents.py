"""What is asked of the rows of a desk to compare them with what was made from them."""

from __future__ import annotations

from typing import Final

from helpdesk.port import Port, Rows, Statement
from helpdesk.store.search import INDEX_CALLERS, INDEX_STRETCH, OTHER_CALLERS, OTHER_TEXTS

_LOOSE = """
SELECT DISTINCT "table" || ' points to a ' || parent || ' that is not there'
FROM pragma_foreign_key_check LIMIT ?
"""
_STRETCH_END = """
SELECT max(id), count(*) FROM (SELECT id FROM ticket WHERE id > ? ORDER BY id LIMIT ?)
"""
_NEWEST: Final = (
    "SELECT coalesce(max(at), 0) FROM (SELECT at FROM journal ORDER BY id DESC LIMIT 100)"
)
_ADMINS: Final = "SELECT count(*) FROM clerk WHERE role = 'admin'"
_LEFT: Final = """
SELECT k.login, l.started_at, o.host, o.boot, o.pid, o.closed_at
FROM call l JOIN clerk k ON k.id = l.clerk
JOIN call_segment s ON s.call = l.id AND s.to_at IS NULL
LEFT JOIN console o ON o.id = s.console
WHERE l.wrap_ended_at IS NULL AND s.kind <> 'hold' ORDER BY l.started_at
"""
_STALE_SUMS: Final = "DELETE FROM rollup_day"
_ALL_CALLERS: Final = "SELECT json_group_array(id) FROM caller"


def find_loose(port: Port, most: int) -> list[str]:
    """Look for rows that point to a row that is not there.

    Args:
        port: The database.
        most: The most kinds to name.

    Returns:
        What points where.
    """
    return [str(row[0]) for row in port.query(_LOOSE, (most,)).rows]


def stretch_end(port: Port, after: int, limit: int) -> tuple[int | None, int]:
    """Find where a stretch of tickets ends.

    Args:
        port: The database.
        after: The id before its first.
        limit: The most tickets in it.

    Returns:
        The id of its last ticket, ``None`` when there is none, and how many there are.
    """
    last, count = port.query(_STRETCH_END, (after, limit)).rows[0]
    return last, count


def find_other_texts(port: Port, after: int, last: int) -> list[tuple[int, str, str]]:
    """Find tickets whose indexed text is not what their rows give.

    Args:
        port: The database.
        after: The id before the first.
        last: The id of the last.

    Returns:
        The ticket, the text that its rows give, and the one that is there.
    """
    return port.query(OTHER_TEXTS, (after, last)).rows


def find_other_callers(port: Port) -> list[tuple[int, str, str]]:
    """Find callers whose indexed text is not what their rows give; as for tickets."""
    return port.query(OTHER_CALLERS).rows


def index_stretch(after: int, last: int) -> Statement:
    """Write the texts of a stretch of tickets anew where they differ."""
    return (INDEX_STRETCH, (after, last))


def index_all_callers(port: Port) -> Statement:
    """Write the texts of all callers anew where they differ."""
    return (INDEX_CALLERS, (port.query(_ALL_CALLERS).value(),))


def get_newest_moment(port: Port) -> int:
    """Fetch when the newest entries of the journal were written, in seconds UTC."""
    return int(port.query(_NEWEST).value())


def count_admins(port: Port) -> int:
    """Count who may do everything."""
    return int(port.query(_ADMINS).value())


def find_calls_going_on(port: Port) -> Rows:
    """List the calls on which somebody talks or writes up, with the console that does it."""
    return port.query(_LEFT)


def drop_sums() -> Statement:
    """Let no kept sum of a day count any more: reports are made from the rows."""
    return (_STALE_SUMS, ())
