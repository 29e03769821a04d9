"""Opens a desk: its folder, its database, its settings, and who sits at it."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from helpdesk import resources
from helpdesk.desk.acting import Batch
from helpdesk.desk.cache import cached_configuration, cached_readable_configuration
from helpdesk.desk.desk import NOBODY, Clerk, Clock, Desk, Folder, Stamp, new_op
from helpdesk.desk.masking import wear_mask
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.domain.safe_text import line
from helpdesk.errors import HelpdeskError, NotFound, StoreDamaged
from helpdesk.port import Conflict
from helpdesk.store.clerks import add_clerk, find_clerk, save_uid
from helpdesk.store.opening import open_file
from helpdesk.store.sqlite_file import SqliteFile

if TYPE_CHECKING:
    from helpdesk.desk.configuration import Configuration
    from helpdesk.settings import Settings

_LONGEST: Final = 5_000
"""Of a path on a terminal."""


def find_folder(named: Path | None = None) -> Folder:
    """Find the desk folder.

    Args:
        named: What ``--home`` says; ``None`` for ``HELPDESK_HOME``, then the checkout the
            program runs from, then the user's data folder.

    Returns:
        The folder; it need not exist yet.
    """
    if home := named or os.environ.get("HELPDESK_HOME"):
        return Folder(Path(home).expanduser())
    if checkout := resources.checkout():
        return Folder(checkout)
    from platformdirs import user_data_path  # noqa: PLC0415 - only for an installed program

    return Folder(user_data_path("helpdesk", appauthor=False))


def make_folder(folder: Folder) -> None:
    """Make a desk folder with settings to fill in; what is there stays as it is.

    Args:
        folder: The folder.

    Raises:
        NotFound: When it cannot be made there.
    """
    from helpdesk.settings import FRESH  # noqa: PLC0415 - for a new desk only

    try:
        for each in (folder.home, folder.playbooks, folder.database.parent):
            resources.make_folder_for_group(each)
        if not folder.settings.exists():
            resources.write_for_group(folder.settings, FRESH)
    except OSError as error:
        said = f"{folder.home} cannot be made ({error.strerror}): choose another --home."
        raise NotFound(said) from error


def new_said(folder: Folder) -> str:
    """Say what opening a desk will make, for whoever named another folder than was meant.

    Args:
        folder: The desk folder, before it is opened.

    Returns:
        A line for standard error once it is open; empty where a desk is.
    """
    if folder.database.exists():
        return ""
    return f"helpdesk: a new desk was made in {line(str(folder.home), _LONGEST)}.\n"


def open_desk(
    folder: Folder,
    clock: Clock | None = None,
    user: tuple[int, str] | None = None,
    *,
    broken_too: bool = False,
) -> Desk:
    """Open a desk; a new one is made.

    Args:
        folder: The desk folder.
        clock: Where the time comes from; ``None`` for the computer's clock.
        user: Number and name of the operating system's user; ``None`` for whoever runs this.
        broken_too: Whether settings and courts that do not hold together are taken as far as
            they can be read: for what is wanted just then.

    Returns:
        The desk.

    Raises:
        StoreProblem: When the database cannot be used; a damaged one with the backup to restore.
        BadFile: When settings or courts do not hold together.
        NotFound: When the folder cannot be read.
    """
    clock = clock or Clock()
    try:
        told = (cached_readable_configuration if broken_too else cached_configuration)(folder)
    except OSError as error:
        said = f"{folder.home} cannot be read ({error.strerror}): choose another --home."
        raise NotFound(said) from error
    try:
        _refuse_lost(folder, told.settings)
        return _opened(folder, told, clock, user or (os.getuid(), user_name()))
    except StoreDamaged as error:
        from helpdesk.desk.backup_list import backups_folder, restore_said  # noqa: PLC0415 - rarely

        where = backups_folder(folder, told.settings)
        raise StoreDamaged(f"{error} {restore_said(where)}") from error


def _refuse_lost(folder: Folder, settings: Settings) -> None:
    """Refuse to begin anew where a desk was: its file is gone and its backups are there."""
    if folder.database.exists() or not _may_have_backups(folder, settings):
        return
    from helpdesk.desk.backup_list import backups_folder, list_backups  # noqa: PLC0415 - rarely

    where = backups_folder(folder, settings)
    if list_backups(where):
        said = f"{folder.database} is gone and backups of it are there"
        raise StoreDamaged(f"{said}; to begin anew, move {where} away.")


def _may_have_backups(folder: Folder, settings: Settings) -> bool:
    return bool(settings.backups_folder) or (folder.database.parent / "backups").is_dir()


def _opened(folder: Folder, told: Configuration, clock: Clock, user: tuple[int, str]) -> Desk:
    port = open_file(folder.database, clock.now())
    reader = PlaybookReader(folder, told.settings)
    desk = Desk(
        folder=folder,
        port=port,
        clerk=NOBODY,
        settings=told.settings,
        courts=told.courts,
        center=told.center,
        read_playbooks=reader,
        make_finder=reader.finder,
        clock=clock,
    )
    try:
        if not _asks_passcode(desk, user[0]):
            desk.clerk = sign_in(desk, user)
            wear_mask(desk)
        if folder.ask is not None:
            folder.ask(desk)
        if port.kept is not None:
            _tell_upgrade(desk, port.kept)
    except HelpdeskError:
        desk.close()
        raise
    return desk


def _asks_passcode(desk: Desk, uid: int) -> bool:
    if desk.settings.sign_in == "system":
        return False
    from helpdesk.desk.passcodes import asks_passcode  # noqa: PLC0415 - 10 ms, where it is so

    return asks_passcode(desk, uid)


def tell_waiting(desk: Desk, tell: Callable[[], None]) -> None:
    """Have somebody told when a write waits long for another process.

    Args:
        desk: The desk.
        tell: Called once by each write that does.
    """
    if isinstance(desk.port, SqliteFile):
        desk.port.when_waiting = tell


def _tell_upgrade(desk: Desk, copy: Path) -> None:
    """Say in the journal that the tables are newer, and where the file is kept as it was."""
    where = str(copy.relative_to(desk.folder.home))
    from helpdesk.domain.journal import Change  # noqa: PLC0415 - rarely needed

    batch = Batch(desk)
    batch.tell("desk", "upgrade", [Change("copy of the desk before it", None, where)])
    batch.send()


def sign_in(desk: Desk, user: tuple[int, str]) -> Clerk:
    """Find who uses the desk; whoever starts for the first time becomes a clerk.

    Args:
        desk: The desk.
        user: Number and name of the operating system's user.

    Returns:
        The clerk.

    Raises:
        NotFound: When it cannot be done.
    """
    uid, login = user
    for _ in range(2):
        if row := find_clerk(desk.port, uid, login):
            if row["uid"] is None:
                _first_start(desk, row["id"], login, uid)
            return Clerk(row["id"], row["login"], row["role"])
        with suppress(Conflict):  # the same clerk on another console was quicker
            _add_clerk(desk, uid, login)
    raise NotFound(f"{login} could not be signed in: try again.")


def add_by_name(desk: Desk, login: str) -> None:
    """Put somebody who sits at a console on the list of a database that does not know them.

    Args:
        desk: The desk.
        login: Who.
    """
    _add_clerk(desk, None, login)


def _add_clerk(desk: Desk, uid: int | None, login: str) -> None:
    from helpdesk.domain.journal import Change, Head  # noqa: PLC0415 - at a first start only

    now = desk.clock.now()
    role = "admin" if desk.folder.database.stat().st_uid == uid else "clerk"
    clerk = desk.ids.make(now)
    batch = Batch(desk, Stamp(new_op(), now, clerk, login))
    batch.write(add_clerk(clerk, uid, login, role, now))
    told = [Change("login", None, login), Change("role", None, role)]
    batch.tell(f"clerk:{clerk}", "sign_in", told, head=Head())
    batch.send()


def _first_start(desk: Desk, clerk: int, login: str, uid: int) -> None:
    from helpdesk.domain.journal import Change  # noqa: PLC0415 - at a first start only

    stamp = Stamp(new_op(), desk.clock.now(), clerk, login)
    batch = Batch(desk, stamp)
    batch.write(save_uid(clerk, uid))
    batch.tell(f"clerk:{clerk}", "sign_in", [Change("uid", None, str(uid))])
    batch.send()


def user_name() -> str:
    """The operating system's name of whoever runs this."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user{os.getuid()}"
