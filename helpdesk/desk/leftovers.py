"""What processes that were killed left beside the files that they were writing."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

_HIDDEN: Final = re.compile(r"\.[\w.-]+\.db(?:\.meta\.json)?\.(\d+)(?:-journal|-wal|-shm)?\Z")
"""A database that is not whole yet is hidden, and ends with the number of who writes it."""


def find_leftovers(folder: Path) -> list[Path]:
    """Find what nobody writes any more.

    Args:
        folder: A folder of the desk, in which databases are put in place whole.

    Returns:
        The files, of this program alone.
    """
    with suppress(OSError):
        return [
            each
            for each in sorted(folder.iterdir())
            if (match := _HIDDEN.match(each.name)) and not _lives(int(match[1]))
        ]
    return []


def remove_leftovers(folder: Path) -> list[Path]:
    """Remove what nobody writes any more.

    Args:
        folder: A folder of the desk, in which databases are put in place whole.

    Returns:
        What was removed.
    """
    removed = []
    for each in find_leftovers(folder):
        with suppress(OSError):
            each.unlink()
            removed.append(each)
    return removed


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
