"""The narrow door to the database: what any engine behind the desk must offer.

Every write is one batch, known in full before it is sent, that goes in whole or not at
all, and exactly once for its operation id. Nothing is read and decided inside it: what
must still be true is a constraint, and a broken one is a :class:`Conflict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from helpdesk.errors import StoreProblem

Value = str | int | float | None
"""What a cell of the database may hold."""

Statement = tuple[str, Sequence[Value]]
"""Constant SQL and its parameters."""


class Conflict(StoreProblem):
    """A constraint was broken: nothing of the batch was written."""


class Rows(NamedTuple):
    """What one SELECT gave."""

    columns: tuple[str, ...]
    """The names of the columns."""

    rows: list[tuple[Any, ...]]
    """The rows."""

    def dicts(self) -> Iterator[dict[str, Any]]:
        """The rows by column name.

        Yields:
            Each row.
        """
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def one(self) -> dict[str, Any] | None:
        """The first row.

        Returns:
            The row by column name, or ``None`` when there is none.
        """
        return next(self.dicts(), None)

    def value(self) -> Any:  # noqa: ANN401 - a cell
        """The first cell of the first row.

        Returns:
            The cell, or ``None`` when there is none.
        """
        return self.rows[0][0] if self.rows else None


class PastRows(NamedTuple):
    """Rows of one table as they were at a past moment."""

    table: str
    """The table."""

    columns: tuple[str, ...]
    """All of its columns."""

    key: tuple[str, ...]
    """The columns that tell its rows apart."""

    hidden: tuple[tuple[Value, ...], ...]
    """The keys of the rows that were otherwise then, or not there."""

    rows: tuple[tuple[Value, ...], ...]
    """The rows that stood in their place."""


class Port(Protocol):
    """One open database, used from any thread."""

    def __hash__(self) -> int:
        """Tell it from any other."""

    def query(self, sql: str, params: Sequence[Value] = ()) -> Rows:
        """Run one SELECT.

        Args:
            sql: The statement.
            params: Its parameters.
        """

    def snapshot(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run several SELECTs that see the same moment.

        Args:
            statements: The statements.
        """

    def one_moment(self) -> AbstractContextManager[None]:
        """Let all that this thread asks for inside see the same moment.

        Returns:
            What is entered before the first question, and left after the last: meanwhile the
            database keeps what others change away, so that it is not for waiting in.
        """

    def transact(
        self, op: str, at: int, statements: Sequence[Statement], then: Sequence[Statement] = ()
    ) -> list[Rows]:
        """Write one batch.

        Args:
            op: The operation's id; a batch sent twice counts once.
            at: When it was asked for, in seconds UTC.
            statements: What is written.
            then: SELECTs inside the same transaction.

        Returns:
            What the SELECTs gave, also for an operation that had gone in before.

        Raises:
            Conflict: When a constraint is broken; nothing was written.
            StoreBusy: When another program holds the database for too long.
            StoreProblem: When the database cannot be written.
        """

    def head(self) -> int:
        """The change token: the id of the newest journal entry."""

    def wait(self, after: int, timeout: float) -> int:
        """Wait until something was written.

        Args:
            after: The newest change token seen.
            timeout: The most seconds to wait.

        Returns:
            The change token; not above ``after`` when the time is over.
        """

    def interrupt(self, thread: int | None = None) -> None:
        """End every query that is running on another thread.

        Args:
            thread: The one thread whose query is ended; ``None`` for all.
        """

    def backup(self, path: Path) -> None:
        """Write a plain SQLite file with everything in it.

        Args:
            path: Where; must not exist.
        """

    def forget(self, *, compact: bool = False) -> bool:
        """Let nothing that was overwritten be left in the log of writes.

        Args:
            compact: Whether the file is written anew first, without what is free in it.

        Returns:
            Whether the log is empty; another program's long read keeps it.
        """

    def close(self) -> None:
        """Close every connection."""
