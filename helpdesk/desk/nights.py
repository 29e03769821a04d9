"""Whether the work of a night is still to be done, and how the backups stand.

What is known of a night stands here: the operation id it is done under, the lock that one process
holds, the note of a failure. A console looks every minute; the work is imported where it is done.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from helpdesk.desk.acting import act
from helpdesk.desk.backup_list import backups_folder, list_backups
from helpdesk.desk.desk import Desk
from helpdesk.domain.backups import lateness_said, newest_good, night_of
from helpdesk.errors import HelpdeskError, StoreBusy
from helpdesk.resources import way_to_write, write_for_group
from helpdesk.store.restoring import get_beginning, is_done

_LOCK: Final = ".nightly.lock"
_FAILED: Final = ".nightly-failed.json"
_AGAIN_SECONDS: Final = 3_600
"""After how long a night's work that failed is tried again."""


@act("read")
def is_nightly_due(desk: Desk) -> bool:
    """Whether the work of the night is still to be done, and nobody does it just now.

    Args:
        desk: The desk.

    Returns:
        ``True`` when whoever asks may begin it.
    """
    if is_done(desk.port, night_op(desk)):
        return False
    failed_at = int(_failure(desk).get("at", 0))
    if 0 <= desk.clock.now() - failed_at < _AGAIN_SECONDS:
        return False
    try:
        with working_alone(desk):
            return True
    except StoreBusy:
        return False


@act("read")
def backup_warning(desk: Desk) -> str:
    """Say that the backups of a desk are not what they should be.

    Args:
        desk: The desk.

    Returns:
        A sentence; empty when all is well or backups are switched off.
    """
    if not desk.settings.backups_keep:
        return ""
    newest = newest_good(list_backups(nightly_folder(desk)))
    failed = _failure(desk)
    if failed.get("said") and int(failed.get("at", 0)) > (newest.at if newest else 0):
        return f"The nightly backup failed: {failed['said']}"
    since = newest.at if newest else get_beginning(desk.port)
    late = lateness_said(desk.clock.now(), since, any_good=newest is not None)
    return f"{late}: helpdesk backup makes one." if late else ""


def night_op(desk: Desk) -> str:
    """The operation id that the work of the night is noted as done under."""
    night = night_of(desk.clock.now(), desk.home_office.zone, desk.settings.backups_at)
    return f"nightly.{night}"


def nightly_folder(desk: Desk) -> Path:
    """Where the backups of a desk are, and what is known of its nights."""
    return backups_folder(desk.folder, desk.settings)


@contextmanager
def working_alone(desk: Desk) -> Iterator[None]:
    """Hold what only one process holds; the system lets it go with the process.

    Args:
        desk: The desk.

    Yields:
        Nothing.

    Raises:
        StoreBusy: When another process does the work of the night.
        HelpdeskError: When the folder cannot be written.
    """
    folder = nightly_folder(desk)
    if not folder.is_dir():
        yield
        return
    try:
        handle = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o660)
    except OSError as error:
        raise HelpdeskError(
            f"{folder} cannot be written ({error.strerror}): {way_to_write(folder, error)}."
        ) from error
    try:
        with suppress(PermissionError):
            os.fchmod(handle, 0o660)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreBusy("Another process does the work of the night just now.") from error
        yield
    finally:
        os.close(handle)


def note_failure(desk: Desk, said: str) -> None:
    """Note that the work failed, so that it is not begun again at once.

    Args:
        desk: The desk.
        said: Why.
    """
    path = nightly_folder(desk) / _FAILED
    with suppress(OSError):  # where nothing can be written the age of the backups tells it
        path.unlink(missing_ok=True)
        try:
            write_for_group(path, json.dumps({"at": desk.clock.now(), "said": said}))
        except OSError:
            path.unlink(missing_ok=True)  # half of it tells nothing


def forget_failure(desk: Desk) -> None:
    """Forget what failed before; the argument is the desk."""
    (nightly_folder(desk) / _FAILED).unlink(missing_ok=True)


def _failure(desk: Desk) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        told = json.loads((nightly_folder(desk) / _FAILED).read_text(encoding="utf-8"))
        if isinstance(told, dict) and isinstance(told.get("at"), int):
            return told
    return {}
