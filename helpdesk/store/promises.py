"""The rows of promises and escalations."""

from __future__ import annotations

from typing import Any

from helpdesk.port import Port, Rows, Statement
from helpdesk.store.tickets import MEMBERS, ROOT

_OPEN = """
WITH RECURSIVE member(id) AS (
    SELECT ?
    UNION
    SELECT t.id FROM member m JOIN ticket t ON t.merged_into = m.id
)
SELECT id, kind, due_at, zone, made_at, done_at, ended, reason, call, ticket, incident
FROM promise WHERE ticket IN member AND done_at IS NULL AND struck = 0
ORDER BY due_at, id
"""
_GET = """
SELECT p.id, p.kind, p.due_at, p.zone, p.made_at, p.done_at, p.ended, p.reason, p.call, p.ticket,
    p.incident, p.struck
FROM promise p WHERE p.id = ?
"""
_END = "UPDATE promise SET done_at = ?, ended = ?, reason = ? WHERE id = ?"
_SAVE_INCIDENT = "UPDATE promise SET incident = ? WHERE id = ?"
_CALLBACKS = f"""
SELECT p.due_at, p.done_at,
    (SELECT min(l.started_at) FROM call_ticket x JOIN call l ON l.id = x.call
        WHERE x.ticket IN {MEMBERS} AND l.direction = 'out' AND l.started_at >= p.made_at
            AND l.started_at <= coalesce(p.done_at, l.started_at)) AS attempt_at
FROM promise p INDEXED BY promise_day JOIN ticket b ON b.id = p.ticket
JOIN ticket t ON t.id = {ROOT}
WHERE p.kind = 'callback' AND p.struck = 0 AND p.due_at >= ? AND p.due_at < ?
    AND t.status <> 'void'
    AND NOT EXISTS (SELECT 1 FROM tag g WHERE g.ticket = t.id AND g.tag = 'test')
"""  # noqa: S608 - constant
_ADD_ESCALATION = """
INSERT INTO escalation(id, ticket, call, target, at, clerk, returns_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_ANSWER = """
UPDATE escalation SET answered_at = ?, answered_by = ?, answer = ?, reason = ? WHERE id = ?
"""
_ESCALATIONS = """
SELECT e.id, e.ticket, e.target, e.at, e.clerk, k.login, e.returns_at, e.answered_at,
    e.answered_by, a.login AS answerer, e.answer, e.reason, e.struck
FROM escalation e JOIN clerk k ON k.id = e.clerk LEFT JOIN clerk a ON a.id = e.answered_by
WHERE e.ticket = ? ORDER BY e.at, e.id
"""
_UNANSWERED = """
SELECT e.id, e.ticket, t.year, t.n, t.court, t.symptom, c.name AS caller, e.target, e.at,
    k.login, e.returns_at, t.changed_at
FROM escalation e INDEXED BY escalation_open JOIN ticket t ON t.id = e.ticket
JOIN clerk k ON k.id = e.clerk LEFT JOIN caller c ON c.id = t.caller
WHERE e.answered_at IS NULL AND e.struck = 0 AND t.status = 'escalated' ORDER BY e.at
"""
_RETURNED = """
SELECT e.ticket, t.year, t.n, t.symptom, c.name AS caller, e.answered_at, a.login AS answerer,
    e.reason, t.changed_at
FROM escalation e INDEXED BY escalation_returned JOIN ticket t ON t.id = e.ticket
LEFT JOIN caller c ON c.id = t.caller LEFT JOIN clerk a ON a.id = e.answered_by
WHERE e.answer = 'returned' AND e.answered_at > ? AND e.clerk = ? AND e.struck = 0
    AND t.status = 'open'
ORDER BY e.answered_at, e.id
"""


def find_open_promises(port: Port, ticket: int) -> list[dict[str, Any]]:
    """List what was promised on a ticket, or on one that goes on in it, and is not dealt with.

    Args:
        port: The database.
        ticket: The ticket's id.

    Returns:
        The rows, the next one due first.
    """
    return list(port.query(_OPEN, (ticket,)).dicts())


def get_promise(port: Port, promise: int) -> dict[str, Any] | None:
    """Fetch one promise.

    Args:
        port: The database.
        promise: Its id.

    Returns:
        The row, or ``None``.
    """
    return port.query(_GET, (promise,)).one()


def end_promise(promise: int, at: int, how: str, reason: str) -> Statement:
    """Write down how a promise was dealt with: called, came, moved or dropped."""
    return (_END, (at, how, reason, promise))


def save_incident(promise: int, incident: int) -> Statement:
    """Write down that a promise is about the end of an incident."""
    return (_SAVE_INCIDENT, (incident, promise))


def find_callbacks(port: Port, start: int, end: int) -> Rows:
    """List the promises to call back that fall due in a period, with the first attempt.

    Args:
        port: The database.
        start: The first second, UTC.
        end: The second after the last.

    Returns:
        The rows; none of void tickets and of trials.
    """
    return port.query(_CALLBACKS, (start, end))


def add_escalation(
    escalation: int,
    ticket: int,
    call: int | None,
    target: str,
    at: int,
    clerk: int,
    returns_at: int,
) -> Statement:
    """Write an escalation down; every argument is a column."""
    return (_ADD_ESCALATION, (escalation, ticket, call, target, at, clerk, returns_at))


def answer_escalation(
    escalation: int, at: int | None, clerk: int | None, answer: str | None, reason: str
) -> Statement:
    """Write down what became of an escalation: accepted, returned, settled or nothing yet."""
    return (_ANSWER, (at, clerk, answer, reason, escalation))


def find_escalations(port: Port, ticket: int) -> list[dict[str, Any]]:
    """List the escalations of a ticket.

    Args:
        port: The database.
        ticket: The ticket's id.

    Returns:
        The rows, oldest first.
    """
    return list(port.query(_ESCALATIONS, (ticket,)).dicts())


def find_unanswered(port: Port) -> Rows:
    """List the escalations that nobody answered, of tickets that are still escalated.

    Args:
        port: The database.

    Returns:
        The rows, oldest first.
    """
    return port.query(_UNANSWERED)


def find_returned(port: Port, since: int, clerk: int) -> Rows:
    """List a clerk's escalations that were given back and are still open.

    Args:
        port: The database.
        since: Only those given back after this, in seconds UTC.
        clerk: Who escalated.

    Returns:
        The rows, oldest first.
    """
    return port.query(_RETURNED, (since, clerk))
