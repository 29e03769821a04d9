"""Has the work of the night done by a process of its own, beside a console that is open."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.own_process import own_process
from helpdesk.domain.permissions import allows
from helpdesk.errors import HelpdeskError

LOOK_SECONDS: Final = 60
"""How often a console looks whether it is time."""

_PATIENCE: Final = 10
"""How many seconds a process that is told to end may take to tidy up."""


class NightlyBeside:
    """One console's part in the work of the night."""

    def __init__(self, desk: Desk) -> None:
        """Have begun nothing.

        Args:
            desk: The desk.
        """
        self._desk = desk
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._left = False
        self.warning = ""
        """What is wrong with the backups; empty when all is well."""

    def look(self) -> bool:
        """Begin the work when it is time and nobody does it; say how backups stand.

        Returns:
            Whether there is a warning that was not there before.
        """
        with self._lock:
            return not self._left and self._looked()

    def stop(self) -> None:
        """End the work with the console: the next one goes on with it."""
        with self._lock:
            self._left = True
            if self._process is None or self._process.poll() is not None:
                return
            self._process.terminate()
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _looked(self) -> bool:
        from helpdesk.desk.nights import (  # noqa: PLC0415 - after the start
            backup_warning,
            is_nightly_due,
        )

        if self._process is not None and self._process.poll() is None:
            return False
        self._process = None
        before = self.warning
        with suppress(HelpdeskError):  # a database that cannot be read is told by who needs it
            if allows(self._desk.clerk.role, "call") and is_nightly_due(self._desk):
                self._process = own_process(self._desk, "upkeep", "--nightly")
                return False
            self.warning = backup_warning(self._desk)
        return bool(self.warning) and self.warning != before
