"""The rows of callers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from helpdesk.domain.calls import Caller, PastCall
from helpdesk.domain.tickets import number_said, status_now
from helpdesk.port import Port, Rows, Statement

_COLUMNS = """
c.id, c.name, c.firm, c.role, c.email, c.bar_number, c.court, c.office,
(SELECT json_group_array(number) FROM (
    SELECT DISTINCT p.digits || CASE p.extension WHEN '' THEN '' ELSE 'x' || p.extension END
        AS number
    FROM caller_phone p WHERE p.caller = c.id OR p.caller IN (
        WITH RECURSIVE merged(id) AS (
            SELECT m.id FROM caller m WHERE m.merged_into = c.id
            UNION
            SELECT m.id FROM merged JOIN caller m ON m.merged_into = merged.id
        )
        SELECT id FROM merged
    )
)) AS phones, c.called_at
"""
_GET = f"SELECT {_COLUMNS} FROM caller c WHERE c.id = ?"  # noqa: S608 - constant
_MANY = f"""
SELECT {_COLUMNS} FROM json_each(?) wanted JOIN caller c ON c.id = wanted.value
ORDER BY wanted.key
"""  # noqa: S608 - constant
_ADD = """
INSERT INTO caller(id, name, firm, role, email, bar_number, court, office, added_at, called_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_PHONE = """
INSERT INTO caller_phone(caller, digits, extension) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
"""
_CALLED = "UPDATE caller SET called_at = max(called_at, ?), court = ?, office = ? WHERE id = ?"
_PAST = """
SELECT t.id, t.year, t.n, t.opened_at, t.symptom, t.status, t.wakes_at, t.outcome, k.login,
    (SELECT max(l.ended_at) FROM call_ticket x JOIN call l ON l.id = x.call WHERE x.ticket = t.id)
        AS ended_at,
    coalesce((SELECT max(l.started_at) FROM call_ticket x JOIN call l ON l.id = x.call
        WHERE x.ticket = t.id AND l.direction = 'in'), t.opened_at) AS called_at
FROM (
    SELECT id FROM ticket
    WHERE caller IN (SELECT value FROM json_each(?)) AND id <> ?
        AND status NOT IN ('merged', 'void')
    ORDER BY opened_at DESC, id DESC LIMIT ?
) newest JOIN ticket t ON t.id = newest.id JOIN clerk k ON k.id = t.clerk
ORDER BY t.opened_at DESC, t.id DESC
"""
_OWNERS = """
SELECT caller, extension FROM caller_phone
WHERE digits = ? AND caller IN (SELECT value FROM json_each(?)) ORDER BY caller
"""
_CALLS = """
SELECT l.started_at, l.ended_at, coalesce(l.outcome, ''), coalesce(t.symptom, l.symptom, '')
FROM call l LEFT JOIN ticket t
    ON t.id = (SELECT min(x.ticket) FROM call_ticket x WHERE x.call = l.id)
WHERE l.caller IN (SELECT value FROM json_each(?)) AND l.started_at >= ? AND l.started_at < ?
    AND l.direction = 'in'
ORDER BY l.started_at, l.id
"""


def get_caller(port: Port, caller: int) -> Caller | None:
    """Fetch one caller.

    Args:
        port: The database.
        caller: The caller's id.

    Returns:
        The caller, or ``None``.
    """
    return next(map(_caller_of, port.query(_GET, (caller,)).rows), None)


def get_callers(port: Port, callers: Sequence[int]) -> list[Caller]:
    """Fetch several callers.

    Args:
        port: The database.
        callers: Their ids.

    Returns:
        The callers in the order of the ids, each with the numbers of those merged into it.
    """
    return [_caller_of(row) for row in port.query(_MANY, (json.dumps(callers),)).rows]


def get_callers_own(port: Port, callers: Sequence[int], digits: str) -> list[tuple[int, str]]:
    """Find on whose record a number is.

    Args:
        port: The database.
        callers: The ids that are looked at.
        digits: The number.

    Returns:
        Those who have it themselves, each with the extension that is on the record.
    """
    rows = port.query(_OWNERS, (digits, json.dumps(callers))).rows
    return [(int(caller), str(extension)) for caller, extension in rows]


def find_past(
    port: Port,
    callers: Sequence[int],
    but: int,
    now: int,
    limit: int,
) -> tuple[PastCall, ...]:
    """List a caller's newest tickets.

    Args:
        port: The database.
        callers: The ids that count as this one person.
        but: The ticket that is left out; 0 for none.
        now: The moment, for what wakes by itself.
        limit: The most to fetch.

    Returns:
        The tickets, newest first.
    """
    params = (json.dumps(callers), but, limit)
    return tuple(
        PastCall(
            ticket=row["id"],
            number=number_said(row["year"], row["n"]),
            opened_at=row["opened_at"],
            symptom=row["symptom"] or "",
            status=status_now(row["status"], row["wakes_at"], now),
            outcome=row["outcome"] or "",
            clerk=row["login"],
            ended_at=row["ended_at"],
            called_at=row["called_at"],
        )
        for row in port.query(_PAST, params).dicts()
    )


def find_calls_of(port: Port, callers: Sequence[int], start: int, end: int) -> Rows:
    """List a caller's inbound calls.

    Args:
        port: The database.
        callers: The ids that count as this one person.
        start: From when, in seconds UTC.
        end: Up to and without this moment.

    Returns:
        When each began and ended, its outcome and its symptom as it is now; the first first.
    """
    return port.query(_CALLS, (json.dumps(callers), start, end))


def add_caller(caller: Caller, at: int) -> Statement:
    """Write a caller down.

    Args:
        caller: The caller; phones come by ``add_phone``.
        at: When, in seconds UTC.

    Returns:
        The statement.
    """
    return (
        _ADD,
        (
            caller.id, caller.name, caller.firm, caller.role, caller.email, caller.bar_number,
            caller.court, caller.office, at, at,
        ),
    )  # fmt: skip


def add_phone(caller: int, digits: str, extension: str) -> Statement:
    """Write a number of a caller down; every argument is a column."""
    return (_ADD_PHONE, (caller, digits, extension))


def save_called(caller: int, court: str, office: str, at: int) -> Statement:
    """Write down when and about which court a caller last called."""
    return (_CALLED, (at, court, office, caller))


def _caller_of(row: Sequence[Any]) -> Caller:
    *known, phones, called_at = row
    columns = (*known, tuple(json.loads(phones or "[]")), called_at)
    return Caller(*columns)
