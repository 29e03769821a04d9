"""The journal: one entry for every change, hash-chained per subject (DESIGN §5).

The hash of an entry covers only a digest of its values, and that digest is made of salted
digests of each value: emptied values can be told from forged ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

FIRST_HASH: Final = ""
"""What the first entry of a chain has as the hash before it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an act changed."""

    field: str
    """Which value: ``note/123/struck``, or just a name for what is told and not undone."""

    old: str | None
    """What it was; ``None`` for nothing."""

    new: str | None
    """What it is now."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a subject's chain."""

    seq: int = 0
    """Its place in the chain; 0 when there is none yet."""

    hash: str = FIRST_HASH
    """Its hash."""


@dataclass(frozen=True)
class Entry:
    """One entry, ready to be written."""

    subject: str
    """``ticket:ID``, ``caller:ID``, ``clerk:ID``, ``incident:ID`` or ``desk``."""

    seq: int
    """Its place in the subject's chain, from 1."""

    at: int
    """When, in seconds UTC."""

    who: str
    """The clerk's login."""

    act: str
    """The act's name."""

    changes: tuple[Change, ...]
    """What it changed."""

    salts: tuple[str, ...]
    """One for each change."""

    prev_hash: str
    """The hash of the entry before it."""

    undoes: int | None = None
    """The place of the entry that it takes back."""

    @cached_property
    def value_digest(self) -> str:
        """The digest of its values."""
        return digest(zip(self.changes, self.salts, strict=True))

    @cached_property
    def hash(self) -> str:
        """The hash that the next entry of the chain names."""
        return entry_hash(
            self.subject, self.seq, self.at, self.who, self.act, self.undoes,
            self.value_digest, self.prev_hash,
        )  # fmt: skip


def changes_between(
    table: str, row: int, before: Mapping[str, object], after: Mapping[str, object]
) -> list[Change]:
    """What of a row an act changes, column by column.

    Args:
        table: The row's table.
        row: Its id.
        before: What its columns held; may hold more columns.
        after: What those that may change hold now.

    Returns:
        One change for each column that holds something else.
    """
    return [
        Change(f"{table}/{row}/{column}", _as_text(before[column]), _as_text(value))
        for column, value in after.items()
        if before[column] != value
    ]


def fault_of_chain(subject: str, kept: Iterable[tuple[Entry, str, str]]) -> str | None:
    """Look for the first place where a chain was changed behind the program's back.

    Args:
        subject: Whose chain.
        kept: All of its entries in order, each with the digest of its values and the hash as
            the database has them.

    Returns:
        What is wrong and where, or ``None`` when the chain holds.
    """
    fault = first_fault(kept)
    return f"{subject}: {fault[1]}" if fault else None


def first_fault(kept: Iterable[tuple[Entry, str, str]]) -> tuple[int, str] | None:
    """Look for the first fault of a chain, as :func:`fault_of_chain` does.

    Args:
        kept: All of its entries in order, each with its digest and its hash.

    Returns:
        The place of the entry and what is wrong, or ``None``.
    """
    before = Head()
    for entry, kept_digest, kept_hash in kept:
        place = entry.seq
        if place != before.seq + 1:
            return before.seq + 1, f"entry {before.seq + 1} is missing"
        if entry.prev_hash != before.hash:
            return place, f"entry {place} does not follow the one before it"
        if entry.value_digest != kept_digest:
            return place, f"the values of entry {place} were changed"
        if entry.hash != kept_hash:
            return place, f"entry {place} was changed"
        before = Head(place, entry.hash)
    return None


def digest(values: Iterable[tuple[Change, str]]) -> str:
    """The digest of an entry's values.

    Args:
        values: Each change with its salt.

    Returns:
        The same digest in whatever order the values come.
    """
    parts = sorted(
        "\x1f".join((change.field, _salted(salt, change.old), _salted(salt, change.new)))
        for change, salt in values
    )
    return sha256("\x1e".join(parts).encode(errors="surrogatepass")).hexdigest()


def entry_hash(
    subject: str,
    seq: int,
    at: int,
    who: str,
    act: str,
    undoes: int | None,
    value_digest: str,
    prev_hash: str,
) -> str:
    """The hash of one entry; every argument is a column of the journal.

    Returns:
        64 hexadecimal digits.
    """
    told = (subject, str(seq), str(at), who, act, str(undoes), value_digest, prev_hash)
    return sha256("\x1f".join(told).encode(errors="surrogatepass")).hexdigest()


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _salted(salt: str, value: str | None) -> str:
    if value is None:
        return "-"
    return sha256(f"{salt}\x1f+{value}".encode(errors="surrogatepass")).hexdigest()
