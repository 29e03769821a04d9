"""What is asked of the database about itself."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.port import Port, Rows, Statement

_FACTS = """
SELECT sqlite_version() AS sqlite,
    (SELECT application_id FROM pragma_application_id) AS application_id,
    (SELECT user_version FROM pragma_user_version) AS version,
    (SELECT journal_mode FROM pragma_journal_mode) AS journal_mode,
    (SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5') AS fts5
"""
_DAMAGE = "SELECT quick_check FROM pragma_quick_check(?) WHERE quick_check <> 'ok'"
_ENTRIES = """
SELECT j.subject, j.seq, j.at, j.who, j.act, j.undoes, j.value_digest, j.prev_hash, j.hash,
    v.field, v.old, v.new, v.salt
FROM (
    SELECT * FROM journal WHERE (subject, seq) > (?, ?) ORDER BY subject, seq LIMIT ?
) j
LEFT JOIN journal_value v ON v.entry = j.id
ORDER BY j.subject, j.seq, v.field
"""
_ENTRY_HASH: Final = """
SELECT hash FROM journal WHERE id = coalesce(nullif(?, 0), (SELECT min(id) FROM journal))
"""
_NUMBERS: Final = """
SELECT printf('T-%02d-%05d', t.year % 100, t.n) FROM journal j
JOIN ticket t ON t.id = CAST(substr(j.subject, 8) AS INTEGER)
WHERE j.id > ? AND j.seq = 1 AND j.subject >= 'ticket:' AND j.subject < 'ticket;'
ORDER BY t.year, t.n
"""
_SINCE: Final = "SELECT count(*) AS entries, max(at) AS last_at FROM journal WHERE id > ?"
_CALLS: Final = "SELECT count(*) FROM call"
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

_CHECK_SEARCH: Final = {
    "ticket_search": """
        INSERT INTO ticket_search(ticket_search, rank) VALUES ('integrity-check', 1)
    """,
    "caller_search": """
        INSERT INTO caller_search(caller_search, rank) VALUES ('integrity-check', 1)
    """,
    "caller_part": """
        INSERT INTO caller_part(caller_part, rank) VALUES ('integrity-check', 1)
    """,
}
_REBUILD_SEARCH: Final = (
    "INSERT INTO ticket_search(ticket_search) VALUES ('rebuild')",
    "INSERT INTO caller_search(caller_search) VALUES ('rebuild')",
    "INSERT INTO caller_part(caller_part) VALUES ('rebuild')",
)

SEARCHES: Final = tuple(_CHECK_SEARCH)
"""The indexes that words are looked up in."""


def get_facts(port: Port) -> dict[str, Any]:
    """Fetch what the file says of itself.

    Args:
        port: The database.

    Returns:
        ``sqlite``, ``application_id``, ``version``, ``journal_mode`` and ``fts5``.
    """
    return port.query(_FACTS).one() or {}


def find_damage(port: Port, most: int) -> list[str]:
    """Read the whole file and look for damage.

    Args:
        port: The database.
        most: The most faults to name.

    Returns:
        What SQLite says is wrong; nothing when all is well.
    """
    return [str(row[0]) for row in port.query(_DAMAGE, (most,)).rows]


def check_search(name: str) -> Statement:
    """Compare an index with what it was made from; fails when they differ.

    Args:
        name: One of ``SEARCHES``.

    Returns:
        The statement.
    """
    return (_CHECK_SEARCH[name], ())


def rebuild_search() -> list[Statement]:
    """Make the indexes anew from the texts.

    Returns:
        The statements.
    """
    return [(sql, ()) for sql in _REBUILD_SEARCH]


def find_entries(port: Port, after: tuple[str, int], limit: int) -> Rows:
    """Fetch a stretch of the journal, chain by chain.

    Args:
        port: The database.
        after: Chain and place of the last entry seen; ``("", 0)`` for the first stretch.
        limit: The most entries to fetch.

    Returns:
        One row a value, entries without values once.
    """
    return port.query(_ENTRIES, (*after, limit))


def get_entry_hash(port: Port, entry: int) -> str:
    """Fetch the hash of one entry of the journal.

    Args:
        port: The database.
        entry: Its id; 0 for the oldest.

    Returns:
        The hash; empty when there is no such entry.
    """
    return str(port.query(_ENTRY_HASH, (entry,)).value() or "")


def find_tickets_since(port: Port, entry: int) -> dict[str, Any]:
    """Fetch what was written after an entry of the journal.

    Args:
        port: The database.
        entry: Its id.

    Returns:
        ``numbers`` of tickets made since, ``entries`` and ``last_at`` of the journal since, and
        ``calls``, how many there are in all.
    """
    numbers, since, calls = port.snapshot([(_NUMBERS, (entry,)), (_SINCE, (entry,)), (_CALLS, ())])
    return {
        "numbers": [row[0] for row in numbers.rows],
        "calls": calls.value(),
        **(since.one() or {}),
    }


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
