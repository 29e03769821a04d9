"""Keeps the report of a fault in the program where only its user can read it.

A report says which kinds of faults there were and where in the program, and nothing else: the
message of a fault may repeat what somebody typed, and so may a variable.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from typing import Final

from helpdesk import __version__

_MOST: Final = 50
"""More faults than this behind each other are not told."""


def crash_file(error: BaseException, now: int) -> Path:
    """Keep where a fault came up, without anybody's words.

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
        file.writelines(f"{line}\n" for line in _places(error))
    return path


def _places(error: BaseException) -> Iterator[str]:
    """Each fault with the places that it passed, the one that was shown first."""
    waiting, seen = [("", error)], set[int]()
    while waiting and len(seen) < _MOST:
        why, fault = waiting.pop()
        if id(fault) in seen:
            continue
        seen.add(id(fault))
        yield f"{why}{type(fault).__module__}.{type(fault).__qualname__}"
        for frame, line in walk_tb(fault.__traceback__):
            yield f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_qualname}"
        waiting += _behind(fault)
    if waiting:
        yield f"and {len(waiting)} more"


def _behind(fault: BaseException) -> Iterator[tuple[str, BaseException]]:
    """The faults behind one, with why; the one that is told first is the last."""
    if isinstance(fault, BaseExceptionGroup):
        yield from (("one of: ", each) for each in fault.exceptions)
    if fault.__context__ is not None and fault.__context__ is not fault.__cause__:
        yield "while handling: ", fault.__context__
    inner = getattr(fault, "error", None)  # of a worker of Textual
    if isinstance(inner, BaseException):
        yield "of: ", inner
    if fault.__cause__ is not None:
        yield "caused by: ", fault.__cause__
