"""Puts another file in the place of the desk's database, and keeps the one that was there.

SQLite finds the write-ahead log of a file by its name: one that is left beside another file would
be replayed into that. And a program that has the old file open would go on to write to it: it is
told that its desk was replaced.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from helpdesk.errors import StoreProblem
from helpdesk.resources import way_to_write
from helpdesk.store.connecting import connected
from helpdesk.store.replacement_mark import marker_of
from helpdesk.store.schema import SCRIPTS, bring_up_to_date

_BESIDE: Final = ("-wal", "-journal")
_SEEN_SECONDS: Final = 0.2
"""How long the mark stands before anything is moved: whoever opens the file just now is done."""

_REFUSE: Final = """
CREATE TRIGGER IF NOT EXISTS desk_was_replaced BEFORE INSERT ON op
BEGIN SELECT RAISE(ABORT, 'the desk was replaced by a backup'); END
"""
_ALLOW: Final = "DROP TRIGGER IF EXISTS desk_was_replaced"


def put_in_place(new: Path, path: Path, aside: Path) -> None:
    """Put a whole database in the place of another.

    Args:
        new: The new file, on the same file system; nobody has it open.
        path: The desk's database; need not be there, and may be damaged.
        aside: Where the file that was there is kept, with what belongs to it.

    Raises:
        StoreProblem: When a file cannot be moved.
    """
    try:
        with _alone(path.parent), _marked(path), _stopped(path):
            _keep(path, aside)
            for suffix in (*_BESIDE, "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            new.replace(path)
            for folder in {path.parent, aside.parent}:
                _sync(folder)
    except OSError as error:
        way_out = way_to_write(path.parent, error)
        said = f"{path} cannot be replaced ({error.strerror}): {way_out}."
        raise StoreProblem(said) from error


def make_ready(path: Path) -> None:
    """Make a copy of a backup a file that calls are written to, brought up to date.

    Args:
        path: The copy; also one of a file that was replaced.
    """
    with closing(connected(path, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_ALLOW)
        if connection.execute("PRAGMA user_version").fetchone()[0] < len(SCRIPTS):
            bring_up_to_date(connection)
        connection.execute("COMMIT")


def _keep(path: Path, aside: Path) -> None:
    """The file keeps its place until the new one takes it: a kill leaves one or the other."""
    for suffix in ("", *_BESIDE):
        source, target = Path(f"{path}{suffix}"), Path(f"{aside}{suffix}")
        if not os.path.lexists(source) or (suffix and not source.stat().st_size):
            continue
        try:
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # another disk, or one without links
            _copied_aside(source, target)


def _copied_aside(source: Path, target: Path) -> None:
    import shutil  # noqa: PLC0415 - where no link can be made

    try:
        shutil.copyfile(source, target)
        target.chmod(0o660)
    except OSError:
        target.unlink(missing_ok=True)
        raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder: an open console that sees a file go looks only when the other is there."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _marked(path: Path) -> Iterator[None]:
    """Let nobody open the database while its files are moved."""
    mark = marker_of(path)
    mark.write_text(str(os.getpid()), encoding="ascii")
    try:
        time.sleep(_SEEN_SECONDS)
        yield
    finally:
        mark.unlink(missing_ok=True)


@contextmanager
def _stopped(path: Path) -> Iterator[None]:
    """Hold off whoever writes to the file; afterwards they are told that it was replaced."""
    if not path.is_file() or not path.stat().st_size:  # SQLite would make an empty one its own
        yield
        return
    with closing(_opened(path)) as connection:
        alone = _begun(connection)
        yield
        with suppress(sqlite3.Error):
            if not alone and connection.in_transaction:
                connection.execute(_REFUSE)
            if connection.in_transaction:
                connection.execute("COMMIT")


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=5, isolation_level=None
    )


def _begun(connection: sqlite3.Connection) -> bool:
    """Begin to hold the file; whether nobody else has it open. A damaged file is not held."""
    with suppress(sqlite3.Error):
        mode = ""
        with suppress(sqlite3.OperationalError):  # busy: somebody has it open
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode == "delete":
            connection.execute("BEGIN EXCLUSIVE")
            return True
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("BEGIN IMMEDIATE")
    return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def mend_log(path: Path) -> list[str]:
    """Switch the write-ahead log on, and fold it into its database as far as nobody is in the way.

    Args:
        path: The database.

    Returns:
        A sentence for each thing that was done.

    Raises:
        StoreProblem: When the file cannot be written.
    """
    log, done = Path(f"{path}-wal"), []
    held = log.exists() and log.stat().st_size
    try:
        with closing(connected(path, "rw")) as connection:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
                done.append("The write-ahead log is switched on again.")
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise StoreProblem(f"{log.name} cannot be folded in: {error}.") from error
    if held and not busy:
        done.append("The write-ahead log was folded into the database.")
    return done
