"""Verifies the journal: every chain, every value, every seal, and the rows it tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from helpdesk.desk.access import faults_of_access
from helpdesk.desk.acting import act
from helpdesk.desk.chains import STRETCH, entries_of, rows_of_chains
from helpdesk.desk.desk import Desk
from helpdesk.desk.explaining import Explained, Told
from helpdesk.desk.sealing import written
from helpdesk.domain.entries import first_fault, removed_from
from helpdesk.domain.seals import Covered, Seal, fault_of_seal
from helpdesk.domain.tickets import number_said
from helpdesk.domain.verifying import (
    FEWEST_DIGITS,
    Broken,
    Printed,
    Verified,
    written_between,
)
from helpdesk.errors import BadInput
from helpdesk.store.journal_rows import count_values, get_entry_id, get_number
from helpdesk.store.seals import count_seals, find_seals

Progress = Callable[[int, int], None]
"""Told how many entries are looked at, and of how many; each is looked at twice."""

_SEALS: Final = 400
"""How many seals are read at once."""

_HEX: Final = frozenset("0123456789abcdef")


@act("read")
def verify_journal(
    desk: Desk,
    against: Printed | None = None,
    progress: Progress | None = None,
) -> Verified:
    """Verify the journal up to its newest entry; reads all of it.

    Args:
        desk: The desk.
        against: The beginning of a hash that was printed: of a seal or of an entry; ``None`` to
            look for none.
        progress: Told how much is done; may raise to give it up.

    Returns:
        What was counted, and what is wrong.

    Raises:
        BadInput: When what is to be found is no hash, or too little of one.
    """
    sought = "" if against is None else _hash_meant(against.digits)
    return Verifying(desk, sought, progress).all()


class Verifying:
    """One walk over the whole journal, in constant memory."""

    def __init__(self, desk: Desk, against: str, progress: Progress | None) -> None:
        """Begin at the newest entry there is now.

        Args:
            desk: The desk.
            against: The beginning of a hash, or empty.
            progress: Told how much is done.
        """
        self._desk, self._port, self._against = desk, desk.whole, against
        self._progress, self._done = progress, 0
        with self._port.one_moment():
            self._upto, self._values = self._port.head(), count_values(self._port)
        self._linked, self._sealed = 0, count_seals(desk.whole)
        self._explained = Explained(desk.whole)
        self.result = Verified()

    def all(self) -> Verified:
        """Walk.

        Returns:
            What was found.
        """
        result = self.result
        for subject, rows in groupby(self._rows(), key=lambda row: str(row["subject"])):
            result.chains += 1
            self._chain(subject, rows)
        if lost := self._values - result.values:
            self._broken(self._upto + 1, "journal", 0, f"{lost:,} values belong to no entry")
        self._rest()
        self._seals()
        if loose := result.entries - self._linked:
            self._broken(self._upto + 1, "journal", 0, f"{loose:,} entries belong to no chain")
        if result.seals < self._sealed:
            self._broken(0, "seals", 0, "one of them has no day")
        if self._against and not result.found:
            said = f"no seal and no entry has the hash {self._against}: it is another journal"
            self._broken(0, "journal", 0, said)
        if result.faults.first is not None:
            result.faults.first = self._placed(result.faults.first)
        return result

    def _rest(self) -> None:
        """Look at the rows that the journal tells of, and at who looked at whom."""
        for broken in self._explained.rest():
            self.result.faults.add(broken)
        self.result.checked = self._explained.checked
        for said in faults_of_access(self._port):
            self._broken(self._upto + 1, "access", 0, said)

    def _chain(self, subject: str, rows: Iterable[dict[str, Any]]) -> None:
        told = Told(subject)

        kept = list(entries_of(subject, rows))
        self._linked += len(kept)
        for entry, _, _ in kept:
            told.take(entry)
        self.result.removed += removed_from(entry for entry, _, _ in kept)
        self._explained.see(told)
        fault = first_fault(kept)
        if fault:
            seq, what = fault
            self._broken(get_entry_id(self._port, subject, seq), subject, seq, what)
        else:
            self._explained.ask(told)

    def _rows(self) -> Iterator[dict[str, Any]]:
        for row in rows_of_chains(self._port, self._upto, lambda: self._tell(STRETCH)):
            self.result.values += row["field"] is not None
            yield row

    def _seals(self) -> None:
        """Walk in the order of writing, from seal to seal."""
        result, before, last = self.result, None, 0
        for seal in self._kept_seals():
            result.seals += 1
            covered = Covered()
            for entry in self._between(last, seal.upto):
                last = entry[0]
                covered.add(*entry[1:])
            fault = fault_of_seal(seal, before, covered, last)
            if fault is not None:
                self._broken(seal.upto + 1, f"seal of {seal.day}", 0, fault)
            if self._asked(seal.hash):
                result.found = f"it is the seal of {seal.day}"
            before, last = seal, max(last, seal.upto)
        result.newest = before
        for _ in self._between(last, self._upto):
            result.unsealed += 1

    def _between(self, after: int, upto: int) -> Iterator[tuple[Any, ...]]:
        for row in written(self._port, after, upto):
            if row[0] != after + 1:
                missing = f"{row[0] - after - 1:,} entries before it are missing"
                self._broken(row[0], row[1], row[2], missing)
            after = row[0]
            self.result.entries += 1
            if self._asked(row[3]):
                self.result.found = f"it is entry {row[0]:,} of the journal"
            if row[0] % STRETCH == 0:
                self._tell(STRETCH)
            yield row

    def _kept_seals(self) -> Iterator[Seal]:
        day = ""
        while seals := find_seals(self._port, day, _SEALS):
            yield from seals
            day = seals[-1].day

    def _asked(self, its_hash: str) -> bool:
        return bool(self._against) and its_hash.startswith(self._against)

    def _broken(self, entry: int, subject: str, seq: int, what: str) -> None:
        self.result.faults.add(Broken(entry, subject, seq, what))

    def _placed(self, broken: Broken) -> Broken:
        """Say of which ticket it is, and between which seals it was written."""
        kind, _, row = broken.subject.partition(":")
        number = get_number(self._port, int(row)) if kind == "ticket" and row.isdecimal() else None
        before: Seal | None = None
        after: Seal | None = None
        for seal in self._kept_seals():
            if seal.upto >= broken.entry:
                after = seal
                break
            before = seal
        since = written_between(before, after) if broken.seq else ""
        return replace(broken, number=number_said(*number) if number else "", since=since)

    def _tell(self, more: int) -> None:
        self._done = min(self._done + more, 2 * self._upto)
        if self._progress is not None:
            self._progress(self._done, 2 * self._upto)


def _hash_meant(typed: str) -> str:
    meant = "".join(typed.lower().split()).rstrip("…")
    if len(meant) < FEWEST_DIGITS or not set(meant) <= _HEX:
        raise BadInput(
            f"--against: “{typed}” is no hash: give at least {FEWEST_DIGITS} of its digits, as "
            "they stand at the foot of a report."
        )
    return meant
