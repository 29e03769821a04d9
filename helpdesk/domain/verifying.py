"""What is found when the journal is verified, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

from helpdesk.domain.seals import Seal

FEWEST_DIGITS: Final = 8
"""How many digits of a printed hash are needed at least."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The beginning of a hash, as it is read off a report."""

    digits: str
    """Its digits as they were typed."""

    made_by_desk: ClassVar[bool] = True
    """Read by no guard: the digits of a hash may look like any number, and none are kept."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One place where the journal does not hold."""

    entry: int
    """The entry's id, for the order of writing; the next one's where one is missing."""

    subject: str
    """Whose chain, ``seal`` for a seal, or the row that the journal does not explain."""

    seq: int
    """Its place in the chain; 0 where it has none."""

    what: str
    """What is wrong."""

    number: str = ""
    """The number of the ticket that it is about; empty where there is none."""

    since: str = ""
    """Between which seals it was written."""

    @property
    def place(self) -> tuple[int, bool]:
        """Orders faults: as they were written, an entry before the seal over it."""
        return (self.entry, not self.seq)

    def __str__(self) -> str:
        """Say it in one line."""
        where = f"{self.number} ({self.subject})" if self.number else self.subject
        named = f"entry {self.seq}"
        place = f", {named}" if self.seq and named not in self.what else ""
        since = f"; {self.since}" if self.since else ""
        return f"{where}{place}: {self.what}{since}"


@dataclass(slots=True)
class Faults:
    """The faults found so far: the first of them, and how many, however many there are."""

    first: Broken | None = None
    """The one that was written first."""

    count: int = 0
    """How many there are."""

    def add(self, broken: Broken) -> None:
        """Take in one more."""
        self.count += 1
        if self.first is None or broken.place < self.first.place:
            self.first = broken


@dataclass(slots=True)
class Verified:
    """What verifying the journal came to."""

    entries: int = 0
    """How many entries there are."""

    chains: int = 0
    """In how many chains."""

    values: int = 0
    """How many values they tell."""

    removed: int = 0
    """From how many entries values were removed by redaction or purge."""

    checked: int = 0
    """How many columns and notes were compared with what the journal tells of them."""

    seals: int = 0
    """How many seals there are."""

    newest: Seal | None = None
    """The newest of them."""

    unsealed: int = 0
    """How many entries came after it."""

    found: str = ""
    """Where the hash that was asked about stands; empty when it was not found."""

    faults: Faults = field(default_factory=Faults)
    """What is wrong."""

    @property
    def more(self) -> int:
        """How many faults there are beside the first."""
        return max(0, self.faults.count - 1)


def written_between(before: Seal | None, after: Seal | None) -> str:
    """Say between which seals an entry was written.

    Args:
        before: The last seal that does not cover it.
        after: The first one that does; ``None`` when none does yet.

    Returns:
        Words for it.
    """
    if after is None:
        return f"written after the seal of {before.day}" if before else "written before any seal"
    if before is None:
        return f"written before the first seal, of {after.day}"
    return f"written between the seals of {before.day} and {after.day}"
