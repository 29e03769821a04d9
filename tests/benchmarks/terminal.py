"""A program in a pseudo-terminal, timed from outside as a person sees it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Final, Self

import pexpect
import pyte

from tests.benchmarks.made_desks import memory_of_session

TALL: Final = (120, 40)
"""The terminal's columns and rows."""

_PATIENCE: Final = 30
_QUIET: Final = 0.15
_AT_ONCE: Final = 0.003

# Requests that the emulator would print, and a sequence of which only the beginning came.
_NOT_TEXT: Final = re.compile(
    rb"\x1b\[[><=][0-9;]*[a-zA-Z]|\x1b\[\??[0-9;]*\$[a-z]|\x1b[PX^_].*?\x1b\\"
)
_HALF: Final = re.compile(rb"\x1b(?:\[[0-9;?<>=$]*)?\Z")


class Terminal:
    """A program and the screen that it draws on."""

    def __init__(
        self, *arguments: str, env: Mapping[str, str], size: tuple[int, int] = TALL
    ) -> None:
        """Start the program.

        Args:
            *arguments: What Python runs.
            env: The environment.
            size: Columns and rows.
        """
        columns, rows = size
        self.bytes = 0
        self._rest = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.started = perf_counter()
        self._program = pexpect.spawn(
            sys.executable,
            list(arguments),
            dimensions=(rows, columns),
            env={**env, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
            timeout=_PATIENCE,
        )
        self._program.delaybeforesend = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program, whatever it does."""
        self._program.close(force=True)

    def until(self, shows: str) -> float:
        """Wait until something stands on the screen.

        Args:
            shows: What it looks like, as a regular expression.

        Returns:
            When the bytes arrived that completed it; drawing it here is not counted.
        """
        at = perf_counter()
        end = at + _PATIENCE
        coming: Iterator[tuple[float, bytes]] = iter(())
        while not self.is_there(shows):
            assert at < end, f"“{shows}” never came:\n{self.text()}"
            at, data = next(coming, None) or next(coming := self._burst())
            self._draw(data)
        for _, data in coming:
            self._draw(data)
        return at

    def press(self, keys: str, shows: str) -> float:
        """Press keys and wait for what they show.

        Args:
            keys: What the terminal sends.
            shows: What is not on the screen yet, as a regular expression.

        Returns:
            The seconds from the first key to the bytes that completed it.
        """
        assert not self.is_there(shows), f"“{shows}” is there already:\n{self.text()}"
        pressed = perf_counter()
        self._program.send(keys)
        return self.until(shows) - pressed

    def change(self, keys: str, rows: slice) -> float:
        """Press keys and wait until some rows are others and nothing more comes at once.

        Args:
            keys: What the terminal sends.
            rows: The rows that are looked at, counted from 0.

        Returns:
            The seconds from the first key to the bytes that changed them.
        """
        before = self._screen.display[rows]
        pressed = at = perf_counter()
        self._program.send(keys)
        while self._screen.display[rows] == before:
            assert at - pressed < _PATIENCE, f"{keys!r} changed nothing:\n{self.text()}"
            for came, data in self._burst():
                at = came
                self._draw(data)
        return at - pressed

    def let(self, keys: str, quiet: float = _QUIET) -> int:
        """Press keys, whatever they show, and wait until nothing more is drawn.

        Args:
            keys: What the terminal sends.
            quiet: The seconds without a byte after which nothing more is expected.

        Returns:
            How many bytes were drawn.
        """
        before = self.bytes
        self._program.send(keys)
        self.settle(quiet)
        return self.bytes - before

    def memory(self) -> int:
        """How much memory the program has just now (resident), in bytes."""
        status = Path(f"/proc/{self._program.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
        assert found, status
        return int(found[1]) * 1024

    def memory_of_all(self) -> int:
        """The same of the program and all that it has begun beside itself."""
        return memory_of_session(self._program.pid)

    def is_there(self, shows: str) -> bool:
        """Whether something stands on the screen.

        Args:
            shows: What it looks like, as a regular expression.
        """
        return re.search(shows, self.text(), re.MULTILINE) is not None

    def settle(self, quiet: float = _QUIET) -> None:
        """Wait until nothing more is drawn.

        Args:
            quiet: The seconds without a byte after which nothing more is expected.
        """
        with suppress(pexpect.TIMEOUT):
            while True:
                self._take(quiet)

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def _take(self, patience: float) -> float:
        """Draw what comes next, and say when it came."""
        data = self._program.read_nonblocking(1 << 16, patience)
        at = perf_counter()
        self._draw(data)
        return at

    def _burst(self) -> Iterator[tuple[float, bytes]]:
        """What comes next and all that follows at once, each with when it came.

        All is read before any of it is drawn: the last of it would wait for the drawing here,
        and a program that paints much would seem slower than it is.
        """
        came, patience = [], float(_PATIENCE)
        with suppress(pexpect.TIMEOUT):
            while True:
                data = self._program.read_nonblocking(1 << 16, patience)
                came.append((perf_counter(), data))
                patience = _AT_ONCE
        assert came, f"nothing came:\n{self.text()}"
        return iter(came)

    def _draw(self, data: bytes) -> None:
        self.bytes += len(data)
        data = self._rest + data
        half = _HALF.search(data)
        cut = half.start() if half else len(data)
        self._rest = data[cut:]
        self._stream.feed(_NOT_TEXT.sub(b"", data[:cut]))
