"""The rows of calls and their segments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.port import Port, Rows, Statement, Value

_ADD = """
INSERT INTO call(id, clerk, console, court, office, zone, direction, started_at, edited, source)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_SEGMENT = """
INSERT INTO call_segment(id, call, kind, clerk, console, from_at) VALUES (?, ?, ?, ?, ?, ?)
"""
_SAVE_TIMES = """
UPDATE call SET started_at = ?, ended_at = ?, wrap_ended_at = ?, talk_s = ?, hold_s = ?,
    edited = ?
WHERE id = ?
"""
_END_SEGMENTS = """
UPDATE call_segment SET to_at = max(?, from_at), seconds = ?
WHERE call = ? AND to_at IS NULL
"""
_TURN_SEGMENT = "UPDATE call_segment SET kind = ? WHERE call = ? AND to_at IS NULL"
_ADD_LINK = "INSERT INTO call_ticket(call, ticket, share) VALUES (?, ?, 1.0)"
_MOVE_LINK = "UPDATE call_ticket SET ticket = ? WHERE call = ? AND ticket = ?"
_SAVE_CALLER = """
UPDATE call SET caller = ?, phone = ?, matched = ?, court = ?, office = ?, zone = ? WHERE id = ?
"""
_SAVE_SYMPTOM = "UPDATE call SET symptom = ?, typed = ? WHERE id = ?"
_SAVE_ENDED = "UPDATE call SET ended_at = max(?, started_at), edited = max(edited, ?) WHERE id = ?"
_SAVE_RESUMED = """
UPDATE call SET ended_at = NULL, wrap_ended_at = NULL, outcome = NULL, reason = '',
    talk_s = NULL, hold_s = NULL, wrap_s = NULL
WHERE id = ?
"""
_SAVE_FINISHED = """
UPDATE call SET wrap_ended_at = ?, outcome = ?, reason = ?, talk_s = ?, hold_s = ?, wrap_s = ?,
    clock_changed = ?, playbook_outcome = ?
WHERE id = ?
"""
_SEGMENTS = """
SELECT id, kind, clerk, from_at, to_at, seconds FROM call_segment WHERE call = ?
ORDER BY from_at, id
"""
_GET = """
SELECT l.*, k.login AS login, t.id AS ticket, t.year, t.n, t.caller AS ticket_caller,
    t.court AS ticket_court, t.office AS ticket_office, t.zone AS ticket_zone,
    t.symptom AS ticket_symptom, t.version, t.status, t.opened_at, t.wakes_at, t.reopened,
    t.resolved_at, t.outcome AS ticket_outcome, t.merged_into, d.text AS draft,
    coalesce(j.seq, 0) AS head_seq, coalesce(j.hash, '') AS head_hash,
    EXISTS (SELECT 1 FROM answer a
        WHERE a.ticket = t.id AND a.opened IS NOT NULL AND a.struck = 0) AS handed_over
FROM call l
JOIN clerk k ON k.id = l.clerk
JOIN call_ticket x ON x.call = l.id
JOIN ticket t ON t.id = x.ticket
LEFT JOIN draft d ON d.call = l.id
LEFT JOIN journal j ON j.subject = 'ticket:' || t.id
    AND j.seq = (SELECT max(seq) FROM journal WHERE subject = 'ticket:' || t.id)
WHERE l.id = ?
ORDER BY x.ticket LIMIT 1
"""
_RUNNING = """
SELECT l.id, l.clerk, k.login, l.started_at, l.ended_at, l.court, l.caller, c.name AS caller_name,
    l.symptom, t.year, t.n, t.id AS ticket,
    (SELECT s.kind FROM call_segment s WHERE s.call = l.id AND s.to_at IS NULL LIMIT 1) AS running,
    (SELECT s.from_at FROM call_segment s WHERE s.call = l.id AND s.to_at IS NULL LIMIT 1)
        AS since,
    (SELECT s.console FROM call_segment s WHERE s.call = l.id AND s.to_at IS NULL LIMIT 1)
        AS console
FROM call l INDEXED BY call_running JOIN clerk k ON k.id = l.clerk
JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
LEFT JOIN caller c ON c.id = l.caller
WHERE l.wrap_ended_at IS NULL ORDER BY l.started_at
"""  # the index is named: SQLite would begin with every call there ever was
_LEFT_BEHIND = """
SELECT l.id, l.started_at, o.seen_at, o.host, o.boot, o.pid, o.closed_at,
    (SELECT max(j.at) FROM journal j WHERE j.subject = 'ticket:' || t.id) AS entry_at
FROM call l
JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
JOIN call_segment s ON s.call = l.id AND s.to_at IS NULL
LEFT JOIN console o ON o.id = s.console
WHERE l.wrap_ended_at IS NULL AND l.clerk = ? AND s.kind <> 'hold' AND s.console IS NOT ?
ORDER BY l.started_at
"""
_SAVE_DRAFT = """
INSERT INTO draft(call, text, at) VALUES (?, ?, ?)
ON CONFLICT(call) DO UPDATE SET text = excluded.text, at = excluded.at
"""
_DROP_DRAFT = "DELETE FROM draft WHERE call = ?"


def add_call(
    call: int,
    clerk: int,
    console: int | None,
    place: tuple[str, str, str],
    direction: str,
    started_at: int,
    *,
    edited: bool,
    source: str,
) -> Statement:
    """Write a call down.

    Args:
        call: Its id.
        clerk: Who took it.
        console: On which console; ``None`` for one that is only recorded.
        place: Court, office and the office's zone.
        direction: ``in`` or ``out``.
        started_at: When it began, in seconds UTC.
        edited: Whether that time was set by hand.
        source: The door it came through.

    Returns:
        The statement.
    """
    row = (call, clerk, console, *place, direction, started_at, int(edited), source)
    return (_ADD, row)


def add_link(call: int, ticket: int) -> Statement:
    """Tie a call to the ticket that it works on."""
    return (_ADD_LINK, (call, ticket))


def move_link(call: int, old: int, new: int) -> Statement:
    """Tie a call to another ticket instead."""
    return (_MOVE_LINK, (new, call, old))


def add_segment(
    segment: int, call: int, kind: str, clerk: int, console: int | None, from_at: int
) -> Statement:
    """Begin a stretch of talk, hold or wrap; every argument is a column."""
    return (_ADD_SEGMENT, (segment, call, kind, clerk, console, from_at))


def end_segments(call: int, to_at: int, seconds: int | None) -> Statement:
    """End the stretch that is running.

    Args:
        call: The call.
        to_at: When, in seconds UTC.
        seconds: How long it took by a clock that nobody can set; ``None`` when unknown.

    Returns:
        The statement.
    """
    return (_END_SEGMENTS, (to_at, seconds, call))


def turn_segment(call: int, kind: str) -> Statement:
    """Say that the stretch that is running is of another kind."""
    return (_TURN_SEGMENT, (kind, call))


def save_caller(
    call: int, caller: int | None, phone: str, matched: str, place: tuple[str, str, str]
) -> Statement:
    """Write down who calls, from which number and about which court."""
    return (_SAVE_CALLER, (caller, phone, matched, *place, call))


def save_symptom(call: int, symptom: str, typed: str) -> Statement:
    """Write down what is wrong, and what was typed to find it; empty for not known."""
    return (_SAVE_SYMPTOM, (symptom or None, typed, call))


def save_ended(call: int, at: int, *, edited: bool = False) -> Statement:
    """Write down that the caller hung up."""
    return (_SAVE_ENDED, (at, int(edited), call))


def save_resumed(call: int) -> Statement:
    """Take back that the caller hung up."""
    return (_SAVE_RESUMED, (call,))


def save_finished(call: int, columns: tuple[Value, ...]) -> Statement:
    """Write down how a call ended.

    Args:
        call: The call.
        columns: When the clerk was done with it, outcome, reason, seconds of talk, hold and
            wrap, whether the computer's clock was set meanwhile, and what the playbook's end
            says.

    Returns:
        The statement.
    """
    return (_SAVE_FINISHED, (*columns, call))


def save_times(call: int, times: Mapping[str, Value]) -> Statement:
    """Write down corrected times of a finished call.

    Args:
        call: The call.
        times: ``started_at, ended_at, wrap_ended_at, talk_s, hold_s`` and ``edited``.

    Returns:
        The statement.
    """
    names = ("started_at", "ended_at", "wrap_ended_at", "talk_s", "hold_s", "edited")
    return (_SAVE_TIMES, (*(times[name] for name in names), call))


def get_call(port: Port, call: int) -> dict[str, Any] | None:
    """Fetch one call with its draft and its ticket, the head of whose chain is there too.

    Args:
        port: The database.
        call: The call's id.

    Returns:
        The row, which also says whether a step handed over to another playbook; or ``None``.
    """
    return port.query(_GET, (call,)).one()


def get_segments(port: Port, call: int) -> list[dict[str, Any]]:
    """Fetch the stretches of a call.

    Args:
        port: The database.
        call: The call's id.

    Returns:
        The rows, first to last.
    """
    return list(port.query(_SEGMENTS, (call,)).dicts())


def find_running(port: Port) -> Rows:
    """List the calls that are going on, parked or in wrap, of every clerk.

    Args:
        port: The database.

    Returns:
        The rows, first to last.
    """
    return port.query(_RUNNING)


def find_left_behind(port: Port, clerk: int, console: int | None) -> Rows:
    """List a clerk's calls that run on a console other than this one.

    Args:
        port: The database.
        clerk: The clerk.
        console: This console.

    Returns:
        The rows with what the other console last said of itself.
    """
    return port.query(_LEFT_BEHIND, (clerk, console))


def save_draft(call: int, text: str, at: int) -> Statement:
    """Keep what stands in the note box."""
    return (_SAVE_DRAFT, (call, text, at))


def drop_draft(call: int) -> Statement:
    """Forget what stood in the note box."""
    return (_DROP_DRAFT, (call,))
