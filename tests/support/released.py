"""Desks as every released version of the program wrote them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import helpdesk.store
from helpdesk.store.schema import APPLICATION_ID, SCRIPTS

VERSIONS: Final = tuple(range(1, len(SCRIPTS)))
"""Every released version of the tables but the newest."""

_DATA: Final = Path(__file__).resolve().parents[1] / "data"
_STORE: Final = Path(helpdesk.store.__file__).parent
_RECORDS: Final = """
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
"""


def make_released(path: Path, version: int) -> None:
    """Make a desk's file with the tables and the rows of a released version.

    Args:
        path: Where; its folder is made.
        version: Which.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("BEGIN")
        for script in (_RECORDS, *(_script(name) for name in SCRIPTS[:version])):
            _run(made, script)
        _run(made, (_DATA / f"desk-v{version}.sql").read_text(encoding="utf-8"))
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made.execute(f"PRAGMA user_version = {version}")
        made.execute("COMMIT")


def rows_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """Read every row of every table that is no index, without opening a desk.

    Args:
        path: The file.

    Returns:
        The rows by table, in order.
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as kept:
        kept.row_factory = sqlite3.Row
        names = [
            name
            for (name,) in kept.execute(
                "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
            )
            if not name.startswith("sqlite_")
        ]
        return {
            name: sorted(map(dict, kept.execute(f'SELECT * FROM "{name}"')), key=repr)
            for name in names
        }


def _script(name: str) -> str:
    return (_STORE / f"{name}.sql").read_text(encoding="utf-8")


def _run(connection: sqlite3.Connection, script: str) -> None:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
