"""Copies a whole database while others write to it, and says what is in a copy."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from helpdesk.errors import GivenUp, StoreBusy, StoreProblem
from helpdesk.store.connecting import connected
from helpdesk.store.schema import APPLICATION_ID, SCRIPTS

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much; may raise to give it up."""

_PAGES: Final = 2_000
"""How many pages are copied at once: 8 MB."""

_OPCODES: Final = 200_000
"""After how many steps of a long check the progress is told, so that it can be given up."""

_HIDDEN: Final = re.compile(r"^\.(.+)\.\d+$")
"""The name of a file that is not whole yet."""

_NEEDED: Final = {
    "strict tables": "CREATE TABLE a(x INTEGER) STRICT",
    "FTS5": "CREATE VIRTUAL TABLE b USING fts5(x, prefix='1 2')",
    "trigrams": "CREATE VIRTUAL TABLE c USING fts5(x, tokenize='trigram')",
    "JSON": "SELECT value FROM json_each('[1]')",
}
_TABLES: Final = """
SELECT name FROM pragma_table_list
WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name
"""
_COUNT: Final = 'SELECT count(*) FROM "{}"'
_NEWEST: Final = "SELECT id, hash, at FROM journal ORDER BY id DESC LIMIT 1"
_OLDEST: Final = "SELECT hash FROM journal ORDER BY id LIMIT 1"


def copy_database(
    source: Path, target: Path, progress: Progress | None = None, rest: float = 0.0
) -> dict[str, Any]:
    """Copy a database as it is at one moment; nobody who writes to it waits for that.

    All steps read inside one transaction: SQLite would begin again after each change that
    another program makes, and never come to an end at a desk that is busy.

    Args:
        source: The database.
        target: An empty file; afterwards it stands on its own, without a write-ahead log.
        progress: Told how many pages are copied.
        rest: How long to rest after each step, as a part of the time that it took.

    Returns:
        The facts of the source at that moment, as :func:`read_facts` gives those of the copy.

    Raises:
        StoreProblem: When one cannot be read or the other cannot be written.
    """
    with (
        _saying(source, target),
        closing(connected(source, "ro")) as ours,
        closing(connected(target, "rw")) as copy,
    ):
        ours.execute("BEGIN")
        facts = _facts(ours, progress)
        copy.execute("PRAGMA synchronous = OFF")  # each step is synced, and the whole at last
        copy.execute("PRAGMA journal_mode = OFF")
        handle = os.open(target, os.O_RDWR)
        try:
            ours.backup(copy, pages=_PAGES, progress=_paced(handle, progress, rest))
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            os.close(handle)
    return facts


def read_facts(path: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Read what a database that nobody writes to says of itself.

    Args:
        path: The file.
        progress: Told that it goes on.

    Returns:
        ``version``, ``tables`` (rows of each), ``head`` (id, hash and moment of the newest
        entry of the journal) and ``first`` (the hash of the oldest).

    Raises:
        StoreProblem: When it is not one of ours, is newer than this program, or is damaged.
    """
    with _saying(path, path), closing(connected(path, "ro")) as connection:
        _refuse_foreign(path, connection)
        return _facts(connection, progress)


def find_faults(path: Path, most: int, progress: Progress | None = None) -> list[str]:
    """Read a whole file that nobody writes to and look for damage.

    Args:
        path: The file.
        most: The most faults to name.
        progress: Told that it goes on.

    Returns:
        What is wrong; nothing when all is well.
    """
    try:
        with closing(connected(path, "ro")) as connection:
            _tell(connection, progress)
            rows = connection.execute(f"PRAGMA integrity_check({int(most)})").fetchall()
            found = [str(row[0]) for row in rows if row[0] != "ok"]
            for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
                if len(found) < most:
                    found.append(f"{table} {row} points to a {parent} that is not there")
            return found
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_INTERRUPT"):
            raise GivenUp("The check was given up.") from error
        return [str(error)]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def _paced(handle: int, progress: Progress | None, rest: float) -> Callable[[int, int, int], None]:
    """What is done after each step of a copy."""
    begun = time.monotonic()

    def stepped(_status: int, left: int, total: int) -> None:
        nonlocal begun
        os.fsync(handle)  # step by step: the clerks' own writes never wait for all of it
        if progress is not None:
            progress(total - left, total)
        time.sleep(rest * (time.monotonic() - begun))
        begun = time.monotonic()

    return stepped


def _facts(connection: sqlite3.Connection, progress: Progress | None) -> dict[str, Any]:
    _tell(connection, progress)
    tables = [name for (name,) in connection.execute(_TABLES)]
    counts = {name: connection.execute(_COUNT.format(name)).fetchone()[0] for name in tables}
    newest = connection.execute(_NEWEST).fetchone() or (0, "", 0)
    oldest = connection.execute(_OLDEST).fetchone() or ("",)
    connection.set_progress_handler(None, 0)
    return {
        "version": connection.execute("PRAGMA user_version").fetchone()[0],
        "tables": counts,
        "head": dict(zip(("id", "hash", "at"), newest, strict=True)),
        "first": oldest[0],
    }


def _tell(connection: sqlite3.Connection, progress: Progress | None) -> None:
    """Have the progress told from inside a long statement; what it raises ends the statement."""

    def going_on() -> int:
        if progress is not None:
            progress(0, 0)
        return 0

    connection.set_progress_handler(going_on, _OPCODES)


def _refuse_foreign(path: Path, connection: sqlite3.Connection) -> None:
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not ours:
        raise StoreProblem(f"{path} is a database of another program: choose another file.")
    if version > len(SCRIPTS):
        raise StoreProblem(
            f"{path} was written by a newer helpdesk (version {version}; this one knows "
            f"{len(SCRIPTS)}): upgrade helpdesk."
        )


@contextmanager
def _saying(source: Path, target: Path) -> Iterator[None]:
    """Turn what goes wrong into a sentence that names the right one of two files."""
    try:
        yield
    except OSError as error:
        raise StoreProblem(_unwritable(target, error.strerror or str(error))) from error
    except sqlite3.OperationalError as error:
        name = error.sqlite_errorname
        if name.startswith("SQLITE_INTERRUPT"):
            raise GivenUp("It was given up.") from error
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            said = f"Another program holds {source.name} for too long: try again in a moment."
            raise StoreBusy(said) from error
        if source != target and name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
            raise StoreProblem(_unwritable(target, str(error))) from error
        raise StoreProblem(f"{source} cannot be read: {error}.") from error
    except sqlite3.DatabaseError as error:
        said = f"{source} is damaged or not a help-desk database ({error})."
        raise StoreProblem(said) from error


def _unwritable(path: Path, reason: str) -> str:
    path = path.with_name(_HIDDEN.sub(r"\1", path.name))  # as people know it
    return f"{path} cannot be written ({reason}): make room there, or choose another place."


def sqlite_lacks() -> tuple[str, list[str]]:
    """Say which SQLite runs, and what it lacks.

    Returns:
        Its version, and what of it this program needs and it has not.
    """
    lacks = []
    with closing(sqlite3.connect(":memory:")) as connection:
        for what, statement in _NEEDED.items():
            try:
                connection.execute(statement)
            except sqlite3.Error:
                lacks.append(what)
    return sqlite3.sqlite_version, lacks
