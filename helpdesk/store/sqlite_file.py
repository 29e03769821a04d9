"""The port on one SQLite file: a reading and a writing connection for each thread."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from helpdesk.errors import (
    ChangedMeanwhile,
    GivenUp,
    HelpdeskError,
    StoreBusy,
    StoreDamaged,
    StoreProblem,
)
from helpdesk.port import Conflict, Rows, Statement, Value

BUSY_SECONDS: Final = 5.0
"""How long a statement waits for another program, before the one retry."""

_VERSION: Final = "PRAGMA user_version"
_OP: Final = """
INSERT INTO op(uid, at)
VALUES (CASE WHEN ? IN (0, (SELECT user_version FROM pragma_user_version)) THEN ? END, ?)
"""
_HEAD: Final = "SELECT coalesce(max(id), 0) FROM journal"
_POLL_SECONDS: Final = 0.05


class SqliteFile:
    """A SQLite file that was opened by :func:`helpdesk.store.opening.open_file`."""

    def __init__(self, path: Path, *, version: int = 0, kept: Path | None = None) -> None:
        """Take the file; connections are made when a thread first asks.

        Args:
            path: A database with our tables.
            version: Of its tables; others are neither read nor written. 0 for whatever it is.
            kept: Where the file is kept as it was before it was brought up to date.
        """
        self.path = path
        self.version, self.kept = version, kept
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._readers: list[tuple[int, sqlite3.Connection]] = []
        self._writers: list[sqlite3.Connection] = []

    def query(self, sql: str, params: Sequence[Value] = ()) -> Rows:
        """Run one SELECT."""
        return self.snapshot([(sql, params)])[0]

    def snapshot(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run several SELECTs that see the same moment."""
        connection = self._reader()
        with _said(self.path):
            if connection.in_transaction:  # within one_moment
                return [_rows(connection.execute(*each)) for each in statements]
            with _reading(connection):
                if self.version not in {0, connection.execute(_VERSION).fetchone()[0]}:
                    raise _upgraded(self.path)
                return [_rows(connection.execute(*each)) for each in statements]

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let all that this thread asks for inside see the same moment."""
        with _said(self.path), _reading(self._reader()):
            yield

    def transact(
        self, op: str, at: int, statements: Sequence[Statement], then: Sequence[Statement] = ()
    ) -> list[Rows]:
        """Write one batch, exactly once for its operation id."""
        connection = self._writer()
        batch = [(_OP, (self.version, op, at)), *statements]
        with _said(self.path):
            try:
                try:
                    return _written(connection, batch, then)
                except sqlite3.OperationalError as error:
                    if not _is_busy(error):
                        raise
                    return _written(connection, batch, then)
            except sqlite3.IntegrityError as error:
                if "UNIQUE constraint failed: op.uid" not in str(error):
                    raise
        return self.snapshot(list(then))

    def head(self) -> int:
        """The change token: the id of the newest journal entry."""
        return int(self.query(_HEAD).value())

    def wait(self, after: int, timeout: float) -> int:
        """Wait until something was written, by this process or another."""
        connection = self._reader()
        end = time.monotonic() + timeout
        seen: int | None = None
        while True:
            with _said(self.path):
                version = connection.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:
                seen, head = version, self.head()
                if head > after:
                    return head
            if time.monotonic() >= end:
                return after
            time.sleep(_POLL_SECONDS)

    def interrupt(self, thread: int | None = None) -> None:
        """End every query that is running; a write is always finished."""
        with self._lock:
            for owner, connection in self._readers:
                if thread in {None, owner}:
                    connection.interrupt()

    def backup(self, path: Path) -> None:
        """Write a plain SQLite file with everything in it."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise StoreProblem(f"{path} is there already: choose another name.") from None
        except OSError as error:
            said = f"{path} cannot be written ({error.strerror}): choose another place."
            raise StoreProblem(said) from error
        with _said(path), closing(sqlite3.connect(path)) as target:
            self._reader().backup(target)

    def forget(self, *, compact: bool = False) -> bool:
        """Write the log of writes back, whole, and cut it to nothing."""
        connection = self._writer()
        with _said(self.path):
            if compact:
                connection.execute("VACUUM")
            return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def close(self) -> None:
        """Close every connection, whichever thread made it."""
        with self._lock:
            for connection in (*(reader for _, reader in self._readers), *self._writers):
                connection.close()
            self._readers.clear()
            self._writers.clear()
        self._mine = threading.local()

    def _reader(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._mine, "reader", None)
        if found is None:
            found = self._mine.reader = self._connected("ro")
            with self._lock:
                self._readers.append((threading.get_ident(), found))
        return found

    def _writer(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._mine, "writer", None)
        if found is None:
            found = self._mine.writer = self._connected("rw")
            with suppress(sqlite3.OperationalError):  # off after a restore that was killed
                found.execute("PRAGMA journal_mode = WAL")
            with self._lock:
                self._writers.append(found)
        return found

    def _connected(self, mode: str) -> sqlite3.Connection:
        with _said(self.path):
            return connected(self.path, mode)


def marker_of(path: Path) -> Path:
    """Where the mark lies that another file is put in the place of a database just now.

    Args:
        path: The database.

    Returns:
        A hidden file beside it, which holds the number of the process that does it.
    """
    return path.with_name(f".{path.name}.replacing")


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """Open a connection with the settings that every one of ours has.

    Args:
        path: The file.
        mode: ``ro``, ``rw`` or ``rwc``.

    Returns:
        The connection; transactions are begun by hand.
    """
    _wait_until_replaced(path)
    address = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _wait_until_replaced(path: Path) -> None:
    mark, end = marker_of(path), time.monotonic() + BUSY_SECONDS
    while mark.exists():
        try:
            os.kill(int(mark.read_text(encoding="ascii")), 0)
        except (OSError, ValueError, OverflowError):
            return  # whoever set it was killed, or has just taken it away
        if time.monotonic() >= end:
            said = f"A backup is being put in the place of {path.name}: try again in a moment."
            raise StoreBusy(said)
        time.sleep(_POLL_SECONDS)


def _written(
    connection: sqlite3.Connection, batch: Sequence[Statement], then: Sequence[Statement]
) -> list[Rows]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, alike in groupby(batch, itemgetter(0)):
            connection.executemany(sql, map(itemgetter(1), alike))
        answers = [_rows(connection.execute(*each)) for each in then]
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return answers


def _rows(cursor: sqlite3.Cursor) -> Rows:
    columns = tuple(column[0] for column in cursor.description or ())
    return Rows(columns, cursor.fetchall())


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


@contextmanager
def _reading(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a sentence that names the file and the way out."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise _refusal(path, str(error)) from error
    except sqlite3.OperationalError as error:
        if _is_busy(error):
            said = f"Another program holds {path.name} for too long: try again in a moment."
            raise StoreBusy(said) from error
        if error.sqlite_errorname.startswith("SQLITE_INTERRUPT"):
            raise GivenUp("The search was given up.") from error
        raise StoreProblem(f"{path} cannot be used: {error}. {_way_out(error)}") from error
    except sqlite3.DatabaseError as error:
        said = f"{path} cannot be used: {error}. Restore the newest backup."
        raise StoreDamaged(said) from error


def _refusal(path: Path, constraint: str) -> HelpdeskError:
    """What a broken constraint means."""
    if "journal.subject, journal.seq" in constraint:
        return ChangedMeanwhile("Somebody else changed this just now.")
    if "NOT NULL constraint failed: op.uid" in constraint:
        return _upgraded(path)
    if "was replaced by a backup" in constraint:
        return StoreProblem(f"{path.name} was replaced by a backup meanwhile: start again.")
    return Conflict(f"The database refused this: {constraint}.")


def _upgraded(path: Path) -> StoreProblem:
    return StoreProblem(
        f"{path} was brought up to date by a newer helpdesk while this one ran: leave, and start "
        "helpdesk again. Nothing was written."
    )


def _way_out(error: sqlite3.OperationalError) -> str:
    name = error.sqlite_errorname
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "The disk may be full or failing: ask your administrator."
    if name.startswith("SQLITE_READONLY"):
        return "The folder or the file is read-only: ask for the right to write there."
    return "Run helpdesk doctor."
