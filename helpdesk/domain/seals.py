"""Seals: once a day all that the journal got since is sealed, and each seal names the last.

Whoever rewrites a chain of the journal, hashes and all, breaks the seal of its day; whoever
rewrites the seals as well no longer has the hash that stands at the foot of printed reports.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final, NamedTuple

FIRST_SEAL: Final = ""
"""What the first seal has as the hash before it."""

_SHOWN: Final = 16
"""How many digits of a hash stand at the foot of a report."""


class Seal(NamedTuple):
    """One day's seal; its fields are the columns of the table."""

    day: str
    """The date on which it was made, in the zone of the desk's office."""

    at: int
    """When, in seconds UTC."""

    entries: int
    """How many entries it covers that none before did."""

    digest: str
    """The digest of those entries."""

    prev_hash: str
    """The hash of the seal before it."""

    hash: str
    """Its hash, which the next one names."""

    upto: int
    """The newest entry that it covers; a pointer, in no hash."""

    def __str__(self) -> str:
        """Name it as at the foot of a report."""
        return f"{self.day} {self.hash[:_SHOWN]}…"


class Covered:
    """What a seal covers, taken in entry by entry in the order of writing."""

    def __init__(self) -> None:
        """Cover nothing yet."""
        self.entries = 0
        self._digest = sha256()

    def add(self, subject: str, seq: int, entry_hash: str) -> None:
        """Take in the next entry; every argument is a column of the journal."""
        self.entries += 1
        told = f"{subject}\x1f{seq}\x1f{entry_hash}\x1e"
        self._digest.update(told.encode(errors="surrogatepass"))

    @property
    def digest(self) -> str:
        """The digest of what was taken in so far."""
        return self._digest.hexdigest()


def sealed(covered: Covered, before: Seal | None, day: str, at: int, upto: int) -> Seal:
    """Make a seal.

    Args:
        covered: What it covers.
        before: The seal before it; ``None`` for the first.
        day: The date, in the zone of the desk's office.
        at: When, in seconds UTC.
        upto: The newest entry that it covers.

    Returns:
        The seal.
    """
    prev = before.hash if before else FIRST_SEAL
    made = seal_hash(day, at, covered.entries, covered.digest, prev)
    return Seal(day, at, covered.entries, covered.digest, prev, made, upto)


def seal_hash(day: str, at: int, entries: int, digest: str, prev_hash: str) -> str:
    """The hash of a seal; every argument is one of its columns.

    Returns:
        64 hexadecimal digits.
    """
    told = ("seal", day, str(at), str(entries), digest, prev_hash)
    return sha256("\x1f".join(told).encode(errors="surrogatepass")).hexdigest()


def is_due(newest: Seal | None, day: str, at: int) -> bool:
    """Whether a seal is to be made: one a day, and none behind a later one.

    Args:
        newest: The newest seal.
        day: The date now, in the zone of the desk's office.
        at: The moment, in seconds UTC.

    Returns:
        ``False`` also where the clock was set back behind the newest seal.
    """
    return newest is None or (day > newest.day and at >= newest.at)


def fault_of_seal(seal: Seal, before: Seal | None, covered: Covered, last: int) -> str | None:
    """Look whether a seal was changed, or what it covers was.

    Args:
        seal: The seal as it is kept.
        before: The one before it.
        covered: The entries that are there now between the two.
        last: The id of the last of them; that of ``before`` when there are none.

    Returns:
        What is wrong, or ``None``.
    """
    if seal.prev_hash != (before.hash if before else FIRST_SEAL):
        return "it does not follow the seal before it"
    told = seal_hash(seal.day, seal.at, seal.entries, seal.digest, seal.prev_hash)
    if told != seal.hash:
        return "it was changed"
    if covered.entries != seal.entries:
        return f"{covered.entries:,} of the {seal.entries:,} entries that it sealed are there"
    if last != seal.upto:
        return f"it ends at entry {seal.upto:,}, which is not the last that it sealed"
    if covered.digest != seal.digest:
        return "the entries are no longer those that it sealed"
    return None


def foot_of(seal: Seal | str | None) -> str:
    """What the foot of a report says of the journal.

    Args:
        seal: The newest seal at its moment, or how it is named; nothing before the first.

    Returns:
        One line.
    """
    return f"journal sealed {seal}" if seal else "journal not sealed yet"
