"""The full-text index over tickets and callers, and what is asked of it.

What a person typed never reaches the index as its query language: every word is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from helpdesk.domain.queries import Query
from helpdesk.port import Statement

_JOINED: Final = "-.@\\+ "
"""Signs in a court, office, login or slug that its one token has as ``_``."""


def _as_token(column: str) -> str:
    for sign in _JOINED:
        column = f"replace({column}, '{sign}', '_')"
    return column


_TICKETS = f"""
INSERT INTO ticket_text(ticket, text)
SELECT t.id,
    'court_' || {_as_token("t.court")} || ' office_' || {_as_token("t.office")}
    || ' clerk_' || (SELECT {_as_token("login")} FROM clerk WHERE id = t.clerk)
    || ' symptom_' || {_as_token("coalesce(t.symptom, 'none')")}
    || ' ' || printf('T-%02d-%05d', t.year % 100, t.n) || ' ' || t.n || ' '
    || coalesce(t.symptom, '') || ' '
    || coalesce((SELECT c.name || ' ' || c.firm || ' ' || c.email || ' ' || c.bar_number || ' '
        || coalesce((SELECT group_concat(p.digits || ' ' || substr(p.digits, -4), ' ')
                     FROM caller_phone p WHERE p.caller = c.id), '')
        FROM caller c WHERE c.id = t.caller), '') || ' '
    || coalesce((SELECT group_concat(n.text, ' ') FROM note n
                 WHERE n.ticket = t.id AND n.struck = 0), '') || ' '
    || coalesce((SELECT group_concat(a.kind || ' ' || a.fields, ' ') FROM action a
                 WHERE a.ticket = t.id AND a.struck = 0), '') || ' '
    || coalesce((SELECT group_concat(tag, ' ') FROM tag WHERE tag.ticket = t.id), '')
FROM ticket t
"""  # noqa: S608 - constant
_CALLERS = """
INSERT INTO caller_text(caller, text)
SELECT c.id, c.name || ' ' || c.firm || ' ' || c.email || ' ' || c.bar_number || ' '
    || coalesce((SELECT group_concat(
        p.digits || ' ' || substr(p.digits, 2) || ' ' || substr(p.digits, 3) || ' '
        || substr(p.digits, 4) || ' ' || substr(p.digits, 5) || ' ' || substr(p.digits, 6)
        || ' ' || substr(p.digits, 7) || ' ' || substr(p.digits, 8), ' ')
        FROM caller_phone p WHERE p.caller = c.id), '')
FROM caller c
"""
_CHANGED = "DO UPDATE SET text = excluded.text WHERE text IS NOT excluded.text"
_MANY = "(SELECT value FROM json_each(?))"

INDEX_TICKET = f"{_TICKETS} WHERE t.id = ? ON CONFLICT(ticket) {_CHANGED}"
"""Writes the text of one ticket as it stands in its rows."""

INDEX_TICKETS = f"{_TICKETS} WHERE t.id IN {_MANY} ORDER BY t.id ON CONFLICT(ticket) {_CHANGED}"
"""The same for many tickets at once: the index is written once a statement, not once a row."""

INDEX_TICKETS_OF = (
    f"{_TICKETS} WHERE t.caller IN {_MANY} ORDER BY t.id ON CONFLICT(ticket) {_CHANGED}"
)
"""The same for all tickets of some callers."""

INDEX_CALLER = f"{_CALLERS} WHERE c.id = ? ON CONFLICT(caller) {_CHANGED}"
"""Writes the text of one caller; every ending of a number is a word, so that any part finds it."""

INDEX_CALLERS = f"{_CALLERS} WHERE c.id IN {_MANY} ORDER BY c.id ON CONFLICT(caller) {_CHANGED}"
"""The same for many callers at once."""


def index_ticket(ticket: int) -> Statement:
    """Bring the index of one ticket up to date.

    Args:
        ticket: The ticket's id.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_TICKET, (ticket,))


def index_tickets(tickets: Iterable[int]) -> Statement:
    """Bring the index of many tickets up to date.

    Args:
        tickets: The tickets' ids.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_TICKETS, (json.dumps(list(tickets)),))


def index_tickets_of(callers: Iterable[int]) -> Statement:
    """Bring the index of all tickets of some callers up to date.

    Args:
        callers: The callers' ids.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_TICKETS_OF, (json.dumps(list(callers)),))


def index_caller(caller: int) -> Statement:
    """Bring the index of one caller up to date.

    Args:
        caller: The caller's id.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_CALLER, (caller,))


def index_callers(callers: Iterable[int]) -> Statement:
    """Bring the index of many callers up to date.

    Args:
        callers: The callers' ids.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_CALLERS, (json.dumps(list(callers)),))


def match_of(query: Query) -> str:
    """The index's own query for what a person asked.

    Args:
        query: What was asked.

    Returns:
        Quoted words joined by *and*; empty when nothing is to be matched.
    """
    wanted = [
        f'"{field}_{_token(value)}"'
        for field in ("court", "clerk")
        if (value := getattr(query, field))
    ]
    if query.symptom:
        wanted.append(f'"symptom_{_token(query.symptom)}" *')
    for place, group in enumerate(query.words):
        last = query.half_typed and place == len(query.words) - 1
        wanted.append(f'"{" ".join(group)}"' + (" *" if last else ""))
    return " ".join(wanted)


def _token(value: str) -> str:
    return "".join("_" if sign in _JOINED else sign for sign in value.replace('"', "_"))
