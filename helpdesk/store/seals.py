"""The rows of the seals, and the entries in the order of writing."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.seals import Seal
from helpdesk.port import Port, Rows, Statement

_ADD: Final = """
INSERT INTO seal(day, at, entries, digest, prev_hash, hash, upto) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_COLUMNS: Final = "SELECT day, at, entries, digest, prev_hash, hash, upto FROM seal"
_NEWEST: Final = f"{_COLUMNS} WHERE at <= ? ORDER BY day DESC LIMIT 1"
_AFTER: Final = f"{_COLUMNS} WHERE day > ? ORDER BY day LIMIT ?"
_COUNT: Final = "SELECT count(*) FROM seal"
_WRITTEN: Final = """
SELECT id, subject, seq, hash FROM journal WHERE id > ? AND id <= ? ORDER BY id LIMIT ?
"""
_EVER: Final = 2**62


def add_seal(seal: Seal) -> Statement:
    """Write a seal.

    Args:
        seal: The seal.

    Returns:
        The statement.
    """
    return (
        _ADD,
        (seal.day, seal.at, seal.entries, seal.digest, seal.prev_hash, seal.hash, seal.upto),
    )


def get_newest_seal(port: Port, at: int = _EVER) -> Seal | None:
    """Fetch the newest seal at a moment.

    Args:
        port: The database.
        at: The moment, in seconds UTC.

    Returns:
        The seal, or ``None`` when there was none yet.
    """
    rows = port.query(_NEWEST, (at,)).rows
    return Seal(*rows[0]) if rows else None


def find_seals(port: Port, after: str, limit: int) -> list[Seal]:
    """List seals.

    Args:
        port: The database.
        after: The day after which they were made; empty for all.
        limit: The most to fetch.

    Returns:
        The seals by day.
    """
    return [Seal(*row) for row in port.query(_AFTER, (after, limit)).rows]


def count_seals(port: Port) -> int:
    """Count the seals.

    Args:
        port: The database.

    Returns:
        How many there are, one without a day included.
    """
    return int(port.query(_COUNT).value())


def find_written(port: Port, after: int, upto: int, limit: int) -> Rows:
    """Fetch entries in the order of writing.

    Args:
        port: The database.
        after: The id of the last entry seen.
        upto: The id of the last entry wanted.
        limit: The most to fetch.

    Returns:
        ``id``, ``subject``, ``seq`` and ``hash`` of each.
    """
    return port.query(_WRITTEN, (after, upto, limit))
