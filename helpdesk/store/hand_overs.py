"""The rows of hand-over sheets and of notes for the shift."""

from __future__ import annotations

from typing import Any

from helpdesk.port import Port, Rows, Statement
from helpdesk.store.tickets import ROOT

_ADD = "INSERT INTO hand_over(id, at, clerk) VALUES (?, ?, ?)"
_ADD_LINE = """
INSERT INTO hand_over_line(id, hand_over, place, kind, row, ticket, at, said)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_SAVE_TAKEN = "UPDATE hand_over_line SET taken_at = ?, taken_by = ? WHERE id = ?"
_ADD_NOTE = "INSERT INTO shift_note(id, at, clerk, text) VALUES (?, ?, ?, ?)"
_NEWEST = """
SELECT h.id, h.at, k.login FROM hand_over h JOIN clerk k ON k.id = h.clerk
WHERE h.at > ? ORDER BY h.at DESC, h.id DESC LIMIT 1
"""
_ABOUT = f"""
hand_over_line l
LEFT JOIN call a ON a.id = l.row AND l.kind = 'parked'
LEFT JOIN incident i ON i.id = l.row AND l.kind = 'incident'
LEFT JOIN escalation e ON e.id = l.row AND l.kind = 'escalated'
LEFT JOIN shift_note n ON n.id = l.row AND l.kind = 'note'
LEFT JOIN promise p ON p.id = l.row AND l.kind IN ('callback', 'waiting')
LEFT JOIN ticket b ON b.id = coalesce(p.ticket, e.ticket)
LEFT JOIN ticket s ON s.id = {ROOT}
"""
_STANDING = """
coalesce(a.wrap_ended_at, i.ended_at, e.answered_at, p.done_at) IS NOT NULL AS done,
coalesce(e.struck, n.struck, p.struck, 0) AS struck, s.status
"""
_LINES = f"""
SELECT l.id, l.place, l.kind, l.row, l.ticket, l.at,
    CASE l.kind WHEN 'note' THEN upper(w.login) || ': ' || n.text ELSE l.said END AS said,
    l.taken_at, l.taken_by, k.login, t.year, t.n, t.court, c.name AS caller, {_STANDING}
FROM {_ABOUT} LEFT JOIN ticket t ON t.id = l.ticket LEFT JOIN caller c ON c.id = t.caller
LEFT JOIN clerk k ON k.id = l.taken_by LEFT JOIN clerk w ON w.id = n.clerk
WHERE l.hand_over = ? ORDER BY l.place
"""  # noqa: S608 - constant
_UNTAKEN = f"""
SELECT l.kind, {_STANDING} FROM {_ABOUT} WHERE l.hand_over = ? AND l.taken_at IS NULL
"""  # noqa: S608 - constant
_LINE = """
SELECT l.id, l.place, l.hand_over, l.taken_at, l.taken_by, k.login
FROM hand_over_line l LEFT JOIN clerk k ON k.id = l.taken_by WHERE l.id = ?
"""
_NOTES = """
SELECT n.id, n.at, k.login, n.text FROM shift_note n JOIN clerk k ON k.id = n.clerk
WHERE n.struck = 0 AND n.at >= ? AND NOT EXISTS (
    SELECT 1 FROM hand_over_line l
    WHERE l.row = n.id AND l.kind = 'note' AND (l.taken_at IS NOT NULL OR l.hand_over = ?)
)
ORDER BY n.at, n.id
"""


def add_hand_over(sheet: int, at: int, clerk: int) -> Statement:
    """Write a sheet down; every argument is a column."""
    return (_ADD, (sheet, at, clerk))


def add_line(
    line: int,
    sheet: int,
    place: int,
    about: tuple[str, int, int | None],
    at: int,
    said: str,
) -> Statement:
    """Write a line of a sheet down.

    Args:
        line: Its id.
        sheet: The sheet.
        place: Its place, from 1.
        about: Its kind, the row that it is about, and the ticket.
        at: When it is due, or since when it is so, in seconds UTC.
        said: What it says; empty for a note, whose own text is read.

    Returns:
        The statement.
    """
    return (_ADD_LINE, (line, sheet, place, *about, at, said))


def save_taken(line: int, at: int | None, clerk: int | None) -> Statement:
    """Write down who took a line over, or that nobody has it any more."""
    return (_SAVE_TAKEN, (at, clerk, line))


def add_shift_note(note: int, at: int, clerk: int, text: str) -> Statement:
    """Write a note for the shift down; every argument is a column."""
    return (_ADD_NOTE, (note, at, clerk, text))


def find_newest(port: Port, since: int) -> dict[str, Any] | None:
    """Find the newest sheet.

    Args:
        port: The database.
        since: Only one made after this, in seconds UTC.

    Returns:
        The row, or ``None``.
    """
    return port.query(_NEWEST, (since,)).one()


def find_lines(port: Port, sheet: int) -> Rows:
    """List the lines of a sheet, each with how what it is about stands by now, in order."""
    return port.query(_LINES, (sheet,))


def find_untaken(port: Port, sheet: int) -> Rows:
    """Say of the lines of a sheet that nobody took how what they are about stands by now."""
    return port.query(_UNTAKEN, (sheet,))


def get_line(port: Port, line: int) -> dict[str, Any] | None:
    """Fetch one line.

    Args:
        port: The database.
        line: Its id.

    Returns:
        The row, or ``None``.
    """
    return port.query(_LINE, (line,)).one()


def find_notes(port: Port, since: int, sheet: int) -> Rows:
    """List the notes for the shift that nobody has taken over yet.

    Args:
        port: The database.
        since: Only those written from this moment on, in seconds UTC.
        sheet: The sheet whose own notes are left out; 0 for none.

    Returns:
        The rows, oldest first.
    """
    return port.query(_NOTES, (since, sheet))
