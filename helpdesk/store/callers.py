"""The rows of callers."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.domain.calls import Caller, PastCall
from helpdesk.domain.tickets import number_said, status_now
from helpdesk.port import Port, Statement
from helpdesk.store.search import words_match

_COLUMNS = """
c.id, c.name, c.firm, c.role, c.email, c.bar_number, c.court, c.office, c.called_at,
(SELECT json_group_array(digits) FROM caller_phone p WHERE p.caller = c.id) AS phones
"""
_GET = f"SELECT {_COLUMNS} FROM caller c WHERE c.id = ?"  # noqa: S608 - constant
_NEWEST = f"""
SELECT {_COLUMNS} FROM caller c WHERE c.merged_into IS NULL ORDER BY c.called_at DESC LIMIT ?
"""  # noqa: S608 - constant
_FIND = f"""
SELECT {_COLUMNS} FROM caller_search s JOIN caller c ON c.id = s.rowid
WHERE caller_search MATCH ? AND c.merged_into IS NULL
ORDER BY s.rowid DESC LIMIT ?
"""  # noqa: S608 - constant
_BY_PHONE = f"""
SELECT {_COLUMNS} FROM caller_phone f JOIN caller c ON c.id = f.caller
WHERE f.digits = ? AND c.merged_into IS NULL ORDER BY c.called_at DESC LIMIT ?
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
        AS ended_at
FROM ticket t JOIN clerk k ON k.id = t.clerk
WHERE t.caller = ? AND t.id <> ? AND t.status NOT IN ('merged', 'void')
ORDER BY t.opened_at DESC LIMIT ?
"""


def get_caller(port: Port, caller: int) -> Caller | None:
    """Fetch one caller.

    Args:
        port: The database.
        caller: The caller's id.

    Returns:
        The caller, or ``None``.
    """
    row = port.query(_GET, (caller,)).one()
    return caller_of(row) if row else None


def find_callers(port: Port, words: list[str], limit: int) -> list[Caller]:
    """Find callers by the beginnings of words, or of any part of a number.

    Args:
        port: The database.
        words: What was typed, without signs; nothing lists who called last.
        limit: The most to fetch.

    Returns:
        The callers, the newest on record first.
    """
    match = words_match(words)
    rows = port.query(_FIND, (match, limit)) if match else port.query(_NEWEST, (limit,))
    return [caller_of(row) for row in rows.dicts()]


def find_by_phone(port: Port, digits: str, limit: int) -> list[Caller]:
    """Find who is on record with a number.

    Args:
        port: The database.
        digits: The whole number.
        limit: The most to fetch.

    Returns:
        The callers, who called last first.
    """
    return [caller_of(row) for row in port.query(_BY_PHONE, (digits, limit)).dicts()]


def find_past(port: Port, caller: int, but: int, now: int, limit: int) -> tuple[PastCall, ...]:
    """List a caller's earlier tickets.

    Args:
        port: The database.
        caller: The caller's id.
        but: The ticket that is left out.
        now: The moment, for what wakes by itself.
        limit: The most to fetch.

    Returns:
        The tickets, newest first.
    """
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
        )
        for row in port.query(_PAST, (caller, but, limit)).dicts()
    )


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


def caller_of(row: dict[str, Any]) -> Caller:
    """Make a caller of a row.

    Args:
        row: The columns of a caller, its phones as JSON.

    Returns:
        The caller.
    """
    return Caller(**{**row, "phones": tuple(json.loads(row["phones"] or "[]"))})
