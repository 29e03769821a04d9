"""The row of the console that this program is."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from pathlib import Path

from helpdesk.port import Statement
from helpdesk.store.clerks import add_console


def boot() -> str:
    """Tell one start of this machine from the next, so that an old pid means nothing.

    Returns:
        What the system calls it; empty where it does not.
    """
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def add_this_console(console: int, clerk: int, at: int) -> Statement:
    """Say that this program is a console.

    Args:
        console: The console's id.
        clerk: The clerk's id.
        at: When it was opened, in seconds UTC.

    Returns:
        The statement.
    """
    return add_console(console, clerk, platform.node(), boot(), os.getpid(), at)
