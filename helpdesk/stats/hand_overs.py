"""What the hand-over sheets of a period hold, and who took it over (STATS §9, R14)."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from helpdesk.domain.hand_over import is_dealt_with
from helpdesk.domain.tables import Figure, Table
from helpdesk.domain.tickets import number_said
from helpdesk.stats.calls import ROOTS
from helpdesk.stats.left_out import moment, reconciliation
from helpdesk.stats.measures import meanings
from helpdesk.stats.source import Source

_LINES: Final = f"""{ROOTS}
, line AS (
    SELECT h.id AS sheet, h.at AS made_at, h.clerk AS maker, l.id, l.place, l.kind, l.row,
        l.ticket, l.at, CASE WHEN l.kind <> 'note' THEN l.said END AS said
    FROM hand_over h JOIN hand_over_line l ON l.hand_over = h.id WHERE h.at >= ? AND h.at < ?
)
SELECT l.*, t.year, t.n, coalesce(t.court, i.court, '') AS court, coalesce(t.office, '') AS office,
    coalesce(t.symptom, i.symptom, '') AS symptom,
    coalesce(c.wrap_ended_at, i.ended_at, e.answered_at, p.done_at) AS done_at,
    coalesce(p.struck, e.struck, w.struck, 0) AS struck, s.status
FROM line l LEFT JOIN ticket t ON t.id = l.ticket
LEFT JOIN call c ON c.id = l.row AND l.kind = 'parked'
LEFT JOIN incident i ON i.id = l.row AND l.kind = 'incident'
LEFT JOIN escalation e ON e.id = l.row AND l.kind = 'escalated'
LEFT JOIN shift_note w ON w.id = l.row AND l.kind = 'note'
LEFT JOIN promise p ON p.id = l.row AND l.kind IN ('callback', 'waiting')
LEFT JOIN root r ON r.ticket = coalesce(p.ticket, e.ticket)
LEFT JOIN ticket s ON s.id = coalesce(r.root, p.ticket, e.ticket)
ORDER BY l.made_at, l.sheet, l.place
"""  # noqa: S608 - constant
_TAKEN: Final = """
WITH told AS (
    SELECT j.id, j.at, v.field, v.new FROM journal j JOIN journal_value v ON v.entry = j.id
    WHERE j.subject = 'desk' AND j.act IN ('take_line', 'give_line_back')
        AND j.at >= ? AND j.at <= ?
)
SELECT field, new, at FROM told ORDER BY id
"""
_FIELD: Final = "line {} taken"
"""How the journal calls that a line was taken over or given back."""

_STATES: Final = ("taken", "done untaken", "not taken")
_OTHERS: Final = "of other courts, clerks or tickets"
_MEANT: Final = meanings(
    made_at=("made, UTC", "text", "when the sheet was made"),
    made_local=("sheet", "text", "the same in the zone of the report"),
    made_by=("by", "text", "who made it"),
    place=("line", "count", "the line's place on the sheet"),
    kind=("kind", "text", "callback, waiting, parked, incident, escalated or note"),
    number=("ticket", "text", "the ticket that it is about; blank for incidents and notes"),
    court=("court", "text", "its court"),
    office=("office", "text", "its office"),
    symptom=("symptom", "text", "its symptom"),
    at=("when, UTC", "text", "when it is due, or since when it is so"),
    at_local=("when", "text", "the same in the zone of the report"),
    said=("about", "text", "what the line says; blank for notes, which may hold names"),
    taken_by=("taken by", "text", "who took it over and has not given it back"),
    taken_at=("taken, UTC", "text", "when"),
    taken_local=("taken", "text", "the same in the zone of the report"),
    state=("state", "text", (
        "taken; done untaken: dealt with though nobody took it over; or not taken")),
    taken_after_s=("after", "seconds", "from the making of the sheet until it was taken over"),
)  # fmt: skip

Taken = dict[str, tuple[str, int]]
"""Who has which line, and since when, as it was known at the moment."""


def hand_overs(source: Source) -> Table:
    """The lines of every hand-over sheet made in the period.

    Args:
        source: What it is made from; the clerk of the filter is who took a line over.

    Returns:
        The table.
    """
    scope = source.scope
    params = (scope.period.start, scope.end)
    found = list(source.port.query(_LINES, params).dicts())
    taken = _taken(source)
    shown = [row for row in found if _meets(source, row, taken)]
    states = Counter(_state(source, row, taken) for row in shown)
    parts = " + ".join(f"{state} {states[state]:,}" for state in _STATES)
    sheets = len({row["sheet"] for row in shown})
    left = Counter({_OTHERS: len(found) - len(shown)})
    return Table(
        title="Shift hand-overs",
        columns=tuple(_MEANT),
        rows=tuple(_cells(source, row, taken) for row in shown),
        total=("total", *(None,) * 14, f"taken {states['taken']:,} of {len(shown):,}", None),
        footer=(
            reconciliation(len(shown), left, "lines"),
            f"sheets {sheets:,}; lines {len(shown):,} = {parts}",
        ),
        keys=tuple(str(row["id"]) for row in shown),
        tickets=tuple((row["ticket"],) if row["ticket"] else () for row in shown),
        shown=("made_local", "made_by", "place", "kind", "number", "court", "taken_by", "state"),
        meant=_MEANT,
    )


def _taken(source: Source) -> Taken:
    scope, held = source.scope, Taken()
    params = (scope.period.start, scope.as_of)
    for field, login, at in source.port.query(_TAKEN, params).rows:
        held.pop(field, None)
        if login:
            held[field] = (login, at)
    return held


def _meets(source: Source, row: dict[str, Any], taken: Taken) -> bool:
    scope = source.scope
    by, _ = taken.get(_FIELD.format(row["id"]), ("", 0))
    clerk = next((each for each, login in source.names.clerks.items() if login == by), 0)
    return scope.meets(row["court"], row["office"], row["symptom"], clerk, row["ticket"] or 0)


def _state(source: Source, row: dict[str, Any], taken: Taken) -> str:
    if _FIELD.format(row["id"]) in taken:
        return "taken"
    done = row["done_at"] is not None and row["done_at"] <= source.scope.as_of
    over = is_dealt_with(row["kind"], done, row["struck"], row["status"])
    return "done untaken" if over else "not taken"


def _cells(source: Source, row: dict[str, Any], taken: Taken) -> tuple[Figure, ...]:
    zone = source.scope.period.zone
    by, at = taken.get(_FIELD.format(row["id"]), (None, None))
    return (
        *moment(row["made_at"], zone), source.names.clerk(row["maker"]), row["place"],
        row["kind"], number_said(row["year"], row["n"]) if row["year"] else None,
        row["court"] or None, row["office"] or None, row["symptom"] or None,
        *moment(row["at"], zone), row["said"], by, *moment(at, zone),
        _state(source, row, taken), None if at is None else at - row["made_at"],
    )  # fmt: skip
