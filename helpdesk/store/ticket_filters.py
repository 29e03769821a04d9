"""What must hold of a ticket in a list, as conditions in SQL and as short lists of candidates."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from helpdesk.domain.queries import Clause, Query
from helpdesk.domain.tickets import ACTIVE
from helpdesk.port import Value
from helpdesk.store.reviews import FLAGGED, UNREVIEWED
from helpdesk.store.tickets import ROOT, of_all

if TYPE_CHECKING:
    from helpdesk.domain.query_values import Range

Condition = tuple[str, tuple[Value, ...]]
"""A fragment of a WHERE and its parameters."""


_AMONG: Final = "IN (SELECT value FROM json_each(?))"
_NOW: Final = """CASE WHEN t.status IN ('waiting', 'escalated') AND t.wakes_at <= ?
    THEN 'open' ELSE t.status END"""
_PROMISE: Final = """EXISTS (SELECT 1 FROM promise p
    WHERE p.ticket OF_T AND p.done_at IS NULL AND p.struck = 0 AND {})"""
_CALL: Final = """EXISTS (SELECT 1 FROM call_ticket x JOIN call l ON l.id = x.call
    WHERE x.ticket OF_T AND {})"""

_NAMES: Final = {
    "court": "t.court IN (SELECT value FROM json_each(?))",
    "office": "t.office IN (SELECT value FROM json_each(?))",
    "symptom": "coalesce(t.symptom, 'none') IN (SELECT value FROM json_each(?))",
    "clerk": "t.clerk IN (SELECT id FROM clerk WHERE login IN (SELECT value FROM json_each(?)))",
    "outcome": "coalesce(t.outcome, 'none') IN (SELECT value FROM json_each(?))",
    "tag": """EXISTS (SELECT 1 FROM tag g
        WHERE g.ticket = t.id AND g.tag IN (SELECT value FROM json_each(?)))""",
    "action": of_all("""EXISTS (SELECT 1 FROM action a
        WHERE a.ticket OF_T AND a.struck = 0 AND a.kind IN (SELECT value FROM json_each(?)))"""),
    "escalated-to": of_all("""coalesce((SELECT e.target FROM escalation e
        WHERE e.ticket OF_T AND e.struck = 0 ORDER BY e.at DESC, e.id DESC LIMIT 1), '')
        IN (SELECT value FROM json_each(?))"""),
    "incident": of_all("""EXISTS (SELECT 1 FROM incident_ticket x
        JOIN incident i ON i.id = x.incident WHERE x.ticket OF_T AND x.struck = 0
            AND CAST(i.n AS TEXT) IN (SELECT value FROM json_each(?)))"""),
}  # fmt: skip
_RANGED: Final = {
    "opened": "{}",
    "changed": "{}",
    "resolved": "t.resolved_at IS NOT NULL AND {}",
    "due": of_all(_PROMISE),
    "dur": "{}",
    "calls": "{}",
}
_MEASURED: Final = {
    "opened": "t.opened_at",
    "changed": "t.changed_at",
    "resolved": "t.resolved_at",
    "due": "p.due_at",
    "dur": of_all("""coalesce((SELECT max(l.talk_s + l.hold_s) FROM call_ticket x
        JOIN call l ON l.id = x.call WHERE x.ticket OF_T), -1)"""),
    "calls": of_all("(SELECT count(DISTINCT x.call) FROM call_ticket x WHERE x.ticket OF_T)"),
}
_MARKS: Final = {
    "reopened": "t.reopened > 0",
    "edited": of_all(_CALL.format("l.edited = 1")),
    "flagged": of_all(_CALL.format(f"{FLAGGED} AND {UNREVIEWED}")),
}


_ROOTS: Final = f"""SELECT {ROOT} AS id FROM ({{}}) f CROSS JOIN ticket b ON b.id = f.id"""  # noqa: S608
"""Of tickets the ones that are listed for them."""

_ONLY = "SELECT value AS id FROM json_each(?)"
_FEW_BY_NAME: Final = {
    "incident": """SELECT x.ticket AS id FROM incident_ticket x
        WHERE x.incident IN (SELECT id FROM incident
            WHERE CAST(n AS TEXT) IN (SELECT value FROM json_each(?)))""",
    "escalated-to": """SELECT e.ticket AS id
        FROM escalation e INDEXED BY escalation_target
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
    "opened": """SELECT r.id FROM ticket r INDEXED BY ticket_opened
        WHERE r.opened_at >= ? AND r.opened_at < ?""",
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
_BY_CALLS: Final = """SELECT x.ticket AS id
    FROM call_ticket x INDEXED BY call_ticket_ticket GROUP BY x.ticket HAVING count(*) >= ?
    UNION ALL SELECT m.merged_into FROM ticket m INDEXED BY ticket_merged
    WHERE m.merged_into IS NOT NULL"""
_OF_ITSELF: Final = frozenset({"opened", "reopened", "changed", "resolved"})
"""Fields whose index finds a ticket for what it is itself, not for what was merged into it."""

NEVER: Final = 2**62
"""Above every moment, length, count and id."""


def conditions(query: Query, now: int, but: Collection[Clause | None] = ()) -> Iterator[Condition]:
    """Everything that must hold of a ticket but what only the index knows.

    Args:
        query: What was asked.
        now: The moment, for what wakes by itself and for what is late.
        but: The clauses that are known to hold.

    Yields:
        Each condition on the ticket ``t``.
    """
    if query.only is not None:
        yield f"t.id {_AMONG}", (json.dumps(query.only),)
        return
    with_void = any("void" in each.values and not each.negated for each in query.of("status"))
    yield ("t.status <> 'merged'" if with_void else "t.status NOT IN ('merged', 'void')"), ()
    for clause in query.clauses:
        if clause in but:
            continue
        below = clause.ranges[0].below if len(clause.ranges) == 1 else None
        if clause.field in {"changed", "resolved"} and below is not None and not clause.negated:
            yield "t.opened_at < ?", (below,)  # nothing is changed before it is opened
        found = _condition(clause, now)
        if found is not None:
            sql, params = found
            yield (f"NOT ({sql})" if clause.negated else sql), params


def _condition(clause: Clause, now: int) -> Condition | None:
    if clause.field in _NAMES:
        sql = _NAMES[clause.field]
        return sql, (json.dumps(clause.values),) * sql.count("?")
    if clause.field == "status":
        return f"{_NOW} {_AMONG}", (now, json.dumps(clause.values))
    if clause.field in _RANGED:
        bounded = [_bounded(_MEASURED[clause.field], each) for each in clause.ranges]
        either = " OR ".join(sql for sql, _ in bounded)
        bounds = tuple(each for _, params in bounded for each in params)
        return _RANGED[clause.field].format(f"({either})", f"({either})"), bounds * (
            2 if clause.field == "due" else 1
        )
    if clause.field in _MARKS:
        mark = _MARKS[clause.field]
        return (mark if clause.values == ("yes",) else f"NOT ({mark})"), ()
    if clause.field == "is":
        return of_all(_PROMISE.format("p.due_at < ?")), (now, now)
    return None


def _bounded(measured: str, wanted: Range) -> Condition:
    least = 0 if wanted.least is None else wanted.least
    below = NEVER if wanted.below is None else wanted.below
    return f"({measured} >= ? AND {measured} < ?)", (least, below)


class Candidates(NamedTuple):
    """A SELECT of ids, found by an index, among which every ticket is that is wanted."""

    sql: str
    """The SELECT; it may be long."""

    params: tuple[Value, ...]
    """Its parameters."""

    counted: str
    """A quicker SELECT of as many rows."""

    clause: Clause | None = None
    """The clause that holds of all of them, where none of them need be looked at for it."""


def candidates(query: Query, now: int, *, opened: bool = False) -> Iterator[Candidates]:
    """Lists of ids, each of which holds every ticket that is wanted.

    Args:
        query: What was asked.
        now: The moment.
        opened: Whether those of a period are listed too: in the order of time no list is needed.

    Yields:
        One for each clause that has an index of its own.
    """
    if query.only is not None:
        yield Candidates(_ONLY, (json.dumps(query.only),), _ONLY)
        return
    for clause in query.clauses:
        found = None if clause.negated else _found(clause, now)
        if found is None or (clause.field == "opened" and not opened):
            continue
        sql, params = found
        of_all = clause.field not in _OF_ITSELF
        is_sure = clause.field in {"is", "due"}
        ids = _ROOTS.format(sql) if of_all else sql
        yield Candidates(ids, params, sql, clause if is_sure else None)


def _found(clause: Clause, now: int) -> Condition | None:
    """What the index of a clause finds, merged tickets among it."""
    if clause.field in _FEW_BY_NAME:
        return _FEW_BY_NAME[clause.field], (json.dumps(clause.values),)
    if clause.field in _FEW_BY_MARK and clause.values == ("yes",):
        return _FEW_BY_MARK[clause.field], ()
    if clause.field == "is":
        return _FEW_IN_RANGE["due"], (0, now)
    if clause.field in _FEW_IN_RANGE and len(clause.ranges) == 1:
        (wanted,) = clause.ranges
        least = 0 if wanted.least is None else wanted.least
        return _FEW_IN_RANGE[clause.field], (
            least, NEVER if wanted.below is None else wanted.below,
        )  # fmt: skip
    return None


def candidates_by_calls(query: Query) -> Iterator[Candidates]:
    """Lists of the tickets that have several calls, which take a walk through all calls.

    Args:
        query: What was asked.

    Yields:
        One for each clause that wants so many; quicker than to count each ticket's calls.
    """
    for clause in query.of("calls"):
        least = clause.ranges[0].least or 0
        if least > 1 and len(clause.ranges) == 1 and not clause.negated:
            yield Candidates(_ROOTS.format(_BY_CALLS), (least,), _BY_CALLS)


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


def joined(held: Sequence[Condition]) -> tuple[str, list[Value]]:
    """Join conditions.

    Args:
        held: What must hold.

    Returns:
        What stands behind WHERE, and its parameters.
    """
    where = "\n    AND ".join(sql for sql, _ in held)
    return where, [each for _, params in held for each in params]
