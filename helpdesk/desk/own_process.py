"""Starts this very program once more beside a console, for what takes long or much memory."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.resources import PACKAGE

_NOWHERE: Final = subprocess.DEVNULL


def own_process(desk: Desk, *words: str) -> subprocess.Popen[bytes]:
    """Start a command of this program on the same desk.

    Args:
        desk: The desk.
        *words: The command and its options.

    Returns:
        The process.

    Raises:
        OSError: When the system starts none.
    """
    program = [sys.executable, "-m", "helpdesk", "--home", str(desk.folder.home.resolve())]
    return subprocess.Popen(  # noqa: S603 - this very program
        [*program, *words],
        stdin=_NOWHERE,
        stdout=_NOWHERE,
        stderr=_NOWHERE,
        cwd=PACKAGE.parent,  # where it runs from, installed or not
    )
