"""The names that tickets bear: each is looked up in its index, however many tickets there are."""

from __future__ import annotations

from typing import Final

from helpdesk.port import Port

_NAMES: Final = {
    "clerk": "SELECT login FROM clerk",
    "incident": "SELECT CAST(n AS TEXT) FROM incident",
    "symptom": """
WITH RECURSIVE used(name) AS (
    SELECT min(symptom) FROM ticket
    UNION ALL SELECT (SELECT min(symptom) FROM ticket WHERE symptom > name) FROM used
    WHERE name IS NOT NULL
) SELECT name FROM used WHERE name IS NOT NULL""",
    "tag": """
WITH RECURSIVE used(name) AS (
    SELECT min(tag) FROM tag
    UNION ALL SELECT (SELECT min(tag) FROM tag WHERE tag > name) FROM used
    WHERE name IS NOT NULL
) SELECT name FROM used WHERE name IS NOT NULL""",
    "action": """
WITH RECURSIVE used(name) AS (
    SELECT min(kind) FROM action
    UNION ALL SELECT (SELECT min(kind) FROM action WHERE kind > name) FROM used
    WHERE name IS NOT NULL
) SELECT name FROM used WHERE name IS NOT NULL""",
}


def names_in_use(port: Port, field: str) -> tuple[str, ...]:
    """List the names of one kind that are in the database.

    Args:
        port: The database.
        field: ``clerk``, ``incident``, ``symptom``, ``tag`` or ``action``.

    Returns:
        The names.
    """
    return tuple(row[0] for row in port.query(_NAMES[field]).rows)
