"""The file of an outbox: lines that are on the disk before anybody is told that they are kept."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from helpdesk.domain.outbox import read_lines

_ROOM: Final = 256 * 1024
"""Bytes that are taken at once, so that a disk that fills up later still has room for a call."""

_REFUSED: Final = "refused.jsonl"


def outbox_folder() -> Path:
    """The folder of the outboxes of this user.

    Returns:
        The folder; it need not exist yet.
    """
    from platformdirs import user_state_path  # noqa: PLC0415 - 5 ms, for consoles only

    return user_state_path("helpdesk", appauthor=False) / "outbox"


class OutboxFile:
    """One file of JSON lines, held by the program that writes it."""

    def __init__(self, path: Path, handle: int) -> None:
        """Take a file that is held.

        Args:
            path: Its path.
            handle: The open file, locked.
        """
        self.path = path
        self._handle = handle
        self._head = self._end = 0

    @classmethod
    def made(cls, console: int, head: Mapping[str, Any]) -> OutboxFile:
        """Make the file of a console.

        Args:
            console: The console's id.
            head: What its first line says.

        Returns:
            The file, held until it is closed or the program ends, however it ends.

        Raises:
            OSError: When it cannot be made.
        """
        folder = outbox_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{console}.jsonl"
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)
        _hold(handle)
        made = cls(path, handle)
        with suppress(OSError, AttributeError):
            os.posix_fallocate(handle, 0, _ROOM)
        try:
            made.add(json.dumps(dict(head)) + "\n", sure=False)
            made._head = made._end
        except OSError:
            made.remove()
            raise
        return made

    @classmethod
    def left(cls) -> Iterator[OutboxFile]:
        """Take over the files of programs that are gone.

        Yields:
            Each file, held; nobody else takes it over meanwhile.
        """
        with suppress(OSError):
            for path in sorted(outbox_folder().glob("*.jsonl")):
                if path.name == _REFUSED:
                    continue
                try:
                    handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
                except OSError:
                    continue
                if os.fstat(handle).st_uid == os.getuid() and _hold(handle):
                    yield cls(path, handle)
                else:
                    os.close(handle)

    def lines(self) -> list[Mapping[str, Any]]:
        """Read every line.

        Returns:
            The JSON of each, the first line's first.
        """
        size = os.fstat(self._handle).st_size
        return read_lines(os.pread(self._handle, size, 0).decode("utf-8", "replace"))

    def add(self, line: str, *, sure: bool) -> tuple[int, int]:
        """Add a line.

        Args:
            line: The line, with its end.
            sure: Whether it is on the disk before this returns.

        Returns:
            Where it stands: from which byte to which.

        Raises:
            OSError: When it cannot be written; then half of it is nowhere.
        """
        data = line.encode("utf-8", "replace")
        try:
            done = 0
            while done < len(data):
                done += os.pwrite(self._handle, data[done:], self._end + done)
            if sure:
                os.fsync(self._handle)
        except OSError:
            with suppress(OSError):
                os.pwrite(self._handle, b"\0" * len(data), self._end)
            raise
        began, self._end = self._end, self._end + len(data)
        return began, self._end

    def blank(self, place: tuple[int, int]) -> None:
        """Leave a blank line where one stands that counts no more.

        Args:
            place: What adding it gave.

        Raises:
            OSError: When it cannot be written.
        """
        began, end = place
        os.pwrite(self._handle, b"\n".rjust(end - began), began)

    def clear(self) -> None:
        """Leave nothing of what was added in the file but its first line.

        Raises:
            OSError: When it cannot be written.
        """
        os.pwrite(self._handle, b"\0" * (self._end - self._head), self._head)
        os.fsync(self._handle)
        self._end = self._head

    def remove(self) -> None:
        """Remove the file: nothing in it waits any more."""
        with suppress(OSError):
            self.path.unlink()
        self.close()

    def close(self) -> None:
        """Let go of the file; it stays."""
        with suppress(OSError):
            os.close(self._handle)


def set_aside(line: Mapping[str, Any]) -> Path:
    """Keep a line that was refused when it was done again.

    Args:
        line: The line's JSON, with why.

    Returns:
        The file in which all of them are.

    Raises:
        OSError: When it cannot be written.
    """
    path = outbox_folder() / _REFUSED
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write((json.dumps(dict(line)) + "\n").encode("utf-8", "replace"))
        file.flush()
        os.fsync(file.fileno())
    return path


def lines_aside() -> list[Mapping[str, Any]]:
    """Read the lines that were refused.

    Returns:
        The JSON of each, the oldest first.
    """
    try:
        return read_lines((outbox_folder() / _REFUSED).read_text("utf-8", "replace"))
    except OSError:
        return []


def _hold(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a network share that knows no locks: the operation ids count once anyway
        return True
    return True
