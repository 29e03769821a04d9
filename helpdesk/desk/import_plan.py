"""Plans an import: reads all of a file, says how, and keeps what can be written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.import_keys import Keys
from helpdesk.desk.import_reading import RowReader
from helpdesk.desk.import_spool import Spool
from helpdesk.domain.import_columns import (
    FIELDS,
    FIELDS_OF,
    RENAMED,
    TOLD_TWICE,
    Column,
    guess_columns,
)
from helpdesk.domain.imports import Fault, Options, kind_of
from helpdesk.domain.records import RowRead
from helpdesk.domain.words import counted
from helpdesk.errors import BadInput, HelpdeskError
from helpdesk.files.row_file import Row, RowFile
from helpdesk.store.clerks import find_clerks
from helpdesk.store.imports import find_known, find_numbered

_TOGETHER: Final = 1_000
"""So many rows are asked about at once."""

_MOST: Final = 2_000_000
"""How many rows one import takes."""

Progress = Callable[[str, int], None]
"""Is told what is done, and with how many rows it is done."""


@dataclass
class ImportPlan:
    """What an import would do."""

    file: RowFile
    """The file."""

    kind: str
    """What it holds, of ``KINDS``."""

    columns: tuple[Column, ...]
    """Which column is which field."""

    spool: Spool = field(default_factory=Spool)
    """The calls that would be written down."""

    own: bool = False
    """Whether the file is an export of ours."""

    rows: int = 0
    """How many rows it holds."""

    known: int = 0
    """How many of them are there already."""

    apart: int = 0
    """How many calls are of tickets that an earlier import brought."""

    faults: list[Fault] = field(default_factory=list)
    """The rows that are left out, each with its reason."""

    proofs: tuple[str, ...] = ()
    """Some dates, each with how it is read."""

    remarks: tuple[str, ...] = ()
    """What else must be known before it is done."""

    def close(self) -> None:
        """Let the calls go."""
        self.spool.close()


@act("upkeep")
def plan_import(
    desk: Desk,
    file: RowFile,
    told: Mapping[str, str] | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Say what the import of a file would do, without doing it.

    Args:
        desk: The desk.
        file: The file.
        told: Fields by heading, as a person named them; an empty one leaves a column out.
        options: How it is to be read, as far as a person said.
        progress: Is told now and then how far it is.

    Returns:
        The plan; its calls wait in a file of their own until it is closed.

    Raises:
        BadInput: When the file as a whole cannot be read in one way.
    """
    options = options or Options()
    kind, own = kind_of(file.headings)
    named = {**RENAMED.get(kind, {}), **(told or {})}
    columns = guess_columns(file.headings, named, FIELDS_OF.get(kind, FIELDS))
    plan = ImportPlan(file, kind, columns, own=own, rows=len(file.faults))
    plan.faults.extend(file.faults)
    try:
        _fill(desk, plan, options, progress)
    except BaseException:
        plan.close()
        raise
    return plan


def _fill(desk: Desk, plan: ImportPlan, options: Options, progress: Progress | None) -> None:
    """Look at all rows, decide how they are read, and read them."""
    file, kind, own = plan.file, plan.kind, plan.own
    reader = RowReader(desk, plan.columns, options, kind, own=own)
    for line, cells in _counted(file, "rows looked at", progress):
        reader.look(line, cells)
    reader.times.decide()
    keys = Keys(file.headings, plan.columns, kind, options, own=own)
    rows = _counted(file, "rows read", progress)
    while some := list(islice(rows, _TOGETHER)):
        _plan_some(desk, plan, reader, keys, some)
    plan.faults.sort(key=lambda fault: fault.line)
    plan.proofs = tuple(reader.times.proofs.values())
    plan.remarks = tuple(_remarks(desk, reader, plan, options))


def _plan_some(
    desk: Desk, plan: ImportPlan, reader: RowReader, keys: Keys, some: Sequence[Row]
) -> None:
    """Read some rows, and keep those that can be written down and are not there yet."""
    named = {line: keys.of(cells) for line, cells in some}
    before = {line: keys.before(cells) for line, cells in some}
    asked = {key for key, _ in named.values()} | set(before.values()) - {""}
    there = find_known(desk.port, keys.source, asked)
    brought = find_numbered(desk.port, {number for _, number in named.values() if number})
    here = keys.here(desk.port, some)
    here |= {line for line, (key, _) in named.items() if {key, before[line]} & there}
    plan.rows += len(some)
    if plan.rows > _MOST:
        raise BadInput(f"{plan.file.path} has more than {_MOST:,} rows: split it.")
    for line, cells in some:
        key, number = named[line]
        if line in here or (plan.kind == "tickets" and number in brought):
            plan.known += 1
            continue
        try:
            keys.refuse_twice(line, key)
            record, more = reader.read(line, cells)
        except HelpdeskError as refusal:
            plan.faults.append(Fault(line, str(refusal)))
            continue
        plan.apart += plan.kind == "calls" and number in brought
        ticket = brought.get(number) if plan.kind == "actions" else None
        row = RowRead(0, keys.source, key, number)
        plan.spool.put(replace(record, row=row, continues=ticket), more)


def _counted(file: RowFile, what: str, progress: Progress | None) -> Iterator[Row]:
    for count, row in enumerate(file.rows(), 1):
        if progress is not None and count % _TOGETHER == 0:
            progress(what, count)
        yield row


def left_out(columns: Sequence[Column]) -> list[str]:
    """The headings of columns that nothing is taken from."""
    return [each.heading for each in columns if not each.field and each.heading not in TOLD_TWICE]


def _remarks(desk: Desk, reader: RowReader, plan: ImportPlan, options: Options) -> Iterator[str]:
    if plan.apart:
        yield f"{plan.apart:,} are of tickets that an earlier import brought: they open their own"
    for said, count in reader.counts.items():
        if count:
            yield f"{count:,} {said}"
    if reader.shifted:
        lines = ", ".join(map(str, reader.shifted))
        yield (
            f"{len(reader.shifted):,} begin at a time that no clock showed when it was put "
            f"forward: taken as an hour later and marked as edited (line {lines})"
        )
    for text, slug, count in reader.named.symptoms():
        yield f"symptom “{text}” -> {slug or 'none; the text goes into the note'} ({count:,})"
    on_list = {row["login"] for row in find_clerks(desk.port).dicts()}
    if new := sorted(reader.clerks.keys() - on_list - {""}):
        yield f"{counted(len(new), 'clerk')} added to the list: {', '.join(new)}"
    if options.outcome:
        yield f"calls without an outcome count as {options.outcome}"
