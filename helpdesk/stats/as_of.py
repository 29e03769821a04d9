"""How the tables stood at a past moment: the rows with newer entries of the journal taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from helpdesk.port import Port, Value
from helpdesk.stats.scope import Shadow
from helpdesk.stats.taken_back import TABLES, TakenBack, taken_back

_HEAD: Final = """
SELECT id, hash FROM journal INDEXED BY journal_at
WHERE at = (SELECT max(at) FROM journal WHERE at <= ?) ORDER BY id DESC LIMIT 1
"""
_ROWS: Final = {
    table: f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
    for table in TABLES
}
_OF_CALLS: Final = frozenset({"promise", "escalation", "answer", "action", "note"})
"""Tables whose rows are gone with the call that made them."""

_TAGS: Final = """
tag(ticket, tag) AS (
    SELECT ticket, tag FROM main.tag
    WHERE (ticket, tag) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
    UNION ALL SELECT value ->> 0, value ->> 1 FROM json_each(?)
),"""
_LINKS: Final = """
call_ticket(call, ticket, share) AS (
    SELECT call, ticket, share FROM main.call_ticket
    WHERE call NOT IN (SELECT value ->> 0 FROM json_each(?))
    UNION ALL SELECT value ->> 0, value ->> 1, 1.0 FROM json_each(?)
),"""
_NUMBERS: Final = frozenset(
    {
        "caller", "clerk", "resolved_at", "wakes_at", "merged_into", "ended_at", "wrap_ended_at",
        "talk_s", "hold_s", "wrap_s", "done_at", "answered_at", "answered_by", "ended_by",
    }
)  # fmt: skip
"""Columns of numbers that may hold nothing now."""

_Part = tuple[str, tuple[Value, ...]]
"""A table that hides one of now, and its parameters."""


def head_at(port: Port, at: int) -> str:
    """Name the newest entry of the journal at a moment.

    Args:
        port: The database.
        at: The moment, in seconds UTC.

    Returns:
        Its number and its hash, or that there is none.
    """
    found = port.query(_HEAD, (at,)).one()
    return f"{found['id']:,} {found['hash']}" if found else "none"


def shadow_at(port: Port, at: int) -> Shadow:
    """Work out how the tables stood at a moment.

    Args:
        port: The database.
        at: The moment, in seconds UTC.

    Returns:
        The tables that hide those of now; nothing when nothing was written since.
    """
    back = taken_back(port, at)
    calls = json.dumps([*back.gone["call"]])
    shadows = [_table(port, table, back, calls) for table in TABLES if _differs(table, back)]
    if back.tags:
        there = [[*key] for key, was in back.tags.items() if was]
        shadows.append((_TAGS, (json.dumps([[*key] for key in back.tags]), json.dumps(there))))
    if back.links:
        pairs = json.dumps([[call, ticket] for call, ticket in back.links.items()])
        shadows.append((_LINKS, (pairs, pairs)))
    return Shadow(
        "\n".join(sql for sql, _ in shadows), tuple(each for _, given in shadows for each in given)
    )


def _differs(table: str, back: TakenBack) -> bool:
    of_calls = table in _OF_CALLS and back.gone["call"]
    return bool(back.before[table] or back.gone[table] or of_calls)


def _table(port: Port, table: str, back: TakenBack, calls: str) -> _Part:
    before, gone = back.before[table], back.gone[table]
    found = port.query(_ROWS[table], (json.dumps([*before]),))
    rows: list[tuple[Any, ...]] = []
    for row in found.rows:
        kept = dict(zip(found.columns, row, strict=True))
        of_gone = table in _OF_CALLS and kept["call"] in back.gone["call"]
        if kept["id"] not in gone and not of_gone:
            rows.append(tuple(_set_back(kept, before[kept["id"]])))
    columns = ", ".join(found.columns)
    cells = ", ".join(f"value ->> {place}" for place in range(len(found.columns)))
    hidden: tuple[Value, ...] = (json.dumps([*before, *gone]),)
    but = ""
    if table in _OF_CALLS:
        but = "AND (call IS NULL OR call NOT IN (SELECT value FROM json_each(?)))"
        hidden = (*hidden, calls)
    sql = (
        f"{table}({columns}) AS (SELECT {columns} FROM main.{table} "  # noqa: S608 - our names
        f"WHERE id NOT IN (SELECT value FROM json_each(?)) {but} "
        f"UNION ALL SELECT {cells} FROM json_each(?)),"
    )
    return sql, (*hidden, json.dumps(rows))


def _set_back(row: dict[str, Any], before: dict[str, str | None]) -> Iterable[Any]:
    for column, value in row.items():
        old = before.get(column, value)
        numeric = isinstance(old, str) and (isinstance(value, int) or column in _NUMBERS)
        yield int(old) if numeric else old
