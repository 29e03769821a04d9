"""Examines a desk: what is wrong with it, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Clock, Desk, Folder
from helpdesk.desk.findings import Finding
from helpdesk.desk.machine import examine_machine
from helpdesk.desk.opening import open_desk
from helpdesk.desk.playbook_check import check_desk
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change, Entry, fault_of_chain, removed_from
from helpdesk.errors import HelpdeskError
from helpdesk.port import Port
from helpdesk.store import upkeep
from helpdesk.store.schema import APPLICATION_ID
from helpdesk.store.wiping import find_unwiped

_MOST_NAMED: Final = 5
"""How many faults of one kind are named; the rest are counted."""

_STRETCH: Final = 2_000
"""How many entries of the journal are read at once."""

_RESTORE: Final = "Keep the file as it is, and restore the newest backup."


def examine(folder: Folder) -> Iterator[Finding]:
    """Examine a desk; one that is not there is not made.

    Args:
        folder: The desk folder.

    Yields:
        What was found, one part after the other.
    """
    yield from examine_machine(folder)
    yield _playbooks(folder)
    if not folder.database.exists():
        yield Finding("database", f"{folder.database} is not there", "helpdesk init makes it.")
        return
    try:
        desk = open_desk(folder)
    except HelpdeskError as error:
        yield Finding("database", "cannot be opened", str(error))
        return
    try:
        yield from examine_database(desk)
    finally:
        desk.close()


@act("read")
def examine_database(desk: Desk) -> Iterator[Finding]:
    """Examine the database of a desk; reads all of it.

    Args:
        desk: The desk.

    Returns:
        What was found, one part after the other.
    """
    parts: tuple[tuple[str, Callable[[Desk], Finding]], ...] = (
        ("SQLite", _sqlite),
        ("database", _damage),
        ("search", _search),
        ("journal", _journal),
    )
    return (_examined(desk, name, look) for name, look in parts)


@act("upkeep")
def rebuild_search(desk: Desk) -> None:
    """Make the search indexes anew.

    Args:
        desk: The desk.
    """
    batch = Batch(desk)
    batch.write(*upkeep.rebuild_search())
    batch.tell("desk", "rebuild_search", [Change("search", None, "made anew")])
    batch.send()


def _examined(desk: Desk, name: str, look: Callable[[Desk], Finding]) -> Finding:
    try:
        return look(desk)
    except HelpdeskError as error:  # one part that fails must not hide the next
        return Finding(name, str(error), _RESTORE)


def _sqlite(desk: Desk) -> Finding:
    facts = upkeep.get_facts(desk.port)
    said = f"{facts['sqlite']}, tables of version {facts['version']}, {facts['journal_mode']}"
    if not facts["fts5"]:
        return Finding("SQLite", said, "This SQLite lacks FTS5: install a Python that has it.")
    if facts["application_id"] != APPLICATION_ID:
        return Finding("SQLite", f"{said}, of another program", _RESTORE)
    return Finding("SQLite", said)


def _damage(desk: Desk) -> Finding:
    found = upkeep.find_damage(desk.port, _MOST_NAMED)
    if found:
        return Finding("database", "; ".join(found), _RESTORE)
    return Finding("database", f"{desk.folder.database} is whole")


def _search(desk: Desk) -> Finding:
    for name in upkeep.SEARCHES:
        stamp = desk.stamp()
        try:
            desk.port.transact(stamp.op, stamp.at, [upkeep.check_search(name)])
        except HelpdeskError as error:
            said = f"{name}: {error}"
            return Finding("search", said, "helpdesk doctor --rebuild-search mends it.")
    _, since = find_unwiped(desk.port)
    if since is not None:
        when = f"{local(since, desk.home_office.zone):%Y-%m-%d}"
        said = f"what was redacted or purged since {when} may be left in the index"
        return Finding("search", said, "helpdesk purge --finish overwrites it.")
    return Finding("search", "the indexes hold what they were made from")


def _journal(desk: Desk) -> Finding:
    faults: list[str] = []
    chains = removed = 0
    for subject, rows in groupby(_rows(desk.port), key=lambda row: str(row["subject"])):
        chains += 1
        kept = list(_entries(subject, rows))
        removed += removed_from(entry for entry, _, _ in kept)
        if fault := fault_of_chain(subject, kept):
            faults.append(fault)
    if faults:
        more = len(faults) - _MOST_NAMED
        said = "; ".join(faults[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
        return Finding("journal", said, "Somebody changed it behind the program: compare backups.")
    emptied = f", {removed:,} entries with values removed by redaction or purge" if removed else ""
    return Finding("journal", f"{chains:,} chains hold{emptied}")


def _rows(port: Port) -> Iterator[dict[str, Any]]:
    after = ("", 0)
    while rows := list(upkeep.find_entries(port, after, _STRETCH).dicts()):
        yield from rows
        after = (rows[-1]["subject"], rows[-1]["seq"])


def _entries(subject: str, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Entry, str, str]]:
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


def _playbooks(folder: Folder) -> Finding:
    checked = check_desk(folder, local(Clock().now(), "UTC").date())
    if checked.faults:
        many = len(checked.faults)
        said = f"{many} fault{'' if many == 1 else 's'}, the first: {checked.faults[0]}"
        return Finding("playbooks", said, "helpdesk playbooks check names them all.")
    return Finding("playbooks", f"{checked.count} without a fault")
