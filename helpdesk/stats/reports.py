"""The reports there are, and which calls lie behind each cell (STATS §9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from helpdesk.domain.tables import Table
from helpdesk.port import Port
from helpdesk.stats.by_clerk import by_clerk
from helpdesk.stats.by_court import by_court
from helpdesk.stats.by_symptom import by_symptom
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import counted_as
from helpdesk.stats.facts import CallFact
from helpdesk.stats.half_hours import by_half_hour
from helpdesk.stats.heat_map import WEEKDAYS, heat_map
from helpdesk.stats.measures import MEASURES
from helpdesk.stats.slots import slot_of
from helpdesk.stats.source import Source
from helpdesk.stats.summary import summary
from helpdesk.stats.trend import days_of, label_of
from helpdesk.stats.trends import trend, unit_for

_FIRST_CALL: Final = "SELECT min(started_at) FROM call"

RowOf = Callable[[Source, CallFact], str]
"""Says in which row of a report a call is, by the row's key."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report."""

    code: str
    """Its code in STATS §9."""

    title: str
    """What it is of, for a menu."""

    build: Callable[[Source], Table]
    """Makes it."""

    sums: bool = False
    """Whether it is made from the sums of days."""

    row_of: RowOf | None = None
    """In which row a call is; ``None`` where rows name their tickets, or are no calls."""


def _symptom(_: Source, call: CallFact) -> str:
    return call.symptom


def _clerk(_: Source, call: CallFact) -> str:
    return str(call.clerk)


def _court(_: Source, call: CallFact) -> str:
    return f"{call.court}/{call.office}"


def _slot(source: Source, call: CallFact) -> str:
    slot = slot_of(call.started_at, source.scope.period.zone)
    first, after = source.days
    return str(slot) if (after - first).days == 1 else f"{slot.wall:%H:%M}"


def _wall(source: Source, call: CallFact) -> str:
    return f"{slot_of(call.started_at, source.scope.period.zone).wall:%H:%M}"


def _span(source: Source, call: CallFact) -> str:
    first, after = source.days
    day = slot_of(call.started_at, source.scope.period.zone).day
    begin = days_of(day, source.unit or unit_for((after - first).days))[0]
    return max(begin, first).isoformat()


REPORTS: Final[Mapping[str, Report]] = {
    "summary": Report("R1", "The period on one page", summary, sums=True),
    "by-symptom": Report("R2", "Calls by symptom", by_symptom, sums=True, row_of=_symptom),
    "by-clerk": Report("R3", "Calls by clerk", by_clerk, sums=True, row_of=_clerk),
    "by-court": Report("R4", "Calls by court and office", by_court, sums=True, row_of=_court),
    "half-hours": Report(
        "R5", "Calls by half hour, and clerks needed", by_half_hour, sums=True, row_of=_slot
    ),
    "heat-map": Report("R6", "Calls by weekday and half hour", heat_map, sums=True, row_of=_wall),
    "trend": Report("R7", "Trend", trend, sums=True, row_of=_span),
}
"""Every report, by the name that it has on the command line."""


def first_call(port: Port) -> int | None:
    """When the first call of all began.

    Args:
        port: The database.

    Returns:
        Seconds UTC, or ``None`` without a call.
    """
    found: int | None = port.query(_FIRST_CALL).value()
    return found


def tickets_behind(report: str, source: Source, table: Table, row: int, column: str) -> list[int]:
    """The tickets behind one cell of a report, exactly.

    Args:
        report: One of ``REPORTS``.
        source: What the report was made from.
        table: The report.
        row: The place of the row, from 0; -1 for the total.
        column: The column.

    Returns:
        Their ids, newest call first.
    """
    if table.tickets and row >= 0:
        return list(table.tickets[row])
    row_of, key = REPORTS[report].row_of, table.keys[row] if row >= 0 else None
    name = column
    if report == "summary" and key is not None:
        name, row_of = key, None
    measure = MEASURES.get(name)
    counts = measure.behind if measure else "started"
    weekday = WEEKDAYS.index(column) if column in WEEKDAYS else None
    zone = source.scope.period.zone
    found: dict[int, None] = {}
    for call in reversed(fetch_calls(source.port, source.scope)):
        if row_of is not None and key is not None and row_of(source, call) != key:
            continue
        if weekday is not None and slot_of(call.started_at, zone).day.weekday() != weekday:
            continue
        if counts in counted_as(call):
            found[call.ticket] = None
    return list(found)


def label(source: Source) -> str:
    """The period as part of a file's name.

    Args:
        source: What a report is made from.

    Returns:
        ``2026-05`` for a whole month, else the days.
    """
    first, after = source.days
    if days_of(first, "month") == (first, after):
        return label_of(first, "month")
    last = label_of(max(first, after.fromordinal(after.toordinal() - 1)), "day")
    return f"{first}" if last == f"{first}" else f"{first}..{last}"
