"""A database as it stood at a past moment: its file, some of its rows hidden by older ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from helpdesk.errors import StoreProblem
from helpdesk.port import PastRows, Rows, Statement
from helpdesk.store.sqlite_file import SqliteFile

_LOOKED_UP: Final = ("id", "ticket", "call", "caller", "merged_into", "started_at", "opened_at")
"""Columns by which rows are looked for."""


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

    def _reader(self) -> sqlite3.Connection:
        return self._only


def _hide(connection: sqlite3.Connection, past: PastRows) -> None:
    """Put a view in the place of a table; the names are those of our own tables."""
    name, columns, key = past.table, ", ".join(past.columns), ", ".join(past.key)
    marks = ", ".join("?" * len(past.columns))
    # Made from the table, so that they compare as its columns do and their indexes serve.
    connection.execute(f"CREATE TEMP TABLE hidden_{name} AS SELECT {key} FROM main.{name} LIMIT 0")  # noqa: S608
    connection.execute(f"CREATE UNIQUE INDEX temp.hidden_{name}_key ON hidden_{name}({key})")
    connection.execute(f"CREATE TEMP TABLE past_{name} AS SELECT * FROM main.{name} LIMIT 0")  # noqa: S608
    keys = ", ".join("?" * len(past.key))
    connection.executemany(f"INSERT OR IGNORE INTO hidden_{name} VALUES ({keys})", past.hidden)  # noqa: S608
    connection.executemany(f"INSERT INTO past_{name} VALUES ({marks})", past.rows)  # noqa: S608
    for column in _LOOKED_UP:
        if column in past.columns:
            connection.execute(f"CREATE INDEX temp.past_{name}_{column} ON past_{name}({column})")
    same = " AND ".join(f"h.{column} = t.{column}" for column in past.key)
    older = f"UNION ALL SELECT {columns} FROM temp.past_{name}" if past.rows else ""  # noqa: S608
    connection.execute(f"""
        CREATE TEMP VIEW {name} AS
        SELECT {columns} FROM main.{name} t
        WHERE NOT EXISTS (SELECT 1 FROM temp.hidden_{name} h WHERE {same}) {older}
    """)  # noqa: S608
