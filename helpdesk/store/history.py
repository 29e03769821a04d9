"""Rows of calls that are over, written whole; and what must be known before many are written."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from helpdesk.port import Port, Statement, Value

_ADD_TICKET = """
INSERT INTO ticket(id, year, n, caller, court, office, zone, clerk, symptom, version, status,
    outcome, opened_at, changed_at, resolved_at, wakes_at, reopened)
VALUES (?, ?, (SELECT max(coalesce(max(n), 0),
        coalesce((SELECT g.n FROM number_given g WHERE g.year = ?), 0)) + 1
    FROM ticket WHERE year = ?),
    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_CALL = """
INSERT INTO call(id, caller, phone, matched, clerk, court, office, zone, direction, symptom,
    started_at, ended_at, wrap_ended_at, outcome, reason, talk_s, hold_s, wrap_s, source,
    edited, clock_changed, precision)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_SPAN = "INSERT INTO status_span(id, ticket, status, from_at, to_at) VALUES (?, ?, ?, ?, ?)"
_ADD_SEGMENT = """
INSERT INTO call_segment(id, call, kind, clerk, from_at, to_at) VALUES (?, ?, ?, ?, ?, ?)
"""
_ADD_PROMISE = """
INSERT INTO promise(id, ticket, call, kind, due_at, zone, made_at, clerk, done_at, ended)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_ESCALATION = """
INSERT INTO escalation(id, ticket, call, target, at, clerk, returns_at, answered_at, answer)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SETTLE = """
UPDATE escalation SET answered_at = ?, answer = 'settled'
WHERE ticket = ? AND answered_at IS NULL AND struck = 0 AND at < ?
"""
_CLERKS = "SELECT login, id FROM clerk WHERE login IN (SELECT value FROM json_each(?))"
_CALLERS = """
SELECT p.digits, c.id, max(c.called_at)
FROM caller_phone p LEFT JOIN caller_root r ON r.caller = p.caller
JOIN caller c ON c.id = coalesce(r.root, p.caller)
WHERE p.digits IN (SELECT value FROM json_each(?)) GROUP BY p.digits
"""
_CALLED = "SELECT id, called_at FROM caller WHERE id IN (SELECT value FROM json_each(?))"
_TICKETS = """
SELECT t.id, t.status, t.outcome, t.resolved_at, t.wakes_at, t.reopened, t.symptom, t.version,
    t.changed_at,
    (SELECT max(s.from_at) FROM status_span s WHERE s.ticket = t.id AND s.to_at IS NULL) AS since
FROM ticket t WHERE t.id IN (SELECT value FROM json_each(?))
"""
_HEADS = """
SELECT substr(subject, 8) AS ticket, max(seq) AS seq, hash FROM journal
WHERE subject IN (SELECT 'ticket:' || value FROM json_each(?)) GROUP BY subject
"""
_IS_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM ticket) AND NOT EXISTS (SELECT 1 FROM caller)"


@dataclass(frozen=True, slots=True)
class Standings:
    """What the database knows of what many calls name."""

    clerks: dict[str, int]
    """The clerks' ids by login."""

    callers: dict[str, int]
    """For each number its caller's id."""

    tickets: dict[int, dict[str, Any]]
    """The tickets by id, each with the ``seq`` and ``hash`` of its newest journal entry."""

    called: dict[int, int]
    """When each of these callers, and of those who are meant by their ids, last called."""


def find_standings(
    port: Port,
    logins: Collection[str],
    digits: Collection[str],
    tickets: Collection[int],
    callers: Collection[int] = (),
) -> Standings:
    """Look up at once all that a batch of past calls names.

    Args:
        port: The database.
        logins: The clerks.
        digits: The callers' numbers.
        tickets: The tickets that are continued.
        callers: The callers who are meant by their ids.

    Returns:
        What is there.
    """
    names, numbers, ids, whose = (
        json.dumps(list(each)) for each in (logins, digits, tickets, callers)
    )
    asked: list[Statement] = [
        (_CLERKS, (names,)), (_CALLERS, (numbers,)), (_TICKETS, (ids,)), (_HEADS, (ids,)),
        (_CALLED, (whose,)),
    ]  # fmt: skip
    clerks, by_digits, found, heads, called = port.snapshot(asked)
    newest = {int(row["ticket"]): row for row in heads.dicts()}
    return Standings(
        clerks=dict(clerks.rows),
        callers={digits: caller for digits, caller, _ in by_digits.rows},
        tickets={row["id"]: row | newest[row["id"]] for row in found.dicts()},
        called={caller: at for _, caller, at in by_digits.rows} | dict(called.rows),
    )


def is_empty(port: Port) -> bool:
    """Whether the desk holds neither tickets nor callers.

    Args:
        port: The database.

    Returns:
        ``True`` for a desk that nobody has worked at.
    """
    return bool(port.query(_IS_EMPTY).value())


def add_past_ticket(ticket: int, year: int, *columns: Value) -> Statement:
    """Write a ticket down as it stands; its number is given inside the batch.

    Args:
        ticket: Its id.
        year: The series of its number.
        *columns: Caller, court, office, zone, clerk, symptom, version, status, outcome and the
            moments it was opened, changed, resolved and wakes at, then how often reopened.

    Returns:
        The statement.
    """
    return (_ADD_TICKET, (ticket, year, year, year, *columns))


def add_past_call(*columns: Value) -> Statement:
    """Write an ended call down; every argument is a column, in the order of the table."""
    return (_ADD_CALL, columns)


def add_past_span(
    span: int, ticket: int, status: str, from_at: int, to_at: int | None
) -> Statement:
    """Write a stretch in one status down; every argument is a column."""
    return (_ADD_SPAN, (span, ticket, status, from_at, to_at))


def add_past_segment(*columns: Value) -> Statement:
    """Write a stretch of talk, hold or wrap down; every argument is a column."""
    return (_ADD_SEGMENT, columns)


def add_past_escalation(*columns: Value) -> Statement:
    """Write an escalation down, perhaps answered; every argument is a column."""
    return (_ADD_ESCALATION, columns)


def settle_escalations(ticket: int, at: int) -> Statement:
    """Write down that nobody needs to answer a ticket's earlier escalations any more."""
    return (_SETTLE, (at, ticket, at))


def add_past_promise(*columns: Value) -> Statement:
    """Write a promise down, perhaps done with; every argument is a column."""
    return (_ADD_PROMISE, columns)
