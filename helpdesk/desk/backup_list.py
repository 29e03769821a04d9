"""The backups that a desk has: where they lie, what is told of each, which is to be restored."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from helpdesk.desk.cache import cached_readable_configuration
from helpdesk.desk.desk import Folder
from helpdesk.domain.backups import Backup, backup_name, newest_good
from helpdesk.domain.courts import local
from helpdesk.errors import HelpdeskError
from helpdesk.files.sidecar import sidecar_of
from helpdesk.settings import Settings

Progress = Callable[[int, int], None]
"""Told how much of a part is done, and of how much; may raise to give it up."""

UNREADABLE: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What is raised of a sidecar that cannot be meant: anybody may have written it."""

_BLOCK: Final = 2**20
_MARGIN: Final = 20_000_000
"""Bytes that must stay free beside a backup."""


def free_place(where: Path, at: int, zone: str, kind: str = "helpdesk") -> Path:
    """Name a file after a moment, or after the next second at which none is there.

    Args:
        where: The folder.
        at: The moment, in seconds UTC.
        zone: The zone of the desk's office.
        kind: What the name begins with.

    Returns:
        Where no file is.
    """
    while os.path.lexists(path := where / backup_name(at, zone, kind)):
        at += 1
    return path


def backups_folder(folder: Folder, settings: Settings) -> Path:
    """Where the backups of a desk lie.

    Args:
        folder: The desk folder.
        settings: Its settings.

    Returns:
        The folder; it need not exist yet.
    """
    if settings.backups_folder:
        return folder.home / Path(settings.backups_folder).expanduser()
    return folder.database.parent / "backups"


def backups_of(folder: Folder) -> Path:
    """Where the backups of a desk lie, also when its settings are broken.

    Args:
        folder: The desk folder.

    Returns:
        The folder; it need not be there.
    """
    with suppress(HelpdeskError, OSError):
        return backups_folder(folder, cached_readable_configuration(folder).settings)
    return backups_folder(folder, Settings())


def room_needed(database: Path) -> int:
    """How many bytes must be free for a backup: what is copied, and some to go on with.

    Args:
        database: The desk's database; need not be there.

    Returns:
        The bytes.
    """
    files = (database, Path(f"{database}-wal"))
    return sum(each.stat().st_size for each in files if each.is_file()) + _MARGIN


def restore_said(backups: Path) -> str:
    """Say how damaged data comes back.

    Args:
        backups: Where the backups of the desk lie.

    Returns:
        A sentence that names the newest good backup.
    """
    newest = newest_good(list_backups(backups))
    if newest is None:
        return f"No good backup lies in {backups}: look for one elsewhere, for helpdesk restore."
    return f"The newest good backup: helpdesk restore {newest.path}"


def list_backups(where: Path) -> list[Backup]:
    """List the backups in a folder, by their sidecars; none is read.

    Args:
        where: The folder.

    Returns:
        The backups, the newest first; a file without a sidecar last, as not checked.
    """
    with suppress(OSError):
        found = [_told_of(path) for path in sorted(where.glob("*.db"))]
        return sorted(found, key=lambda each: -each.at)
    return []


def checksum(path: Path, progress: Progress | None = None) -> str:
    """The SHA-256 of a file that no connection of this process is open to.

    Args:
        path: The file.
        progress: Told how many bytes are read.

    Returns:
        64 hexadecimal digits.
    """
    digest, done, total = sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            if progress is not None:
                progress(done, total)
    return digest.hexdigest()


def _told_of(path: Path) -> Backup:
    try:
        told = json.loads(sidecar_of(path).read_text(encoding="utf-8"))
        made = as_told(path, told)
    except OSError:
        kept = path.name.startswith(("replaced-", "damaged-"))
        fault = "what a restore replaced" if kept else "nobody checked it"
        return Backup(path, size=path.stat().st_size, fault=fault)
    except UNREADABLE:
        return Backup(path, size=path.stat().st_size, fault="what is told of it cannot be read")
    if path.stat().st_size != made.size:
        fault = "it is not as it was made"
        return Backup(path, made.at, path.stat().st_size, made.nightly, fault, told)
    return made


def as_told(path: Path, told: Mapping[str, Any]) -> Backup:
    """A backup as its sidecar tells of it.

    Args:
        path: The file.
        told: What the sidecar says; may have been written by anybody.

    Returns:
        The backup.

    Raises:
        ValueError: Or another fault of a value, when it cannot be meant.
    """
    local(int(told["at"]), str(told["zone"]))
    for count in told["tables"].values():
        int(count)
    return Backup(path, int(told["at"]), int(told["size"]), bool(told["nightly"]), told=told)
