"""The rows of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from helpdesk.domain.journal import Change, Head
from helpdesk.domain.undoing import Told
from helpdesk.port import Port, Rows, Statement

if TYPE_CHECKING:
    from helpdesk.domain.entries import Entry

_ADD = """
INSERT INTO journal(subject, seq, at, who, act, undoes, value_digest, prev_hash, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ADD_UNSEALED: Final = """
INSERT INTO journal(id, subject, seq, at, who, act, undoes, value_digest, prev_hash, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
"""Writes an entry whose id is known."""

_ADD_VALUE = """
INSERT INTO journal_value(entry, field, old, new, salt)
VALUES ((SELECT id FROM journal WHERE subject = ? AND seq = ?), ?, ?, ?, ?)
"""
ADD_VALUE_OF: Final = """
INSERT INTO journal_value(entry, field, old, new, salt) VALUES (?, ?, ?, ?, ?)
"""
"""Writes a value of an entry whose id is known."""

_HEAD = "SELECT seq, hash FROM journal WHERE subject = ? ORDER BY seq DESC LIMIT 1"
_CHAIN = """
SELECT j.seq, j.at, j.who, j.act, j.undoes, j.value_digest, j.prev_hash, j.hash,
       v.field, v.old, v.new, v.salt
FROM journal j LEFT JOIN journal_value v ON v.entry = j.id
WHERE j.subject = ? ORDER BY j.seq, v.field
"""
_VALUES = """
SELECT v.field, v.old, v.new FROM journal j JOIN journal_value v ON v.entry = j.id
WHERE j.subject = ? AND j.seq = ? ORDER BY v.field
"""
_LAST_WRITER = "SELECT who FROM journal WHERE subject = ? ORDER BY seq DESC LIMIT 1"
_LAST_WRITER_OF = """
SELECT j.who FROM journal j JOIN journal_value v ON v.entry = j.id AND v.field = ?
WHERE j.subject = ? ORDER BY j.seq DESC LIMIT 1
"""
_TOLD = """
SELECT j.subject, j.seq, j.who, j.act, j.undoes, coalesce(v.new, '') AS batch
FROM journal j {} LEFT JOIN journal_value v ON v.entry = j.id AND v.field = 'batch'
"""
_TOLD_IN = f"{_TOLD.format('')} WHERE j.subject = ? ORDER BY j.seq"
_TOLD_BY = f"""{_TOLD.format("INDEXED BY journal_who")}
WHERE j.id > ? AND j.who = ? ORDER BY j.id DESC LIMIT ?
"""
_TOLD_TOGETHER = """
SELECT j.subject, j.seq, j.who, j.act, j.undoes, v.new AS batch
FROM journal_value v JOIN journal j ON j.id = v.entry
WHERE v.field = 'batch' AND v.new = ? ORDER BY j.id
"""


def add_entry(entry: Entry) -> list[Statement]:
    """Write one entry with its values; it fails when somebody else was quicker.

    Args:
        entry: The entry.

    Returns:
        The statements of the batch.
    """
    value_digest = entry.value_digest
    row = (
        entry.subject, entry.seq, entry.at, entry.who, entry.act, entry.undoes,
        value_digest, entry.prev_hash, entry.hash_with(value_digest),
    )  # fmt: skip
    values: list[Statement] = [
        (_ADD_VALUE, (entry.subject, entry.seq, change.field, change.old, change.new, salt))
        for change, salt in zip(entry.changes, entry.salts, strict=True)
    ]
    return [(_ADD, row), *values]


def add_unsealed(entry: Entry, number: int) -> list[Statement]:
    """Write one entry with its values, its hashes left out, which are put in before it is written.

    Args:
        entry: The entry.
        number: Its id: nobody else writes entries meanwhile.

    Returns:
        The statements of the batch.
    """
    row = (number, entry.subject, entry.seq, entry.at, entry.who, entry.act, entry.undoes)
    values: list[Statement] = [
        (ADD_VALUE_OF, (number, field, old, new, salt))
        for (field, old, new), salt in zip(entry.changes, entry.salts, strict=True)
    ]
    return [(ADD_UNSEALED, (*row, "", "", "")), *values]


def get_heads(port: Port, subjects: list[str]) -> dict[str, Head]:
    """Fetch the newest entry of each chain.

    Args:
        port: The database.
        subjects: The chains.

    Returns:
        The heads; a chain without entries has the empty head.
    """
    found = port.snapshot([(_HEAD, (subject,)) for subject in subjects])
    return {
        subject: Head(*rows.rows[0]) if rows.rows else Head()
        for subject, rows in zip(subjects, found, strict=True)
    }


def get_changes(port: Port, subject: str, seq: int) -> tuple[Change, ...]:
    """Fetch what one entry changed.

    Args:
        port: The database.
        subject: The chain.
        seq: The entry's place in it.

    Returns:
        The changes.
    """
    return tuple(Change(*row) for row in port.query(_VALUES, (subject, seq)).rows)


def get_chain(port: Port, subject: str) -> Rows:
    """Fetch a whole chain, one row a value, entries without values once.

    Args:
        port: The database.
        subject: The chain.

    Returns:
        The rows in the order of the chain.
    """
    return port.query(_CHAIN, (subject,))


def get_last_writer(port: Port, subject: str) -> str:
    """Find who wrote last in a chain.

    Args:
        port: The database.
        subject: The chain.

    Returns:
        The login, or empty.
    """
    return str(port.query(_LAST_WRITER, (subject,)).value() or "")


def get_last_writer_of(port: Port, subject: str, field: str) -> str:
    """Find who changed one field last.

    Args:
        port: The database.
        subject: The chain that tells of it.
        field: The field as the journal names it.

    Returns:
        The login, or empty.
    """
    return str(port.query(_LAST_WRITER_OF, (field, subject)).value() or "")


def find_told(port: Port, subject: str) -> list[Told]:
    """List the entries of a chain, without their values.

    Args:
        port: The database.
        subject: The chain.

    Returns:
        The entries, oldest first.
    """
    return [Told(*row) for row in port.query(_TOLD_IN, (subject,)).rows]


def find_told_by(port: Port, who: str, after: int, most: int) -> list[Told]:
    """List what one person did, in whatever chain.

    Args:
        port: The database.
        who: The person's login.
        after: The change token after which it was done.
        most: How many of the newest are wanted.

    Returns:
        The entries, oldest first.
    """
    return [Told(*row) for row in reversed(port.query(_TOLD_BY, (after, who, most)).rows)]


def find_told_together(port: Port, batch: str) -> list[Told]:
    """List what one act wrote in several chains.

    Args:
        port: The database.
        batch: What its entries have in common.

    Returns:
        The entries, oldest first.
    """
    return [Told(*row) for row in port.query(_TOLD_TOGETHER, (batch,)).rows]
