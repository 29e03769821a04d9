"""Backs a desk up while calls run, and knows the backups that there are."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from helpdesk import __version__
from helpdesk.desk.acting import Batch, act
from helpdesk.desk.backup_list import (
    as_told,
    backups_folder,
    checksum,
    free_place,
    room_needed,
)
from helpdesk.desk.chains import follow_chains
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.leftovers import remove_leftovers
from helpdesk.desk.own_files import refuse_own_file
from helpdesk.domain.backups import Backup
from helpdesk.domain.journal import Change
from helpdesk.errors import NotAllowed, StoreProblem
from helpdesk.files.json_file import json_text
from helpdesk.files.sidecar import sidecar_of
from helpdesk.files.whole_file import whole_path
from helpdesk.resources import make_folder_for_group
from helpdesk.store.backup_file import copy_database, find_faults, read_facts
from helpdesk.store.sqlite_file import SqliteFile

Progress = Callable[[int, int], None]
"""Told how much of a part is done, and of how much; may raise to give it up."""

_MOST_NAMED: Final = 3
_IN_DESK: Final = 0o660
_ELSEWHERE: Final = 0o600


@act("upkeep")
def back_up(desk: Desk, path: Path | None = None, progress: Progress | None = None) -> Backup:
    """Write a backup: whole, checked against the desk and put in place, or not at all.

    Args:
        desk: The desk; calls go on meanwhile.
        path: Where; ``None`` for the backups of the desk, named after the moment.
        progress: Told how much is done.

    Returns:
        The backup.

    Raises:
        HelpdeskError: When it cannot be written there, or did not come out as the desk is.
    """
    if path is not None:
        refuse_own_file(desk.folder, path)
    stamp = desk.stamp()
    made = write_backup(desk, path, stamp, progress)
    tell_backup(desk, made, stamp)
    return made


def write_backup(
    desk: Desk, path: Path | None, stamp: Stamp, progress: Progress | None = None,
    *, nightly: bool = False, rest: float = 0.0,
) -> Backup:  # fmt: skip
    """Write a backup without a word in the journal.

    Args:
        desk: The desk.
        path: Where; ``None`` for the backups of the desk.
        stamp: Who asked, and when.
        progress: Told how much is done.
        nightly: Whether the program makes it by itself.
        rest: How long to rest after each step, as a part of the time that it took.

    Returns:
        The backup.
    """
    folder = backups_folder(desk.folder, desk.settings)
    if path is None:
        _make_folder(folder)
        path = free_place(folder, stamp.at, desk.home_office.zone)
    elif path.is_dir():
        path = free_place(path, stamp.at, desk.home_office.zone)
    if path.parent == folder:
        remove_leftovers(folder)
    _refuse_full(desk.folder.database, path)
    inside = desk.folder.home.resolve() in path.resolve().parents
    mode = _IN_DESK if inside or path.parent == folder else _ELSEWHERE
    with whole_path(path) as beside, whole_path(sidecar_of(path)) as meta:
        for each in (beside, meta):
            each.chmod(mode)
        facts = copy_database(desk.folder.database, beside, progress, rest)
        chains = check_copy(beside, facts, progress, name=path.name)
        told = {
            "file": path.name, "at": stamp.at, "by": stamp.login, "nightly": nightly,
            "zone": desk.home_office.zone, "helpdesk": __version__, **facts, "chains": chains,
            "size": beside.stat().st_size, "sha256": checksum(beside, progress),
        }  # fmt: skip
        meta.write_text(json_text(told), encoding="utf-8")
    return as_told(path, told)


def tell_backup(desk: Desk, made: Backup, stamp: Stamp) -> None:
    """Say in the journal that a backup was made.

    Args:
        desk: The desk.
        made: The backup.
        stamp: Who asked, when, and under which operation it counts once.
    """
    batch = Batch(desk, stamp)
    told = (("file", made.path.name), ("head", made.told["head"]["hash"]),
            ("sha256", made.told["sha256"]))  # fmt: skip
    batch.tell("desk", "backup", [Change(name, None, value) for name, value in told])
    batch.send()


def check_copy(
    path: Path,
    wanted: Mapping[str, Any] | None,
    progress: Progress | None = None,
    *,
    name: str = "",
) -> int:
    """Read a whole copy and refuse it when anything in it is not as it must be.

    Args:
        path: The copy; nobody writes to it.
        wanted: What the desk said at that moment; ``None`` when only the copy itself can tell.
        progress: Told that it goes on.
        name: What people know it as; empty for its own name.

    Returns:
        How many chains of its journal hold.

    Raises:
        StoreProblem: When it is damaged, lacks rows, or its journal was changed.
    """
    name = name or path.name
    if faults := find_faults(path, _MOST_NAMED, progress):
        raise StoreProblem(f"{name} is damaged: {'; '.join(faults)}. It is not used.")
    facts = read_facts(path, progress)
    if wanted is not None and facts != wanted:
        raise StoreProblem(f"{name} does not hold what the desk held: it is not kept.")
    port = SqliteFile(path)
    try:
        chains = follow_chains(port, progress)
    finally:
        port.close()
    if chains.faults:
        named = "; ".join(chains.faults[:_MOST_NAMED])
        more = len(chains.faults) - _MOST_NAMED
        said = f"{named}; and {more:,} more" if more > 0 else named
        raise StoreProblem(f"The journal in {name} does not hold: {said}. Run helpdesk verify.")
    return chains.count


def _make_folder(folder: Path) -> None:
    try:
        make_folder_for_group(folder)
    except OSError as error:
        raise NotAllowed(f"{folder} cannot be made: {error.strerror}.") from error


def _refuse_full(database: Path, path: Path) -> None:
    """Say before the work that there is no room, instead of after it."""
    with suppress(OSError):
        needed = room_needed(database)
        free = shutil.disk_usage(path.parent).free
        if free < needed:
            raise StoreProblem(
                f"{path.parent} has {free / 1e6:,.0f} MB free and a backup needs "
                f"{needed / 1e6:,.0f} MB: make room there, or choose another place."
            )
