"""The tables of a desk, so that two desks can be compared."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from helpdesk.desk.desk import Desk

KEPT: Final = (
    "caller", "caller_phone", "playbook_version", "ticket", "status_span", "tag", "call",
    "call_segment", "call_ticket", "answer", "action", "note", "promise", "ticket_text",
    "caller_text", "draft", "escalation",
)  # fmt: skip
"""What a desk holds of its calls; operation ids, consoles and the journal apart."""

_BY_CHANCE: Final = {"doc"}
"""The number of a text hangs on the chance in its ticket's id when its second is taken."""


def tables_of(desk: Desk, but: Collection[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Read every table, each id replaced by the table's name and the row's place in it.

    Args:
        desk: The desk.
        but: Columns that are left out, as ``table.column``.

    Returns:
        The rows by table.
    """
    read = {table: list(desk.port.query(f"SELECT * FROM {table}").dicts()) for table in KEPT}
    names: dict[Any, str] = {desk.clerk.id: desk.clerk.login}
    for table in KEPT:
        ids = sorted(row["id"] for row in read[table] if "id" in row)
        names |= {each: f"{table} {place}" for place, each in enumerate(ids)}
    return {
        table: sorted(
            (
                {
                    column: names.get(value, value)
                    for column, value in row.items()
                    if f"{table}.{column}" not in but and column not in _BY_CHANCE
                }
                for row in rows
            ),
            key=repr,
        )
        for table, rows in read.items()
    }


_INDEX: Final = re.compile(r".*_(search|part)(_[a-z]+)?\Z")
_MADE_UP: Final = {
    *_BY_CHANCE,
    "uid",
    "salt",
    "value_digest",
    "prev_hash",
    "hash",
    "source",
    "console",
}
_OP: Final = re.compile(r"[0-9a-f]{24}\Z")
_BIG: Final = re.compile(r"\d{15,}")
_OPERATION: Final = re.compile(r"[0-9a-f]{24}(\.[a-z]+)?\Z")


def every_row(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Read every table there is, the journal too, so that two ways to do the same can be compared.

    Args:
        desk: The desk.

    Returns:
        The rows by table; ids are named by their table and place, also inside of texts, and
        what differs by chance (uids, hashes, salts, operations) is left out.
    """
    names = desk.port.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    tables = [name for (name,) in names.rows if not _INDEX.match(name) and name[0] != "_"]
    read = {table: list(desk.port.query(f"SELECT * FROM {table}").dicts()) for table in tables}
    named: dict[int, str] = {desk.clerk.id: desk.clerk.login}
    for table, rows in read.items():
        ids = sorted(row["id"] for row in rows if isinstance(row.get("id"), int))
        named |= {each: f"{table} {place}" for place, each in enumerate(ids) if each > 10**15}

    def without_ids(value: Any) -> Any:  # noqa: ANN401 - a cell
        if isinstance(value, int):
            return named.get(value, value)
        if isinstance(value, str) and _OPERATION.match(value):
            return "an operation"
        if isinstance(value, str):
            value = _OP.sub("an operation", value)
            return _BIG.sub(lambda found: named.get(int(found[0]), found[0]), value)
        return value

    versions = {
        row["hash"]: f"{row['slug']} v{row['ordinal']}" for row in read["playbook_version"]
    }
    return {
        table: sorted(
            (
                {
                    column: versions.get(value, without_ids(value))
                    for column, value in row.items()
                    if column not in _MADE_UP
                }
                for row in rows
            ),
            key=repr,
        )
        for table, rows in read.items()
        if table not in {"op", "console", "seal"}
    }
