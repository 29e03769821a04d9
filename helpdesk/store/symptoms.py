"""What was typed to find playbooks, which symptoms come in, and what callers said before."""

from __future__ import annotations

from typing import Final

from helpdesk.port import Port, Rows, Statement

_ADD_PHRASE: Final = """
INSERT INTO phrase(id, ticket, call, text, first, chosen, at, clerk)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_MISSED: Final = """
SELECT p.text, p.first, p.chosen, t.symptom AS symptom, p.at, t.zone, t.year, t.n
FROM phrase p JOIN ticket t ON t.id = p.ticket
WHERE p.at >= ? AND p.at < ? AND (? = '' OR t.court = ?)
    AND (p.first IS NULL OR p.chosen IS NOT p.first OR t.symptom IS NOT p.chosen)
ORDER BY p.at DESC, p.id DESC
"""
_COUNT_PHRASES: Final = """
SELECT count(*) FROM phrase p JOIN ticket t ON t.id = p.ticket
WHERE p.at >= ? AND p.at < ? AND (? = '' OR t.court = ?)
"""
_COME_IN: Final = """
SELECT symptom, count(*) FROM call INDEXED BY call_started
WHERE started_at >= ? AND court = ? AND symptom IS NOT NULL AND id <> ? GROUP BY symptom
"""  # the index is named: SQLite would go through every symptom there ever was
_SAID_BEFORE: Final = """
SELECT a.ticket, a.playbook, a.step, a.fact, a.value, a.at, t.year, t.n, t.court
FROM answer a JOIN ticket t ON t.id = a.ticket
WHERE a.ticket IN (SELECT value FROM json_each(?)) AND a.struck = 0
ORDER BY a.at, a.id
"""


def add_phrase(
    phrase: int,
    ticket: int,
    call: int,
    text: str,
    found: tuple[str | None, str | None],
    at: int,
    clerk: int,
) -> Statement:
    """Write down what was typed to find a playbook.

    Args:
        phrase: The row's id.
        ticket: The ticket.
        call: The call.
        text: What was typed.
        found: What was ranked first, and what was chosen.
        at: When, in seconds UTC.
        clerk: Who typed it.

    Returns:
        The statement.
    """
    return (_ADD_PHRASE, (phrase, ticket, call, text, *found, at, clerk))


def find_missed(port: Port, start: int, end: int, court: str) -> Rows:
    """List the phrases that found nothing, or after which another playbook was chosen.

    Args:
        port: The database.
        start: From when, in seconds UTC.
        end: Up to and without this moment.
        court: One court only; empty for all.

    Returns:
        The rows, newest first.
    """
    return port.query(_MISSED, (start, end, court, court))


def count_phrases(port: Port, start: int, end: int, court: str) -> int:
    """Count every phrase that was typed; the arguments are those of ``find_missed``."""
    return int(port.query(_COUNT_PHRASES, (start, end, court, court)).value())


def count_symptoms(port: Port, court: str, since: int, but: int) -> dict[str, int]:
    """Count what came in at a court.

    Args:
        port: The database.
        court: The court's id.
        since: From when, in seconds UTC.
        but: A call that is left out.

    Returns:
        Calls by symptom.
    """
    return dict(port.query(_COME_IN, (since, court, but)).rows)


def find_said_before(port: Port, tickets: str) -> Rows:
    """List what was answered on some tickets, with what it says about facts.

    Args:
        port: The database.
        tickets: The tickets' ids as a JSON list.

    Returns:
        The rows, oldest first.
    """
    return port.query(_SAID_BEFORE, (tickets,))
