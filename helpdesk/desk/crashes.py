"""Keeps the report of a fault in the program where only its user can read it."""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path

from helpdesk import __version__


def crash_file(error: BaseException, now: int) -> Path:
    """Keep the traceback of a fault, without the values of variables.

    Args:
        error: The fault.
        now: The moment, in seconds UTC: a part of the file's name.

    Returns:
        The file, readable by its owner alone.

    Raises:
        OSError: When it cannot be written.
    """
    from platformdirs import user_state_path  # noqa: PLC0415 - 5 ms, for faults only

    folder = user_state_path("helpdesk", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"crash-{now}-{os.getpid()}.txt"
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"helpdesk {__version__}, Python {platform.python_version()}\n")
        file.writelines(traceback.format_exception(error))
    return path
