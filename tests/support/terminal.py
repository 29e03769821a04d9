"""The real program in a pseudo-terminal, with the screen that it has painted so far."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

import pexpect
import pyte

TOP: Final = Path(__file__).resolve().parents[2]

_PATIENCE: Final = 30.0
"""Seconds until something that does not come is given up; the machine may be busy."""

_QUIET: Final = 4
"""How often in a row, a fiftieth of a second apart, it must be found at rest."""

_UNKNOWN_TO_PYTE: Final = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\??[0-9;]*\$[a-z]|\x1b[P_^].*?\x1b\\", re.DOTALL
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-9;:?<>=$]*|[P_^][^\x1b]*)?\Z")


class Terminal:
    """A terminal in which ``helpdesk`` runs."""

    def __init__(
        self, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None
    ) -> None:
        """Start the program on the desk that ``HELPDESK_HOME`` names.

        Args:
            size: Columns and rows.
            env: What else is in its environment.
        """
        columns, rows = size
        self.raw = b""
        self.status: int | None = None
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unfinished = b""
        told = ("NO_COLOR", "COLUMNS", "LINES")  # pytest-xdist names a size of its own
        kept = {name: value for name, value in os.environ.items() if name not in told}
        environment = kept | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(TOP)}
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "helpdesk"],
            dimensions=(rows, columns),
            env=environment | dict(env or {}),
            timeout=None,
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> Terminal:
        """Use it in a ``with``, so that nothing stays running."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """End the program, if it still runs."""
        self._child.close(force=True)

    @property
    def pid(self) -> int:
        """The program's process."""
        return int(self._child.pid)

    @property
    def text(self) -> str:
        """What stands on the screen, as one line."""
        return " ".join(" ".join(self._screen.display).split())

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return [line.rstrip() for line in self._screen.display]

    def send(self, said: str) -> None:
        """Write to the program in one go, as a terminal does after a pause of the line."""
        self._child.send(said)

    def type(self, said: str) -> None:
        """Press keys one after the other."""
        for sign in said:
            self._child.send(sign)
            self._read(0.01)

    def wait(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        end = time.monotonic() + _PATIENCE
        while text not in self.text:
            assert time.monotonic() < end, (
                f"“{text}” never came; the screen says:\n{self._shown()}"
            )
            assert self._read(0.05) is not None, f"it ended without “{text}”:\n{self._shown()}"

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds; the machine may be busy.

        Args:
            holds: Whether it does.
            what: What is waited for, in words.
        """
        end = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < end, f"never {what}; the screen says:\n{self._shown()}"
            self._read(0.02)

    def rest(self) -> None:
        """Take in the end of what is being painted: a screen may come in several pieces.

        The program has nothing left to do when it writes nothing and none of its threads wants
        the processor: on a busy machine it may be silent for long while it waits for it.
        """
        quiet, end = 0, time.monotonic() + _PATIENCE
        while quiet < _QUIET and time.monotonic() < end:
            quiet = 0 if self._read(0.02) or self._at_work() else quiet + 1

    def _at_work(self) -> bool:
        """Whether a thread of the program runs, or would if it were given the processor."""
        for stat in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            with suppress(OSError):  # it has just ended
                if stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] in {"R", "D"}:
                    return True
        return False

    def ended(self) -> int:
        """Wait until the program has ended.

        Returns:
            Its exit status, 128 and the signal's number when a signal ended it.
        """
        end = time.monotonic() + _PATIENCE
        while self._child.isalive():
            assert time.monotonic() < end, f"it does not end; the screen says:\n{self._shown()}"
            self._read(0.05)
        while self._read(0.0):
            pass
        status, by = self._child.exitstatus, self._child.signalstatus
        return status if status is not None else -int(by or 0)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def resize(self, size: tuple[int, int]) -> None:
        """Make it larger or smaller; columns and rows."""
        columns, rows = size
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def hang_up(self) -> None:
        """Take the terminal away, as a broken line does."""
        self._child.ptyproc.fileobj.close()
        self._child.closed = self._child.ptyproc.closed = True  # pexpect would close it again,
        self._child.child_fd = self._child.ptyproc.fd = -1  # and perhaps another's by then

    def _read(self, seconds: float) -> bytes | None:
        """Take in what comes within a time; ``None`` when nothing will come any more."""
        try:
            data = bytes(self._child.read_nonblocking(65_536, timeout=seconds))
        except pexpect.TIMEOUT:
            return b""
        except (pexpect.EOF, OSError):
            return None
        self.raw += data
        data = self._unfinished + data
        rest = _UNFINISHED.search(data)
        self._unfinished = rest[0] if rest else b""
        whole = data[: len(data) - len(self._unfinished)]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", whole))
        return data

    def _shown(self) -> str:
        return "\n".join(self.lines)
