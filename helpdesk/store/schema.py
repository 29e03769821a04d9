"""The tables, as scripts that are only ever added to.

A new file is made from all of them at once; an older file is brought up to date by
sqlite-utils, which is imported only then. Either way the same tables come out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID: Final = 0x48445343
"""Marks a SQLite file as a help desk's ("HDSC")."""

SCRIPTS: Final = ("m001", "m002", "m003", "m004", "m005", "m006", "m007", "m008", "m009")
"""Every change to the tables since the first version, in order."""

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
_TEXT_SINCE: Final = 3
"""The script since which the indexed text holds what it holds now."""

_STRETCH_TICKETS: Final = 5_000
_STRETCH: Final = """
SELECT max(id) FROM (SELECT id FROM ticket WHERE id > ? ORDER BY id LIMIT ?)
"""
_ADD_RECORD: Final = """
INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES (?, ?, ?)
"""


def statements(script: str) -> Iterator[str]:
    """Cut a script into statements; a trigger's body stays whole.

    Args:
        script: The SQL.

    Yields:
        Each statement.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def make_tables(connection: sqlite3.Connection, at: str) -> None:
    """Make every table in an empty database.

    Args:
        connection: The database, inside a transaction.
        at: The time that is recorded, as text.
    """
    for statement in statements(_RECORDS):
        connection.execute(statement)
    for name in SCRIPTS:
        for statement in statements(_script(name)):
            connection.execute(statement)
        connection.execute(_ADD_RECORD, ("helpdesk", name, at))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(SCRIPTS)}")


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply the scripts that a file does not have yet.

    Args:
        connection: The database, inside an immediate transaction.
    """
    from sqlite_utils import Database, Migrations  # noqa: PLC0415 - 100 ms, rarely needed

    before = connection.execute("PRAGMA user_version").fetchone()[0]
    changes = Migrations("helpdesk")
    for name in SCRIPTS:
        changes(name=name)(_change(name))
    changes.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {len(SCRIPTS)}")
    if before < _TEXT_SINCE:
        write_texts(connection)


def write_texts(connection: sqlite3.Connection, last: int = -1) -> None:
    """Write the indexed text of every ticket anew, some thousands at a time.

    Args:
        connection: The database, inside a transaction.
        last: The ticket after which it begins.
    """
    from helpdesk.store.search import INDEX_STRETCH  # noqa: PLC0415 - rarely needed

    while True:
        end = connection.execute(_STRETCH, (last, _STRETCH_TICKETS)).fetchone()[0]
        if end is None:
            return
        connection.execute(INDEX_STRETCH, (last, end))
        last = end


def _change(name: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        for statement in statements(_script(name)):
            db.execute(statement)

    return apply


def _script(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
