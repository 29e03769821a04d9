"""Textual's driver, made to outlast its terminal.

When a terminal goes away the kernel sends SIGCONT too, on which Textual begins to draw anew; its
writing thread then dies of the first write, and leaving would wait for that thread for ever.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, TextIO

from textual.drivers.linux_driver import LinuxDriver


class LastingDriver(LinuxDriver):
    """Draws as long as there is a terminal, and is never stopped by a lost one."""

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - as Textual has it
        """Take what Textual's own driver takes."""
        super().__init__(*args, **given)
        self._file = _Lasting(self._file)  # type: ignore[arg-type, assignment]


class _Lasting:
    """A terminal's file that drops what can no longer be written."""

    def __init__(self, file: TextIO) -> None:
        self._to = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._to.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._to.flush()

    def fileno(self) -> int:
        return self._to.fileno()

    def isatty(self) -> bool:
        return self._to.isatty()
