"""Texts that may hold personal data, wherever they stand in the tables and in the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from helpdesk.domain.journal import Change
from helpdesk.domain.personal_data import CLASSES, INDEX, JOURNAL, NONE
from helpdesk.port import Port, Statement, Value

_KEYS: Final = {
    "caller_phone": ("caller", "digits"), "tag": ("ticket", "tag"),
    "ticket_draft": ("ticket", "clerk"),
}  # fmt: skip
_OF: Final = {
    "caller": ("caller", "id"), "caller_phone": ("caller", "caller"),
    "call": ("call", "id"), "draft": ("call", "call"), "call_review": ("call", "call"),
    "note": ("ticket", "ticket"), "prompt": ("ticket", "ticket"), "phrase": ("ticket", "ticket"),
    "promise": ("ticket", "ticket"), "escalation": ("ticket", "ticket"),
    "import_row": ("ticket", "ticket"), "ticket_draft": ("ticket", "ticket"),
    "action": ("ticket", "ticket"), "tag": ("ticket", "ticket"),
    "hand_over_line": ("ticket", "ticket"),
}  # fmt: skip
"""What the rows of a table belong to, and which column says to which."""

PLACES: Final = tuple(
    (table, column)
    for table, columns in CLASSES.items()
    for column, of_class in columns.items()
    if of_class not in {NONE, INDEX, JOURNAL}
)
"""Every column that texts are taken out of."""

_HOLDS: Final = "EXISTS (SELECT 1 FROM json_each(?) j WHERE instr({column}, j.value) > 0)"
_AMONG: Final = "{column} IN (SELECT value FROM json_each(?))"


def _key(table: str) -> tuple[str, ...]:
    return _KEYS.get(table, ("rowid",))


def _same(table: str) -> str:
    return " AND ".join(f"{each} = ?" for each in _key(table))


_FIND: Final = {
    (table, column): f"""
    SELECT {", ".join(_key(table))}, {column}, {_OF[table][1] if table in _OF else "NULL"}
    FROM {table} t
    """  # noqa: S608 - our own names
    for table, column in PLACES
}
_SAVE: Final = {
    (table, column): f"""
    UPDATE {"OR REPLACE" if table in _KEYS else ""} {table} SET {column} = ? WHERE {_same(table)}
    """  # noqa: S608
    for table, column in PLACES
}
_ENTRIES: Final = """
SELECT j.id, j.subject, j.seq, j.at, j.who, v.field, v.old, v.new, v.salt
FROM journal j JOIN journal_value v ON v.entry = j.id
WHERE {wanted} ORDER BY j.id, v.field
"""
_OF_CHAINS: Final = _ENTRIES.format(wanted=_AMONG.format(column="j.subject"))
_HOLDING: Final = _ENTRIES.format(
    wanted=f"""j.id IN (
    SELECT w.entry FROM journal_value w WHERE {_HOLDS.format(column="w.new")}
    UNION SELECT w.entry FROM journal_value w WHERE {_HOLDS.format(column="w.old")}
    UNION SELECT w.entry FROM journal_value w WHERE {_HOLDS.format(column="w.field")})"""  # noqa: S608
)
_OF_DESK: Final = _ENTRIES.format(
    wanted=f"""(j.subject = 'desk' OR j.subject >= 'clerk:' AND j.subject < 'clerk;'
        OR j.subject >= 'incident:' AND j.subject < 'incident;')
    AND EXISTS (SELECT 1 FROM journal_value w WHERE w.entry = j.id
        AND ({_HOLDS.format(column="w.new")} OR {_HOLDS.format(column="w.old")}))"""  # noqa: S608
)
_EMPTY: Final = """
UPDATE journal_value SET field = ?, old = ?, new = ?, salt = ? WHERE entry = ? AND field = ?
"""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it stands in a row."""

    table: str
    """The row's table."""

    column: str
    """The column."""

    key: tuple[Value, ...]
    """What the row is found by."""

    owner: int | None
    """The ticket, call or caller it belongs to; ``None`` for what is the desk's own."""

    said: str
    """The text."""

    @property
    def owned_by(self) -> str:
        """Of what ``owner`` is the id: ``ticket``, ``call``, ``caller``, or empty."""
        return _OF.get(self.table, ("", ""))[0]


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry of the journal with its values."""

    id: int
    """Its id."""

    subject: str
    """Its chain."""

    seq: int
    """Its place there."""

    at: int
    """When it was written, in seconds UTC."""

    who: str
    """The login of who did it."""

    values: tuple[tuple[Change, str], ...]
    """Each value with its salt."""


def find_texts_of(
    port: Port, place: tuple[str, str], owners: Mapping[str, Sequence[int]]
) -> list[Text]:
    """Fetch the texts of one column that belong to some tickets, calls and callers.

    Args:
        port: The database.
        place: Table and column, one of ``PLACES``.
        owners: The ids, by ``ticket``, ``call`` and ``caller``.

    Returns:
        The texts; nothing of a table whose rows belong to none of them.
    """
    if place[0] not in _OF:
        return []
    kind, column = _OF[place[0]]
    among = f"{_FIND[place]} WHERE {_AMONG.format(column=f't.{column}')}"
    return _texts(port, place, (among, (json.dumps(list(owners[kind])),)))


def find_texts_with(port: Port, place: tuple[str, str], spellings: Sequence[str]) -> list[Text]:
    """Fetch the texts of one column in which something stands, on the whole desk.

    Args:
        port: The database.
        place: Table and column, one of ``PLACES``.
        spellings: What stands in it, one at least.

    Returns:
        The texts.
    """
    holding = f"{_FIND[place]} WHERE {_HOLDS.format(column=f't.{place[1]}')}"
    return _texts(port, place, (holding, (json.dumps(list(spellings)),)))


def belongs(table: str) -> bool:
    """Whether the rows of a table belong to a ticket, a call or a caller."""
    return table in _OF


def find_entries_of(port: Port, chains: Sequence[str]) -> list[KeptEntry]:
    """Fetch the entries of some chains that have values.

    Args:
        port: The database.
        chains: The chains.

    Returns:
        The entries, oldest first.
    """
    return _entries(port, (_OF_CHAINS, (json.dumps(list(chains)),)))


def find_entries_of_desk(port: Port, spellings: Sequence[str]) -> list[KeptEntry]:
    """Fetch the entries of the desk's own chains in a value of which something stands.

    Args:
        port: The database.
        spellings: What stands there, one at least.

    Returns:
        The entries with all of their values, oldest first.
    """
    wanted = json.dumps(list(spellings))
    return _entries(port, (_OF_DESK, (wanted, wanted)))


def find_entries_with(port: Port, spellings: Sequence[str]) -> list[KeptEntry]:
    """Fetch the entries of the whole journal in a value of which something stands.

    Args:
        port: The database.
        spellings: What stands there, one at least.

    Returns:
        The entries with all of their values, oldest first.
    """
    wanted = json.dumps(list(spellings))
    return _entries(port, (_HOLDING, (wanted, wanted, wanted)))


def save_text(text: Text, said: str) -> Statement:
    """Put another text in the place of one."""
    return (_SAVE[text.table, text.column], (said, *text.key))


def empty_value(entry: int, field: str, change: Change, salt: str) -> Statement:
    """Put another value in the place of one of the journal.

    Args:
        entry: The entry's id.
        field: Which value it is until now.
        change: The value from now on.
        salt: Its salt.

    Returns:
        The statement.
    """
    return (_EMPTY, (change.field, change.old, change.new, salt, entry, field))


def _texts(port: Port, place: tuple[str, str], asked: Statement) -> list[Text]:
    return [
        Text(*place, tuple(row[:-2]), row[-1], row[-2])
        for row in port.query(*asked).rows
        if row[-2]
    ]


def _entries(port: Port, asked: Statement) -> list[KeptEntry]:
    found = port.query(*asked).rows
    return [
        KeptEntry(entry, subject, seq, at, who, tuple((Change(*row[5:8]), row[8]) for row in rows))
        for (entry, subject, seq, at, who), rows in groupby(found, key=lambda row: row[:5])
    ]
