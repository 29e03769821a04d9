"""Plans an import: reads all of a file, says how, and keeps what can be written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import islice
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.import_reading import CallReader
from helpdesk.desk.import_spool import Spool
from helpdesk.domain.import_columns import TOLD_TWICE, Column, guess_columns
from helpdesk.domain.imports import Fault, Options, kind_of
from helpdesk.domain.records import CallRecord, RowRead
from helpdesk.errors import BadInput, HelpdeskError
from helpdesk.files.row_file import Row, RowFile
from helpdesk.store.clerks import find_clerks
from helpdesk.store.imports import find_calls_here, find_known

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

    faults: list[Fault] = field(default_factory=list)
    """The rows that are left out, each with its reason."""

    proofs: tuple[str, ...] = ()
    """Some dates, each with how it is read."""

    remarks: tuple[str, ...] = ()
    """What else must be known before it is done."""


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
    columns = guess_columns(file.headings, told or {})
    plan = ImportPlan(file, kind, columns, own=own and not told)
    reader = CallReader(desk, columns, options, own=plan.own)
    for line, cells in _counted(file, "looked at", progress):
        reader.look(line, cells)
    reader.times.decide()
    keys = _Keys(plan, options)
    rows = _counted(file, "read", progress)
    while some := list(islice(rows, _TOGETHER)):
        _plan_some(desk, plan, reader, keys, some)
    plan.proofs = tuple(reader.times.proofs.values())
    plan.remarks = tuple(_remarks(desk, reader, options))
    return plan


def _plan_some(
    desk: Desk, plan: ImportPlan, reader: CallReader, keys: _Keys, some: Sequence[Row]
) -> None:
    """Read some rows, and keep those that can be written down and are not there yet."""
    named = {line: keys.of(cells) for line, cells in some}
    there = find_known(desk.port, keys.source, {key for key, _ in named.values()})
    here = _calls_here(desk, keys, some)
    plan.rows += len(some)
    if plan.rows > _MOST:
        raise BadInput(f"{plan.file.path} has more than {_MOST:,} rows: split it.")
    for line, cells in some:
        key, number = named[line]
        if key in there or line in here:
            plan.known += 1
            continue
        try:
            keys.refuse_twice(line, key)
            record = reader.read(line, cells)
        except HelpdeskError as refusal:
            plan.faults.append(Fault(line, str(refusal)))
            continue
        plan.spool.put(replace(record, row=RowRead(0, keys.source, key, number)))


class _Keys:
    """What tells the rows of a file apart for good, so that none comes in twice."""

    def __init__(self, plan: ImportPlan, options: Options) -> None:
        places = {each.field: each.place for each in plan.columns if each.field}
        self._headings, self._number = plan.file.headings, places.get("number")
        self._call = places.get("call_id") if plan.own else None
        self._key = self._call
        if options.key:
            if options.key not in plan.file.headings:
                raise BadInput(f"--key: there is no column “{options.key}”.")
            self._key = plan.file.headings.index(options.key)
        by = "rows" if self._key is None else plan.file.headings[self._key]
        self.source = options.source or (f"helpdesk {plan.kind}" if plan.own else by)
        self._times: Counter[str] = Counter()
        self._lines: dict[str, int] = {}

    def of(self, cells: Sequence[str]) -> tuple[str, str]:
        """The key of a row and that of its ticket, each as a digest."""
        number = self._cell(cells, self._number)
        ticket = _digest("number", self.source, number) if number else ""
        own = self._cell(cells, self._key)
        if own:
            return _digest("key", own), ticket
        said = sorted(
            f"{heading}\x1f{cell.strip()}"
            for heading, cell in zip(self._headings, cells, strict=False)
            if cell.strip()
        )
        content = _digest(*said)
        self._times[content] += 1
        return _digest(content, str(self._times[content])), ticket

    def call(self, cells: Sequence[str]) -> int | None:
        """The id of the call that a row of our own export is."""
        said = self._cell(cells, self._call)
        try:
            return int(said.removeprefix("C"), 16) if said.startswith("C") else None
        except ValueError:
            return None

    def refuse_twice(self, line: int, key: str) -> None:
        """Refuse a row whose key another one of the file has."""
        if key in self._lines:
            raise BadInput(f"its key is that of line {self._lines[key]} too.")
        if self._key is not None:
            self._lines[key] = line

    def _cell(self, cells: Sequence[str], place: int | None) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""


def _calls_here(desk: Desk, keys: _Keys, some: Sequence[Row]) -> set[int]:
    """The lines of calls that this very desk exported."""
    calls = {line: call for line, cells in some if (call := keys.call(cells)) is not None}
    here = find_calls_here(desk.port, [each for each in calls.values() if each < 2**63])
    return {line for line, call in calls.items() if call in here}


def _digest(*parts: str) -> str:
    return sha256("\x1e".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]


def _counted(file: RowFile, what: str, progress: Progress | None) -> Iterator[Row]:
    for count, row in enumerate(file.rows(), 1):
        if progress is not None and count % _TOGETHER == 0:
            progress(what, count)
        yield row


def left_out(columns: Sequence[Column]) -> list[str]:
    """The headings of columns that nothing is taken from."""
    return [each.heading for each in columns if not each.field and each.heading not in TOLD_TWICE]


def _remarks(desk: Desk, reader: CallReader, options: Options) -> Iterator[str]:
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
        yield f"{len(new):,} clerks are added to the list: {', '.join(new)}"
    if options.outcome:
        yield f"calls without an outcome count as {options.outcome}"


def calls_of(plan: ImportPlan) -> Iterator[list[CallRecord]]:
    """The calls of a plan, ticket by ticket."""
    return plan.spool.tickets_in_order()
