"""How the tables stood at a past moment: the rows with newer entries of the journal taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from helpdesk.port import PastRows, Port, Value
from helpdesk.stats.taken_back import TABLES, TakenBack, taken_back

_HEAD: Final = """
SELECT id, hash FROM journal NOT INDEXED WHERE id <= ? AND at <= ? ORDER BY id DESC LIMIT 1
"""
"""The newest is the one written last: a history that was made up was told of earlier moments, and
a clock can be set back. From the head backwards no more is read than was written since."""

_ROWS: Final = {
    table: f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
    for table in TABLES
}
_OF_CALLS: Final = frozenset({"promise", "escalation", "answer", "action", "note"})
"""Tables whose rows are gone with the call that made them."""

_OF_CALL: Final = {
    table: f"""
    SELECT d.id FROM call_ticket y JOIN {table} d ON d.ticket = y.ticket AND d.call = y.call
    WHERE y.call IN (SELECT value FROM json_each(?))
    """  # noqa: S608 - our own tables
    for table in _OF_CALLS
}
_LINK_COLUMNS: Final = ("call", "ticket", "share")
_NUMBERS: Final = frozenset(
    {
        "caller", "clerk", "resolved_at", "wakes_at", "merged_into", "ended_at", "wrap_ended_at",
        "talk_s", "hold_s", "wrap_s", "done_at", "answered_at", "answered_by", "ended_by",
    }
)  # fmt: skip
"""Columns of numbers that may hold nothing now."""


def head_at(port: Port, at: int) -> str:
    """Name the newest entry of the journal at a moment.

    Args:
        port: The database.
        at: The moment, in seconds UTC.

    Returns:
        Its number and its hash, or that there is none.
    """
    found = port.query(_HEAD, (port.head(), at)).one()
    return f"{found['id']:,} {found['hash']}" if found else "none"


def rows_at(port: Port, at: int) -> list[PastRows]:
    """Work out which rows stood otherwise at a moment.

    Args:
        port: The database.
        at: The moment, in seconds UTC.

    Returns:
        By table, what is hidden and what stood there; nothing when nothing was written since.
    """
    back = taken_back(port, at)
    past = [_table(port, table, back) for table in TABLES if _differs(table, back)]
    if back.tags:
        there = tuple(key for key, was in back.tags.items() if was)
        past.append(PastRows("tag", ("ticket", "tag"), ("ticket", "tag"), tuple(back.tags), there))
    if back.links:
        rows = tuple((call, ticket, 1.0) for call, ticket in back.links.items())
        calls = tuple((call,) for call in back.links)
        past.append(PastRows("call_ticket", _LINK_COLUMNS, ("call",), calls, rows))
    return past


def _differs(table: str, back: TakenBack) -> bool:
    of_calls = table in _OF_CALLS and back.gone["call"]
    return bool(back.before[table] or back.gone[table] or of_calls)


def _table(port: Port, table: str, back: TakenBack) -> PastRows:
    before, gone = back.before[table], set(back.gone[table])
    if table in _OF_CALLS and back.gone["call"]:
        calls = json.dumps([*back.gone["call"]])
        gone.update(row[0] for row in port.query(_OF_CALL[table], (calls,)).rows)
    found = port.query(_ROWS[table], (json.dumps([*before]),))
    rows: list[tuple[Value, ...]] = []
    for row in found.rows:
        kept = dict(zip(found.columns, row, strict=True))
        was = dict(zip(found.columns, _set_back(kept, before[kept["id"]]), strict=True))
        if kept["id"] not in gone and was.get("struck") != 1:  # added since, or taken back then
            rows.append(tuple(was.values()))
    hidden = tuple((row,) for row in {*before, *gone})
    return PastRows(table, found.columns, ("id",), hidden, tuple(rows))


def _set_back(row: dict[str, Any], before: dict[str, str | None]) -> Iterable[Any]:
    for column, value in row.items():
        old = before.get(column, value)
        numeric = isinstance(old, str) and (isinstance(value, int) or column in _NUMBERS)
        yield int(old) if numeric else old
