"""The row of the console that this program is."""

from __future__ import annotations

import os
import platform

from helpdesk.desk.console_life import boot_id
from helpdesk.port import Statement
from helpdesk.store.clerks import add_console


def add_this_console(console: int, clerk: int, at: int) -> Statement:
    """Say that this program is a console.

    Args:
        console: The console's id.
        clerk: The clerk's id.
        at: When it was opened, in seconds UTC.

    Returns:
        The statement.
    """
    return add_console(console, clerk, platform.node(), boot_id(), os.getpid(), at)
