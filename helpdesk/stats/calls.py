"""Asks for the calls of a report, as they were known at a moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import itemgetter
from typing import Final

from helpdesk.domain.periods import Period
from helpdesk.domain.repeats import REPEAT_SECONDS
from helpdesk.domain.tickets import ACTIVE
from helpdesk.port import Port
from helpdesk.stats.facts import CallFact
from helpdesk.stats.repeats import with_repeats
from helpdesk.stats.scope import Scope

_DONE: Final = " OR ".join(
    f"""EXISTS (
        SELECT 1 FROM call_ticket z JOIN {table} d ON d.ticket = z.ticket AND d.call = z.call
        WHERE z.call = {{call}}.id AND d.struck = 0
    )"""  # noqa: S608 - our own tables
    for table in ("answer", "action", "note")
)
_TOUCHED: Final = f"CASE WHEN {{call}}.talk_s = 0 THEN {_DONE} ELSE 1 END"
_EARLIER: Final = f"""
EXISTS (
    SELECT 1 FROM call_ticket y JOIN call f ON f.id = y.call
    WHERE y.ticket = {{ticket}} AND y.call <> l.id AND f.direction = 'in'
        AND f.outcome <> 'dropped' AND (f.started_at, f.id) < (l.started_at, l.id)
        AND {_TOUCHED.format(call="f")}
)
"""  # noqa: S608 - constant
ROOTS: Final = """
WITH RECURSIVE ticket_way(ticket, at) AS (
    SELECT id, merged_into FROM ticket WHERE merged_into IS NOT NULL
    UNION
    SELECT w.ticket, t.merged_into FROM ticket_way w JOIN ticket t ON t.id = w.at
    WHERE t.merged_into IS NOT NULL
), root(ticket, root) AS MATERIALIZED (
    SELECT w.ticket, w.at FROM ticket_way w JOIN ticket t ON t.id = w.at
    WHERE t.merged_into IS NULL
), caller_way(caller, at) AS (
    SELECT id, merged_into FROM caller WHERE merged_into IS NOT NULL
    UNION
    SELECT w.caller, c.merged_into FROM caller_way w JOIN caller c ON c.id = w.at
    WHERE c.merged_into IS NOT NULL
), same(caller, root) AS MATERIALIZED (
    SELECT w.caller, w.at FROM caller_way w JOIN caller c ON c.id = w.at
    WHERE c.merged_into IS NULL
), tested(ticket) AS MATERIALIZED (SELECT ticket FROM tag WHERE tag = 'test')
"""
"""Which ticket and which caller each merged one counts as, and which tickets are trials."""

ACTIVE_SQL: Final = ", ".join(f"'{status}'" for status in ACTIVE)
"""The statuses of work that is not done, as a list of SQL."""

_OF: Final = """
JOIN ticket o ON o.id = (SELECT min(x.ticket) FROM call_ticket x WHERE x.call = l.id)
    LEFT JOIN root r ON r.ticket = o.id
    JOIN ticket t ON t.id = coalesce(r.root, o.id)
"""
_ABOUT: Final = "coalesce(t.symptom, l.symptom, '')"
_WANTED: Final = f"""
?6 IN ('', {_ABOUT}) AND (?7 IS NULL OR t.id IN (SELECT ticket FROM picked))
"""  # noqa: S608 - constant
_THERE: Final = """
l.started_at BETWEEN ?1 AND ?2 AND l.clerk = coalesce(?3, l.clerk)
    AND ?4 IN ('', l.court) AND ?5 IN ('', l.office)
"""
_NEAR: Final = "(l.direction = 'in' AND l.caller IN (SELECT caller FROM near))"
_CALLS: Final = f"""{ROOTS}
, picked(ticket) AS MATERIALIZED (SELECT value FROM json_each(?7)
), met(caller) AS MATERIALIZED (
    SELECT DISTINCT +l.caller FROM call l {{of}}
    WHERE {_THERE} AND l.direction = 'in' AND +l.caller IS NOT NULL AND {{wanted}}
), met_as(caller) AS (
    SELECT caller FROM met UNION SELECT s.root FROM met m JOIN same s ON s.caller = m.caller
), near(caller) AS MATERIALIZED (
    SELECT caller FROM met_as UNION SELECT s.caller FROM met_as m JOIN same s ON s.root = m.caller
), fact AS (
    SELECT l.id, t.id AS ticket, coalesce(s.root, l.caller) AS caller, c.firm, l.clerk,
        l.court, l.office, {_ABOUT} AS symptom, l.started_at,
        CASE WHEN l.outcome IS NOT NULL THEN l.ended_at END AS ended_at,
        l.wrap_ended_at, l.precision, l.talk_s, l.hold_s, l.wrap_s, l.direction, l.outcome,
        CASE WHEN l.started_at BETWEEN ?1 AND ?2
            THEN {_TOUCHED.format(call="l")} ELSE 1 END AS touched,
        t.id IN (SELECT ticket FROM tested) AS test, t.status = 'void' AS void, l.edited,
        l.clock_changed,
        l.playbook_outcome IS NOT NULL AND l.playbook_outcome <> l.outcome AS overridden,
        t.reopened > 0 AND EXISTS (
            SELECT 1 FROM status_span s JOIN status_span n ON n.ticket = s.ticket
            WHERE s.ticket = t.id AND s.status = 'resolved' AND n.status IN ({ACTIVE_SQL})
                AND (n.from_at, n.id) > (s.from_at, s.id)) AS reopened,
        l.direction = 'in' AND l.started_at BETWEEN ?1 AND ?2
            AND NOT {_EARLIER.format(ticket="t.id")}
            AND NOT EXISTS (SELECT 1 FROM root m WHERE m.root = t.id
                AND {_EARLIER.format(ticket="m.ticket")}) AS first
    FROM call l {_OF}
    LEFT JOIN same s ON s.caller = l.caller
    LEFT JOIN caller c ON c.id = l.caller
    WHERE l.started_at >= ?9 AND l.started_at < ?10 AND (({_THERE}) OR {_NEAR})
        AND ({{wanted}} OR {_NEAR}) AND ?8 IN ('', {_ABOUT})
)
SELECT * FROM fact
"""  # noqa: S608 - constant
_ALL: Final = _CALLS.format(of="", wanted="true")
_SOME: Final = _CALLS.format(of=_OF, wanted=_WANTED)
"""The same of some symptom or tickets alone, and of whoever called about them."""

_AFTER_A_BLOCK: Final = """
SELECT started_at FROM call WHERE started_at > ? AND started_at < ?
ORDER BY started_at LIMIT 1 OFFSET ?
"""
_BLOCK: Final = 2_000
"""So many calls are in memory at once, about 1 kB each, where all of a report's are gone over."""

_ALONE: Final = (False, False, False)

_BEGAN: Final = itemgetter(CallFact._fields.index("started_at"), CallFact._fields.index("id"))
"""In which order calls began; SQLite takes a fifth longer where it sorts so wide rows itself."""


def fetch_calls(
    port: Port, scope: Scope, *, alike_only: bool = False, alone: bool = False
) -> list[CallFact]:
    """Ask for the calls of a report, and how each stands to others of the same caller.

    Args:
        port: The database.
        scope: What the report is about.
        alike_only: Whether calls about anything but the scope's symptom are not looked at:
            quicker, but nothing is said of repeats about anything.
        alone: Whether no calls before and after the period are looked at: a good deal quicker
            for a few days, but repeats are then found only within it.

    Returns:
        The calls that began in the period, known at ``as_of``, the first first. A call on
        several tickets counts for the first of them.
    """
    start, end = scope.period.start, scope.end
    near = 0 if alone else REPEAT_SECONDS
    longer = (start - near, min(end + near, scope.as_of + 1))
    picked = None if scope.tickets is None or alone else json.dumps([*scope.tickets])
    about = scope.symptom if alike_only else ""
    where = (scope.clerk, scope.court, scope.office, scope.symptom, picked, about)
    sql = _SOME if scope.symptom or picked else _ALL
    rows = sorted(port.query(sql, (start, end - 1, *where, *longer)).rows, key=_BEGAN)
    facts = with_repeats((CallFact._make(row + _ALONE) for row in rows), start)
    facts = [fact for fact in facts if start <= fact.started_at < end]
    return facts if scope.everywhere else [fact for fact in facts if within(fact, scope)]


def each_call(
    port: Port, scope: Scope, progress: Callable[[int, int], None] | None = None
) -> Iterator[CallFact]:
    """Go over the calls of a report; whether they are repeats is not found out.

    Args:
        port: The database.
        scope: What the report is about.
        progress: Told how many seconds of the period are gone over, and of how many.

    Yields:
        The same calls as :func:`fetch_calls` gives, the first first, few of them in memory.
    """
    zone, start = scope.period.zone, scope.period.start
    while start < scope.end:
        after = port.query(_AFTER_A_BLOCK, (start, scope.end, _BLOCK)).value() or scope.end
        block = replace(scope, period=Period(start, after, zone))
        yield from fetch_calls(port, block, alike_only=True, alone=True)
        start = after
        if progress is not None:
            progress(start - scope.period.start, scope.end - scope.period.start)


def within(fact: CallFact, scope: Scope) -> bool:
    """Whether a call is in a report's scope.

    Args:
        fact: The call.
        scope: What the report is about.

    Returns:
        Whether it began in the period, at that court and so on.
    """
    return scope.period.start <= fact.started_at < scope.end and scope.meets(
        fact.court, fact.office, fact.symptom, fact.clerk, fact.ticket
    )
