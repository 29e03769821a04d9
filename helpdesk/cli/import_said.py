"""What ``helpdesk import`` prints: how a file is read, what is faulty, which imports were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from helpdesk.cli.printing import remark, say, table_lines
from helpdesk.desk.desk import Desk
from helpdesk.desk.import_intervals import IntervalPlan
from helpdesk.desk.import_plan import ImportPlan, left_out
from helpdesk.desk.own_files import refuse_own_file
from helpdesk.domain.guard import blanked
from helpdesk.domain.import_columns import Column
from helpdesk.domain.imports import FAULT_COLUMNS, Fault, fault_columns
from helpdesk.domain.tables import Cell
from helpdesk.domain.whens import said_in
from helpdesk.files.csv_file import write_csv
from helpdesk.files.row_file import Row, RowFile
from helpdesk.files.whole_file import whole_file

_FAULTS_SAID: Final = 20


def show_plan(plan: ImportPlan, where: str | None) -> None:
    """Print what an import would do.

    Args:
        plan: The import.
        where: The file that its faulty rows are written to, if any.
    """
    own = ", an export of helpdesk" if plan.own else ""
    say(f"{plan.file.path.name}: {plan.rows:,} rows of {plan.kind} ({plan.file.said}{own})")
    _columns(plan.columns)
    for text in (*plan.proofs, *plan.remarks):
        say(text)
    _faults(plan.faults, where)
    _sum(plan.rows, len(plan.spool), plan.known, len(plan.faults))


def show_intervals(plan: IntervalPlan, where: str | None) -> None:
    """Print what an import of intervals would do.

    Args:
        plan: The import.
        where: The file that its faulty rows are written to, if any.
    """
    say(f"{plan.file.path.name}: {plan.rows:,} intervals ({plan.file.said})")
    _columns(plan.columns)
    for text in plan.proofs:
        say(text)
    _faults(plan.faults, where)
    _sum(plan.rows, len(plan.intervals), plan.known, len(plan.faults))


def print_imports(runs: Iterable[Mapping[str, Any]], zone: str) -> None:
    """Print the imports, the newest first.

    Args:
        runs: What :func:`list_imports` gave.
        zone: The zone in which their times are said.
    """
    rows = [
        (
            run["n"], said_in(run["at"], zone), run["clerk"], run["kind"], run["rows"],
            run["faulty"], run["file"],
            said_in(run["undone_at"], zone) if run["undone_at"] is not None else None,
        )
        for run in runs
    ]  # fmt: skip
    names = ("import", "at", "clerk", "kind", "rows", "faulty", "file", "taken back")
    for text in table_lines(names, rows):
        say(text)


def faults_file(desk: Desk, path: Path, file: RowFile, faults: Sequence[Fault]) -> None:
    """Write the faulty rows to a file: mended there, they can be imported.

    Args:
        desk: The desk, whose own files are not written over.
        path: Where to.
        file: The file that they come from.
        faults: Which rows, with their reasons; secrets in them are replaced by dots, what no
            row could be read from has only its line, and cells without a heading stand behind
            the reason, where they are faulty until somebody puts them in their place.

    Raises:
        NotAllowed: When a file is there already, or it is the place of one of the desk's own.
    """
    refuse_own_file(desk.folder, path)
    reasons = {fault.line: fault.reason for fault in faults}
    ours = fault_columns(file.headings)
    places = [at for at, each in enumerate(file.headings) if each not in ours]
    further = _further(file, reasons)
    no_rows: Iterable[Row] = ((fault.line, []) for fault in file.faults)
    rows: Iterable[tuple[Cell, ...]] = (
        (*_cells(cells, places), line, reasons[line], *_cells(cells, further))
        for line, cells in merge(file.rows(), no_rows, key=itemgetter(0))
        if line in reasons
    )
    headings = (*[file.headings[at] for at in places], *FAULT_COLUMNS, *[""] * len(further))
    with whole_file(path) as out:
        count = write_csv(out, headings, rows, bom=True)
    remark(f"helpdesk: {count:,} faulty rows in {path}")


def _further(file: RowFile, faulty: Collection[int]) -> range:
    """The places behind the last heading where a faulty row has something."""
    width = len(file.headings)
    return range(
        width,
        max(
            (
                at + 1
                for line, cells in file.rows()
                if line in faulty
                for at, cell in enumerate(cells)
                if cell
            ),
            default=width,
        ),
    )


def _cells(cells: Sequence[str], places: Iterable[int]) -> list[str]:
    return [blanked(cells[at]) if at < len(cells) else "" for at in places]


def _columns(columns: Sequence[Column]) -> None:
    taken = [(each.heading, each.field, each.how) for each in columns if each.field]
    for text in table_lines(("column", "field", "why"), taken):
        say(text)
    if unused := left_out(columns):
        say(f"left out: {', '.join(unused)}")


def _faults(faults: Sequence[Fault], where: str | None) -> None:
    """The first faulty rows, and where the others are to be seen: there may be thousands."""
    for fault in faults[:_FAULTS_SAID]:
        say(f"line {fault.line}: {fault.reason}")
    if (more := len(faults) - _FAULTS_SAID) > 0:
        every = f"all are in {where}" if where else "--faults FILE.csv writes all of them down"
        say(f"and {more:,} more faulty rows: {every}.")


def _sum(rows: int, new: int, known: int, faulty: int) -> None:
    say(f"{rows:,} rows = {new:,} to import + {known:,} imported before + {faulty:,} faulty")
