"""The tables of a desk, so that two desks can be compared."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from helpdesk.desk.desk import Desk

KEPT: Final = (
    "caller", "caller_phone", "playbook_version", "ticket", "status_span", "tag", "call",
    "call_segment", "call_ticket", "answer", "action", "note", "promise", "ticket_text",
    "caller_text", "draft",
)  # fmt: skip
"""What a desk holds of its calls; operation ids, consoles and the journal apart."""


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
                    if f"{table}.{column}" not in but
                }
                for row in rows
            ),
            key=repr,
        )
        for table, rows in read.items()
    }
