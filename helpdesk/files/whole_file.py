"""Files that are there whole or not at all, and never over another by mistake (STATS §10)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from helpdesk.errors import BadInput, FileThere
from helpdesk.files.leftovers import MARK, remove_leftovers


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Write a text beside its place, and put it there when all of it is written.

    Args:
        path: Where it is to be.
        force: Whether one that is there already may be replaced.

    Yields:
        The file, for text; nothing is left of it when what writes it fails.

    Raises:
        FileThere: When a file is there already.
        BadInput: When it cannot be written there.
    """
    with (
        whole_path(path, force=force) as beside,
        beside.open("w", encoding="utf-8", newline="") as file,
    ):
        yield file


@contextmanager
def whole_path(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Have a file written beside its place, and put it there when all of it is written.

    Args:
        path: Where it is to be.
        force: Whether one that is there already may be replaced.

    Yields:
        An empty file beside it, for whatever writes it; nothing is left of it when that fails.

    Raises:
        FileThere: When a file is there already.
        BadInput: When it cannot be written there.
    """
    if not path.name:
        raise BadInput(f"{path} is no name of a file: give one.")
    if not force:
        _refuse_if_there(path)
    remove_leftovers(path.parent)
    beside = path.with_name(f".{path.name}{MARK}{os.getpid()}")
    try:
        with naming(path):
            _make(beside)
            yield beside
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            _put(beside, path, force=force)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name the file that somebody asked for where the system refuses to write.

    Args:
        path: The file.

    Yields:
        Nothing, while it is written.

    Raises:
        BadInput: When it cannot be written there.
    """
    try:
        yield
    except OSError as error:
        said = f"{path} cannot be written ({error.strerror}): choose another place."
        raise BadInput(said) from error


def _make(beside: Path) -> None:
    """Make the file: for its owner alone, and for the group where the folder is the group's."""
    folder = beside.parent.stat().st_mode
    shared = folder & stat.S_ISGID and not folder & stat.S_IRWXO  # as the desk's own folders are
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if shared:
        beside.chmod(0o660)


def _put(beside: Path, path: Path, *, force: bool) -> None:
    if not force:
        try:
            os.link(beside, path)  # unlike a rename this never takes another's place
        except FileExistsError:
            _refuse_if_there(path)
        except OSError:  # a file system without links
            _refuse_if_there(path)
        else:
            return
    beside.replace(path)


def _refuse_if_there(path: Path) -> None:
    if os.path.lexists(path):
        raise FileThere(f"{path} is there already: choose another name.")
