"""What taken-out texts leave behind in the index: merged until none of it is left."""

from __future__ import annotations

from typing import Final

from helpdesk.port import Port, Statement

_MERGE: Final = {
    "ticket_search": "INSERT INTO ticket_search(ticket_search, rank) VALUES ('merge', ?)",
    "caller_search": "INSERT INTO caller_search(caller_search, rank) VALUES ('merge', ?)",
    "caller_part": "INSERT INTO caller_part(caller_part, rank) VALUES ('merge', ?)",
}
_STATE: Final = {
    # The record with the id 10 says which segments there are, and from which page each begins.
    "ticket_search": "SELECT hex(block) FROM ticket_search_data WHERE id = 10",
    "caller_search": "SELECT hex(block) FROM caller_search_data WHERE id = 10",
    "caller_part": "SELECT hex(block) FROM caller_part_data WHERE id = 10",
}
INDEXES: Final = tuple(_MERGE)
"""The indexes, each of which keeps the words of changed texts until its parts are merged."""

_ADD: Final = "INSERT INTO removal(id, at, clerk, kind, salt) VALUES (?, ?, ?, ?, ?)"
_BEGUN: Final = "SELECT id, salt FROM removal WHERE salt IS NOT NULL ORDER BY id LIMIT 1"
_OVER: Final = "UPDATE removal SET salt = NULL WHERE salt IS NOT NULL"
_OPEN: Final = "SELECT count(*), min(at) FROM removal WHERE wiped_at IS NULL"
_WIPED: Final = "UPDATE removal SET wiped_at = ? WHERE wiped_at IS NULL AND id <= ?"
_NEWEST: Final = "SELECT coalesce(max(id), 0) FROM removal"


def merge_parts(index: str, pages: int) -> Statement:
    """Merge some pages of an index; what was deleted in older parts is gone once all are one.

    Args:
        index: One of ``INDEXES``.
        pages: About how many pages are written, so that others wait only a moment.

    Returns:
        The statement.
    """
    return (_MERGE[index], (-pages,))


def state_of_parts(index: str) -> Statement:
    """Ask what parts an index has; the answer stays the same when nothing is left to merge."""
    return (_STATE[index], ())


def add_removal(
    removal: int, at: int, clerk: int, kind: str, salt: str | None = None
) -> Statement:
    """Write down that something is taken out, and is not wiped yet.

    Args:
        removal: Its id.
        at: When, in seconds UTC.
        clerk: Who asked for it.
        kind: ``redact`` or ``purge``.
        salt: What the pseudonyms of a purge are made with, until it is over.

    Returns:
        The statement.
    """
    return (_ADD, (removal, at, clerk, kind, salt))


def get_begun(port: Port) -> tuple[int, str] | None:
    """Find the purge that is not over, with its salt."""
    rows = port.query(_BEGUN).rows
    return (int(rows[0][0]), str(rows[0][1])) if rows else None


def forget_salt() -> Statement:
    """End a purge: from now on nothing leads from a pseudonym back."""
    return (_OVER, ())


def newest_removal(port: Port) -> int:
    """The id of the newest removal, 0 for none."""
    return int(port.query(_NEWEST).value())


def find_unwiped(port: Port) -> tuple[int, int | None]:
    """Count the removals that left something in the index or the log.

    Args:
        port: The database.

    Returns:
        How many, and since when.
    """
    many, since = port.query(_OPEN).rows[0]
    return int(many), since


def save_wiped(at: int, removal: int) -> Statement:
    """Write down that nothing of the removals up to one is left."""
    return (_WIPED, (at, removal))
