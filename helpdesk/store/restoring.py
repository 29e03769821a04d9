"""What a restore and the work of the night ask of the database, and what a restore keeps."""

from __future__ import annotations

from typing import Final

from helpdesk.port import Port, Statement

_ENTRY_HASH: Final = """
SELECT hash FROM journal WHERE id = coalesce(nullif(?, 0), (SELECT min(id) FROM journal))
"""
_DONE: Final = "SELECT count(*) FROM op WHERE uid = ?"
_BEGAN: Final = "SELECT coalesce(min(added_at), 0) FROM clerk"
_HIGHEST: Final = """
SELECT year, max(n) FROM (
    SELECT year, n FROM ticket UNION ALL SELECT year, n FROM number_given
) GROUP BY year
"""
_KEEP_NUMBER: Final = """
INSERT INTO number_given(year, n) VALUES (?, ?)
ON CONFLICT(year) DO UPDATE SET n = max(n, excluded.n)
"""


def get_entry_hash(port: Port, entry: int) -> str:
    """Fetch the hash of one entry of the journal.

    Args:
        port: The database.
        entry: Its id; 0 for the oldest.

    Returns:
        The hash; empty when there is no such entry.
    """
    return str(port.query(_ENTRY_HASH, (entry,)).value() or "")


def find_numbers(port: Port) -> tuple[tuple[int, int], ...]:
    """Fetch the highest ticket number of each year, those that a backup took back included.

    Args:
        port: The database.

    Returns:
        Year and number.
    """
    return tuple((row[0], row[1]) for row in port.query(_HIGHEST).rows)


def keep_numbers(numbers: tuple[tuple[int, int], ...]) -> list[Statement]:
    """Keep numbers from being given again, whether their tickets are there or not.

    Args:
        numbers: Year and highest number.

    Returns:
        The statements.
    """
    return [(_KEEP_NUMBER, row) for row in numbers]


def is_done(port: Port, op: str) -> bool:
    """Whether an operation went in.

    Args:
        port: The database.
        op: Its id.

    Returns:
        ``True`` when it did.
    """
    return bool(port.query(_DONE, (op,)).value())


def get_beginning(port: Port) -> int:
    """Fetch when the desk was made.

    Args:
        port: The database.

    Returns:
        The moment, in seconds UTC; 0 for a desk that nobody sat at yet.
    """
    return int(port.query(_BEGAN).value())
