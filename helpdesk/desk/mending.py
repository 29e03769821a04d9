"""Mends of a desk what can be mended without losing anything, and says what it did.

What was typed is never touched: only rights, folders, what killed processes left, and what the
program makes from the rows. Before the database is changed a backup is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.backup_list import backups_of
from helpdesk.desk.backups import Progress, back_up
from helpdesk.desk.contents import examine_sums, examine_texts, stretches_of
from helpdesk.desk.desk import Clock, Desk, Folder
from helpdesk.desk.desk_folder import leftovers, wrong_rights
from helpdesk.desk.due_texts import write_due_texts
from helpdesk.desk.opening import make_folder, open_desk
from helpdesk.desk.upkeep import examine_database
from helpdesk.domain.journal import Change
from helpdesk.errors import HelpdeskError
from helpdesk.store import contents, upkeep
from helpdesk.store.replacing import mend_log


def repair(
    folder: Folder, clock: Clock | None = None, progress: Progress | None = None
) -> Iterator[str]:
    """Mend a desk, each part for itself.

    Args:
        folder: The desk folder.
        clock: Where the time comes from.
        progress: Told how much is done.

    Yields:
        What was done, or could not be.
    """
    yield from _folders(folder)
    yield from _rights(folder)
    yield from _leftovers(folder)
    if not folder.database.exists():
        return
    try:
        desk = open_desk(folder, clock)
    except HelpdeskError as error:
        yield f"The database was not touched: {error}"
        return
    try:
        yield from repair_database(desk, progress)
    except HelpdeskError as error:
        yield f"The database was left as it is: {error}"
    finally:
        desk.close()
    try:
        yield from mend_log(folder.database)
    except HelpdeskError as error:
        yield str(error)


@act("upkeep")
def repair_database(desk: Desk, progress: Progress | None = None) -> Iterator[str]:
    """Make anew what the program makes from the rows, after a backup.

    Args:
        desk: The desk.
        progress: Told how much is done.

    Returns:
        What was done.
    """
    return _repaired(desk, progress)


@act("upkeep")
def rebuild_search(desk: Desk) -> None:
    """Make the search indexes anew from the rows.

    Args:
        desk: The desk.
    """
    batch = Batch(desk)
    batch.write(*upkeep.rebuild_search())
    batch.tell("desk", "rebuild_search", [Change("search", None, "made anew")])
    batch.send()
    _index(desk)  # last: an index that lost words refuses to follow its texts


def _repaired(desk: Desk, progress: Progress | None) -> Iterator[str]:
    found = {each.what: each for each in islice(examine_database(desk), 4)}
    for part in ("database", "references"):
        if not found[part].ok:  # damaged data is not written to
            yield f"The database was left as it is, {found[part].said}. {found[part].way_out}"
            return
    index = not (found["search"].ok and examine_texts(desk).ok)
    sums = not examine_sums(desk).ok
    if not index and (many := write_due_texts(desk, progress)):
        yield f"Wrote the texts of {many:,} tickets that were due."
    if not (index or sums):
        return
    made = back_up(desk, progress=progress)
    yield f"Backed up to {made.path} before anything was changed."
    if index:
        rebuild_search(desk)
        yield "The search indexes were made anew from the rows."
    if sums:
        batch = Batch(desk)
        batch.write(contents.drop_sums())
        batch.tell("desk", "drop_sums", [Change("sums", "kept", None)])
        batch.send()
        yield "The kept sums of days were dropped: reports are made from the rows."


def _index(desk: Desk) -> None:
    """Write the texts anew, a stretch at a time: calls go on meanwhile."""
    for after, last, _ in stretches_of(desk):
        stamp = desk.stamp()
        desk.port.transact(stamp.op, stamp.at, [contents.index_stretch(after, last)])
    stamp = desk.stamp()
    desk.port.transact(stamp.op, stamp.at, [contents.index_all_callers(desk.port)])
    write_due_texts(desk)


def _folders(folder: Folder) -> Iterator[str]:
    if not folder.home.is_dir() or folder.database.parent.exists():
        return
    try:
        make_folder(folder)
    except HelpdeskError as error:
        yield str(error)
    else:
        yield f"Made {folder.database.parent}."


def _rights(folder: Folder) -> Iterator[str]:
    try:
        wrong = wrong_rights(folder, backups_of(folder))
    except OSError:
        return
    for path, meant in wrong:
        try:
            path.chmod(meant)
        except OSError as error:
            yield f"{path} stays as it is ({error.strerror}): its owner may chmod {meant:04o} it."
        else:
            yield f"{path} has {meant:04o} now."


def _leftovers(folder: Folder) -> Iterator[str]:
    for path in leftovers(folder, backups_of(folder)):
        try:
            path.unlink()
        except OSError as error:
            yield f"{path} cannot be removed ({error.strerror})."
        else:
            yield f"Removed {path}, which a killed process left."
