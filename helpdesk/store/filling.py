"""A database file that very many rows are written to before it is put in a desk's place.

Indexes and the full-text index are made once, at the end: keeping them up row by row takes
several times as long. Nothing is safe before that, which is why no desk is ever in this state.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from helpdesk.port import Value
from helpdesk.store.connecting import connected
from helpdesk.store.refusals import said_of
from helpdesk.store.search import INDEX_ALL_CALLERS, INDEX_MISSING, INDEX_TICKETS
from helpdesk.store.upkeep import ONE_PIECE, REBUILD_CALLERS

Group = tuple[str, int, list[Value]]
"""One statement, how many parameters a row that it writes has, and those of all rows."""

_NEEDED: Final = (
    "status_span_ticket", "promise_ticket", "escalation_ticket", "answer_ticket",
    "action_ticket", "note_ticket", "prompt_ticket", "ticket_merged",
)  # fmt: skip
"""What a later call finds its ticket's rows by, and what the text of a ticket is made with."""

_NUMBERING: Final = "ticket_text_added"
"""The trigger that numbers a text, then puts it into the index. Here it only numbers, and the
texts of a transaction go into the index in the order of their numbers: the index writes out what
it has gathered whenever a number is lower than the one before."""

_NUMBERING_FREE: Final = """
CREATE TRIGGER numbered_freely AFTER INSERT ON ticket_text
WHEN NOT EXISTS (SELECT 1 FROM ticket_text t WHERE t.doc = new.ticket >> 30)
BEGIN UPDATE ticket_text SET doc = new.ticket >> 30 WHERE ticket = new.ticket; END
"""
"""The same for the most of them, whose second is free: nothing has to be tried."""

_INDEX_THEM: Final = """
INSERT INTO ticket_search(rowid, text) SELECT doc, text FROM ticket_text
WHERE ticket IN (SELECT value FROM json_each(?)) ORDER BY doc
"""

_TOGETHER: Final = 40
"""So many batches of rows and their texts are one transaction: at its end the index is written,
and the smaller its pieces are, the more of them are merged in the end."""

_AT_ONCE: Final = 10
"""So many rows are added by one statement: to begin one takes as long as a third of a row."""

_FILLING: Final = (("hashsize", 8 << 20), ("automerge", 0))
"""So many bytes of the full-text index are gathered before they are written as a piece, and none
of the pieces are merged until all are there: each is then written once more and not several
times. Kept with the index, which therefore gets SQLite's own measures back."""

_USUAL: Final = (("hashsize", 1 << 20), ("automerge", 4))
_MEASURE: Final = "INSERT INTO ticket_search(ticket_search, rank) VALUES (?, ?)"
_SORTED: Final = "cache_size = -16384"
"""As many kilobytes are sorted at once when an index is made, whatever there is to sort."""

_PRAGMAS: Final = (
    "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "foreign_keys = OFF",
    "cache_size = -65536", "threads = 2",
)  # fmt: skip
_MADE: Final = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND (type = 'trigger' OR type = 'index')
"""
_NEWEST: Final = "SELECT coalesce(max(id), 0) FROM journal"
_SAFE: Final = ("synchronous = FULL", "locking_mode = NORMAL", "journal_mode = DELETE")


class Filling:
    """A file that is being filled; when something goes wrong it is to be thrown away."""

    def __init__(self, path: Path) -> None:
        """Take everything off that each row would have to keep up.

        Args:
            path: A copy of an empty desk's database that nobody else has open.
        """
        self._path = path
        self._connection = connected(path, "rw")
        self._later: list[tuple[str, str]] = []
        self._settled: list[int] = []
        self._batches = 0
        with said_of(path):
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}").fetchall()
            for kind, name, sql in self._connection.execute(_MADE).fetchall():
                if name not in _NEEDED:
                    self._connection.execute(f'DROP {kind} "{name}"')
                    self._later.append((kind, sql))
                if name == _NUMBERING:
                    self._connection.execute(f"{sql.partition(';')[0]}; END")
                    self._connection.execute(_NUMBERING_FREE)
            self._connection.executemany(_MEASURE, _FILLING)
            self.newest: int = self._connection.execute(_NEWEST).fetchone()[0]
            """The id of the newest entry of the journal that was there before."""
            self._connection.execute("BEGIN")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file, whatever state it is in."""
        self._connection.close()

    def write(self, groups: Iterable[Group], settled: Iterable[int]) -> None:
        """Write rows, and the texts of tickets that nothing is added to any more.

        Args:
            groups: What is written, in order.
            settled: Tickets whose last rows these are.

        Raises:
            StoreProblem: When the file cannot be written.
        """
        self._batches += 1
        self._settled.extend(settled)
        with said_of(self._path):
            for group in groups:
                self._put(*group)
            if self._batches % _TOGETHER == 0:
                self._write_texts()
                self._connection.execute("COMMIT")
                self._connection.execute("BEGIN")

    def _put(self, sql: str, many: int, values: list[Value]) -> None:
        """Write rows, several in one statement where none hangs on the one before it."""
        begin, word, row = sql.rpartition("VALUES")
        table = begin.partition("INTO ")[2].partition("(")[0]
        rest = values
        if table and f"FROM {table}" not in row and "CONFLICT" not in row:
            whole = len(values) - len(values) % (many * _AT_ONCE)
            several = begin + word + ",".join([row] * _AT_ONCE)
            self._connection.executemany(several, _cut(values[:whole], many * _AT_ONCE))
            rest = values[whole:]
        self._connection.executemany(sql, _cut(rest, many))

    def finish(self) -> None:
        """Make what was taken off, over all rows at once, and bring the file to the disk.

        Raises:
            StoreProblem: When the file cannot be written.
        """
        indexes = [sql for kind, sql in self._later if kind == "index"]
        triggers = [sql for kind, sql in self._later if kind == "trigger"]
        with said_of(self._path):
            self._write_texts()
            self._connection.executemany(_MEASURE, _USUAL)
            self._connection.execute(ONE_PIECE)
            self._connection.execute("COMMIT")
            self._connection.execute(f"PRAGMA {_SORTED}")
            self._connection.execute("BEGIN")
            for sql in indexes:
                self._connection.execute(sql)
            self._connection.execute(f"DROP TRIGGER {_NUMBERING}")
            self._connection.execute("DROP TRIGGER numbered_freely")
            for sql in (INDEX_ALL_CALLERS, *REBUILD_CALLERS, *triggers, INDEX_MISSING):
                self._connection.execute(sql)
            self._connection.execute("COMMIT")
            for pragma in _SAFE:
                self._connection.execute(f"PRAGMA {pragma}").fetchall()

    def _write_texts(self) -> None:
        settled = (json.dumps(self._settled),)
        self._connection.execute(INDEX_TICKETS, settled)
        self._connection.execute(_INDEX_THEM, settled)
        self._settled.clear()


def _cut(values: list[Value], many: int) -> Iterator[list[Value]]:
    return (values[at : at + many] for at in range(0, len(values), many))
