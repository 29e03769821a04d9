"""A database whose callers, numbers and words cannot be read: what an auditor asks."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from helpdesk.domain.personal_data import (
    CALLER,
    CLASSES,
    DRAFT,
    PHONE,
    SAID,
    TOLD_PLAINLY,
)
from helpdesk.port import Rows, Statement
from helpdesk.store.connecting import Connection
from helpdesk.store.sqlite_file import SqliteFile

_VIEW: Final = "CREATE TEMP VIEW {table} AS SELECT {columns} FROM main.{table}"
_SHOWN: Final = {
    CALLER: "substr({name}, 1, 1) || '…'",
    PHONE: "'…' || substr({name}, -4)",
    SAID: "'(' || length({name}) || ' characters)'",
    DRAFT: "'(' || length({name}) || ' characters)'",
}
"""What is left of a value that is not empty, by its class."""

_MASKED: Final = "CASE WHEN coalesce({name}, '') = '' THEN {name} ELSE {shown} END AS {name}"
_TOLD: Final = "CASE WHEN {name} IS NULL OR NOT ({personal}) THEN {name} ELSE '…' END AS {name}"
_HINT: Final = re.compile(r"\s+INDEXED BY \w+")
"""A view has no index of its own; those of its table serve without being named."""


class MaskedFile(SqliteFile):
    """Views of its reading connections hide the tables that hold personal data."""

    def __init__(self, path: Path) -> None:
        """Take the file.

        Args:
            path: A database with our tables.
        """
        super().__init__(path)

    def snapshot(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run several SELECTs that see the same moment, masked."""
        return super().snapshot([(_HINT.sub("", sql), params) for sql, params in statements])

    def _connected(self, mode: str) -> Connection:
        connection = super()._connected(mode)
        if mode == "ro":
            connection.execute("PRAGMA temp_store = MEMORY")
            for view in _views(connection):
                connection.execute(view)
        return connection


def _views(connection: sqlite3.Connection) -> Iterator[str]:
    """A view for each table that holds personal data; the names are those of our own tables."""
    for table, classes in CLASSES.items():
        columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
        masked = {name: _SHOWN[kind] for name, kind in classes.items() if kind in _SHOWN}
        if table == "journal_value":
            personal = _personal_fields()
            shown = [
                _TOLD.format(name=name, personal=personal) if name in {"old", "new"} else name
                for name in columns
            ]
        elif masked and set(masked) <= set(columns):
            shown = [
                _MASKED.format(name=name, shown=masked[name].format(name=name))
                if name in masked
                else name
                for name in columns
            ]
        else:
            continue
        yield _VIEW.format(table=table, columns=", ".join(shown))


def _personal_fields() -> str:
    """The condition that a value of the journal is personal: what no rule knows counts as such."""
    columns = [
        f"{table}/[0-9]*/{name}"
        for table, classes in CLASSES.items()
        for name, kind in classes.items()
        if kind in _SHOWN
    ]
    globs = " OR ".join(f"field GLOB '{each}'" for each in (*columns, "caller_phone/*"))
    plainly = ", ".join(f"'{each}'" for each in sorted(TOLD_PLAINLY))
    return f"{globs} OR (field NOT GLOB '*/[0-9]*/*' AND field NOT IN ({plainly}))"
