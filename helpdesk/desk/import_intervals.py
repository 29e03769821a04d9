"""Interval counts of a phone system: planned, written once, and taken back like any import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk
from helpdesk.desk.import_places import Named
from helpdesk.desk.import_times import refuse_more_cells, values_of
from helpdesk.desk.imports import begin_run, saying_what_stays
from helpdesk.domain.import_columns import Column, guess_columns
from helpdesk.domain.import_dates import DateColumn, moment_there, proof, read_date
from helpdesk.domain.import_values import seconds_meant
from helpdesk.domain.imports import Done, Fault, Options
from helpdesk.domain.intervals import FIELDS, REQUIRED, Interval, count_meant, minutes_between
from helpdesk.errors import BadInput, HelpdeskError, NotAllowed
from helpdesk.files.row_file import RowFile
from helpdesk.store.intervals import add_interval, find_intervals

_TOGETHER: Final = 1_000
_MOST: Final = 500_000
_PROOFS: Final = 3


@dataclass
class IntervalPlan:
    """What an import of intervals would do."""

    file: RowFile
    """The file."""

    columns: tuple[Column, ...]
    """Which column is which field."""

    intervals: list[Interval] = field(default_factory=list)
    """What would be written down."""

    rows: int = 0
    """How many rows it holds."""

    known: int = 0
    """How many of them are there already, with the same counts."""

    faults: list[Fault] = field(default_factory=list)
    """The rows that are left out, each with its reason."""

    proofs: tuple[str, ...] = ()
    """Some starts, each with how it is read."""

    def close(self) -> None:
        """Nothing is open."""


@act("upkeep")
def plan_intervals(
    desk: Desk,
    file: RowFile,
    told: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> IntervalPlan:
    """Say what the import of a phone system's intervals would do, without doing it.

    Args:
        desk: The desk.
        file: The file.
        told: Fields by heading, as a person named them.
        options: How it is to be read, as far as a person said.

    Returns:
        The plan.

    Raises:
        BadInput: When a needed column is missing, or the file can be read in several ways.
    """
    options = options or Options()
    columns = guess_columns(file.headings, told or {}, FIELDS)
    by_field = {each.field: each for each in columns if each.field}
    if missing := [name for name in REQUIRED if name not in by_field]:
        raise BadInput(f"No column is {', '.join(missing)}: --map COLUMN=FIELD names it.")
    plan = IntervalPlan(file, columns, rows=len(file.faults), faults=list(file.faults))
    reader = _Reader(desk, by_field, options)
    _sort_out(desk, plan, reader.with_minutes(_read_all(plan, reader)))
    plan.proofs = tuple(reader.proofs)
    return plan


def _read_all(plan: IntervalPlan, reader: _Reader) -> list[tuple[int, Interval]]:
    """Look at all rows, decide how they are read, and read them; each with its line."""
    for line, cells in plan.file.rows():
        plan.rows += 1
        reader.look(line, cells)
    if plan.rows > _MOST:
        raise BadInput(f"{plan.file.path} has more than {_MOST:,} rows: split it.")
    reader.decide()
    found: list[tuple[int, Interval]] = []
    for line, cells in plan.file.rows():
        try:
            refuse_more_cells(cells, len(plan.columns))
            found.append((line, reader.read(cells)))
        except HelpdeskError as refusal:
            plan.faults.append(Fault(line, str(refusal)))
    return found


@act("upkeep")
def import_intervals(desk: Desk, plan: IntervalPlan) -> Done:
    """Write the intervals of a plan down.

    Args:
        desk: The desk.
        plan: What :func:`plan_intervals` gave.

    Returns:
        What came in.

    Raises:
        NotAllowed: When every row is there already or faulty.
        HelpdeskError: When a batch is refused; those before it stay, and can be taken back.
    """
    if not plan.intervals:
        raise NotAllowed("Nothing is left to import: every row is there already or faulty.")
    stamp = desk.stamp()
    counts = (len(plan.intervals), len(plan.faults))
    run, n = begin_run(desk, stamp.part("run"), plan.file.path.name, "intervals", *counts)
    with saying_what_stays(desk, n):
        for first in range(0, len(plan.intervals), _TOGETHER):
            batch = Batch(desk, stamp.part(str(first)))
            for interval in plan.intervals[first : first + _TOGETHER]:
                batch.write(add_interval(batch.new_id(), run, interval))
            batch.send()
    return Done(n, len(plan.intervals), 0)


class _Reader:
    """Reads rows as intervals."""

    def __init__(self, desk: Desk, columns: Mapping[str, Column], options: Options) -> None:
        self._columns, self._options = columns, options
        self._named, self._starts = Named(desk, options), DateColumn(columns["start"].heading)
        self._order = ""
        self._seen: set[tuple[str, str, int]] = set()
        self.proofs: list[str] = []

    def look(self, line: int, cells: Sequence[str]) -> None:
        if text := self._start(values_of(self._columns, cells)):
            self._starts.see(line, text)

    def decide(self) -> None:
        self._order = self._starts.order(self._options.dates)

    def read(self, cells: Sequence[str]) -> Interval:
        values = values_of(self._columns, cells)
        court, office = self._named.place(values.get("court", ""), values.get("office", ""))
        text = self._start(values)
        wall = read_date(text, self._order).at
        start_at, said = moment_there(wall, office.zone)
        if said == "shifted":
            raise BadInput(f"“{text}” is no time: clocks were put forward over it.")
        if said == "doubled" and (court.id, office.id, start_at) in self._seen:
            start_at = int(wall.replace(tzinfo=ZoneInfo(office.zone), fold=1).timestamp())
        self._seen.add((court.id, office.id, start_at))
        if len(self.proofs) < _PROOFS:
            self.proofs.append(proof(text, start_at, office.zone, "minute"))
        wait, within = (values.get(name, "").strip() for name in ("avg_wait_s", "within_target"))
        return Interval(
            court.id, office.id, start_at,
            count_meant(values["minutes"], "minutes") if values.get("minutes") else 0,
            count_meant(values["offered"], "offered"),
            count_meant(values["answered"], "answered"),
            count_meant(values["abandoned"], "abandoned"),
            float(seconds_meant(wait, "s")) if wait else None,
            count_meant(within, "within_target") if within else None,
        )  # fmt: skip

    def with_minutes(self, found: list[tuple[int, Interval]]) -> list[tuple[int, Interval]]:
        """The same intervals, those that do not say their length as long as the others are."""
        minutes = minutes_between(each.start_at for _, each in found)
        return [
            (line, each if each.minutes else replace(each, minutes=minutes))
            for line, each in found
        ]

    def _start(self, values: Mapping[str, str]) -> str:
        day = values.get("date", "").strip().removesuffix(" 00:00:00")
        return f"{day} {values['start'].strip()}".strip()


def _sort_out(desk: Desk, plan: IntervalPlan, found: list[tuple[int, Interval]]) -> None:
    """Leave out what is there already, and what contradicts it or another row."""
    there: dict[tuple[str, str, int], Interval] = {}
    for first in range(0, len(found), _TOGETHER):
        keys = [each.key for _, each in found[first : first + _TOGETHER]]
        rows = find_intervals(desk.port, keys).dicts()
        there |= {each.key: each for each in (Interval(**row) for row in rows)}
    lines: dict[tuple[str, str, int], int] = {}
    for line, each in found:
        if each.key in lines:
            plan.faults.append(Fault(line, f"it is the same interval as line {lines[each.key]}."))
        elif each.key not in there:
            lines[each.key] = line
            plan.intervals.append(each)
        elif there[each.key] == each:
            plan.known += 1
        else:
            said = "that interval is there with other counts: take its import back first."
            plan.faults.append(Fault(line, said))
    plan.faults.sort(key=lambda fault: fault.line)
