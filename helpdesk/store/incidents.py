"""The rows of incidents: attached tickets, and promises that wait for the end."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.port import Port, Rows, Statement

_ADD: Final = """
INSERT INTO incident(id, n, court, symptom, line, declared_at, clerk)
VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM incident), ?, ?, ?, ?, ?)
"""
_NUMBER: Final = "SELECT n FROM incident WHERE id = ?"
_SAVE_ENDED: Final = "UPDATE incident SET ended_at = ?, ended_by = ?, note = ? WHERE id = ?"
_ATTACH: Final = """
INSERT INTO incident_ticket(id, incident, ticket, call, at, clerk) VALUES (?, ?, ?, ?, ?, ?)
"""
_COLUMNS: Final = """
i.id, i.n, i.court, i.symptom, i.line, i.declared_at, k.login AS clerk, i.ended_at,
    coalesce(e.login, '') AS ended_by, i.note,
    (SELECT count(DISTINCT x.ticket) FROM incident_ticket x
        WHERE x.incident = i.id AND x.struck = 0) AS tickets,
    (SELECT count(*) FROM promise p
        WHERE p.incident = i.id AND p.done_at IS NULL AND p.struck = 0) AS promised
"""
_WHO: Final = "JOIN clerk k ON k.id = i.clerk LEFT JOIN clerk e ON e.id = i.ended_by"
_INCIDENTS: Final = f"SELECT {_COLUMNS} FROM incident i {_WHO}"  # noqa: S608 - constant
_RUN: Final = f"""
SELECT {_COLUMNS} FROM incident i INDEXED BY incident_running {_WHO} WHERE i.ended_at IS NULL
"""  # noqa: S608 - constant
_GET: Final = f"{_INCIDENTS} WHERE i.n = ?"
_ALL: Final = f"{_INCIDENTS} ORDER BY i.ended_at IS NOT NULL, i.n DESC LIMIT ?"
_COUNT: Final = "SELECT count(*) FROM incident"
_RUNNING: Final = f"{_RUN} ORDER BY i.n DESC"
_RUNNING_AT: Final = f"{_RUN} AND i.court = ? ORDER BY i.n DESC"
_ATTACHED: Final = f"""
{_INCIDENTS} JOIN incident_ticket x ON x.incident = i.id
WHERE x.ticket = ? AND x.struck = 0 AND i.ended_at IS NULL ORDER BY x.at DESC, x.id DESC LIMIT 1
"""
_TICKETS: Final = """
SELECT t.id, t.year, t.n, t.status, t.wakes_at, t.zone, min(x.at) AS at, c.name AS caller,
    (SELECT min(p.due_at) FROM promise p WHERE p.ticket = t.id AND p.incident = x.incident
        AND p.done_at IS NULL AND p.struck = 0) AS due_at
FROM incident_ticket x JOIN ticket t ON t.id = x.ticket LEFT JOIN caller c ON c.id = t.caller
WHERE x.incident = ? AND x.struck = 0 GROUP BY t.id ORDER BY at, t.id
"""
_RUNNING_TOO: Final = """
SELECT o.n, o.court, i.n AS over FROM incident i
JOIN incident o ON o.court = i.court AND o.symptom = i.symptom AND o.id <> i.id
WHERE i.id = ? AND o.ended_at IS NULL
"""
_WAITING: Final = """
SELECT p.ticket FROM promise p
WHERE p.incident = ? AND p.done_at IS NULL AND p.struck = 0 ORDER BY p.made_at, p.id
"""


def add_incident(
    incident: int, court: str, symptom: str, line: str, at: int, clerk: int
) -> Statement:
    """Write an incident down under the next number; every argument is a column."""
    return (_ADD, (incident, court, symptom, line, at, clerk))


def number_asked(incident: int) -> Statement:
    """The SELECT of an incident's number, for the batch that gives it."""
    return (_NUMBER, (incident,))


def save_incident_ended(incident: int, at: int, clerk: int, note: str) -> Statement:
    """Write down that an incident is over, who said so, and what else was said."""
    return (_SAVE_ENDED, (at, clerk, note, incident))


def add_attached(
    row: int, incident: int, ticket: int, call: int, at: int, clerk: int
) -> Statement:
    """Tie a ticket to an incident; every argument is a column."""
    return (_ATTACH, (row, incident, ticket, call, at, clerk))


def get_incident(port: Port, n: int) -> dict[str, Any] | None:
    """Fetch an incident by its number.

    Args:
        port: The database.
        n: The number.

    Returns:
        The row, or ``None``.
    """
    return port.query(_GET, (n,)).one()


def find_incidents(port: Port, limit: int) -> tuple[Rows, int]:
    """List incidents: those that run first, then the newest.

    Args:
        port: The database.
        limit: The most to fetch.

    Returns:
        The rows, and how many incidents there are in all.
    """
    rows, count = port.snapshot([(_ALL, (limit,)), (_COUNT, ())])
    return rows, int(count.value())


def find_running_incidents(port: Port) -> Rows:
    """List the incidents that run now, the newest first."""
    return port.query(_RUNNING)


def running_asked(court: str) -> Statement:
    """The SELECT of the incidents that run at a court, the newest first."""
    return (_RUNNING_AT, (court,))


def attached_asked(ticket: int) -> Statement:
    """The SELECT of the running incident of a ticket, the last one; gives one row or none."""
    return (_ATTACHED, (ticket,))


def find_running_too(port: Port, incident: int) -> dict[str, Any] | None:
    """Find another incident that runs for the court and the symptom of one.

    Args:
        port: The database.
        incident: The incident's id.

    Returns:
        Its ``n`` and ``court``, and ``over``, the number of the one; ``None`` for none.
    """
    return port.query(_RUNNING_TOO, (incident,)).one()


def find_attached(port: Port, incident: int) -> Rows:
    """List the tickets attached to an incident, with the promise that waits for its end.

    Args:
        port: The database.
        incident: The incident's id.

    Returns:
        The rows, oldest first.
    """
    return port.query(_TICKETS, (incident,))


def find_waiting_for(port: Port, incident: int) -> list[dict[str, Any]]:
    """List the open promises that wait for the end of an incident.

    Args:
        port: The database.
        incident: The incident's id.

    Returns:
        The rows, the first made first.
    """
    return list(port.query(_WAITING, (incident,)).dicts())
