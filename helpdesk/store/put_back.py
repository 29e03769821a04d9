"""A database file that was taken away or replaced under an open program."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from helpdesk.errors import StoreProblem
from helpdesk.resources import make_folder_for_group
from helpdesk.store.opening import open_file
from helpdesk.store.sqlite_file import SqliteFile

_OWNER_AND_GROUP: Final = 0o660
_NEWEST: Final = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1"
_SAME: Final = "SELECT 1 FROM journal WHERE id = ? AND hash = ?"


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Let one program at a time deal with a file that was taken away.

    Args:
        path: The file.

    Yields:
        Nothing.

    Raises:
        StoreProblem: When its folder is gone and cannot be made.
    """
    try:
        make_folder_for_group(path.parent)  # it may have gone with the file
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        said = f"{path.parent} is gone ({error.strerror}): put the folder back."
        raise StoreProblem(said) from error
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def put_back(file: SqliteFile) -> bool:
    """Put a database back whole that was taken away while it was open.

    Args:
        file: The database.

    Returns:
        Whether it lies under its name again; ``False`` when something else does by now.

    Raises:
        StoreProblem: When it cannot be read or written any more.
    """
    path = file.path
    beside = path.with_name(f".{path.name}.{os.getpid()}.back")
    beside.unlink(missing_ok=True)
    try:
        file.backup(beside)
        beside.chmod(_OWNER_AND_GROUP)
        if path.exists():
            return False
        drop_log(path)  # all that was in it is in the new file
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise StoreProblem(f"{path} cannot be put back: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True


def drop_log(path: Path) -> None:
    """Remove the write-ahead log of a file that does not lie under the name any more.

    Args:
        path: The name.
    """
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def keep_former(file: SqliteFile, now: int, aside: Path) -> bool | None:
    """Keep what a database held that another one was put in the place of.

    Args:
        file: The database as this program opened it.
        now: The moment, in seconds UTC.
        aside: The file that it is kept in.

    Returns:
        Whether it was kept: the new one may hold all of it; ``None`` when it was damaged.

    Raises:
        StoreProblem: When the new file is no database of a desk.
    """
    new = open_file(file.path, now)
    try:
        newest = file.query(_NEWEST).rows
        if not newest or new.query(_SAME, newest[0]).rows:
            return False
        if aside.exists():  # another console was quicker
            return True
        file.backup(aside)
        aside.chmod(_OWNER_AND_GROUP)
    except StoreProblem:
        new.head()  # it is the former that cannot be read
        aside.unlink(missing_ok=True)
        return None
    finally:
        new.close()
    return True
