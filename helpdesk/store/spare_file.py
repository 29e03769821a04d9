"""The rows of a few calls in memory: what a console goes on with when the file fails it."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from helpdesk.domain.tickets import NOT_NUMBERED
from helpdesk.port import Port, Rows, Statement, Value
from helpdesk.store.connecting import STATEMENTS, Connection, written
from helpdesk.store.schema import make_tables
from helpdesk.store.sqlite_file import SqliteFile

_RUNNING: Final = """
SELECT id FROM call INDEXED BY call_running WHERE clerk = ? AND wrap_ended_at IS NULL
"""
_TICKETS: Final = """
SELECT ticket FROM call_ticket WHERE call IN (SELECT value FROM json_each(?))
UNION SELECT value FROM json_each(?)
UNION SELECT * FROM (
    WITH RECURSIVE up(id, merged_into) AS (
        SELECT id, merged_into FROM ticket WHERE id IN (SELECT value FROM json_each(?))
        UNION SELECT t.id, t.merged_into FROM up JOIN ticket t ON t.id = up.merged_into
    ) SELECT id FROM up WHERE merged_into IS NULL)
"""
_CALLERS: Final = """
SELECT caller FROM ticket WHERE id IN (SELECT value FROM json_each(?)) AND caller IS NOT NULL
UNION SELECT value FROM json_each(?)
UNION SELECT * FROM (
    WITH RECURSIVE up(id, merged_into) AS (
        SELECT id, merged_into FROM caller WHERE id IN (SELECT value FROM json_each(?))
        UNION SELECT c.id, c.merged_into FROM up JOIN caller c ON c.id = up.merged_into
    ) SELECT id FROM up WHERE merged_into IS NULL)
"""
_EARLIER: Final = """
SELECT id FROM ticket WHERE caller IN (SELECT value FROM json_each(?))
ORDER BY opened_at DESC LIMIT 20
"""
_CALLS_OF: Final = """
SELECT call FROM call_ticket WHERE ticket IN (SELECT value FROM json_each(?))
"""

# Not what words find: its index would take as much memory as all the rest.
_BY_TICKET: Final = (
    ("ticket", "id"), ("status_span", "ticket"), ("tag", "ticket"), ("call_ticket", "ticket"),
    ("answer", "ticket"), ("action", "ticket"), ("note", "ticket"), ("prompt", "ticket"),
    ("phrase", "ticket"), ("promise", "ticket"), ("escalation", "ticket"),
    ("incident_ticket", "ticket"),
)  # fmt: skip
_BY_CALL: Final = (("call", "id"), ("call_segment", "call"), ("draft", "call"))
_BY_CALLER: Final = (("caller", "id"), ("caller_phone", "caller"), ("caller_text", "caller"))
_BESIDE: Final = ("clerk", "playbook_version", "incident", "console")
_TABLES: Final = (*(name for name, _ in (*_BY_TICKET, *_BY_CALL, *_BY_CALLER)), *_BESIDE)
_SELECT: Final = "SELECT * FROM {} WHERE {} IN (SELECT value FROM json_each(?))"
_DELETE: Final = "DELETE FROM {}"
_HOLDS: Final = "SELECT 1 FROM call WHERE id = ?"
_CLERKS: Final = "SELECT * FROM clerk"
_IDS: Final = "SELECT id FROM {}"
_ADD: Final = "INSERT OR IGNORE INTO {}({}) VALUES ({})"
_VERSIONS: Final = """
SELECT * FROM playbook_version WHERE hash IN (
    SELECT version FROM ticket WHERE id IN (SELECT value FROM json_each(?))
    UNION SELECT version FROM answer WHERE ticket IN (SELECT value FROM json_each(?))
    UNION SELECT opened FROM answer WHERE ticket IN (SELECT value FROM json_each(?))
)
"""
_INCIDENTS: Final = """
SELECT * FROM incident WHERE ended_at IS NULL OR id IN (
    SELECT incident FROM incident_ticket WHERE ticket IN (SELECT value FROM json_each(?)))
"""
_CONSOLES: Final = """
SELECT * FROM console WHERE id IN (
    SELECT console FROM call_segment WHERE call IN (SELECT value FROM json_each(?)))
"""

# What the file numbers later must not be told a caller as a number now.
_UNNUMBERED: Final = """
CREATE TRIGGER number_follows AFTER INSERT ON ticket BEGIN
    UPDATE ticket SET n = {0} + 1 + (
        SELECT count(*) FROM ticket WHERE n > {0} AND id <> new.id) WHERE id = new.id;
END
"""


@cache
def _empty() -> bytes:
    """The tables, empty: made once for every desk that a process opens."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("PRAGMA page_size = 1024")  # most of 170 pages hold next to nothing
        make_tables(made, "")
        made.execute("DROP TRIGGER journal_keeps_entries")
        made.execute(_UNNUMBERED.format(NOT_NUMBERED))
        return made.serialize()


class SpareFile(SqliteFile):
    """In memory, by one connection; rows that it refers to may lie in the file alone."""

    def __init__(self) -> None:
        """Make the tables, empty."""
        super().__init__(Path("the memory of this console"))
        self._turn = threading.RLock()
        self._only = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False, factory=Connection,
            cached_statements=STATEMENTS,
        )  # fmt: skip
        self._only.deserialize(_empty())

    def snapshot(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run several SELECTs that see the same moment."""
        with self._turn:
            return super().snapshot(statements)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let all that this thread asks for inside see the same moment."""
        with self._turn, super().one_moment():
            yield

    def transact(
        self, op: str, at: int, statements: Sequence[Statement], then: Sequence[Statement] = ()
    ) -> list[Rows]:
        """Write one batch, exactly once for its operation id."""
        with self._turn:
            return super().transact(op, at, statements, then)

    def take(self, file: Port, clerk: int) -> None:
        """Take over what the file holds of the calls of a clerk that go on, in place of all here.

        Args:
            file: The file.
            clerk: Whose calls.

        Raises:
            StoreProblem: When the file cannot be read; then nothing is taken.
        """
        going = set(_ids(file, _RUNNING, clerk))
        found = _rows_of(file, going, set(_ids(file, _TICKETS, _json(going), "[]", "[]")), set())
        with self._turn:
            self._put([*((_DELETE.format(name), ()) for name in _TABLES), *found])

    def take_more(self, file: Port, tickets: Collection[int], callers: Collection[int]) -> None:
        """Take over tickets and callers that are not here yet; what is here stays as it is.

        Args:
            file: The file.
            tickets: Tickets that an act is about.
            callers: Callers that an act is about.

        Raises:
            StoreProblem: When the file cannot be read; then nothing is taken.
        """
        of = set(_ids(file, _TICKETS, "[]", *[_json(tickets)] * 2)) - self._here("ticket")
        who = set(_ids(file, _CALLERS, "[]", *[_json(callers)] * 2)) - self._here("caller")
        if of or who:
            found = _rows_of(file, set(), of, who, self._here("ticket"), self._here("call"))
            with self._turn:
                self._put(found)

    def holds(self, call: int) -> bool:
        """Whether a call is here.

        Args:
            call: The call's id.

        Returns:
            ``True`` when its rows are.
        """
        return bool(self.query(_HOLDS, (call,)).rows)

    def close(self) -> None:
        """Forget everything."""
        with self._turn:
            self._only.close()

    def _here(self, table: str) -> set[int]:
        return {row[0] for row in self.query(_IDS.format(table)).rows}

    def _put(self, batch: Sequence[Statement]) -> None:
        first: Statement = ("DROP TRIGGER number_follows", ())
        written(self._only, [first, *batch, (_UNNUMBERED.format(NOT_NUMBERED), ())], ())

    def _reader(self) -> Connection:
        return self._only

    def _writer(self) -> Connection:
        return self._only


def _rows_of(
    file: Port,
    going: set[int],
    of: set[int],
    who: set[int],
    but_tickets: Collection[int] = (),
    but_calls: Collection[int] = (),
) -> list[Statement]:
    """What writes the rows of some calls and tickets, with their callers' newest tickets."""
    who = who | set(_ids(file, _CALLERS, _json(of), "[]", "[]"))
    of = (of | set(_ids(file, _EARLIER, _json(who)))) - set(but_tickets)
    going = (going | set(_ids(file, _CALLS_OF, _json(of)))) - set(but_calls)
    asked: list[tuple[str, Statement]] = [
        (name, (_SELECT.format(name, column), (_json(ids),)))
        for tables, ids in ((_BY_TICKET, of), (_BY_CALL, going), (_BY_CALLER, who))
        for name, column in tables
    ]
    beside: tuple[Statement, ...] = (
        (_CLERKS, ()), (_VERSIONS, (_json(of),) * 3), (_INCIDENTS, (_json(of),)),
        (_CONSOLES, (_json(going),)),
    )  # fmt: skip
    asked += zip(_BESIDE, beside, strict=True)
    found = file.snapshot([statement for _, statement in asked])
    return [
        (_ADD.format(name, ", ".join(rows.columns), ", ".join("?" * len(rows.columns))), row)
        for (name, _), rows in zip(asked, found, strict=True)
        for row in rows.rows
    ]


def _ids(file: Port, sql: str, *params: Value) -> list[int]:
    return [row[0] for row in file.query(sql, params).rows]


def _json(ids: Collection[int]) -> str:
    return json.dumps(sorted(ids))
