"""What must hold of a ticket in a list, as conditions in SQL and as short lists of candidates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from helpdesk.domain.queries import Clause, Query
from helpdesk.domain.query_values import Range
from helpdesk.domain.tickets import ACTIVE
from helpdesk.port import Value
from helpdesk.store.reviews import FLAGGED, UNREVIEWED

Condition = tuple[str, tuple[Value, ...]]
"""A fragment of a WHERE and its parameters."""

_AMONG: Final = "IN (SELECT value FROM json_each(?))"
_NOW: Final = """CASE WHEN t.status IN ('waiting', 'escalated') AND t.wakes_at <= ?
    THEN 'open' ELSE t.status END"""
_PROMISE: Final = """EXISTS (SELECT 1 FROM promise p
    WHERE p.ticket = t.id AND p.done_at IS NULL AND p.struck = 0 AND {})"""
_CALL: Final = """EXISTS (SELECT 1 FROM call_ticket x JOIN call l ON l.id = x.call
    WHERE x.ticket = t.id AND {})"""

_NAMES: Final = {
    "court": "t.court IN (SELECT value FROM json_each(?))",
    "office": "t.office IN (SELECT value FROM json_each(?))",
    "symptom": "coalesce(t.symptom, 'none') IN (SELECT value FROM json_each(?))",
    "clerk": "t.clerk IN (SELECT id FROM clerk WHERE login IN (SELECT value FROM json_each(?)))",
    "outcome": "coalesce(t.outcome, 'none') IN (SELECT value FROM json_each(?))",
    "tag": """EXISTS (SELECT 1 FROM tag g
        WHERE g.ticket = t.id AND g.tag IN (SELECT value FROM json_each(?)))""",
    "action": """EXISTS (SELECT 1 FROM action a
        WHERE a.ticket = t.id AND a.struck = 0 AND a.kind IN (SELECT value FROM json_each(?)))""",
    "escalated-to": """coalesce((SELECT e.target FROM escalation e
        WHERE e.ticket = t.id AND e.struck = 0 ORDER BY e.at DESC, e.id DESC LIMIT 1), '')
        IN (SELECT value FROM json_each(?))""",
    "incident": """EXISTS (SELECT 1 FROM incident_ticket x JOIN incident i ON i.id = x.incident
        WHERE x.ticket = t.id AND x.struck = 0
            AND CAST(i.n AS TEXT) IN (SELECT value FROM json_each(?)))""",
}  # fmt: skip
_RANGED: Final = {
    "opened": "{}",
    "changed": "{}",
    "resolved": "t.resolved_at IS NOT NULL AND {}",
    "due": _PROMISE,
    "dur": "{}",
    "calls": "{}",
}
_MEASURED: Final = {
    "opened": "t.opened_at",
    "changed": "t.changed_at",
    "resolved": "t.resolved_at",
    "due": "p.due_at",
    "dur": """coalesce((SELECT max(l.talk_s + l.hold_s) FROM call_ticket x
        JOIN call l ON l.id = x.call WHERE x.ticket = t.id), -1)""",
    "calls": "(SELECT count(*) FROM call_ticket x WHERE x.ticket = t.id)",
}
_MARKS: Final = {
    "reopened": "t.reopened > 0",
    "edited": _CALL.format("l.edited = 1"),
    "flagged": _CALL.format(f"{FLAGGED} AND {UNREVIEWED}"),
}
_FEW_BY_NAME: Final = {
    "incident": """SELECT x.ticket AS id FROM incident_ticket x
        WHERE x.incident IN (SELECT id FROM incident
            WHERE CAST(n AS TEXT) IN (SELECT value FROM json_each(?)))""",
    "escalated-to": """SELECT e.ticket AS id FROM escalation e INDEXED BY escalation_target
        WHERE e.struck = 0 AND e.target IN (SELECT value FROM json_each(?))""",
}
_FEW_BY_MARK: Final = {
    "reopened": "SELECT r.id FROM ticket r INDEXED BY ticket_reopened WHERE r.reopened > 0",
    "edited": """SELECT x.ticket AS id FROM call l INDEXED BY call_edited
        CROSS JOIN call_ticket x ON x.call = l.id WHERE l.edited = 1""",
    "flagged": f"""SELECT x.ticket AS id FROM call l INDEXED BY call_flagged
        CROSS JOIN call_ticket x ON x.call = l.id WHERE {FLAGGED}""",  # noqa: S608 - constant
}
_FEW_IN_RANGE: Final = {
    "changed": """SELECT r.id FROM ticket r INDEXED BY ticket_changed
        WHERE r.changed_at >= ? AND r.changed_at < ?""",
    "resolved": """SELECT r.id FROM ticket r INDEXED BY ticket_resolved
        WHERE r.resolved_at >= ? AND r.resolved_at < ?""",
    "due": """SELECT p.ticket AS id FROM promise p INDEXED BY promise_due
        WHERE p.done_at IS NULL AND p.struck = 0 AND p.due_at >= ? AND p.due_at < ?""",
    "dur": """SELECT x.ticket AS id FROM call l INDEXED BY call_length
        CROSS JOIN call_ticket x ON x.call = l.id
        WHERE l.talk_s + l.hold_s >= ? AND l.talk_s + l.hold_s < ?""",
}
NEVER: Final = 2**62
"""Above every moment, length, count and id."""


def conditions(query: Query, now: int) -> Iterator[Condition]:
    """Everything that must hold of a ticket but what only the index knows.

    Args:
        query: What was asked.
        now: The moment, for what wakes by itself and for what is late.

    Yields:
        Each condition on the ticket ``t``.
    """
    with_void = any("void" in each.values and not each.negated for each in query.of("status"))
    yield ("t.status <> 'merged'" if with_void else "t.status NOT IN ('merged', 'void')"), ()
    for clause in query.clauses:
        below = clause.ranges[0].below if len(clause.ranges) == 1 else None
        if clause.field in {"changed", "resolved"} and below is not None and not clause.negated:
            yield "t.opened_at < ?", (below,)  # nothing is changed before it is opened
        found = _condition(clause, now)
        if found is not None:
            sql, params = found
            yield (f"NOT ({sql})" if clause.negated else sql), params


def _condition(clause: Clause, now: int) -> Condition | None:
    if clause.field in _NAMES:
        return _NAMES[clause.field], (json.dumps(clause.values),)
    if clause.field == "status":
        return f"{_NOW} {_AMONG}", (now, json.dumps(clause.values))
    if clause.field in _RANGED:
        bounded = [_bounded(_MEASURED[clause.field], each) for each in clause.ranges]
        either = " OR ".join(sql for sql, _ in bounded)
        return _RANGED[clause.field].format(f"({either})"), tuple(
            each for _, params in bounded for each in params
        )
    if clause.field in _MARKS:
        mark = _MARKS[clause.field]
        return (mark if clause.values == ("yes",) else f"NOT ({mark})"), ()
    if clause.field == "is":
        return _PROMISE.format("p.due_at < ?"), (now,)
    return None


def _bounded(measured: str, wanted: Range) -> Condition:
    least = 0 if wanted.least is None else wanted.least
    below = NEVER if wanted.below is None else wanted.below
    return f"({measured} >= ? AND {measured} < ?)", (least, below)


def candidates(query: Query, now: int) -> Iterator[Condition]:
    """Lists of ids, found by an index, each of which holds every ticket that is wanted.

    Args:
        query: What was asked.
        now: The moment.

    Yields:
        A SELECT of ids for each clause that has an index of its own; it may be long.
    """
    for clause in query.clauses:
        if clause.negated:
            continue
        if clause.field in _FEW_BY_NAME:
            yield _FEW_BY_NAME[clause.field], (json.dumps(clause.values),)
        elif clause.field in _FEW_BY_MARK and clause.values == ("yes",):
            yield _FEW_BY_MARK[clause.field], ()
        elif clause.field == "is":
            yield _FEW_IN_RANGE["due"], (0, now)
        elif clause.field in _FEW_IN_RANGE and len(clause.ranges) == 1:
            (wanted,) = clause.ranges
            least = 0 if wanted.least is None else wanted.least
            yield _FEW_IN_RANGE[clause.field], (
                least, NEVER if wanted.below is None else wanted.below,
            )  # fmt: skip


def kept_statuses(query: Query) -> tuple[str, ...]:
    """The statuses as kept that the wanted ones can have, where an index of them helps.

    Args:
        query: What was asked.

    Returns:
        ``ACTIVE``, one rare status, or nothing when any will do.
    """
    for clause in query.of("status"):
        if not clause.negated and set(clause.values) <= set(ACTIVE):
            return ACTIVE
        if not clause.negated and clause.values in {("closed",), ("void",)}:
            return clause.values
    return ()
