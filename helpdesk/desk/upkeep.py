"""Examines a desk: what is wrong with it, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.backup_list import (
    backups_folder,
    backups_of,
    checksum,
    list_backups,
    restore_said,
)
from helpdesk.desk.contents import (
    examine_calls,
    examine_staff,
    examine_sums,
    examine_texts,
    examine_times,
)
from helpdesk.desk.desk import NOBODY, Clerk, Clock, Desk, Folder
from helpdesk.desk.desk_folder import examine_folder
from helpdesk.desk.findings import Finding
from helpdesk.desk.machine import examine_machine
from helpdesk.desk.nights import backup_warning
from helpdesk.desk.opening import open_desk
from helpdesk.desk.outbox_check import examine_outbox
from helpdesk.desk.playbook_check import check_desk
from helpdesk.desk.verifying import verify_journal
from helpdesk.domain.backups import Backup, newest_good
from helpdesk.domain.courts import local
from helpdesk.errors import HelpdeskError
from helpdesk.store import upkeep
from helpdesk.store.contents import find_loose
from helpdesk.store.schema import APPLICATION_ID
from helpdesk.store.wiping import find_unwiped

_MOST_NAMED: Final = 5
"""How many faults of one kind are named; the rest are counted."""

_COMPARE: Final = "Somebody changed it behind the program: helpdesk verify says more."
_LOOKING: Final = Clerk(0, "nobody", "auditor")
_REPAIR: Final = "helpdesk doctor --repair mends it."


def examine(folder: Folder, clock: Clock | None = None) -> Iterator[Finding]:
    """Examine a desk; one that is not there is not made.

    Args:
        folder: The desk folder.
        clock: Where the time comes from.

    Yields:
        What was found, one part after the other.
    """
    clock = clock or Clock()
    backups = backups_of(folder)
    yield from examine_machine(clock)
    yield from examine_folder(folder, backups)
    yield _playbooks(folder, clock)
    yield from examine_outbox(folder)
    if not folder.database.exists():
        said = f"{folder.database} is not there"
        there = list_backups(backups)
        way_out = restore_said(backups) if there else "helpdesk init makes it."
        yield Finding("database", said, way_out)
        return
    try:
        desk = open_as_it_is(folder, clock)
    except HelpdeskError as error:
        yield Finding("database", "cannot be opened", str(error))
        yield _newest(backups)
        return
    try:
        yield from examine_database(desk)
        yield _backups(desk)
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
        ("tables", _tables),
        ("database", _damage),
        ("references", _references),
        ("search", _search),
        ("texts", examine_texts),
        ("journal", _journal),
        ("sums", examine_sums),
        ("times", examine_times),
        ("calls", examine_calls),
        ("staff", examine_staff),
    )
    return (_examined(desk, name, look) for name, look in parts)


def open_as_it_is(folder: Folder, clock: Clock) -> Desk:
    """Open a desk to look at it, also when its settings or courts are broken.

    Args:
        folder: The desk folder, with a database.
        clock: Where the time comes from.

    Returns:
        The desk; of broken settings and courts what can be read is taken.

    Raises:
        HelpdeskError: When its database cannot be opened.
    """
    desk = open_desk(Folder(folder.home), clock, broken_too=True)
    if desk.clerk == NOBODY:  # what is found names nobody: no passcode is asked for
        desk.clerk = _LOOKING
    return desk


def _examined(desk: Desk, name: str, look: Callable[[Desk], Finding]) -> Finding:
    try:
        return look(desk)
    except HelpdeskError as error:  # one part that fails must not hide the next
        return Finding(name, str(error), _restore(desk))


def _restore(desk: Desk) -> str:
    return restore_said(backups_folder(desk.folder, desk.settings))


def _tables(desk: Desk) -> Finding:
    facts = upkeep.get_facts(desk.whole)
    said = f"of version {facts['version']}, journal mode {facts['journal_mode']}"
    if facts["application_id"] != APPLICATION_ID:
        return Finding("tables", f"{said}, of another program", _restore(desk))
    if facts["journal_mode"] != "wal":
        said = f"{said}, in which clerks wait for each other"
        return Finding("tables", said, _REPAIR)
    return Finding("tables", said)


def _damage(desk: Desk) -> Finding:
    found = upkeep.find_damage(desk.whole, _MOST_NAMED)
    if found:
        return Finding("database", "; ".join(found), _restore(desk))
    return Finding("database", f"{desk.folder.database} is whole")


def _references(desk: Desk) -> Finding:
    found = find_loose(desk.whole, _MOST_NAMED)
    if found:
        return Finding("references", "; ".join(found), _restore(desk))
    return Finding("references", "every row that is pointed to is there")


def _search(desk: Desk) -> Finding:
    for name in upkeep.SEARCHES:
        stamp = desk.stamp()
        try:
            desk.whole.transact(stamp.op, stamp.at, [upkeep.check_search(name)])
        except HelpdeskError as error:
            return Finding("search", f"{name}: {error}", _REPAIR)
    _, since = find_unwiped(desk.whole)
    if since is not None:
        when = f"{local(since, desk.home_office.zone):%Y-%m-%d}"
        said = f"what was redacted or purged since {when} may be left in the index"
        return Finding("search", said, "helpdesk purge --finish overwrites it.")
    return Finding("search", "the indexes hold what they were made from")


def _journal(desk: Desk) -> Finding:
    found = verify_journal(desk)
    if found.faults.first is not None:
        more = f"; and {found.more:,} more" if found.more else ""
        return Finding("journal", f"{found.faults.first}{more}", _COMPARE)
    seals = f"{found.newest}" if found.newest else "not sealed yet"
    said = f"{found.chains:,} chains hold; {found.seals:,} seals: {seals}"
    if found.removed:
        said += f"; {found.removed:,} entries with values removed by redaction or purge"
    return Finding("journal", said)


def _backups(desk: Desk) -> Finding:
    if warning := backup_warning(desk):
        said, _, way_out = warning.partition(": ")
        return Finding("backups", said, way_out or "helpdesk backup makes one.")
    backups = backups_folder(desk.folder, desk.settings)
    if desk.settings.backups_keep or list_backups(backups):
        return _newest(backups)
    return Finding("backups", "switched off (backups: keep in desk.yaml)")


def _newest(backups: Path) -> Finding:
    there = list_backups(backups)
    newest = newest_good(there)
    if newest is None:
        return Finding("backups", f"none yet in {backups}")
    if _is_changed(newest):
        said = f"{newest.path.name} is not what was written: its checksum differs"
        return Finding("backups", said, "Its disk may be failing: helpdesk backup makes another.")
    good = sum(1 for each in there if not each.fault)
    return Finding("backups", f"{good:,} good, the newest {newest.path.name}")


def _is_changed(backup: Backup) -> bool:
    with suppress(OSError):
        return checksum(Path(backup.path)) != str(backup.told.get("sha256"))
    return True


def _playbooks(folder: Folder, clock: Clock) -> Finding:
    checked = check_desk(folder, local(clock.now(), "UTC").date())
    if checked.faults:
        many = len(checked.faults)
        said = f"{many} fault{'' if many == 1 else 's'}, the first: {checked.faults[0]}"
        return Finding("playbooks", said, "helpdesk playbooks check names them all.")
    return Finding("playbooks", f"{checked.count} without a fault")
