"""The port of a console: the file, and the memory that answers while the file cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from threading import local

from helpdesk.errors import GivenUp, StoreBusy, StoreProblem
from helpdesk.port import Conflict, Rows, Statement, Value
from helpdesk.store.spare_file import SpareFile
from helpdesk.store.sqlite_file import SqliteFile


class LastingPort:
    """The file; while steps wait in the outbox, reads it fails are answered from memory."""

    def __init__(self, file: SqliteFile) -> None:
        """Begin with nothing that waits.

        Args:
            file: The file.
        """
        self.file = file
        self.waits = ""
        """What the first line says of steps that wait; empty when none does."""
        self._mine = local()
        self._head = 0

    @cached_property
    def spare(self) -> SpareFile:
        """The memory, made when a call goes on: its tables take a while."""
        return SpareFile()

    @contextmanager
    def only_the_file(self) -> Iterator[None]:
        """Let all that this thread asks and writes inside go to the file."""
        self._mine.file = True
        try:
            yield
        finally:
            self._mine.file = False

    def query(self, sql: str, params: Sequence[Value] = ()) -> Rows:
        """Run one SELECT."""
        return self.snapshot([(sql, params)])[0]

    def snapshot(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run several SELECTs that see the same moment."""
        try:
            return self.file.snapshot(statements)
        except (GivenUp, Conflict):
            raise
        except StoreProblem:
            if not self.waits or self._file_only:
                raise
            return self.spare.snapshot(statements)

    def one_moment(self) -> AbstractContextManager[None]:
        """Let all that this thread asks for inside see the same moment."""
        return self.file.one_moment()

    def transact(
        self, op: str, at: int, statements: Sequence[Statement], then: Sequence[Statement] = ()
    ) -> list[Rows]:
        """Write one batch, exactly once for its operation id.

        Raises:
            StoreBusy: While steps of calls wait to be written before it.
        """
        if self.waits and not self._file_only:
            said = "This has to wait until the database can be written; calls go on in the outbox."
            raise StoreBusy(said)
        if not self._file_only and self.file.where.moved():
            said = f"{self.file.path.name} was taken away just now: try again in a moment."
            raise StoreBusy(said)
        return self.file.transact(op, at, statements, then)

    def head(self) -> int:
        """The change token: the id of the newest journal entry; while steps wait, as last read."""
        try:
            self._head = self.file.head()
        except (GivenUp, Conflict):
            raise
        except StoreProblem:
            if not self.waits or self._file_only:
                raise
        return self._head

    def wait(self, after: int, timeout: float) -> int:
        """Wait until something was written, by this process or another."""
        return self.file.wait(after, timeout)

    def interrupt(self, thread: int | None = None) -> None:
        """End every query that is running; a write is always finished."""
        self.file.interrupt(thread)

    def backup(self, path: Path) -> None:
        """Write a plain SQLite file with everything in it."""
        self.file.backup(path)

    def forget(self, *, compact: bool = False) -> bool:
        """Write the log of writes back, whole, and cut it to nothing."""
        return self.file.forget(compact=compact)

    def close(self) -> None:
        """Close every connection."""
        self.file.close()
        if "spare" in vars(self):
            self.spare.close()

    @property
    def _file_only(self) -> bool:
        return getattr(self._mine, "file", False)
