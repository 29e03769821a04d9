"""Opens desks for tests, with a role that does not hang on who runs them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from helpdesk.desk.desk import Clerk, Clock, Desk, Folder
from helpdesk.desk.opening import open_desk
from helpdesk.store.clerks import save_role

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
    desk = open_desk(Folder(home), clock, user)
    if desk.clerk.role != role:
        stamp = desk.stamp()
        desk.port.transact(stamp.op, stamp.at, [save_role(desk.clerk.id, role)])
        desk.clerk = Clerk(desk.clerk.id, desk.clerk.login, role)
    return desk


def files_of(folder: Path) -> Mapping[str, tuple[int, int]]:
    """List what lies in a folder.

    Args:
        folder: The folder.

    Returns:
        Size and time of the last change of every file, by its path inside the folder.
    """
    facts = {str(path.relative_to(folder)): path.stat() for path in sorted(folder.rglob("*"))}
    return {name: (fact.st_size, fact.st_mtime_ns) for name, fact in facts.items()}
