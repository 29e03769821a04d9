"""Where the files shipped with the program lie, and how a file of the desk is read."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from helpdesk.errors import BadFile, Fault, NotFound

PACKAGE: Final = Path(__file__).resolve().parent
"""The folder this package was imported from."""

_ENDING: Final = {stat.S_IFREG, stat.S_IFDIR}
"""What can be read to its end, or says at once that it cannot; a pipe waits for ever."""


def checkout() -> Path | None:
    """The checkout this program runs from.

    Returns:
        Its folder, or ``None`` when the program was installed from a wheel.
    """
    top = PACKAGE.parent
    return top if (top / "pyproject.toml").is_file() and (top / "playbooks").is_dir() else None


def shipped(name: str) -> Path:
    """Find a folder that every installation carries.

    Args:
        name: ``"data"`` or ``"playbooks"``.

    Returns:
        The folder; only ever read.

    Raises:
        NotFound: When the installation is broken.
    """
    top = checkout()
    folder = top / name if top else PACKAGE / "_bundled" / name
    if not folder.is_dir():
        raise NotFound(f"The folder {folder} that comes with helpdesk is missing: install again.")
    return folder


def read_text(path: Path) -> str:
    """Read a file of the desk.

    Args:
        path: The file.

    Returns:
        Its text.

    Raises:
        BadFile: When it cannot be read, is a pipe or a device, or is not UTF-8.
    """
    try:
        if stat.S_IFMT(path.stat().st_mode) not in _ENDING:
            message = "this is no ordinary file: put one in its place."
            raise BadFile([Fault(str(path), 1, 1, message)])
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        message = "this is not UTF-8 text: save the file as UTF-8."
        raise BadFile([Fault(str(path), line, column, message)]) from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}."
        raise BadFile([Fault(str(path), 1, 1, message)]) from None


def way_to_write(folder: Path, error: OSError | None = None) -> str:
    """Say what lets somebody write where they cannot.

    Args:
        folder: Where, or any file in it.
        error: What was raised, where something was.

    Returns:
        The way out, for the end of a sentence.
    """
    if error is not None and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "make room there"
    with suppress(OSError):
        if os.statvfs(folder).f_flag & os.ST_RDONLY:
            return "its disk is read-only, have it mounted for writing"
    return "ask for the right to write there"


def make_folder_for_group(folder: Path) -> None:
    """Make a folder that only its owner and its group can enter; one that is there stays as it is.

    Files made in it belong to the same group, so that several clerks can share a desk.

    Args:
        folder: The folder; its parents are made too.

    Raises:
        OSError: When it cannot be made.
    """
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder_for_group(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o770)
    folder.chmod(0o2770)


def write_for_group(path: Path, text: str) -> None:
    """Write a new file of the desk that its owner and its group can read and write.

    Args:
        path: The file.
        text: What is in it.

    Raises:
        OSError: When it is there already, or cannot be written.
    """
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o660)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        path.chmod(0o660)  # whatever the umask is
        file.write(text)
