"""The port on one SQLite file: a reading and a writing connection for each thread."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final
from weakref import WeakSet

from helpdesk.errors import StoreBusy, StoreProblem
from helpdesk.port import Rows, Statement, Value
from helpdesk.store import connecting
from helpdesk.store.connecting import (
    Connection,
    Own,
    Threads,
    connected,
    reading,
    rows_of,
    written_in_turn,
)
from helpdesk.store.refusals import is_busy, refusal_of, said_of, upgraded
from helpdesk.store.whereabouts import Whereabouts

_VERSION: Final = "PRAGMA user_version"
_OP: Final = """
INSERT INTO op(uid, at)
VALUES (CASE WHEN ? IN (0, (SELECT user_version FROM pragma_user_version)) THEN ? END, ?)
"""
_HEAD: Final = "SELECT coalesce(max(id), 0) FROM journal"
# In kB; SQLite's own is 2,048. A call changes 200 at once. A letter that is looked for in a
# million tickets reads 80, most of them again for the next one; of 256 kB none is left by then.
_LEAN: Final = {True: "PRAGMA cache_size = -512", False: "PRAGMA cache_size = -768"}
_ASKS: Final = re.compile(r"\s*SELECT\b")
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
        self.patience: float | None = None  # seconds; None for those of everybody
        self.when_waiting: Callable[[], None] | None = None  # told of a write that waits long
        self.lean = False  # whether connections keep few pages, as those that are open all day
        self._opening = 0  # connections of an earlier one are not used any more
        self.where = Whereabouts(path)
        self._threads = Threads()
        self._lock = threading.Lock()
        self._made = WeakSet[Connection]()  # one that is nobody's any more closes itself
        self._first: Connection | None = None  # with the last one SQLite takes the log away

    def query(self, sql: str, params: Sequence[Value] = ()) -> Rows:
        """Run one SELECT."""
        return self.snapshot([(sql, params)])[0]

    def snapshot(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run several SELECTs that see the same moment."""
        try:
            writer = self._free_writer()
            if writer is not None and all(map(_only_reads, statements)):
                try:
                    return self._answers_of_writer(writer, statements)
                except StoreBusy:
                    pass  # the one that only reads has the patience to wait
                except sqlite3.OperationalError as error:
                    if not is_busy(error):
                        raise
            return self._answers(self._reader(), statements)
        except sqlite3.DatabaseError as error:
            raise refusal_of(self.path, error) from error

    def _answers_of_writer(
        self, writer: Connection, statements: Sequence[Statement]
    ) -> list[Rows]:
        """Let a connection that writes be interrupted while it only reads, at no other time."""
        with self._lock:
            writer.reads = True
        try:
            return self._answers(writer, statements)
        finally:
            with self._lock:
                writer.reads = False

    def _answers(self, connection: Connection, statements: Sequence[Statement]) -> list[Rows]:
        with connection.use:
            if connection.in_transaction:  # within one_moment
                return [rows_of(connection.execute(*each)) for each in statements]
            if len(statements) == 1:
                return [self._read(connection, statements[0])]
            with reading(connection):
                self._refuse_newer(connection)
                return [rows_of(connection.execute(*each)) for each in statements]

    def _read(self, connection: Connection, statement: Statement) -> Rows:
        """Run one SELECT alone: it sees one moment by itself."""
        try:
            cursor = connection.execute(*statement)
        except sqlite3.Error:
            self._refuse_newer(connection)
            raise
        try:
            self._refuse_newer(connection)  # of the same moment, while there are rows to fetch
            return rows_of(cursor)
        finally:
            cursor.close()  # what is left open stays ended for whatever is asked next

    def _refuse_newer(self, connection: Connection) -> None:
        version = connection.execute(_VERSION).fetchone()
        if version is None:  # as was seen while another program wrote the version
            raise StoreBusy(f"{self.path.name} could not be read just now: try again.")
        if self.version not in {0, version[0]}:
            raise upgraded(self.path)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let all that this thread asks for inside see the same moment."""
        connection = self._reader()
        with said_of(self.path), connection.use, reading(connection):
            yield

    def transact(
        self, op: str, at: int, statements: Sequence[Statement], then: Sequence[Statement] = ()
    ) -> list[Rows]:
        """Write one batch, exactly once for its operation id."""
        connection = self._writer()
        batch = [(_OP, (self.version, op, at)), *statements]
        patience = 2 * connecting.BUSY_SECONDS if self.patience is None else self.patience
        with said_of(self.path):
            try:
                return written_in_turn(connection, batch, then, patience, self.when_waiting)
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
            with said_of(self.path), connection.use:
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
            for connection in self._made:
                if connection.reads and thread in {None, connection.thread}:
                    with suppress(sqlite3.ProgrammingError):  # closed: the file is another by now
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
        own = self._own()  # what is open already: another file may lie under the name by now
        with said_of(path), closing(sqlite3.connect(path)) as target:
            (own.reader or own.writer or self._reader()).backup(target)

    def forget(self, *, compact: bool = False) -> bool:
        """Write the log of writes back, whole, and cut it to nothing."""
        connection = self._writer()
        with said_of(self.path):
            if compact:
                connection.execute("VACUUM")
            return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def open_again(self) -> None:
        """Let every thread open what lies under the name now, when it next asks."""
        with self._lock:
            self._opening += 1
            self._first = None
            self.where.forget()

    def empty_log(self) -> None:
        """Write the whole write-ahead log into the file."""
        with said_of(self.path):
            self._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection, whichever thread made it."""
        with self._lock:
            # Last one that writes: one that only reads leaves the log of writes where it is.
            for connection in sorted(self._made, key=lambda each: each.writes):
                connection.close()
            self._made.clear()
            self._first = None
        self._threads = Threads()

    def _reader(self) -> Connection:
        own = self._own()
        found = own.reader
        if found is None:
            found = own.reader = self._connected("ro")
            own.patience = None
        if own.patience != self.patience:
            seconds = connecting.BUSY_SECONDS if self.patience is None else self.patience
            found.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
            own.patience = self.patience
        return found

    def _free_writer(self) -> Connection | None:
        """This thread's connection that writes, if it may read as well, else none.

        It has the pages at hand that it wrote; the one that only reads lets go of all of its own
        after each write, and fetches them anew.
        """
        own = self._own()
        if own.reader is not None and own.reader.in_transaction:  # within one_moment
            return None
        return own.writer

    def _writer(self) -> Connection:
        own = self._own()
        found = own.writer
        if found is None:
            found = own.writer = self._connected("rw")
            with suppress(sqlite3.OperationalError):  # off after a restore that was killed
                found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA busy_timeout = 0")  # it waits in turn instead
        return found

    def _own(self) -> Own:
        """What this thread has; what it had opened before the file was another is closed."""
        own = self._threads.own
        if own is None or own.opening != self._opening:
            if own is not None:
                own.close()
            own = self._threads.own = Own(self._opening)
        return own

    def _connected(self, mode: str) -> Connection:
        with said_of(self.path):
            made = connected(self.path, mode)
            made.writes = mode != "ro"
            made.reads = not made.writes
            if self.lean:
                made.execute(_LEAN[made.writes])
            self.where.opened()
            with self._lock:
                self._first = self._first or made
                self._made.add(made)
            return made


def _only_reads(statement: Statement) -> bool:
    """Whether it can be seen that a statement writes nothing."""
    return _ASKS.match(statement[0]) is not None
