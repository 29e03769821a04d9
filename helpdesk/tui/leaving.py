"""How the console ends: by a signal in order, by a fault of ours with a report of it."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from typing import Any, Final

from rich.text import Text
from textual.app import App

from helpdesk.desk.crashes import crash_file
from helpdesk.desk.desk import Desk

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


class Leaving(App[int]):
    """A program that leaves a whole terminal and an honest exit status, however it ends."""

    desk: Desk
    """The open desk, for its clock."""

    async def on_load(self) -> None:
        """Be ended in order by a signal, from before the first screen on."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._fault_beside)
        for number in _SIGNALS:
            if signal.getsignal(number) == signal.SIG_IGN:  # as nohup has it
                continue
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, partial(self.exit, None, 128 + number))

    def _handle_exception(self, error: Exception) -> None:
        """Keep a fault of ours in a file for its user alone; Textual would show variables."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        try:
            kept = f"Details: {crash_file(error, self.desk.clock.now())}"
        except OSError as unwritable:
            kept = f"No report could be kept ({type(error).__name__}): {unwritable}"
        self._return_code = 70
        self.panic(Text(f"helpdesk stopped, nothing that was saved is lost. {kept}"))

    def _fault_beside(self, loop: object, told: dict[str, Any]) -> None:
        """Keep a fault that nobody waited for; asyncio would print what it says."""
        del loop
        error = told.get("exception")
        if isinstance(error, Exception):
            with suppress(OSError):
                crash_file(error, self.desk.clock.now())
