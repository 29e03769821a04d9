"""A database as it stood at a past moment: its file, some of its rows hidden by older ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from helpdesk.errors import StoreProblem
from helpdesk.port import PastRows, Rows, Statement, Value
from helpdesk.store.connecting import Connection
from helpdesk.store.sqlite_file import SqliteFile

_LOOKED_UP: Final = ("id", "ticket", "call", "caller", "merged_into", "started_at", "opened_at")
"""Columns by which rows are looked for."""

# A table is made from the one that it hides, so that it compares as that one's columns do and
# its indexes serve.
_MADE_LIKE: Final = "CREATE TEMP TABLE {made} AS SELECT {columns} FROM main.{table} LIMIT 0"
_INDEX: Final = "CREATE INDEX temp.{table}_{name} ON {table}({columns})"
_FILL: Final = "INSERT INTO temp.{table} VALUES ({marks})"
_OLDER: Final = "UNION ALL SELECT {columns} FROM temp.past_{table}"
_VIEW: Final = """
CREATE TEMP VIEW {table} AS SELECT {columns} FROM main.{table} t
WHERE NOT EXISTS (SELECT 1 FROM temp.hidden_{table} h WHERE {same}) {older}
"""


class PastFile(SqliteFile):
    """Read only, by one connection of its own: views of that connection hide the tables."""

    def __init__(self, path: Path, tables: Iterable[PastRows]) -> None:
        """Open the file and hide what was otherwise then.

        Args:
            path: A database with our tables.
            tables: The rows of each table that differed.

        Raises:
            StoreProblem: When it cannot be read.
        """
        super().__init__(path)
        self._only = self._connected("ro")
        self._only.execute("PRAGMA temp_store = MEMORY")
        for table in tables:
            _hide(self._only, table)

    def transact(
        self, op: str, at: int, statements: Sequence[Statement], then: Sequence[Statement] = ()
    ) -> list[Rows]:
        """Refuse: the past is not written.

        Raises:
            StoreProblem: Always.
        """
        del op, at, statements, then
        raise StoreProblem("What was known at a past moment cannot be changed.")

    def close(self) -> None:
        """Close the connection."""
        super().close()
        self._only.close()

    def _reader(self) -> Connection:
        return self._only


def _hide(connection: sqlite3.Connection, past: PastRows) -> None:
    """Put a view in the place of a table; the names are those of our own tables."""
    name, columns, key = past.table, ", ".join(past.columns), ", ".join(past.key)
    connection.execute(_MADE_LIKE.format(made=f"hidden_{name}", columns=key, table=name))
    connection.execute(_INDEX.format(table=f"hidden_{name}", columns=key, name="key"))
    connection.execute(_MADE_LIKE.format(made=f"past_{name}", columns=columns, table=name))
    _fill(connection, f"hidden_{name}", past.hidden)
    _fill(connection, f"past_{name}", past.rows)
    for column in _LOOKED_UP:
        if column in past.columns:
            connection.execute(_INDEX.format(table=f"past_{name}", columns=column, name=column))
    same = " AND ".join(f"h.{column} = t.{column}" for column in past.key)
    older = _OLDER.format(columns=columns, table=name) if past.rows else ""
    connection.execute(_VIEW.format(table=name, columns=columns, same=same, older=older))


def _fill(connection: sqlite3.Connection, table: str, rows: Sequence[Sequence[Value]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(_FILL.format(table=table, marks=marks), rows)
