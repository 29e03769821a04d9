"""How the tables stood at a past moment: the rows with newer entries of the journal taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from helpdesk.port import Port, Value
from helpdesk.stats.scope import Shadow

_TABLES: Final = (
    "call", "ticket", "caller", "promise", "escalation", "answer", "action", "note", "incident",
    "incident_ticket",
)  # fmt: skip
_SINCE: Final = """
SELECT v.field, v.old,
    CASE WHEN v.field = 'call' AND j.act IN ('start_call', 'start_callback', 'record_call')
    THEN v.new END AS began
FROM journal j INDEXED BY journal_at JOIN journal_value v ON v.entry = j.id
WHERE j.at > ? ORDER BY j.id
"""
_OPENED_SINCE: Final = """
SELECT subject FROM journal INDEXED BY journal_at
WHERE at > ? AND seq = 1 AND subject >= 'ticket:' AND subject < 'ticket;'
"""
_HEAD: Final = """
SELECT id, hash FROM journal INDEXED BY journal_at
WHERE at = (SELECT max(at) FROM journal WHERE at <= ?) ORDER BY id DESC LIMIT 1
"""
_ROWS: Final = {
    table: f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
    for table in _TABLES
}
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
_PARTS: Final = 3


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

    Every value that was changed since is what it was before the first change; calls and
    tickets that were written down since are gone, whenever they began.

    Args:
        port: The database.
        at: The moment, in seconds UTC.

    Returns:
        The tables that hide those of now; nothing when nothing was written since.
    """
    before: dict[str, dict[int, dict[str, str | None]]] = {table: {} for table in _TABLES}
    tags: dict[tuple[int, str], bool] = {}
    links: dict[int, int] = {}
    calls: set[int] = set()
    for name, old, began in port.query(_SINCE, (at,)).rows:
        if began is not None:
            calls.add(int(began.split()[0]))
            continue
        parts = name.split("/", _PARTS - 1)
        if len(parts) != _PARTS or not parts[1].isdecimal():
            continue
        table, row, column = parts[0], int(parts[1]), parts[2]
        if table in before:
            before[table].setdefault(row, {}).setdefault(column, old)
        elif table == "tag":
            tags.setdefault((row, column), old == "1")
        elif table == "call_ticket" and old is not None:
            links.setdefault(row, int(old))
    opened = {int(row[0].partition(":")[2]) for row in port.query(_OPENED_SINCE, (at,)).rows}
    gone = {"call": calls, "ticket": opened}
    shadows = [
        _table(port, table, before[table], gone.get(table, set()))
        for table in _TABLES
        if before[table] or gone.get(table)
    ]
    shadows += _tags(tags) + _links(links)
    return Shadow(
        "\n".join(sql for sql, _ in shadows), tuple(each for _, given in shadows for each in given)
    )


def _table(
    port: Port, table: str, before: dict[int, dict[str, str | None]], gone: set[int]
) -> tuple[str, tuple[Value, ...]]:
    found = port.query(_ROWS[table], (json.dumps([*before]),))
    rows: list[tuple[Any, ...]] = []
    for row in found.rows:
        kept = dict(zip(found.columns, row, strict=True))
        if kept["id"] not in gone:
            rows.append(tuple(_set_back(kept, before[kept["id"]])))
    columns = ", ".join(found.columns)
    cells = ", ".join(f"value ->> {place}" for place in range(len(found.columns)))
    sql = (
        f"{table}({columns}) AS (SELECT {columns} FROM main.{table} "  # noqa: S608 - our names
        f"WHERE id NOT IN (SELECT value FROM json_each(?)) "
        f"UNION ALL SELECT {cells} FROM json_each(?)),"
    )
    return sql, (json.dumps([*before, *gone]), json.dumps(rows))


def _set_back(row: dict[str, Any], before: dict[str, str | None]) -> Iterable[Any]:
    for column, value in row.items():
        old = before.get(column, value)
        numeric = isinstance(old, str) and (isinstance(value, int) or column in _NUMBERS)
        yield int(old) if numeric else old


_NUMBERS: Final = frozenset(
    {
        "caller", "clerk", "resolved_at", "wakes_at", "merged_into", "ended_at", "wrap_ended_at",
        "talk_s", "hold_s", "wrap_s", "done_at", "answered_at", "answered_by", "ended_by",
    }
)  # fmt: skip
"""Columns of numbers that may hold nothing now."""


def _tags(tags: dict[tuple[int, str], bool]) -> list[tuple[str, tuple[Value, ...]]]:
    if not tags:
        return []
    there = [[*key] for key, was in tags.items() if was]
    return [(_TAGS, (json.dumps([[*key] for key in tags]), json.dumps(there)))]


def _links(links: dict[int, int]) -> list[tuple[str, tuple[Value, ...]]]:
    if not links:
        return []
    pairs = json.dumps([[call, ticket] for call, ticket in links.items()])
    return [(_LINKS, (pairs, pairs))]
