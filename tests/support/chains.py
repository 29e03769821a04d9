"""Reads the journal back and looks for breaks, without the program's own check."""

from __future__ import annotations

from itertools import groupby

from helpdesk.domain.entries import digest, entry_hash
from helpdesk.domain.journal import FIRST_HASH, Change
from helpdesk.port import Port
from helpdesk.store.journal import get_chain


def faults_of(port: Port) -> list[str]:
    """Verify every chain of a journal.

    Args:
        port: The database.

    Returns:
        Where it does not hold; nothing when all is well.
    """
    subjects = port.query("SELECT DISTINCT subject FROM journal ORDER BY subject").rows
    return [fault for (subject,) in subjects for fault in _faults(port, subject)]


def _faults(port: Port, subject: str) -> list[str]:
    faults, before, place = [], FIRST_HASH, 0
    chain = get_chain(port, subject).dicts()
    entries = [list(rows) for _, rows in groupby(chain, key=lambda row: row["seq"])]
    emptied = {
        row["field"].removeprefix("emptied "): row["new"]
        for rows in entries
        for row in rows
        if (row["field"] or "").startswith("emptied ")
    }
    for rows in entries:
        values = digest(
            (Change(row["field"], row["old"], row["new"]), row["salt"])
            for row in rows
            if row["field"] is not None
        )
        first, place = rows[0], place + 1
        told = entry_hash(
            subject, place, first["at"], first["who"], first["act"], first["undoes"],
            first["value_digest"], before,
        )  # fmt: skip
        expected = emptied.get(str(place), first["value_digest"])
        if (first["seq"], told, values) != (place, first["hash"], expected):
            faults.append(f"{subject}: entry {first['seq']}")
        before = first["hash"]
    return faults
