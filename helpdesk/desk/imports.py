"""Imports of old call logs: written in batches, listed, and taken back whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.history import Recorded, record_history
from helpdesk.desk.import_callers import Callers
from helpdesk.desk.import_plan import ImportPlan
from helpdesk.desk.import_spool import Spool, of_run
from helpdesk.desk.import_tickets import write_actions, write_tickets
from helpdesk.domain.imports import Done
from helpdesk.domain.journal import Change
from helpdesk.domain.records import CallRecord
from helpdesk.errors import HelpdeskError, NotAllowed
from helpdesk.store.imports import add_run, get_run, list_runs, run_by_id

CHAIN: Final = "desk"
"""The journal's subject for what is about the desk as a whole."""

_TOGETHER: Final = 1_000


@act("upkeep")
def import_history(
    desk: Desk,
    plan: ImportPlan,
    progress: Callable[[int], None] | None = None,
) -> Done:
    """Write down what a plan holds, some hundred rows at a time.

    Args:
        desk: The desk.
        plan: What :func:`plan_import` gave.
        progress: Told now and then how many rows have been written.

    Returns:
        What came in.

    Raises:
        NotAllowed: When every row is there already or faulty.
        HelpdeskError: When a batch is refused; those before it stay, and can be taken back.
    """
    if not len(plan.spool):
        raise NotAllowed("Nothing is left to import: every row is there already or faulty.")
    stamp = desk.stamp()
    run, n = begin_run(
        desk, stamp.part("run"), plan.file.path.name, plan.kind, len(plan.spool), len(plan.faults)
    )
    with saying_what_stays(desk, n):
        rows, tickets = _write(desk, plan, run, stamp.part("rows"), progress)
    return Done(n, rows, tickets)


@contextmanager
def saying_what_stays(desk: Desk, n: int) -> Iterator[None]:
    """Say of a refusal in the midst of an import that what came in before it stays.

    Args:
        desk: The desk.
        n: The import's number.

    Yields:
        Nothing, while the rows are written.

    Raises:
        HelpdeskError: The refusal, with that behind it when anything came in.
    """
    try:
        yield
    except HelpdeskError as refusal:
        run = get_run(desk.port, n)
        if run is None or not run["rows"]:
            raise
        said = f"{refusal} What came in before stays: helpdesk import --undo {n} takes it back."
        raise type(refusal)(said) from refusal


@act("read")
def list_imports(desk: Desk) -> list[dict[str, Any]]:
    """List the imports that brought anything, the newest first.

    Args:
        desk: The desk.

    Returns:
        Number, moment, clerk, file, kind, rows, faulty rows and when it was taken back.
    """
    return list(list_runs(desk.port).dicts())


@act("upkeep")
def begin_run(
    desk: Desk, stamp: Stamp, name: str, kind: str, rows: int, faulty: int
) -> tuple[int, int]:
    """Write down that an import begins.

    Args:
        desk: The desk.
        stamp: Who asked and when.
        name: The file's name.
        kind: What it holds, of ``KINDS``.
        rows: How many rows come in.
        faulty: How many are left out.

    Returns:
        Its id and its number.
    """
    batch = Batch(desk, stamp)
    run = batch.new_id()
    batch.write(add_run(run, stamp.at, stamp.clerk, name, kind, faulty))
    told = [
        Change("import", None, str(run)),
        Change("file", None, name),
        Change("kind", None, kind),
        Change("rows", None, str(rows)),
        Change("faulty", None, str(faulty)),
    ]
    batch.tell(CHAIN, "import_history", told)
    row = batch.send([run_by_id(run)])[0].one()
    assert row is not None  # noqa: S101 - it was written just now
    return run, row["n"]


def _write(
    desk: Desk, plan: ImportPlan, run: int, stamp: Stamp, progress: Callable[[int], None] | None
) -> tuple[int, int]:
    """How many rows came in, and how many tickets they opened."""
    written = 0

    def told(more: int) -> None:
        nonlocal written
        written += more
        if progress is not None:
            progress(written)

    def told_calls(done: Recorded) -> None:
        told(done.calls - written)

    if plan.kind == "calls":
        done = record_history(desk, _records(desk, plan, run), stamp, told_calls)
        return done.calls, done.tickets
    rows = plan.spool.tickets_in_order()
    if plan.kind == "tickets":
        opened = write_tickets(desk, rows, run, stamp, told)
        return opened, opened
    return write_actions(desk, rows, run, stamp, told)


def _records(desk: Desk, plan: ImportPlan, run: int) -> Iterator[CallRecord]:
    """The calls as they are written: callers are found a batch at a time, behind the last one."""
    callers, told = Callers(desk, own=plan.own), _in_turn(desk, plan.spool, run)
    while some := list(islice(told, _TOGETHER)):
        yield from callers.named(some)


def _in_turn(desk: Desk, spool: Spool, run: int) -> Iterator[CallRecord]:
    """Each ticket's first call opens it, the others go on with it."""
    for calls in spool.tickets_in_order():
        ticket = desk.ids.make(calls[0][0].started_at)
        for place, (call, _) in enumerate(calls):
            opens, goes_on = (None, ticket) if place else (ticket, None)
            yield replace(of_run(call, run), ticket=opens, continues=goes_on)
