"""The work of a night: the journal is sealed, the desk backed up, whole days are summed up.

One process does it, whichever is first after its time: it holds a lock that is gone with it, and
what is done is noted under the operation id of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from helpdesk.desk.acting import act
from helpdesk.desk.backup_list import list_backups
from helpdesk.desk.backups import Progress, tell_backup, write_backup
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.due_texts import write_due_texts
from helpdesk.desk.nights import (
    forget_failure,
    night_op,
    nightly_folder,
    note_failure,
    working_alone,
)
from helpdesk.desk.rollups import keep_rollups
from helpdesk.desk.sealing import keep_seal
from helpdesk.domain.backups import to_remove
from helpdesk.domain.periods import Period
from helpdesk.errors import GivenUp, HelpdeskError
from helpdesk.files.sidecar import sidecar_of
from helpdesk.resources import make_folder_for_group
from helpdesk.store.restoring import is_done


@act("call")
def keep_nightly(
    desk: Desk, progress: Progress | None = None, *, rest: float = 0.0
) -> Iterator[str]:
    """Do what the night has to do and nobody has done yet.

    Args:
        desk: The desk; calls go on meanwhile.
        progress: Told how much is done; may raise to give it up.
        rest: How long to rest after each step of a copy, as a part of the time that it took.

    Returns:
        A sentence for each thing that was done.

    Raises:
        StoreBusy: When another process does it just now.
        HelpdeskError: When something failed; all else was done, and it is tried again.
    """
    return _kept(desk, progress, rest)


def _kept(desk: Desk, progress: Progress | None, rest: float) -> Iterator[str]:
    faults: list[HelpdeskError] = []
    op = night_op(desk)
    with suppress(OSError):
        make_folder_for_group(nightly_folder(desk))
    with working_alone(desk):
        if is_done(desk.port, op):
            yield f"The work of the night of {op.removeprefix('nightly.')} is done already."
            return
        for work in (_write_texts, _seal, _backup, _roll_up):
            try:
                yield from work(desk, progress, rest)
            except GivenUp:
                raise
            except HelpdeskError as error:  # what fails must not keep the rest from being done
                faults.append(error)
        if faults:
            note_failure(desk, str(faults[0]))
            raise faults[0]
        stamp = desk.stamp()
        desk.port.transact(op, stamp.at, [])
        forget_failure(desk)


def _write_texts(desk: Desk, progress: Progress | None, _rest: float) -> Iterator[str]:
    if many := write_due_texts(desk, progress):
        yield f"{many:,} tickets are found by what their callers are called by now."


def _seal(desk: Desk, progress: Progress | None, _rest: float) -> Iterator[str]:
    if seal := keep_seal(desk, progress):
        yield f"The journal is sealed: {seal}."


def _backup(desk: Desk, progress: Progress | None, rest: float) -> Iterator[str]:
    keep, stamp = desk.settings.backups_keep, desk.stamp()
    if not keep:
        yield "Nightly backups are switched off (backups: keep in desk.yaml)."
        return
    made = write_backup(desk, None, stamp, progress, nightly=True, rest=rest)
    tell_backup(desk, made, Stamp(f"{night_op(desk)}.backup", stamp.at, stamp.clerk, stamp.login))
    yield f"Backed up {made.rows('ticket'):,} tickets to {made.path}."
    there = list_backups(nightly_folder(desk))
    old = to_remove(there, keep, desk.settings.backups_months, desk.home_office.zone)
    for each in old:
        path = Path(each.path)
        for file in (path, sidecar_of(path)):
            with suppress(FileNotFoundError):
                file.unlink()
    if old:
        yield f"Removed {len(old)} nightly backup{'' if len(old) == 1 else 's'} of older days."


def _roll_up(desk: Desk, progress: Progress | None, _rest: float) -> Iterator[str]:
    period = Period(0, desk.clock.now(), desk.home_office.zone)
    days = keep_rollups(desk, period, progress)
    if days:
        yield f"Summed up {days:,} day{'' if days == 1 else 's'} for the reports."
