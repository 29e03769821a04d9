"""What a person would ask SQLite for, to have about the figures of each report from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_SUMS: Final = """
SELECT {by}, l.outcome, count(*), sum(l.talk_s), sum(l.hold_s), sum(l.wrap_s),
    sum(t.reopened > 0), count(DISTINCT l.caller)
FROM call l JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
WHERE l.started_at >= ? AND l.started_at < ? AND l.direction = 'in' GROUP BY 1, 2
"""
"""No medians, no repeats, no first calls."""

_SYMPTOM: Final = _SUMS.format(by="coalesce(t.symptom, l.symptom)")
_WALL: Final = "strftime('%H:%M', l.started_at - l.started_at % 1800 - 18000, 'unixepoch')"
_AT: Final = "strftime('%Y-%m-%dT%H:%M:%SZ', {0}, 'unixepoch'), datetime({0} - 18000, 'unixepoch')"

_CALLERS: Final = """
WITH told AS (
    SELECT l.id, l.caller, l.started_at, l.clerk, coalesce(t.symptom, l.symptom) AS symptom,
        l.started_at - lag(l.started_at) OVER w > 604800
            OR lag(l.started_at) OVER w IS NULL AS begins
    FROM call l JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
    WHERE l.started_at >= ? AND l.started_at < ? AND l.direction = 'in'
        AND l.caller IS NOT NULL AND t.status <> 'void'
    WINDOW w AS (PARTITION BY l.caller ORDER BY l.started_at, l.id)
), chained AS (
    SELECT *, sum(begins) OVER (PARTITION BY caller ORDER BY started_at, id) AS chain FROM told
), chain AS (
    SELECT caller, chain, count(*) AS calls, min(started_at) AS first, max(started_at) AS last
    FROM chained GROUP BY 1, 2 HAVING count(*) > 1
)
SELECT c.name, c.firm, max(n.calls), sum(n.calls), min(n.first), max(n.last)
FROM chain n JOIN caller c ON c.id = n.caller GROUP BY n.caller ORDER BY 3 DESC
"""
"""No symptoms and clerks by name, and a dropped line makes two contacts."""

_PROMISES: Final = f"""
SELECT t.year, t.n, p.kind, p.clerk, t.court, t.office, t.symptom, {_AT.format("p.made_at")},
    {_AT.format("p.due_at")}, {_AT.format("p.done_at")}, p.ended, p.reason, (
        SELECT min(l.started_at) FROM call_ticket x JOIN call l ON l.id = x.call
        WHERE x.ticket = p.ticket AND l.direction = 'out' AND l.started_at >= p.made_at)
FROM promise p JOIN ticket t ON t.id = p.ticket
WHERE p.kind IN ('callback', 'waiting') AND p.due_at >= ? AND p.due_at < ? ORDER BY p.due_at
"""
_VERSIONS: Final = """
WITH told AS (
    SELECT t.version, l.id, l.outcome, l.talk_s + l.hold_s + l.wrap_s AS handle_s, (
        SELECT a.step || ' = ' || a.answer FROM answer a
        WHERE a.ticket = t.id AND a.call = l.id AND a.struck = 0 ORDER BY a.at DESC LIMIT 1
    ) AS way
    FROM call l JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
    WHERE l.started_at >= ? AND l.started_at < ? AND l.direction = 'in'
)
SELECT version, way, outcome, count(*), sum(handle_s) FROM told GROUP BY 1, 2, 3
"""
"""No medians, no repeats, no steps left out."""

_QUALITY: Final = """
WITH told AS (
    SELECT l.symptom IS NULL AS a, l.caller IS NULL AS b, l.edited AS c, l.clock_changed AS d,
        l.outcome <> l.playbook_outcome AS e, l.talk_s + l.hold_s + l.wrap_s AS handle_s,
        l.started_at < lag(l.ended_at) OVER (PARTITION BY l.clerk ORDER BY l.started_at) AS f
    FROM call l JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
    WHERE l.started_at >= ? AND l.started_at < ? AND l.direction = 'in' AND t.status <> 'void'
)
SELECT sum(a), sum(b), sum(c), sum(d), sum(e), sum(f), sum(handle_s > 14400), avg(handle_s)
FROM told
"""
_ESCALATIONS: Final = f"""
SELECT t.year, t.n, e.clerk, e.target, t.court, t.office, t.symptom, {_AT.format("e.at")},
    {_AT.format("e.returns_at")}, {_AT.format("e.answered_at")}, e.answered_by, e.answer
FROM escalation e JOIN ticket t ON t.id = e.ticket WHERE e.at >= ? AND e.at < ? ORDER BY e.at
"""
_ACTIONS: Final = f"""
SELECT a.kind, t.year, t.n, t.court, a.clerk, {_AT.format("a.at")}, {_AT.format("a.expires_at")}
FROM action a JOIN ticket t ON t.id = a.ticket
WHERE a.at >= ? AND a.at < ? AND a.expires_at IS NOT NULL ORDER BY a.at
"""
_ACTIVE: Final = """
SELECT s.status, t.opened_at FROM status_span s JOIN ticket t ON t.id = s.ticket
WHERE s.from_at >= 0 * ? AND s.to_at IS NULL AND s.from_at < ?
    AND s.status IN ('open', 'waiting', 'escalated')
"""

BARE: Final[Mapping[str, tuple[str, str]]] = {
    "summary": (_SYMPTOM, "plain sums by symptom and outcome"),
    "by-symptom": (_SYMPTOM, "plain sums by symptom and outcome"),
    "by-clerk": (_SUMS.format(by="l.clerk"), "plain sums by clerk and outcome"),
    "by-court": (_SUMS.format(by="l.court || l.office"), "plain sums by office and outcome"),
    "half-hours": (_SUMS.format(by=_WALL), "plain sums by half hour and outcome"),
    "heat-map": (_SUMS.format(by=_WALL), "plain sums by half hour and outcome"),
    "trend": (_SUMS.format(by="date(l.started_at - 18000, 'unixepoch')"), "plain sums by day"),
    "repeat-callers": (_CALLERS, "chains by window functions, without symptoms and clerks"),
    "callbacks": (_PROMISES, "promises and first attempts, a row each"),
    "backlog": (_ACTIVE, "open spans"),
    "playbooks": (_VERSIONS, "sums by version and last answer"),
    "credentials": (_ACTIONS, "actions that expire, a row each"),
    "data-quality": (_QUALITY, "counts of faults by a window function"),
    "escalations": (_ESCALATIONS, "escalations, a row each"),
}
"""By report, a statement of the first second and the one after the last, and what it is."""
