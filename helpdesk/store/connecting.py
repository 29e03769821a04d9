"""Connections to a SQLite file: how each is opened, reads and writes, and when it is closed."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from helpdesk.port import Rows, Statement
from helpdesk.store.refusals import is_busy
from helpdesk.store.replacement_mark import wait_until_replaced

BUSY_SECONDS: Final = 5.0
"""How long a statement waits for another program; a batch twice as long."""

LONG_SECONDS: Final = 2.0
"""Of a write that waits longer than this whoever began it is told."""

# SQLite's own waiting grows to a tenth of a second, so that whoever came last is served first.
_TURN_SECONDS: Final = 0.003

_LOG_PAGES: Final = 4_000
"""So many pages the log of writes gathers before they go into the file: a call writes 450, most
of them again and again. More would need a second part of the log's index."""

STATEMENTS: Final = 48
"""So many statements a connection keeps ready, as many as a call is written with; each takes some
10 kB, and Python would keep 128."""


class Connection(sqlite3.Connection):
    """A connection that another thread closes only when nothing is being asked of it."""

    writes = False
    """Whether it was opened to write."""

    reads = True
    """Whether it only reads just now, and may be interrupted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - SQLite's
        """Open it; the arguments are those of SQLite's own."""
        super().__init__(*args, **kwargs)
        self.use = threading.RLock()
        self.thread = threading.get_ident()

    def close(self) -> None:
        """Close it, once it is not in use."""
        with self.use:
            super().close()


def connected(path: Path, mode: str) -> Connection:
    """Open a connection; one that writes has the settings that every one of ours has.

    Args:
        path: The file.
        mode: ``ro``, ``rw`` or ``rwc``.

    Returns:
        The connection; transactions are begun by hand.
    """
    wait_until_replaced(path)
    address = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False,
        factory=Connection, cached_statements=STATEMENTS,
    )  # fmt: skip
    if mode.startswith("ro"):  # settings of writing, and to take them reads all tables' names
        return connection
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    return connection


def written(
    connection: sqlite3.Connection, batch: Sequence[Statement], then: Sequence[Statement]
) -> list[Rows]:
    """Write a batch in one transaction, whole or not at all.

    Args:
        connection: The connection.
        batch: What is written.
        then: SELECTs inside the same transaction.

    Returns:
        What they gave.

    Raises:
        sqlite3.Error: Whatever SQLite says; then nothing was written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, alike in groupby(batch, itemgetter(0)):
            connection.executemany(sql, map(itemgetter(1), alike))
        answers = [rows_of(connection.execute(*each)) for each in then]
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return answers


def written_in_turn(
    connection: Connection,
    batch: Sequence[Statement],
    then: Sequence[Statement],
    patience: float,
    when_waiting: Callable[[], None] | None,
) -> list[Rows]:
    """Write as soon as nobody else does; whoever waits asks often, so that none starves.

    Args:
        connection: The connection; it does not wait by itself.
        batch: What is written.
        then: SELECTs inside the same transaction.
        patience: How many seconds to wait for others.
        when_waiting: Told once when it takes long.

    Returns:
        What the SELECTs gave.

    Raises:
        sqlite3.Error: Whatever SQLite says; then nothing was written.
    """
    begun, told = time.monotonic(), False
    while True:
        try:
            with connection.use:
                return written(connection, batch, then)
        except sqlite3.OperationalError as error:
            waited = time.monotonic() - begun
            if not is_busy(error) or waited >= patience:
                raise
        if when_waiting is not None and not told and waited >= LONG_SECONDS:
            told = True
            when_waiting()
        time.sleep(_TURN_SECONDS)


def rows_of(cursor: sqlite3.Cursor) -> Rows:
    """Fetch all that a statement gives; the argument is its cursor."""
    columns = next(zip(*cursor.description or (), strict=True), ())
    return Rows(columns, cursor.fetchall())


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Let all that is asked inside see the same moment.

    Args:
        connection: The connection.

    Yields:
        Nothing.
    """
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


class Own:
    """The connections of one thread."""

    reader: Connection | None = None
    """The one that only reads."""

    writer: Connection | None = None
    """The one that writes."""

    patience: float | None = None
    """How many seconds the one that reads waits for others, if not the usual."""

    def __init__(self, opening: int) -> None:
        """Have none yet.

        Args:
            opening: Tells the file that was opened from one that lies under its name later.
        """
        self.opening = opening

    def close(self) -> None:
        """Close them: the file is another by now."""
        for each in (self.reader, self.writer):
            if each is not None:
                each.close()
        self.reader = self.writer = None


class Threads(threading.local):
    """What each thread has of its own."""

    own: Own | None = None
    """Its connections, once it has asked for one."""
