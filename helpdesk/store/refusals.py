"""What SQLite refuses, in a sentence that names the file and the way out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpdesk.errors import (
    ChangedMeanwhile,
    GivenUp,
    HelpdeskError,
    StoreBusy,
    StoreDamaged,
    StoreProblem,
)
from helpdesk.port import Conflict
from helpdesk.resources import way_to_write


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a sentence that names the file and the way out."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise refusal_of(path, error) from error


def refusal_of(path: Path, error: sqlite3.DatabaseError) -> HelpdeskError:
    """Say what SQLite raised.

    Args:
        path: The database.
        error: What was raised.

    Returns:
        The refusal, a sentence that names the file and the way out.
    """
    if isinstance(error, sqlite3.IntegrityError):
        return _broken(path, str(error))
    if not isinstance(error, sqlite3.OperationalError):
        return StoreDamaged(f"{path} cannot be used: {error}. Restore the newest backup.")
    if is_busy(error):
        return StoreBusy(f"Another program holds {path.name} for too long: try again in a moment.")
    if error.sqlite_errorname.startswith("SQLITE_INTERRUPT"):
        return GivenUp("The search was given up.")
    return StoreProblem(f"{path} cannot be used: {error}. {_way_out(path, error)}")


def _broken(path: Path, constraint: str) -> HelpdeskError:
    """What a broken constraint means."""
    if "journal.subject, journal.seq" in constraint:
        return ChangedMeanwhile("Somebody else changed this just now.")
    if "NOT NULL constraint failed: op.uid" in constraint:
        return upgraded(path)
    if "was replaced by a backup" in constraint:
        return StoreProblem(f"{path.name} was replaced by a backup meanwhile: start again.")
    if "import_row.key" in constraint or "phone_interval.start_at" in constraint:
        return Conflict(
            "The same rows are being imported elsewhere just now: run it again when that is done; "
            "what is in already is left out."
        )
    return Conflict(f"The database refused this: {constraint}.")


def upgraded(path: Path) -> StoreProblem:
    """What is said when the tables are no longer those that this program knows.

    Args:
        path: The database.

    Returns:
        The refusal.
    """
    return StoreProblem(
        f"{path} was brought up to date by a newer helpdesk while this one ran: leave, and start "
        "helpdesk again. Nothing was written."
    )


def _way_out(path: Path, error: sqlite3.OperationalError) -> str:
    name = error.sqlite_errorname
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "The disk may be full or failing: ask your administrator."
    if name.startswith("SQLITE_READONLY"):
        return f"The folder or the file is read-only: {way_to_write(path)}."
    return "Run helpdesk doctor."


def is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether another program holds the database, so that trying again may help.

    Args:
        error: What SQLite raised.

    Returns:
        Whether.
    """
    return error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
