"""What a killed program left half written, removed by the next one that writes there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

MARK: Final = ".helpdesk-"
"""Stands before the number of the process in the name of what is half written."""


def remove_leftovers(folder: Path) -> int:
    """Remove what processes of this user that are gone left half written.

    Args:
        folder: Where to look; not in folders within it.

    Returns:
        How many files and folders were removed.
    """
    removed = 0
    for path in _left_in(folder):
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            removed += 1
    return removed


def _left_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            _, mark, rest = entry.name.rpartition(MARK)
            process = rest.partition("-")[0]
            if not (mark and entry.name[0] == "." and process.isdecimal()):
                continue
            ours = entry.stat(follow_symlinks=False).st_uid == os.getuid()
            if ours and not _runs(int(process)):
                yield Path(entry.path)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
