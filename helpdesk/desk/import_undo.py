"""Takes a whole import back: its tickets become void, its actions and intervals are struck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.imports import CHAIN
from helpdesk.desk.statuses import write_status
from helpdesk.desk.ticket_rows import said_number
from helpdesk.domain.imports import Undone
from helpdesk.domain.journal import Change
from helpdesk.errors import ChangedMeanwhile, NotAllowed, NotFound
from helpdesk.store.imports import (
    end_run,
    find_import_behind,
    find_run_actions,
    find_run_clerks,
    find_run_tickets,
    get_run,
    strike_action_rows,
    strike_rows,
)
from helpdesk.store.intervals import strike_intervals
from helpdesk.store.reversing import save_value
from helpdesk.store.search import index_tickets
from helpdesk.store.tickets import find_rows

IMPORTING: Final = ("record_call", "record_ticket", "record_action", "undo_import")
"""What imports write in the chain of a ticket; anything else is work on it."""

_TOGETHER: Final = 500
_TRIES: Final = 8


@act("upkeep")
def undo_import(
    desk: Desk,
    n: int,
    progress: Callable[[str, int], None] | None = None,
) -> Undone:
    """Take an import back, some hundred tickets at a time; the same file may come in again then.

    Args:
        desk: The desk.
        n: The import's number.
        progress: Is told now and then how far it is.

    Returns:
        What was taken back, and which tickets stay because somebody worked on them since.

    Raises:
        NotFound: When there is no such import.
        NotAllowed: When it was taken back before, or a later import goes on with its tickets.
    """
    run = get_run(desk.port, n)
    if run is None:
        raise NotFound(f"There is no import {n}: helpdesk import --list lists them.")
    if run["undone_at"] is not None:
        raise NotAllowed(f"Import {n} was taken back already.")
    if behind := find_import_behind(desk.port, run["id"]):
        raise NotAllowed(f"Import {behind} goes on with its tickets: take that one back first.")
    stamp = desk.stamp()
    voided, kept = _void_tickets(desk, run["id"], n, stamp, progress)
    actions = _strike_actions(desk, run["id"], stamp)
    intervals = run["rows"] if run["kind"] == "intervals" else 0
    clerks = find_run_clerks(desk.port, run["id"])
    undone = Undone(voided, actions, intervals, tuple(kept), tuple(clerks))
    _end(desk, run["id"], n, stamp, undone)
    return undone


def _void_tickets(
    desk: Desk, run: int, n: int, stamp: Stamp, progress: Callable[[str, int], None] | None
) -> tuple[int, list[str]]:
    """Make the tickets void that the import opened; how many, and the numbers of those kept."""
    voided, kept, after = 0, list[str](), 0
    for place in count():
        found = find_run_tickets(desk.port, run, after, _TOGETHER, IMPORTING)
        if not found:
            break
        after = found[-1][0]
        free = [ticket for ticket, worked_on in found if not worked_on]
        stay = [ticket for ticket, worked_on in found if worked_on]
        kept += [said_number(row) for row in find_rows(desk.port, stay).dicts()]
        voided += _void(desk, run, n, free, stamp.part(f"tickets {place}"))
        if progress is not None:
            progress("tickets taken back", voided)
    return voided, kept


def _void(desk: Desk, run: int, n: int, tickets: Sequence[int], stamp: Stamp) -> int:
    """Make tickets void in one batch; those that were voided by hand stay as they are."""
    for _ in range(_TRIES):
        batch = Batch(desk, stamp, decided_on=[ticket_chain(each) for each in tickets])
        rows = [row for row in find_rows(desk.port, tickets).dicts() if row["status"] != "void"]
        for row in rows:
            told = write_status(batch, row, "void", f"import {n} taken back")
            batch.tell(ticket_chain(row["id"]), "undo_import", told)
        batch.write(strike_rows(run, tickets))
        batch.index(index_tickets([row["id"] for row in rows]))
        try:
            batch.send()
        except ChangedMeanwhile:
            continue
        return len(rows)
    raise ChangedMeanwhile("Others are changing these tickets all the time: try again soon.")


def _strike_actions(desk: Desk, run: int, stamp: Stamp) -> int:
    """Strike actions that lie on tickets of another import, and forget those that are void."""
    struck = 0
    for place in count():
        rows = list(find_run_actions(desk.port, run, _TOGETHER).dicts())
        if not rows:
            return struck
        batch = Batch(desk, stamp.part(f"actions {place}"))
        told: dict[int, list[Change]] = {}
        for row in rows:
            if not row["struck"]:
                field = f"action/{row['action']}/struck"
                batch.write(save_value(field, "1"))
                told.setdefault(row["ticket"], []).append(Change(field, "0", "1"))
        for ticket, changes in told.items():
            batch.tell(ticket_chain(ticket), "undo_import", changes)
            struck += len(changes)
        batch.write(strike_action_rows(run, [row["action"] for row in rows]))
        batch.index(index_tickets(list(told)))
        batch.send()
    return struck


def _end(desk: Desk, run: int, n: int, stamp: Stamp, undone: Undone) -> None:
    batch = Batch(desk, stamp.part("run"))
    batch.write(strike_intervals(run), end_run(run, stamp.at))
    told = [
        Change("import", str(run), None),
        Change("number", None, str(n)),
        Change("tickets", None, str(undone.tickets)),
        Change("kept", None, str(len(undone.kept))),
    ]
    batch.tell(CHAIN, "undo_import", told)
    batch.send()
