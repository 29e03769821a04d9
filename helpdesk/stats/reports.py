"""Reports: what the database is asked, and the table that comes of it (STATS §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from helpdesk.domain.periods import Period
from helpdesk.domain.tables import Cell, Table
from helpdesk.port import Port
from helpdesk.stats.definitions import (
    KINDS,
    OUTCOMES,
    CallsAlike,
    Figures,
    figures_of,
    kinds_of,
)

_CALLS: Final = """
WITH root AS MATERIALIZED (SELECT ticket, root FROM ticket_root)
SELECT coalesce(t.symptom, l.symptom, '') AS symptom, l.direction, l.outcome,
    l.talk_s + l.hold_s + l.wrap_s AS handle_s,
    sum(l.talk_s) AS talk_s, sum(l.hold_s) AS hold_s, sum(l.wrap_s) AS wrap_s,
    CASE WHEN l.talk_s = 0 THEN
        EXISTS (SELECT 1 FROM answer a WHERE a.ticket = o.id AND a.call = l.id AND a.struck = 0)
        OR EXISTS (SELECT 1 FROM action a WHERE a.ticket = o.id AND a.call = l.id AND a.struck = 0)
        OR EXISTS (SELECT 1 FROM note n WHERE n.ticket = o.id AND n.call = l.id AND n.struck = 0)
    ELSE 1 END AS touched,
    EXISTS (SELECT 1 FROM tag g WHERE g.ticket = t.id AND g.tag = 'test') AS test,
    t.status = 'void' AS void, count(*) AS times
FROM call l JOIN ticket o
    ON o.id = (SELECT min(x.ticket) FROM call_ticket x WHERE x.call = l.id)
JOIN ticket t ON t.id = coalesce((SELECT r.root FROM root r WHERE r.ticket = o.id), o.id)
WHERE l.started_at >= ? AND l.started_at < ? AND (? = '' OR l.court = ?)
GROUP BY 1, 2, 3, 4, 8, 9, 10
"""
_FIRST_CALL: Final = "SELECT min(started_at) FROM call"

BY_SYMPTOM: Final = (
    "symptom", "title", "started", "percent", "cum_percent", "handled", "dropped", "running",
    "talk_s", "hold_s", "wrap_s", "handle_s", "aht_s", "median_s", "p90_s", *OUTCOMES,
)  # fmt: skip
"""The columns of the report by symptom."""


def first_call(port: Port) -> int | None:
    """When the first call of all began.

    Args:
        port: The database.

    Returns:
        Seconds UTC, or ``None`` without a call.
    """
    found: int | None = port.query(_FIRST_CALL).value()
    return found


def calls_in(port: Port, period: Period, court: str = "") -> list[CallsAlike]:
    """Ask for the calls that began in a period, those alike as one row.

    A call on several tickets counts once, with the first of them; that of a merged ticket with
    the one that it went on in.

    Args:
        port: The database.
        period: The period.
        court: The court's id; empty for all.

    Returns:
        The calls.
    """
    rows = port.query(_CALLS, (period.start, period.end, court, court))
    return [
        CallsAlike(
            **row | {name: bool(row[name]) for name in ("touched", "test", "void")},
        )
        for row in rows.dicts()
    ]


def by_symptom(calls: Sequence[CallsAlike], titles: Mapping[str, str]) -> Table:
    """The report by symptom: what callers struggle with, most calls first.

    Args:
        calls: The calls in range.
        titles: What the symptoms are called.

    Returns:
        The table, its total computed from the calls and never from the rows; the caller adds
        the header.
    """
    whole = figures_of(calls)
    grouped: dict[str, list[CallsAlike]] = {}
    for call in calls:
        grouped.setdefault(call.symptom, []).append(call)
    found = [(symptom, figures_of(group)) for symptom, group in grouped.items()]
    rows: list[tuple[Cell, ...]] = []
    before = 0
    for symptom, figures in sorted(found, key=lambda each: (-each[1].started, each[0])):
        if figures.started:
            before += figures.started
            title = titles.get(symptom, symptom) or "(none chosen)"
            rows.append(_row(symptom, title, figures, whole.started, before))
    return Table(
        title="Calls by symptom",
        columns=BY_SYMPTOM,
        rows=tuple(rows),
        footer=(reconciled(calls),),
        total=_row(None, "total", whole, whole.started, whole.started),
    )


def reconciled(calls: Sequence[CallsAlike]) -> str:
    """Say where every call in range went.

    Args:
        calls: The calls in range.

    Returns:
        One line that adds up.
    """
    kinds = kinds_of(calls)
    parts = " + ".join(f"{kind} {kinds[kind]:,}" for kind in KINDS)
    return f"rows in range {kinds.total():,} = {parts}"


def _row(
    symptom: str | None, title: str, figures: Figures, whole: int, before: int
) -> tuple[Cell, ...]:
    return (
        symptom or None, title, figures.started, _percent(figures.started, whole),
        _percent(before, whole), figures.handled, figures.dropped, figures.running,
        figures.talk_s, figures.hold_s, figures.wrap_s, figures.handle_s,
        _rounded(figures.aht_s), _rounded(figures.median_s), _rounded(figures.p90_s),
        *figures.outcomes.values(),
    )  # fmt: skip


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
