"""The desk's own files: nothing that somebody has written for themselves takes their place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from helpdesk.desk.desk import Folder
from helpdesk.errors import NotAllowed
from helpdesk.resources import shipped
from helpdesk.store.replacement_mark import marker_of

_BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite puts behind the name of a database."""


def refuse_own_file(folder: Folder, path: Path) -> None:
    """Refuse a place where the desk keeps a file of its own, be there one now or not.

    Args:
        folder: The desk folder.
        path: Where somebody wants a file; a link counts as itself and as what it leads to.

    Raises:
        NotAllowed: When it is the database or what belongs to it, the settings, the courts, or
            anything among the playbooks, of the desk or as shipped.
    """
    wanted = (Path(os.path.realpath(path.parent), path.name), Path(os.path.realpath(path)))
    for home in (folder, Folder(shipped("data").parent)):
        own = [way for each in _files(home) for way in (each, Path(os.path.realpath(each)))]
        if any(
            any(_is_same_place(place, each) for each in own)
            or any(_is_same_folder(each, home.playbooks) for each in (place, *place.parents))
            for place in wanted
        ):
            raise NotAllowed(f"{path} is a place of the desk's own files: choose another one.")


def _files(folder: Folder) -> Iterator[Path]:
    yield from (Path(f"{folder.database}{end}") for end in _BESIDE)
    yield from (marker_of(folder.database), folder.settings, folder.courts)


def _is_same_place(one: Path, other: Path) -> bool:
    """Whether both name one file; to some file systems large and small letters are the same."""
    alike = one.name.casefold() == other.name.casefold()
    return alike and _is_same_folder(one.parent, other.parent)


def _is_same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one is not there
        return False
