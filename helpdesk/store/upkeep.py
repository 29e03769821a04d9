"""What is asked of the database about itself."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.port import Port, Statement

_FACTS = """
SELECT sqlite_version() AS sqlite,
    (SELECT application_id FROM pragma_application_id) AS application_id,
    (SELECT user_version FROM pragma_user_version) AS version,
    (SELECT journal_mode FROM pragma_journal_mode) AS journal_mode,
    (SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5') AS fts5
"""
_DAMAGE = "SELECT quick_check FROM pragma_quick_check(?) WHERE quick_check <> 'ok'"

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
REBUILD_CALLERS: Final = (
    "INSERT INTO caller_search(caller_search) VALUES ('rebuild')",
    "INSERT INTO caller_part(caller_part) VALUES ('rebuild')",
)
"""Makes the indexes of callers anew from their texts."""

ONE_PIECE: Final = "INSERT INTO ticket_search(ticket_search) VALUES ('optimize')"
"""Makes one piece of the index, above the level on which each write adds a small one: a word is
looked up in every piece there is."""

_REBUILD_SEARCH: Final = (
    "INSERT INTO ticket_search(ticket_search) VALUES ('rebuild')", ONE_PIECE,
    *REBUILD_CALLERS,
)  # fmt: skip

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
