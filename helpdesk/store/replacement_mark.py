"""The mark that another file is put in the place of a database just now."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

from helpdesk.errors import StoreBusy

_PATIENCE: Final = 5.0
_POLL_SECONDS: Final = 0.05


def marker_of(path: Path) -> Path:
    """Where the mark lies that another file is put in the place of a database just now.

    Args:
        path: The database.

    Returns:
        A hidden file beside it, which holds the number of the process that does it.
    """
    return path.with_name(f".{path.name}.replacing")


def wait_until_replaced(path: Path) -> None:
    """Wait while another file is put in the place of a database.

    Args:
        path: The database.

    Raises:
        StoreBusy: When it takes too long.
    """
    mark, end = marker_of(path), time.monotonic() + _PATIENCE
    while mark.exists():
        try:
            os.kill(int(mark.read_text(encoding="ascii")), 0)
        except (OSError, ValueError, OverflowError):
            return  # whoever set it was killed, or has just taken it away
        if time.monotonic() >= end:
            said = f"A backup is being put in the place of {path.name}: try again in a moment."
            raise StoreBusy(said)
        time.sleep(_POLL_SECONDS)
