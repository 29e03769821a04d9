"""The entries of the journal: one for every change, hash-chained per subject (DESIGN §5).

The hash of an entry covers only a digest of its values, and that digest is made of salted
digests of each value: emptied values can be told from forged ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from helpdesk.domain.journal import Change, Head

REMOVING: Final = frozenset({"redact", "redact_own", "purge"})
"""The acts that empty values of older entries of the same chain."""

_EMPTIED: Final = "emptied "


class Entry(NamedTuple):
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

    @property
    def value_digest(self) -> str:
        """The digest of its values."""
        return digest(zip(self.changes, self.salts, strict=True))

    @property
    def hash(self) -> str:
        """The hash that the next entry of the chain names."""
        return self.hash_with(self.value_digest)

    def hash_with(self, value_digest: str) -> str:
        """Its hash, given the digest of the values that it was written with.

        Args:
            value_digest: That digest; another than now where values were emptied since.

        Returns:
            The hash.
        """
        return entry_hash(
            self.subject, self.seq, self.at, self.who, self.act, self.undoes,
            value_digest, self.prev_hash,
        )  # fmt: skip


def fault_of_chain(subject: str, kept: Iterable[tuple[Entry, str, str]]) -> str | None:
    """Look for the first place where a chain was changed behind the program's back.

    Values that a later entry of the chain says it emptied are no fault: ``removed_from`` counts
    them. Values that are emptied though no entry says so are one, and so are values that came
    back.

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
    chain = list(kept)
    emptied = _emptied(entry for entry, _, _ in chain)
    before = Head()
    for entry, kept_digest, kept_hash in chain:
        place = entry.seq
        if place != before.seq + 1:
            return before.seq + 1, f"entry {before.seq + 1} is missing"
        if entry.prev_hash != before.hash:
            return place, f"entry {place} does not follow the one before it"
        if entry.value_digest != _digest_now(kept_digest, emptied.get(place, ())):
            return place, f"the values of entry {place} were changed"
        if entry.hash_with(kept_digest) != kept_hash:
            return place, f"entry {place} was changed"
        before = Head(place, kept_hash)
    return None


def removed_from(entries: Iterable[Entry]) -> int:
    """Count the entries of a chain whose values were removed by redaction or purge.

    Args:
        entries: All entries of the chain.

    Returns:
        How many.
    """
    return len(_emptied(entries))


def emptying(seq: int, before: str, after: str) -> Change:
    """What the journal says of an entry whose values are emptied.

    Args:
        seq: The entry's place in the chain, to which this is told too.
        before: The digest of its values until now.
        after: The digest of those that stand there from now on.

    Returns:
        The change, by which the chain can still be checked.
    """
    return Change(f"{_EMPTIED}{seq}", before, after)


def is_emptying(change: Change) -> bool:
    """Whether a change says only that an older entry was emptied, for whoever checks a chain."""
    return change.field.startswith(_EMPTIED)


def emptied_values(
    values: Sequence[tuple[Change, str]],
    taken_out: Callable[[Change], Change],
    salts: Iterator[str],
) -> list[tuple[Change, str]]:
    """Take texts out of an entry's values.

    Args:
        values: Each value of the entry with its salt.
        taken_out: Gives a value as it is to stand from now on.
        salts: Fresh ones; the old salt of an emptied value goes, so that nobody can try out
            what it was.

    Returns:
        The values in the same order.
    """
    made = [(taken_out(change), change, salt) for change, salt in values]
    return [(now, salt if now == was else next(salts)) for now, was, salt in made]


def _emptied(entries: Iterable[Entry]) -> dict[int, list[tuple[str | None, str | None]]]:
    """The digests before and after each emptying, by the place of the entry."""
    found: dict[int, list[tuple[str | None, str | None]]] = {}
    for entry in entries:
        for change in entry.changes if entry.act in REMOVING else ():
            seq = change.field.removeprefix(_EMPTIED)
            if seq != change.field and seq.isdecimal() and int(seq) < entry.seq:
                found.setdefault(int(seq), []).append((change.old, change.new))
    return found


def _digest_now(kept: str, emptied: Iterable[tuple[str | None, str | None]]) -> str | None:
    """The digest that the values must have after all emptyings; ``None`` when those disagree."""
    now: str | None = kept
    for before, after in emptied:
        if before != now:
            return None
        now = after
    return now


def digest(values: Iterable[tuple[Change, str]]) -> str:
    """The digest of an entry's values.

    Args:
        values: Each change with its salt.

    Returns:
        The same digest in whatever order the values come.
    """
    parts = sorted(
        [f"{field}\x1f{_salted(salt, old)}\x1f{_salted(salt, new)}"
         for (field, old, new), salt in values]
    )  # fmt: skip
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


def _salted(salt: str, value: str | None) -> str:
    if value is None:
        return "-"
    return sha256(f"{salt}\x1f+{value}".encode(errors="surrogatepass")).hexdigest()
