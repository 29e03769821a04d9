"""How each report is made, and which calls lie behind each cell (STATS §9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from helpdesk.domain.periods import period_of_days
from helpdesk.domain.promises import IS_DUE
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.backlog import backlog, tickets_of
from helpdesk.stats.behind_calls import tickets_of_calls
from helpdesk.stats.behind_slots import tickets_of_half_hour, tickets_of_weekday
from helpdesk.stats.by_clerk import by_clerk, tickets_occupied
from helpdesk.stats.by_court import by_court
from helpdesk.stats.by_symptom import by_symptom, tickets_earlier
from helpdesk.stats.callback_facts import tickets_due
from helpdesk.stats.callbacks import callbacks
from helpdesk.stats.credentials import credentials
from helpdesk.stats.data_quality import data_quality, tickets_with_fault
from helpdesk.stats.escalations import escalations, tickets_over
from helpdesk.stats.facts import CallFact
from helpdesk.stats.half_hours import by_half_hour
from helpdesk.stats.hand_overs import hand_overs
from helpdesk.stats.heat_map import heat_map
from helpdesk.stats.incidents import incidents, tickets_of_incidents
from helpdesk.stats.measures import MEASURES
from helpdesk.stats.playbooks import playbooks, tickets_led
from helpdesk.stats.repeat_callers import repeat_callers, tickets_of_chains
from helpdesk.stats.slots import slot_of
from helpdesk.stats.source import Source
from helpdesk.stats.summary import provisional, summary
from helpdesk.stats.ticket_facts import REOPEN_SECONDS, fetch_opened, fetch_resolved
from helpdesk.stats.trend import days_of
from helpdesk.stats.trends import tickets_before, trend, unit_for
from helpdesk.stats.unusual import tickets_of_day

_OF_TIMES: Final = frozenset({"time_percent", "expected_s", "index"})
"""Columns that are no measures and rest on the calls whose times are known."""

_OF_PHONE_SYSTEM: Final = frozenset(
    {"offered", "answered", "abandon_rate", "service_level", "mean_wait_s"}
)
"""What a phone system counted, which knows no tickets."""

RowOf = Callable[[Source, CallFact], str]
"""Says in which row of a report a call is, by the row's key."""


@dataclass(frozen=True, slots=True)
class Report:
    """How one report is made."""

    build: Callable[[Source], Table]
    """Makes it."""

    sums: bool = False
    """Whether it is made from the sums of days."""

    compared: bool = False
    """Whether one clerk is compared with everybody: it is then made from the sums of all."""

    row_of: RowOf | None = None
    """In which row a call is; ``None`` where rows name their tickets, or are no calls."""

    part_of: Callable[[Source, str], Source] | None = None
    """What holds all the calls of a row, by its key, so that not all of a report's are read."""

    behind: Callable[[Source, str | None, str], list[int]] | None = None
    """The tickets behind a cell, by the row's key (``None`` for the total) and the column."""

    apart: Mapping[str, Callable[[Source, str | None], list[int]]] = field(default_factory=dict)
    """Columns that are of other calls than those in the row, each with its tickets."""

    of_total: Mapping[str, Callable[[Figure], bool]] = field(default_factory=dict)
    """Whether the total of a column is of a row, by the row's own cell; else it is of all."""


def _symptom(_: Source, call: CallFact) -> str:
    return call.symptom


def _clerk(_: Source, call: CallFact) -> str:
    return str(call.clerk)


def _court(_: Source, call: CallFact) -> str:
    return f"{call.court}/{call.office}"


def _span(source: Source, call: CallFact) -> str:
    first, after = source.days
    day = slot_of(call.started_at, source.scope.period.zone).day
    begin = days_of(day, source.unit or unit_for((after - first).days))[0]
    return max(begin, first).isoformat()


def _of_symptom(source: Source, key: str) -> Source:
    return source.about(symptom=key)


def _of_clerk(source: Source, key: str) -> Source:
    return source.about(clerk=int(key))


def _of_span(source: Source, key: str) -> Source:
    first, after = source.days
    stop = days_of(date.fromisoformat(key), source.unit or unit_for((after - first).days))[1]
    span = period_of_days(date.fromisoformat(key), min(stop, after), source.scope.period.zone)
    return source.within(span)


def _of_calls(source: Source, name: str, holds: Callable[[CallFact], bool]) -> list[int]:
    """The tickets of the calls behind a measure, newest call first."""
    measure = MEASURES.get("aht_s" if name in _OF_TIMES else name)
    return tickets_of_calls(source, measure.behind if measure else "started", holds)


def _opened(source: Source) -> list[int]:
    return [ticket.id for ticket in fetch_opened(source.port, source.scope)]


def _without_call(source: Source) -> list[int]:
    return [each.id for each in fetch_opened(source.port, source.scope) if not each.by_phone]


def _resolved(source: Source) -> list[int]:
    return [ticket.id for ticket in fetch_resolved(source.port, source.scope)]


def _first_resolved(source: Source) -> list[int]:
    found = fetch_resolved(source.port, source.scope)
    return [ticket.id for ticket in found if ticket.first_at == ticket.resolved_at]


def _young(source: Source) -> list[int]:
    since = source.scope.as_of - REOPEN_SECONDS
    found = fetch_resolved(source.port, source.scope)
    return [ticket.id for ticket in found if ticket.resolved_at > since]


def _provisional(source: Source) -> list[int]:
    return list(dict.fromkeys(call.ticket for call in provisional(source)))


_OF_TICKETS: Final[Mapping[str, Callable[[Source], list[int]]]] = {
    "fcr_immature": _provisional,
    "tickets_opened": _opened,
    "tickets_without_call": _without_call,
    "tickets_resolved": _resolved,
    "calls_per_ticket": _resolved,
    "reopen_rate": _resolved,
    "reopen_immature": _young,
    "callbacks_kept": tickets_due,
    "bounce_rate": tickets_over,
    **dict.fromkeys(_OF_PHONE_SYSTEM, lambda _: []),
}


def _of_summary(source: Source, key: str | None, _: str) -> list[int]:
    """The tickets behind a line of the summary."""
    name, _, part = (key or "").partition(":")
    if name == "unusual" or name.startswith("unusual_"):
        return tickets_of_day(source, part) if part else []
    if name.startswith("resolution"):
        return _first_resolved(source)
    if name == "backlog":
        return tickets_of(source, None, "tickets")
    if name in _OF_TICKETS:
        return _OF_TICKETS[name](source)
    top = name.startswith("top_")
    whole = source.about(symptom=part) if top else source
    return _of_calls(whole, name, lambda call: not top or call.symptom == part)


REPORTS: Final[Mapping[str, Report]] = {
    "summary": Report(summary, sums=True, behind=_of_summary),
    "by-symptom": Report(
        by_symptom, sums=True, row_of=_symptom, part_of=_of_symptom,
        apart={"before": tickets_earlier},
    ),
    "by-clerk": Report(
        by_clerk, sums=True, compared=True, row_of=_clerk, part_of=_of_clerk,
        apart={"callbacks_kept": tickets_due, "occupied_s": tickets_occupied},
    ),
    "by-court": Report(by_court, sums=True, row_of=_court),
    "half-hours": Report(by_half_hour, sums=True, behind=tickets_of_half_hour),
    "heat-map": Report(heat_map, sums=True, behind=tickets_of_weekday),
    "trend": Report(
        trend, sums=True, row_of=_span, part_of=_of_span, apart={"before": tickets_before}
    ),
    "repeat-callers": Report(repeat_callers, sums=True, behind=tickets_of_chains),
    "callbacks": Report(callbacks, sums=True, of_total={"state": lambda state: state in IS_DUE}),
    "backlog": Report(backlog, behind=tickets_of),
    "playbooks": Report(playbooks, sums=True, behind=tickets_led),
    "credentials": Report(credentials, of_total={"overdue": bool}),
    "data-quality": Report(data_quality, sums=True, behind=tickets_with_fault),
    "hand-over": Report(hand_overs),
    "incidents": Report(incidents, behind=tickets_of_incidents),
    "escalations": Report(escalations, of_total={"state": lambda state: state != "open"}),
}  # fmt: skip
"""How each report of the catalogue is made."""


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
    made, key = REPORTS[report], table.keys[row] if row >= 0 and table.keys else None
    if row < 0 and _is_blank(table, column):
        return []
    if made.behind:
        return made.behind(source, key, column)
    if column in made.apart:
        return made.apart[column](source, key)
    if table.tickets:
        rows = table.tickets if row < 0 else table.tickets[row : row + 1]
        if row < 0 and column in made.of_total:
            place, counts = table.columns.index(column), made.of_total[column]
            pairs = zip(table.rows, table.tickets, strict=True)
            rows = [tickets for cells, tickets in pairs if counts(cells[place])]
        return list(dict.fromkeys(ticket for tickets in rows for ticket in tickets))
    row_of = made.row_of
    if row_of is None:
        return []
    first = 0 if column == "cum_percent" else row
    keys = set(table.keys if row < 0 else table.keys[first : row + 1])
    part = source
    if made.part_of and key is not None and keys == {key}:
        part = made.part_of(source, key)
    return _of_calls(part, column, lambda call: row < 0 or row_of(source, call) in keys)


def _is_blank(table: Table, column: str) -> bool:
    """Whether the total says nothing of a figure."""
    if table.total is None or column not in table.columns:
        return False
    place = table.columns.index(column)
    return table.total[place] is None and table.units[place] != "text"
