"""Opens the database file: makes it whole, brings it up to date, or refuses it in words."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from helpdesk.errors import StoreBusy, StoreDamaged, StoreProblem
from helpdesk.resources import make_folder_for_group, way_to_write
from helpdesk.store.connecting import connected
from helpdesk.store.schema import APPLICATION_ID, SCRIPTS, make_tables
from helpdesk.store.sqlite_file import SqliteFile

_OWNER_AND_GROUP: Final = 0o660


def open_file(path: Path, now: int) -> SqliteFile:
    """Open the desk's database; a missing file is made.

    Args:
        path: The file.
        now: The time, in seconds UTC, that a new file records.

    Returns:
        The open database.

    Raises:
        StoreProblem: When the file is not ours, is damaged, is newer than this program, or
            cannot be made there.
    """
    try:
        if not path.exists():
            _refuse_leftovers(path)
            _make(path, now)
        older = _refuse_what_is_not_ours(path)
        kept = _upgraded(path, now) if older else None
    except StoreProblem:
        raise
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise StoreBusy(f"Another program holds {path}: try again in a moment.") from error
        raise StoreProblem(f"{path} cannot be opened: {error}.") from error
    except sqlite3.DatabaseError as error:
        said = f"{path} is not a help-desk database ({error}): move it away or restore a backup."
        raise StoreDamaged(said) from error
    except OSError as error:
        said = f"{path} cannot be made or opened ({error.strerror}): choose another --home."
        raise StoreProblem(said) from error
    return SqliteFile(path, version=len(SCRIPTS), kept=kept)


def _refuse_leftovers(path: Path) -> None:
    """Refuse to begin anew beside the write-ahead log of a lost file: SQLite would replay it."""
    rest = Path(f"{path}-wal")
    if rest.exists() and not path.exists():
        raise StoreDamaged(
            f"{path} is gone but {rest.name} is still there: put the file back, or restore a "
            f"backup; to begin anew, move {rest.name} away."
        )


def _make(path: Path, now: int) -> None:
    """Make the file under another name and put it in place whole, unless somebody was quicker."""
    make_folder_for_group(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_AND_GROUP))
    beside.chmod(_OWNER_AND_GROUP)  # whatever the umask is: the group shares the desk
    try:
        with closing(connected(beside, "rw")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            make_tables(connection, datetime.fromtimestamp(now, UTC).isoformat(" "))
            connection.execute("COMMIT")
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{beside}{suffix}").unlink(missing_ok=True)


def _upgraded(path: Path, now: int) -> Path | None:
    from helpdesk.store.upgrading import upgrade  # noqa: PLC0415 - rarely needed

    kept = upgrade(path, now)
    _refuse_what_is_not_ours(path)  # whoever was quicker may have been newer still
    return kept


def _refuse_what_is_not_ours(path: Path) -> bool:
    """Refuse what cannot be opened, not a byte of it changed.

    Args:
        path: The file.

    Returns:
        Whether it is older than this program.
    """
    if not path.is_file():
        raise StoreProblem(f"{path} is not a file: move it away.")
    if path.stat().st_size == 0:
        raise StoreDamaged(
            f"{path} is empty, so its tickets are gone or were never there: "
            "restore a backup over it, or remove it to begin anew."
        )
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreProblem(f"{path} is read-only here: {way_to_write(path)}.")
    with closing(_only_looking(path)) as connection:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not ours:
            raise StoreDamaged(
                f"{path} is a database of another program: move it away or choose another --home."
            )
        if version > len(SCRIPTS):
            raise StoreProblem(
                f"{path} was written by a newer helpdesk (version {version}; this one knows "
                f"{len(SCRIPTS)}): upgrade helpdesk. Nothing was changed."
            )
    return bool(version < len(SCRIPTS))


def _only_looking(path: Path) -> sqlite3.Connection:
    """Open a file so that looking leaves it, and the log beside it, as they are.

    One that may write folds the log in when it is closed.
    """
    rest = Path(f"{path}-wal")
    logged = rest.exists() and rest.stat().st_size > 0
    return connected(path, "ro" if logged else "ro&immutable=1")
