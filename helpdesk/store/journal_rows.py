"""The journal read whole, and the rows that it tells of as they stand now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from helpdesk.port import Port, Rows
from helpdesk.store.reversing import COLUMNS

_ENTRIES: Final = """
SELECT j.id, j.subject, j.seq, j.at, j.who, j.act, j.undoes, j.value_digest, j.prev_hash, j.hash,
    v.*
FROM (
    SELECT * FROM journal WHERE (subject, seq) > (?, ?) AND id <= ? ORDER BY subject, seq LIMIT ?
) j
LEFT JOIN journal_value v ON v.entry = j.id
ORDER BY j.subject, j.seq, v.field
"""
_ENTRY_ID: Final = """
SELECT coalesce(
    (SELECT id FROM journal WHERE subject = ? AND seq >= ? ORDER BY seq LIMIT 1),
    (SELECT max(id) FROM journal WHERE subject = ?)
)
"""
_NEWEST_ENTRY: Final = "SELECT max(id) FROM journal WHERE subject = ?"
_COUNT_VALUES: Final = "SELECT count(*) FROM journal_value"
_UNTOLD: Final = {
    "ticket": """
        SELECT t.id FROM ticket t WHERE NOT EXISTS (
            SELECT 1 FROM journal j WHERE j.subject = 'ticket:' || t.id
        ) ORDER BY t.id LIMIT ?
    """,
    "caller": """
        SELECT c.id FROM caller c WHERE NOT EXISTS (
            SELECT 1 FROM journal j WHERE j.subject = 'caller:' || c.id
        ) ORDER BY c.id LIMIT ?
    """,
}
_NOTES: Final = """
SELECT id, ticket, text FROM note WHERE ticket IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_NUMBER: Final = "SELECT year, n FROM ticket WHERE id = ?"
_UNTOLD_COLUMNS: Final = frozenset({"caller/court", "caller/office"})
"""Columns that follow a caller's newest call, of which its ticket's chain tells."""

_CHECKED: Final = {
    table: tuple(each for each in columns if f"{table}/{each}" not in _UNTOLD_COLUMNS)
    for table, columns in COLUMNS.items()
    if table != "call_review"
} | {"clerk": ("role",)}
_ROWS: Final = {
    table: f"SELECT id, {', '.join(columns)} FROM {table} "  # noqa: S608 - our own tables
    "WHERE id IN (SELECT value FROM json_each(?))"
    for table, columns in _CHECKED.items()
}
_STRUCK: Final = {
    table: f"SELECT id FROM {table} WHERE struck <> 0 ORDER BY id"  # noqa: S608 - our own tables
    for table, columns in COLUMNS.items()
    if "struck" in columns and table != "call_review"
}
_NEWEST: Final = """
SELECT v.field, v.old, v.new, v.salt, max(v.entry) FROM journal_value v
WHERE v.field IN (SELECT value FROM json_each(?)) GROUP BY v.field
"""


def find_entries(port: Port, after: tuple[str, int], upto: int, limit: int) -> Rows:
    """Fetch a stretch of the journal, chain by chain.

    Args:
        port: The database.
        after: Chain and place of the last entry seen; ``("", 0)`` for the first stretch.
        upto: The newest entry that is wanted.
        limit: The most entries to fetch.

    Returns:
        One row a value, entries without values once.
    """
    return port.query(_ENTRIES, (*after, upto, limit))


def get_entry_id(port: Port, subject: str, seq: int) -> int:
    """Find the id of an entry, or of the next one where it is missing.

    Args:
        port: The database.
        subject: Its chain.
        seq: Its place in it.

    Returns:
        The id.
    """
    return int(port.query(_ENTRY_ID, (subject, seq, subject)).value())


def get_newest_entry(port: Port, subject: str) -> int | None:
    """Find the newest entry of a chain.

    Args:
        port: The database.
        subject: The chain.

    Returns:
        Its id, or ``None`` for a chain without entries.
    """
    found: int | None = port.query(_NEWEST_ENTRY, (subject,)).value()
    return found


def count_values(port: Port) -> int:
    """Count the values of all entries.

    Args:
        port: The database.

    Returns:
        How many there are, those without an entry included.
    """
    return int(port.query(_COUNT_VALUES).value())


def find_untold(port: Port, table: str, most: int) -> list[int]:
    """Find rows that no chain of the journal tells of.

    Args:
        port: The database.
        table: ``ticket`` or ``caller``.
        most: The most to fetch.

    Returns:
        Their ids.
    """
    return [row[0] for row in port.query(_UNTOLD[table], (most,)).rows]


def find_struck(port: Port) -> list[str]:
    """Name every row that is struck.

    Args:
        port: The database.

    Returns:
        ``table/ID/struck`` of each.
    """
    found = port.snapshot([(sql, ()) for sql in _STRUCK.values()])
    return [
        f"{table}/{row[0]}/struck"
        for table, rows in zip(_STRUCK, found, strict=True)
        for row in rows.rows
    ]


def find_notes(port: Port, tickets: Collection[int]) -> list[tuple[int, int, str]]:
    """Fetch the notes of tickets.

    Args:
        port: The database.
        tickets: Their ids.

    Returns:
        Id, ticket and text of each.
    """
    found = port.query(_NOTES, (json.dumps(list(tickets)),)).rows
    return [(row[0], row[1], row[2]) for row in found]


def find_values(port: Port, fields: Collection[str]) -> dict[str, str | None]:
    """Read what columns hold now.

    Args:
        port: The database.
        fields: Fields of the journal, ``table/ID/column``.

    Returns:
        The values as the journal writes them; a row that is gone has none.
    """
    rows: dict[str, set[int]] = defaultdict(set)
    for field in fields:
        table, row, _ = field.split("/")
        rows[table].add(int(row))
    return {
        f"{table}/{row}/{column}": None if value is None else str(value)
        for table, ids in rows.items()
        for row, column, value in _cells(port, table, sorted(ids))
    }


def get_newest(port: Port, fields: Sequence[str]) -> dict[str, str | None]:
    """Read what the newest entry of any chain says of some columns; reads all values.

    Args:
        port: The database.
        fields: The fields.

    Returns:
        The value for each.
    """
    found = port.query(_NEWEST, (json.dumps(list(fields)),)).rows
    return {row[0]: row[2] for row in found}


def get_number(port: Port, ticket: int) -> tuple[int, int] | None:
    """Fetch the number of a ticket.

    Args:
        port: The database.
        ticket: Its id.

    Returns:
        Year and number, or ``None`` when there is none.
    """
    rows = port.query(_NUMBER, (ticket,)).rows
    return (rows[0][0], rows[0][1]) if rows else None


def is_checked(field: str) -> bool:
    """Whether a field of the journal says what a column of a row holds.

    Args:
        field: The field.

    Returns:
        ``False`` for what is only told, and for members of sets.
    """
    table, _, rest = field.partition("/")
    row, _, column = rest.partition("/")
    return row.isdecimal() and column in _CHECKED.get(table, ())


def _cells(port: Port, table: str, ids: list[int]) -> Iterator[tuple[int, str, object]]:
    found = port.query(_ROWS[table], (json.dumps(ids),))
    for row in found.rows:
        for column, value in zip(found.columns[1:], row[1:], strict=True):
            yield row[0], column, value
