"""Examines where a desk lies: its folders, their rights, the disk, and what was left behind."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from helpdesk.desk.backup_list import room_needed
from helpdesk.desk.desk import Folder
from helpdesk.desk.findings import Finding
from helpdesk.desk.leftovers import find_leftovers
from helpdesk.domain.mounts import NETWORK, mount_type
from helpdesk.resources import way_to_write
from helpdesk.store.replacement_mark import marker_of

_LEAST_FREE: Final = 200_000_000
"""Fewer bytes than this are too few for a day's calls and a backup."""

_LEAST_FILES: Final = 100
_MEGABYTE: Final = 1_000_000
_LARGEST_LOG: Final = 200_000_000
"""A write-ahead log above this was not folded in for long."""

_REPAIR: Final = "helpdesk doctor --repair mends it"
_OTHERS: Final = 0o007
_GROUPS: Final = 0o2770


def examine_folder(folder: Folder, backups: Path) -> Iterator[Finding]:
    """Examine the folder of a desk.

    Args:
        folder: The desk folder; nothing is made or changed in it.
        backups: Where its backups lie.

    Yields:
        What was found, one part after the other.
    """
    yield _folder(folder)
    if folder.database.parent.is_dir():
        yield _links(folder)
        yield _rights(folder, backups)
        yield _space(folder)
        yield _mount(folder)
        yield _log(folder)
        yield _leftovers(folder, backups)


def wrong_rights(folder: Folder, backups: Path) -> list[tuple[Path, int]]:
    """Find files and folders of a desk with too wide or too narrow rights.

    Args:
        folder: The desk folder.
        backups: Where its backups lie.

    Returns:
        Each with the rights that it should have.
    """
    data = folder.database.parent
    wrong: list[tuple[Path, int]] = []
    if folder.home.is_dir() and folder.home.stat().st_mode & stat.S_IWOTH:
        wrong.append((folder.home, _mode(folder.home) & ~stat.S_IWOTH))
    for place in dict.fromkeys((data, backups)):
        if not place.is_dir():
            continue
        mode = _mode(place)
        ours = place.is_relative_to(folder.home)
        shared = is_shared(folder) if ours else bool(mode & stat.S_IWGRP)
        wanted = mode & ~_OTHERS | (_GROUPS if shared else 0)
        if mode != wanted:
            wrong.append((place, wanted))
        with suppress(OSError):
            wrong += [
                (each, meant)
                for each in sorted(place.iterdir())
                if each.is_file() and not each.is_symlink()
                if _mode(each) != (meant := _meant(each, shared=shared))
            ]
    return wrong


def is_shared(folder: Folder) -> bool:
    """Whether a desk is meant for all of a group, whatever a copy made of its rights.

    Whoever wants it alone closes the folder to the group (0700), or has it in a group with nobody
    else in it.

    Args:
        folder: The desk folder, with a data folder.

    Returns:
        Whether.
    """
    data = folder.database.parent
    if _mode(data) & stat.S_IWGRP:
        return True
    if not (_mode(data) & stat.S_IRWXG and _mode(folder.home) & stat.S_IRWXG):
        return False
    return not _is_owners_own_group(data)


def _is_owners_own_group(path: Path) -> bool:
    there = path.stat()
    try:
        owner = pwd.getpwuid(there.st_uid)
    except KeyError:
        return there.st_gid == there.st_uid
    if owner.pw_gid != there.st_gid:
        return False
    try:
        members = set(grp.getgrgid(there.st_gid).gr_mem)
    except KeyError:
        return True
    return not members - {owner.pw_name}


def _meant(path: Path, *, shared: bool) -> int:
    alone = _mode(path) & ~_OTHERS
    if not shared:
        return alone
    if ".db" in path.name or path.name.startswith(".nightly"):
        return 0o660
    return alone | stat.S_IRGRP if path.suffix == ".yaml" else alone  # who writes it is the desk's


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _folder(folder: Folder) -> Finding:
    data = folder.database.parent
    if not folder.home.exists():
        return Finding("folder", f"{folder.home} is not there", "helpdesk init makes it.")
    if not folder.home.is_dir() or (data.exists() and not data.is_dir()):
        wrong = data if folder.home.is_dir() else folder.home
        return Finding("folder", f"{wrong} is not a folder", "Choose another --home.")
    if not data.is_dir():
        said = f"{folder.home} has no data folder"
        return Finding("folder", said, f"helpdesk init makes it, {_REPAIR}.")
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        said = f"{data} cannot be written by you"
        way_out = way_to_write(data)
        return Finding("folder", said, f"{way_out[0].upper()}{way_out[1:]}.")
    return Finding("folder", str(folder.home))


def _links(folder: Folder) -> Finding:
    database = folder.database
    if database.is_symlink():
        said = f"{database} is a link to {database.resolve()}"
        return Finding("links", said, "Move the file itself there, so that its log is beside it.")
    if database.is_file() and database.stat().st_nlink > 1:
        said = f"{database} has a second name somewhere"
        return Finding("links", said, "Remove that name: written by two, the file is damaged.")
    if database.exists() and not database.is_file():
        return Finding("links", f"{database} is not a file", "Move it away.")
    return Finding("links", "none")


def _rights(folder: Folder, backups: Path) -> Finding:
    try:
        wrong = wrong_rights(folder, backups)
    except OSError as error:
        said = f"cannot be read: {error.strerror}"
        return Finding("rights", said, "Ask for the right to read there.")
    if not wrong:
        whose = "its group's" if is_shared(folder) else "its owner's"
        said = f"{_mode(folder.database.parent):04o}, {whose} and nobody else's to read"
        return Finding("rights", said)
    path, meant = wrong[0]
    said = f"{path} has {_mode(path):04o} and not {meant:04o}"
    if len(wrong) > 1:
        said += f", and {len(wrong) - 1:,} more are wrong"
    return Finding("rights", said, f"chmod {meant:04o} {path}; {_REPAIR}.")


def _space(folder: Folder) -> Finding:
    data = folder.database.parent
    free = shutil.disk_usage(data).free
    size = folder.database.stat().st_size if folder.database.is_file() else 0
    said = f"{free // _MEGABYTE:,} MB free, the database has {size // _MEGABYTE:,} MB"
    files = os.statvfs(data)
    if files.f_files and files.f_favail < _LEAST_FILES:
        said = f"{said}, but only {files.f_favail} more files can be made there"
        return Finding("disk", said, "Remove files there.")
    needed = room_needed(folder.database)
    if free < max(_LEAST_FREE, needed):
        way_out = f"Make room: a backup needs {needed / _MEGABYTE:,.0f} MB, and calls need some."
        return Finding("disk", said, way_out)
    return Finding("disk", said)


def _mount(folder: Folder) -> Finding:
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Finding("file system", "not known on this system")
    kind = mount_type(mounts, PurePosixPath(folder.database.parent.resolve()))
    if kind in NETWORK:
        said = f"{kind}, which other machines share"
        return Finding("file system", said, "Move the desk to a disk of this machine.")
    return Finding("file system", kind or "not known")


def _log(folder: Folder) -> Finding:
    log = Path(f"{folder.database}-wal")
    size = log.stat().st_size if log.is_file() else 0
    if size and not folder.database.exists():
        said = f"{log.name} is there without its database"
        return Finding("log", said, "Put the database back, or restore the newest backup.")
    if size > _LARGEST_LOG:
        said = f"{log.name} has {size // _MEGABYTE:,} MB: a program reads the desk all the time"
        return Finding("log", said, f"Leave the consoles for a moment; {_REPAIR}.")
    return Finding("log", f"{size // _MEGABYTE:,} MB")


def _leftovers(folder: Folder, backups: Path) -> Finding:
    found = leftovers(folder, backups)
    if found:
        said = f"{found[0]} was left by a process that was killed"
        if found[1:]:
            said += f", and {len(found) - 1:,} more"
        return Finding("leftovers", said, f"{_REPAIR}.")
    return Finding("leftovers", "none")


def leftovers(folder: Folder, backups: Path) -> list[Path]:
    """Find what killed processes left in the folders of a desk.

    Args:
        folder: The desk folder.
        backups: Where its backups lie.

    Returns:
        The files; nobody writes them any more.
    """
    data = folder.database.parent
    found = [each for place in dict.fromkeys((data, backups)) for each in find_leftovers(place)]
    mark = marker_of(folder.database)
    with suppress(OSError, ValueError):
        if mark.exists():
            os.kill(int(mark.read_text(encoding="ascii")), 0)
            return found  # a restore goes on
    return [*found, mark] if mark.exists() else found
