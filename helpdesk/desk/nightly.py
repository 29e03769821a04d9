"""The work of a night: the journal is sealed, the desk backed up, whole days are summed up.

One process does it, whichever is first after its time: it holds a lock that is gone with it, and
what is done is noted under the operation id of the day.
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
from helpdesk.desk.backups import Progress, tell_backup, write_backup
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.rollups import keep_rollups
from helpdesk.desk.sealing import keep_seal
from helpdesk.domain.backups import lateness_said, newest_good, night_of, to_remove
from helpdesk.domain.periods import Period
from helpdesk.errors import GivenUp, HelpdeskError, StoreBusy
from helpdesk.files.meta import sidecar_of
from helpdesk.resources import make_folder_for_group
from helpdesk.store.restoring import get_beginning, is_done

_LOCK: Final = ".nightly.lock"
_FAILED: Final = ".nightly-failed.json"
_AGAIN_SECONDS: Final = 3_600
"""After how long a night's work that failed is tried again."""


@act("call")
def keep_nightly(
    desk: Desk, progress: Progress | None = None, *, rest: float = 0.0
) -> Iterator[str]:
    """Do what the night has to do and nobody has done yet.

    Args:
        desk: The desk; calls go on meanwhile.
        progress: Told how much is done; may raise to give it up.
        rest: How long to rest after each step of a copy, as a part of the time that it took.

    Returns:
        A sentence for each thing that was done.

    Raises:
        StoreBusy: When another process does it just now.
        HelpdeskError: When something failed; all else was done, and it is tried again.
    """
    return _kept(desk, progress, rest)


@act("read")
def is_nightly_due(desk: Desk) -> bool:
    """Whether the work of the night is still to be done, and nobody does it just now.

    Args:
        desk: The desk.

    Returns:
        ``True`` when whoever asks may begin it.
    """
    if is_done(desk.port, _op(desk)):
        return False
    failed_at = int(_failed(desk).get("at", 0))
    if 0 <= desk.clock.now() - failed_at < _AGAIN_SECONDS:
        return False
    try:
        with _locked(_folder(desk)):
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
    newest = newest_good(list_backups(_folder(desk)))
    failed = _failed(desk)
    if failed.get("said") and int(failed.get("at", 0)) > (newest.at if newest else 0):
        return f"The nightly backup failed: {failed['said']}"
    since = newest.at if newest else get_beginning(desk.port)
    late = lateness_said(desk.clock.now(), since, any_good=newest is not None)
    return f"{late}: helpdesk backup makes one." if late else ""


def _kept(desk: Desk, progress: Progress | None, rest: float) -> Iterator[str]:
    faults: list[HelpdeskError] = []
    folder, op = _folder(desk), _op(desk)
    with suppress(OSError):
        make_folder_for_group(folder)
    with _locked(folder):
        if is_done(desk.port, op):
            yield f"The work of the night of {op.removeprefix('nightly.')} is done already."
            return
        for work in (_seal, _backup, _roll_up):
            try:
                yield from work(desk, progress, rest)
            except GivenUp:
                raise
            except HelpdeskError as error:  # what fails must not keep the rest from being done
                faults.append(error)
        if faults:
            _note_failure(folder, desk.clock.now(), str(faults[0]))
            raise faults[0]
        stamp = desk.stamp()
        desk.port.transact(op, stamp.at, [])
        (folder / _FAILED).unlink(missing_ok=True)


def _seal(desk: Desk, progress: Progress | None, _rest: float) -> Iterator[str]:
    if seal := keep_seal(desk, progress):
        yield f"The journal is sealed: {seal}."


def _backup(desk: Desk, progress: Progress | None, rest: float) -> Iterator[str]:
    keep, stamp = desk.settings.backups_keep, desk.stamp()
    if not keep:
        yield "Nightly backups are switched off (backups: keep in desk.yaml)."
        return
    made = write_backup(desk, None, stamp, progress, nightly=True, rest=rest)
    tell_backup(desk, made, Stamp(f"{_op(desk)}.backup", stamp.at, stamp.clerk, stamp.login))
    yield f"Backed up {made.rows('ticket'):,} tickets to {made.path}."
    there = list_backups(_folder(desk))
    old = to_remove(there, keep, desk.settings.backups_months, desk.home_office.zone)
    for each in old:
        path = Path(each.path)
        for file in (path, sidecar_of(path)):
            with suppress(FileNotFoundError):
                file.unlink()
    if old:
        yield f"Removed {len(old)} nightly backup{'' if len(old) == 1 else 's'} of older days."


def _roll_up(desk: Desk, progress: Progress | None, _rest: float) -> Iterator[str]:
    period = Period(0, desk.clock.now(), desk.home_office.zone)
    days = keep_rollups(desk, period, progress)
    if days:
        yield f"Summed up {days:,} day{'' if days == 1 else 's'} for the reports."


def _op(desk: Desk) -> str:
    night = night_of(desk.clock.now(), desk.home_office.zone, desk.settings.backups_at)
    return f"nightly.{night}"


def _folder(desk: Desk) -> Path:
    return backups_folder(desk.folder, desk.settings)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold what only one process holds; the system lets it go with the process."""
    if not folder.is_dir():
        yield
        return
    try:
        handle = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o660)
    except OSError as error:
        raise HelpdeskError(
            f"{folder} cannot be written ({error.strerror}): ask for the right to write there."
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


def _failed(desk: Desk) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        told = json.loads((_folder(desk) / _FAILED).read_text(encoding="utf-8"))
        if isinstance(told, dict) and isinstance(told.get("at"), int):
            return told
    return {}


def _note_failure(folder: Path, at: int, said: str) -> None:
    with suppress(OSError):  # where nothing can be written the age of the backups tells it
        path = folder / _FAILED
        path.write_text(json.dumps({"at": at, "said": said}), encoding="utf-8")
        path.chmod(0o660)
