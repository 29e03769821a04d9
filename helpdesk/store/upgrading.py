"""Brings an older file up to date: a copy first, then all of it at once or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from helpdesk.errors import StoreProblem
from helpdesk.resources import make_folder_for_group
from helpdesk.store.connecting import connected
from helpdesk.store.schema import SCRIPTS, bring_up_to_date

PATIENCE_SECONDS: Final = 120
"""How long one who comes second waits for the one who brings a large file up to date."""

_OWNER_AND_GROUP: Final = 0o660


def upgrade(path: Path, now: int) -> Path | None:
    """Bring a file up to date, whoever comes first.

    Args:
        path: A database of ours, of an older version.
        now: The time, in seconds UTC: a part of the copy's name.

    Returns:
        The copy of the file as it was; ``None`` when somebody else was quicker.

    Raises:
        StoreProblem: When there is no room for the copy; nothing was changed.
    """
    with closing(connected(path, "rw")) as connection:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version >= len(SCRIPTS):
                return None
            kept = _copied(path, SCRIPTS[version], now)
            bring_up_to_date(connection)
            connection.execute("COMMIT")
            return kept
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _copied(path: Path, script: str, now: int) -> Path:
    """Copy the file, log and all, while nobody can write to it."""
    folder = path.parent / "backups"
    copy = folder / f"before-{script}-{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}.db"
    beside = folder / f".{copy.name}"
    try:
        make_folder_for_group(folder)
        for left in folder.glob(".before-*"):  # of one that was killed: nobody else is here
            left.unlink()
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_AND_GROUP))
        beside.chmod(_OWNER_AND_GROUP)
        _copy(path, beside)
        beside.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoreProblem(
            f"{path} is to be brought up to date, and no copy of it can be kept in {folder} "
            f"({reason}): make room and start again. Nothing was changed."
        ) from error
    return copy


def _copy(path: Path, to: Path) -> None:
    with closing(connected(path, "ro")) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    with to.open("rb") as written:
        os.fsync(written.fileno())
