"""Opens desks for tests, with a role that does not hang on who runs them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Clerk, Clock, Desk, Folder
from helpdesk.desk.opening import open_desk
from helpdesk.resources import make_folder_for_group
from helpdesk.store.clerks import save_role
from helpdesk.store.opening import open_file
from tests.support.clock import START, StillClock

MORTIZ: Final = (1000, "mortiz")
"""The clerk of the ``desk`` fixture."""

RVANCE: Final = (1001, "rvance")
"""A colleague on another console."""


def open_as(home: Path, clock: Clock, user: tuple[int, str] = MORTIZ, role: str = "admin") -> Desk:
    """Open a desk, signed in with a role.

    The program makes whoever owns the folder its admin; here the role is given.

    Args:
        home: The desk folder.
        clock: The clock.
        user: Number and name of the operating system's user.
        role: The role.

    Returns:
        The desk.
    """
    make_desk(home)
    desk = open_desk(Folder(home), clock, user)
    if desk.clerk.role != role:
        stamp = desk.stamp()
        desk.port.transact(stamp.op, stamp.at, [save_role(desk.clerk.id, role)])
        desk.clerk = Clerk(desk.clerk.id, desk.clerk.login, role)
    return desk


def make_desk(home: Path) -> None:
    """Make the folder of a desk that nobody has opened yet, unless it is there.

    Args:
        home: The desk folder.
    """
    path = Folder(home).database
    if not path.exists():
        make_folder_for_group(path.parent)
        path.write_bytes(_fresh_file())
        path.chmod(0o660)


@cache
def _fresh_file() -> bytes:
    """A fresh database, made once in a process as the program makes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "helpdesk.db"
        open_file(path, START).close()
        return path.read_bytes()


def open_with_history(home: Path, clock: Clock) -> Desk:
    """Open a desk with a made-up history of 300 tickets in 60 days.

    Args:
        home: The desk folder.
        clock: The clock.

    Returns:
        The desk, signed in as an admin.
    """
    path = Folder(home).database
    make_folder_for_group(path.parent)
    path.write_bytes(_file_with_history())
    path.chmod(0o660)
    return open_as(home, clock)


@cache
def _file_with_history() -> bytes:
    """The file of such a desk, made once in a process: it takes as long as ten tests."""
    with TemporaryDirectory() as folder:
        with closing(open_as(Path(folder), StillClock())) as desk:
            fill_demo(desk, 300, days=60)
        return Folder(Path(folder)).database.read_bytes()


def files_of(folder: Path) -> Mapping[str, tuple[int, int]]:
    """List what lies in a folder.

    Args:
        folder: The folder.

    Returns:
        Size and time of the last change of every file, by its path inside the folder.
    """
    facts = {str(path.relative_to(folder)): path.stat() for path in sorted(folder.rglob("*"))}
    return {name: (fact.st_size, fact.st_mtime_ns) for name, fact in facts.items()}
