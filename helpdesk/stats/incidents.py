"""Declared outages, and the calls that came of them (STATS §9, R15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.calls import ROOTS
from helpdesk.stats.left_out import moment, reconciliation
from helpdesk.stats.measures import meanings
from helpdesk.stats.source import Source

_INCIDENTS: Final = """
WITH declared AS (
    SELECT id, n, court, symptom, declared_at, clerk,
        CASE WHEN ended_at <= ? THEN ended_at END AS ended_at
    FROM incident WHERE declared_at < ?
)
SELECT * FROM declared WHERE ended_at IS NULL OR ended_at > ? ORDER BY declared_at, n
"""
_CALLS: Final = f"""{ROOTS}
SELECT l.id, t.id AS ticket, l.office, l.clerk FROM call l JOIN ticket o
    ON o.id = (SELECT min(x.ticket) FROM call_ticket x WHERE x.call = l.id)
LEFT JOIN root r ON r.ticket = o.id JOIN ticket t ON t.id = coalesce(r.root, o.id)
WHERE l.started_at >= ? AND l.started_at < ? AND l.court = ? AND l.direction = 'in'
    AND coalesce(t.symptom, l.symptom, '') = ? AND t.status <> 'void'
    AND t.id NOT IN (SELECT ticket FROM tested)
"""  # noqa: S608 - constant
_ATTACHED: Final = f"""{ROOTS}
SELECT DISTINCT t.id AS ticket, i.call FROM incident_ticket i JOIN ticket o ON o.id = i.ticket
LEFT JOIN root r ON r.ticket = o.id JOIN ticket t ON t.id = coalesce(r.root, o.id)
WHERE i.incident = ? AND i.struck = 0 AND i.at <= ? AND t.status <> 'void'
    AND t.id NOT IN (SELECT ticket FROM tested)
"""  # noqa: S608 - constant
_PROMISED: Final = f"""{ROOTS}
SELECT DISTINCT t.id FROM promise p JOIN ticket o ON o.id = p.ticket
LEFT JOIN root r ON r.ticket = o.id JOIN ticket t ON t.id = coalesce(r.root, o.id)
WHERE p.incident = ? AND p.struck = 0 AND p.made_at <= ? AND t.status <> 'void'
    AND t.id NOT IN (SELECT ticket FROM tested)
"""  # noqa: S608 - constant
_OTHERS: Final = "of other courts or symptoms"
_MEANT: Final = meanings(
    incident=("no.", "count", "the incident's number"),
    court=("court", "text", "the court where it was"),
    symptom=("symptom", "text", "the symptom's slug"),
    title=("symptom", "text", "what callers struggled with"),
    clerk=("declared by", "text", "who declared it"),
    declared_at=("declared, UTC", "text", "when it was declared"),
    declared_local=("declared", "text", "the same in the zone of the report"),
    ended_at=("ended, UTC", "text", "when it was over; blank while it runs"),
    ended_local=("ended", "text", "the same in the zone of the report"),
    lasted_s=("lasted", "seconds", (
        "from declared to ended, of one that runs to the as-of moment; also what lies outside "
        "the range")),
    attached=("attached", "count", "tickets attached to it, merged ones as one"),
    linked_calls=("linked", "count", "calls on which a ticket was attached to it"),
    calls=("calls", "count", (
        "inbound calls about the symptom at the court that began while it ran, attached or not; "
        "trials and void tickets left out")),
    promised=("to hear", "count", "tickets of callers who were promised to hear of its end"),
)  # fmt: skip
_SUMS: Final = ("lasted_s", "attached", "linked_calls", "calls", "promised")


def incidents(source: Source) -> Table:
    """The outages that ran in the period, also those declared before it.

    Args:
        source: What it is made from.

    Returns:
        The table; the incidents themselves are of no clerk.
    """
    scope, (shown, others) = source.scope, _shown(source)
    lines = [_line(source, row) for row in shown]
    before = sum(row["declared_at"] < scope.period.start for row in shown)
    running = sum(row["ended_at"] is None for row in shown)
    return Table(
        title="Incidents",
        columns=tuple(_MEANT),
        rows=tuple(cells for cells, _ in lines),
        total=_total([cells for cells, _ in lines]),
        footer=(
            reconciliation(len(shown), Counter({_OTHERS: others}), "incidents"),
            f"of those shown, declared before the range {before:,}, still running {running:,}",
        ),
        keys=tuple(str(row["n"]) for row in shown),
        tickets=tuple(tuple(sorted(_any(counted))) for _, counted in lines),
        shown=(
            "incident", "court", "title", "declared_local", "lasted_s", "attached", "calls",
            "promised",
        ),
        meant=_MEANT,
    )  # fmt: skip


def tickets_of_incidents(source: Source, key: str | None, column: str) -> list[int]:
    """The tickets behind one cell.

    Args:
        source: What the report was made from.
        key: The incident's number; ``None`` for all of them.
        column: The column; those that count nothing are of every ticket of the incident.

    Returns:
        Their ids, incident by incident.
    """
    lines = (_line(source, row)[1] for row in _shown(source)[0] if key in {None, str(row["n"])})
    found = (ticket for counted in lines for ticket in sorted(counted.get(column, _any(counted))))
    return list(dict.fromkeys(found))


def _any(counted: Mapping[str, set[int]]) -> set[int]:
    return set().union(*counted.values())


def _shown(source: Source) -> tuple[list[dict[str, Any]], int]:
    """The incidents that the report is about, and how many others ran."""
    scope = source.scope
    params = (scope.as_of, scope.end, scope.period.start)
    found = list(source.port.query(_INCIDENTS, params).dicts())
    shown = [
        row
        for row in found
        if (not scope.court or row["court"] == scope.court)
        and (not scope.symptom or row["symptom"] == scope.symptom)
    ]
    return shown, len(found) - len(shown)


def _line(
    source: Source, row: Mapping[str, Any]
) -> tuple[tuple[Figure, ...], dict[str, set[int]]]:
    """The cells of an incident, and the tickets behind each column that counts."""
    scope, port, zone = source.scope, source.port, source.scope.period.zone
    since, ended = row["declared_at"], row["ended_at"]
    until = scope.as_of if ended is None else ended
    during = (since, min(until, scope.as_of) + (ended is None), row["court"], row["symptom"])
    of = (row["id"], scope.as_of)
    calls = [
        each
        for each in port.query(_CALLS, during).rows
        if scope.meets(row["court"], each[2], row["symptom"], each[3], each[1])
    ]
    attached = _within(source, port.query(_ATTACHED, of).rows)
    promised = _within(source, port.query(_PROMISED, of).rows)
    tickets = {
        "attached": {each[0] for each in attached},
        "linked_calls": {each[0] for each in attached if each[1] is not None},
        "calls": {each[1] for each in calls},
        "promised": {each[0] for each in promised},
    }
    cells = (
        row["n"], row["court"], row["symptom"], source.names.symptom(row["symptom"]),
        source.names.clerk(row["clerk"]), *moment(since, zone), *moment(ended, zone),
        until - since, len(tickets["attached"]),
        len({each[1] for each in attached if each[1] is not None}), len(calls), len(promised),
    )  # fmt: skip
    return cells, tickets


def _within(source: Source, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows that begin with a ticket, of the tickets that the report is about."""
    tickets = source.scope.tickets
    return [row for row in rows if tickets is None or row[0] in tickets]


def _total(rows: list[tuple[Figure, ...]]) -> tuple[Figure, ...]:
    def of(name: str) -> Figure:
        place = list(_MEANT).index(name)
        return sum(value for row in rows if isinstance(value := row[place], int))

    cells = [of(name) if name in _SUMS else None for name in _MEANT]
    return tuple(
        "total" if name == "title" else cell for name, cell in zip(_MEANT, cells, strict=True)
    )
