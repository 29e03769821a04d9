"""Follows every chain of the journal from its first entry to its last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final

from helpdesk.domain.entries import Entry, fault_of_chain
from helpdesk.domain.journal import Change
from helpdesk.port import Port
from helpdesk.store.journal_rows import find_entries

STRETCH: Final = 2_000
"""How many entries of the journal are read at once."""


@dataclass(frozen=True, slots=True)
class Chains:
    """What following the chains came to."""

    count: int
    """How many there are."""

    faults: tuple[str, ...]
    """The first fault of each that does not hold."""


def follow_chains(port: Port, progress: Callable[[int, int], None] | None = None) -> Chains:
    """Follow every chain.

    Args:
        port: The database.
        progress: Told how many entries were followed, of 0 when nobody counted them.

    Returns:
        How many there are, and what does not hold.
    """
    faults: list[str] = []
    count = 0
    told = partial(progress, 0, 0) if progress is not None else None
    rows_of_all = rows_of_chains(port, port.head(), told)
    for subject, rows in groupby(rows_of_all, key=lambda row: str(row["subject"])):
        count += 1
        if fault := fault_of_chain(subject, entries_of(subject, rows)):
            faults.append(fault)
    return Chains(count, tuple(faults))


def rows_of_chains(
    port: Port, upto: int, told: Callable[[], object] | None = None
) -> Iterator[dict[str, Any]]:
    """Read the whole journal chain by chain, some thousand entries at a time.

    Args:
        port: The database.
        upto: The newest entry that is wanted.
        told: Called after each stretch of ``STRETCH`` entries.

    Yields:
        One row a value, entries without values once.
    """
    after = ("", 0)
    while rows := list(find_entries(port, after, upto, STRETCH).dicts()):
        yield from rows
        after = (rows[-1]["subject"], rows[-1]["seq"])
        if told is not None:
            told()


def entries_of(subject: str, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Entry, str, str]]:
    """Put the entries of a chain together from the rows of their values.

    Args:
        subject: The chain.
        rows: One a value, in the order of the chain.

    Yields:
        Each entry, with the digest of its values and the hash as the database has them.
    """
    for seq, group in groupby(rows, key=lambda row: int(row["seq"])):
        values = list(group)
        first, told = values[0], [row for row in values if row["field"] is not None]
        entry = Entry(
            subject=subject,
            seq=seq,
            at=first["at"],
            who=first["who"],
            act=first["act"],
            changes=tuple(Change(row["field"], row["old"], row["new"]) for row in told),
            salts=tuple(row["salt"] for row in told),
            prev_hash=first["prev_hash"],
            undoes=first["undoes"],
        )
        yield entry, first["value_digest"], first["hash"]
