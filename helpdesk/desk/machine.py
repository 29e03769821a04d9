"""Examines where a desk lies: its folder, the rights there, the disk, the zones."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from helpdesk.desk.desk import Folder
from helpdesk.desk.findings import Finding
from helpdesk.domain.mounts import NETWORK, mount_type

_LEAST_FREE: Final = 200_000_000
"""Fewer bytes than this are too few for a day's calls and a backup."""

_MEGABYTE: Final = 1_000_000

_ZONES: Final = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")


def examine_machine(folder: Folder) -> Iterator[Finding]:
    """Examine everything about a desk but what lies in its database.

    Args:
        folder: The desk folder; nothing is made or changed in it.

    Yields:
        What was found, one part after the other.
    """
    yield _python()
    yield _zones()
    yield _folder(folder)
    if folder.database.parent.is_dir():
        yield _rights(folder)
        yield _space(folder)
        yield _mount(folder)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", version)


def _zones() -> Finding:
    try:
        for zone in _ZONES:
            ZoneInfo(zone)
    except ZoneInfoNotFoundError as error:
        return Finding("time zones", f"{error.args[0]}", "Install the package tzdata.")
    there = next((path for path in TZPATH if (Path(path) / _ZONES[0]).is_file()), "tzdata's")
    return Finding("time zones", f"found, {there}")


def _folder(folder: Folder) -> Finding:
    data = folder.database.parent
    if not folder.home.exists():
        return Finding("folder", f"{folder.home} is not there", "helpdesk init makes it.")
    if not folder.home.is_dir() or (data.exists() and not data.is_dir()):
        wrong = data if folder.home.is_dir() else folder.home
        return Finding("folder", f"{wrong} is not a folder", "Choose another --home.")
    if not data.is_dir():
        return Finding("folder", f"{folder.home} has no data folder", "helpdesk init makes it.")
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        said = f"{data} cannot be written by you"
        return Finding("folder", said, "Ask for the right to write there.")
    return Finding("folder", str(folder.home))


def _rights(folder: Folder) -> Finding:
    data, database = folder.database.parent, folder.database
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & stat.S_IWOTH:
        said = f"everybody on this machine can write to {data}"
        return Finding("rights", said, f"chmod o-w {data}")
    if mode & stat.S_IWGRP and not mode & stat.S_ISGID:
        said = f"what is made in {data} does not get its group"
        return Finding("rights", said, f"chmod g+s {data}")
    with suppress(FileNotFoundError):
        facts = database.stat()
        if facts.st_mode & (stat.S_IROTH | stat.S_IWOTH):
            said = f"everybody on this machine can read {database}"
            return Finding("rights", said, f"chmod 660 {database}*")
        if mode & stat.S_IWGRP and not facts.st_mode & stat.S_IWGRP:
            said = f"the group may write to {data} but not to {database.name}"
            return Finding("rights", said, f"chmod 660 {database}*")
    return Finding("rights", f"{mode:04o}")


def _space(folder: Folder) -> Finding:
    free = shutil.disk_usage(folder.database.parent).free
    size = folder.database.stat().st_size if folder.database.is_file() else 0
    said = f"{free // _MEGABYTE:,} MB free, the database has {size // _MEGABYTE:,} MB"
    if free < max(_LEAST_FREE, size):
        return Finding("disk", said, "Make room: a backup needs as much as the database.")
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
