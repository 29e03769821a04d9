"""A database that remembers what it was asked, so that statements can be looked at afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpdesk.port import Rows, Statement
from helpdesk.store.sqlite_file import SqliteFile


class WatchedFile(SqliteFile):
    """The real database; beside it stands what went in and what was asked."""

    def __init__(self, path: Path) -> None:
        """Begin with nothing remembered.

        Args:
            path: A database with our tables.
        """
        super().__init__(path)
        self.asked: list[Statement] = []
        self.written: list[tuple[str, int, tuple[Statement, ...]]] = []

    def snapshot(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run several SELECTs, each remembered."""
        self.asked.extend(statements)
        return super().snapshot(statements)

    def transact(
        self, op: str, at: int, statements: Sequence[Statement], then: Sequence[Statement] = ()
    ) -> list[Rows]:
        """Write one batch, remembered with its operation id and time."""
        answers = super().transact(op, at, statements, then)
        self.written.append((op, at, tuple(statements)))
        self.asked.extend(then)
        return answers
