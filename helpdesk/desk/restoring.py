"""Says what a backup holds and what would be lost by it, and puts it in the desk's place."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpdesk.desk.backup_list import UNREADABLE, as_told, backups_folder, checksum, free_place
from helpdesk.desk.backups import check_copy
from helpdesk.desk.beside import beside
from helpdesk.desk.console_life import open_consoles
from helpdesk.desk.desk import Clock, Desk, Folder, Stamp, new_op
from helpdesk.desk.ids import Ids
from helpdesk.desk.leftovers import remove_leftovers
from helpdesk.desk.losses import Lost, find_lost
from helpdesk.desk.opening import open_desk, user_name
from helpdesk.domain.courts import local
from helpdesk.domain.entries import Entry
from helpdesk.domain.journal import Change
from helpdesk.errors import HelpdeskError, NotAllowed, NotFound, StoreProblem
from helpdesk.files.sidecar import sidecar_of
from helpdesk.resources import make_folder_for_group
from helpdesk.settings import Settings
from helpdesk.store.backup_file import copy_database, read_facts
from helpdesk.store.journal import add_entry, get_heads
from helpdesk.store.replacing import make_ready, put_in_place
from helpdesk.store.restoring import find_numbers, get_entry_hash, keep_numbers
from helpdesk.store.schema import SCRIPTS
from helpdesk.store.sqlite_file import SqliteFile

Progress = Callable[[int, int], None]
"""Told how much of a part is done, and of how much; may raise to give it up."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a backup is, and what restoring it would mean."""

    file: Path
    """The backup."""

    facts: dict[str, Any]
    """Version, rows by table, and the newest entry of its journal."""

    chains: int
    """How many chains of its journal hold."""

    at: int
    """The moment that it holds, in seconds UTC."""

    lost: Lost | None
    """What would be lost; ``None`` when the present database cannot say."""

    strange: str = ""
    """Why it looks like no backup of this desk; empty when it is one."""

    consoles: tuple[str, ...] = ()
    """Who has a console open on the desk."""

    zone: str = "UTC"
    """In which zone moments are said: the desk's, else the backup's."""

    @property
    def older(self) -> bool:
        """Whether its tables are brought up to date on the way."""
        return int(self.facts["version"]) < len(SCRIPTS)


@dataclass(frozen=True, slots=True)
class _Present:
    """The desk as it is, as far as it can be read."""

    settings: Settings
    login: str
    lost: Lost | None
    numbers: tuple[tuple[int, int], ...]
    strange: str
    consoles: tuple[str, ...]
    zone: str


def look_into(folder: Folder, file: Path, progress: Progress | None = None) -> Look:
    """Read a whole backup and say what it is; nothing is changed.

    Args:
        folder: The desk folder.
        file: The backup.
        progress: Told that it goes on.

    Returns:
        What it is.

    Raises:
        HelpdeskError: When it cannot be restored, or by somebody else only.
    """
    _refuse_what_is_none(folder, file)
    facts = read_facts(file, progress)
    _refuse_changed(file, progress)
    return _looked(file, facts, check_copy(file, None, progress), _present(folder, file, facts))


def restore(
    folder: Folder, file: Path, *, force: bool = False, clock: Clock | None = None,
    progress: Progress | None = None,
) -> tuple[Look, Path]:  # fmt: skip
    """Put a backup in the desk's place; the database that was there is kept beside the backups.

    Args:
        folder: The desk folder.
        file: The backup; it stays as it is.
        force: Whether consoles that are open, or a backup of another desk, are no reason not to.
        clock: Where the time comes from.
        progress: Told how much is done.

    Returns:
        What the backup was, and where the database that was there is kept.

    Raises:
        HelpdeskError: When it cannot be restored; then the desk is as it was.
    """
    _refuse_what_is_none(folder, file)
    now = (clock or Clock()).now()
    facts = read_facts(file, progress)
    if not force:
        _refuse_changed(file, progress)
    present = _present(folder, file, facts)
    if not force:
        refuse_careless(file, present.strange, present.consoles)
    database = folder.database.resolve()  # where a link leads to: SQLite's log lies there
    remove_leftovers(database.parent)
    with beside(database) as copy:
        copy_database(file, copy, progress)
        chains = check_copy(copy, facts, progress, name=file.name)
        look = _looked(file, facts, chains, present)
        aside = _aside(folder, present, now)
        make_ready(copy)
        _tell(copy, look, present, aside.name, now)
        put_in_place(copy, database, aside)
    return look, aside


def _refuse_what_is_none(folder: Folder, file: Path) -> None:
    if not file.exists():
        raise NotFound(f"{file} is not there: helpdesk backup --list names the backups.")
    if not file.is_file():
        raise NotFound(f"{file} is not a file: name a backup.")
    if not file.stat().st_size:
        raise StoreProblem(f"{file} is empty: choose another backup.")
    if folder.database.exists() and file.samefile(folder.database):
        raise NotAllowed(f"{file} is the desk's own database: name a backup.")
    if not folder.database.parent.is_dir():
        raise NotFound(f"{folder.home} holds no desk: helpdesk init makes a folder for it first.")


def _refuse_changed(file: Path, progress: Progress | None) -> None:
    """Refuse a file that is not what its sidecar says; without one the checks must do."""
    told = _told(file).get("sha256")
    if told and checksum(file, progress) != told:
        raise StoreProblem(
            f"{file} was changed after it was made (its checksum differs): choose another "
            "backup; --force takes it when all else in it holds."
        )


def _told(file: Path) -> dict[str, Any]:
    """What the sidecar of a backup says; nothing when there is none that can be read."""
    with suppress(OSError, ValueError):
        told = json.loads(sidecar_of(file).read_text(encoding="utf-8"))
        return told if isinstance(told, dict) else {}
    return {}


def _zone_told(file: Path) -> str:
    """The zone of the desk that a backup was made of, where the desk itself cannot say it."""
    with suppress(*UNREADABLE):
        return str(as_told(file, _told(file)).told["zone"])
    return "UTC"


def refuse_careless(file: Path, strange: str, consoles: tuple[str, ...]) -> None:
    """Refuse what is done with ``force`` only.

    Args:
        file: The backup.
        strange: Why it looks like no backup of this desk; empty when it is one.
        consoles: Who has a console open on the desk.

    Raises:
        NotAllowed: When either is a reason not to.
    """
    if strange:
        raise NotAllowed(f"{file} {strange}: choose another, or add --force.")
    if consoles:
        raise NotAllowed(
            f"{', '.join(consoles)} {'has' if len(consoles) == 1 else 'have'} a console open: "
            "ask them to leave it first (q), or add --force."
        )


def _present(folder: Folder, file: Path, facts: dict[str, Any]) -> _Present:
    """Read the desk as it is; a damaged one is its owner's to replace."""
    try:
        desk = open_desk(folder, broken_too=True) if folder.database.exists() else None
    except HelpdeskError:
        desk = None
    if desk is None:
        _refuse_strangers(folder)
        return _Present(Settings(), user_name(), None, (), "", (), _zone_told(file))
    with closing(desk):
        desk.require("upkeep")
        zone = desk.home_office.zone
        present = _Present(desk.settings, desk.clerk.login, None, (), "", (), zone)
        with suppress(StoreProblem):  # damaged: each part is read as far as it goes
            present = replace(present, consoles=open_consoles(desk))
            present = replace(present, numbers=find_numbers(desk.port))
            present = replace(present, strange=_strange(desk, facts))
            present = replace(present, lost=find_lost(desk, file))
        return present


def _refuse_strangers(folder: Folder) -> None:
    owner = folder.database.parent.stat().st_uid
    if os.getuid() not in {owner, 0}:
        raise NotAllowed(
            f"{folder.database} cannot say who you are: whoever owns {folder.database.parent} "
            "may restore a backup."
        )


def _strange(desk: Desk, facts: dict[str, Any]) -> str:
    """Whether a backup has another past than the desk."""
    if desk.port.head() and get_entry_hash(desk.port, 0) != facts["first"]:
        return "is a backup of another desk"
    return ""


def _looked(file: Path, facts: dict[str, Any], chains: int, present: _Present) -> Look:
    at = int(facts["head"]["at"])
    with suppress(*UNREADABLE):
        told = int(_told(file)["at"])
        at = told if local(told, present.zone) else at  # raises where no calendar has it
    return Look(
        file, facts, chains, at, present.lost, present.strange, present.consoles, present.zone
    )


def _aside(folder: Folder, present: _Present, now: int) -> Path:
    where = backups_folder(folder, present.settings)
    try:
        make_folder_for_group(where)
    except OSError as error:
        raise StoreProblem(f"{where} cannot be made: {error.strerror}.") from error
    kind = "damaged" if present.lost is None else "replaced"
    return free_place(where, now, present.zone, kind)


def _tell(copy: Path, look: Look, present: _Present, aside: str, now: int) -> None:
    """Say in the journal of the copy what became of the desk."""
    port = SqliteFile(copy)
    try:
        told = [("file", look.file.name), ("moment", str(look.at)), ("kept", aside)]
        if look.lost is not None:
            told.append(("tickets lost", str(len(look.lost.tickets))))
        head = get_heads(port, ["desk"])["desk"]
        entry = Entry(
            "desk", head.seq + 1, now, present.login, "restore",
            tuple(Change(name, None, value) for name, value in told), Ids().salts(len(told)),
            head.hash,
        )  # fmt: skip
        stamp = Stamp(new_op(), now, 0, present.login)
        numbers = keep_numbers(present.numbers)
        port.transact(stamp.op, stamp.at, [*numbers, *add_entry(entry)])
    finally:
        port.close()
