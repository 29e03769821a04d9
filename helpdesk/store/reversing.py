"""The columns that an undo may set back, and how each is read and written."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.phones import Phone
from helpdesk.port import Port, Statement

COLUMNS: Final = {
    "ticket": (
        "caller", "court", "office", "zone", "clerk", "symptom", "version", "status", "outcome",
        "resolved_at", "wakes_at", "reopened", "merged_into",
    ),
    "call": (
        "caller", "phone", "matched", "court", "office", "zone", "symptom", "started_at",
        "ended_at", "wrap_ended_at", "outcome", "reason", "talk_s", "hold_s", "wrap_s", "edited",
        "clock_changed", "playbook_outcome",
    ),
    "call_segment": ("kind", "from_at", "to_at", "seconds"),
    "call_review": ("struck",),
    "answer": ("struck",),
    "action": ("struck",),
    "note": ("struck",),
    "prompt": ("struck",),
    "promise": ("struck", "due_at", "done_at", "ended", "reason"),
    "escalation": ("struck", "answered_at", "answered_by", "answer", "reason"),
    "ticket_link": ("struck",),
    "incident": ("line", "ended_at", "ended_by", "note"),
    "incident_ticket": ("struck",),
    "saved_view": ("struck", "query", "name"),
    "shift_note": ("struck",),
    "caller_apart": ("struck",),
    "caller": (
        "name", "firm", "role", "email", "bar_number", "court", "office", "merged_into",
    ),
}  # fmt: skip
"""The columns by table; a field of the journal names one as ``table/ID/column``."""

_KEYS: Final = {"call_review": "call"}
_GET: Final = {
    (table, column): f"SELECT {column} FROM {table} WHERE {_KEYS.get(table, 'id')} = ?"  # noqa: S608
    for table, columns in COLUMNS.items()
    for column in columns
}
_SAVE: Final = {
    (table, column): f"UPDATE {table} SET {column} = ? WHERE {_KEYS.get(table, 'id')} = ?"  # noqa: S608
    for table, columns in COLUMNS.items()
    for column in columns
}
_HAS_TAG: Final = "SELECT count(*) FROM tag WHERE ticket = ? AND tag = ?"
_ADD_TAG: Final = "INSERT INTO tag(ticket, tag) VALUES (?, ?) ON CONFLICT DO NOTHING"
_DROP_TAG: Final = "DELETE FROM tag WHERE ticket = ? AND tag = ?"
_HAS_PHONE: Final = (
    "SELECT count(*) FROM caller_phone WHERE caller = ? AND digits = ? AND extension = ?"
)
_ADD_PHONE: Final = """
INSERT INTO caller_phone(caller, digits, extension) VALUES (?, ?, ?)
ON CONFLICT(caller, digits) DO UPDATE SET extension = excluded.extension
"""
_DROP_PHONE: Final = "DELETE FROM caller_phone WHERE caller = ? AND digits = ? AND extension = ?"
_LINK: Final = "SELECT ticket FROM call_ticket WHERE call = ? ORDER BY ticket LIMIT 1"
_MOVE_LINK: Final = "UPDATE call_ticket SET ticket = ? WHERE call = ?"

_SETS: Final = {
    "tag": (_HAS_TAG, _ADD_TAG, _DROP_TAG),
    "caller_phone": (_HAS_PHONE, _ADD_PHONE, _DROP_PHONE),
}
"""Rows without an id of their own: the third part of the field is one member, 1 or 0."""


def is_column(field: str) -> bool:
    """Whether a field of the journal is something that can be set back.

    Args:
        field: The field.

    Returns:
        ``False`` for what is only told to the reader.
    """
    parts = field.split("/")
    if len(parts) != 3 or not parts[1].isdecimal():  # noqa: PLR2004
        return False
    table, _, column = parts
    return table in _SETS or column in COLUMNS.get(table, ()) or field.startswith("call_ticket/")


def phone_field(caller: int, digits: str, extension: str) -> str:
    """The field of the journal that says whether a caller has a number.

    Args:
        caller: The caller's id.
        digits: The number's digits.
        extension: Its extension, or empty.

    Returns:
        Such as ``caller_phone/7/2125550144x77``.
    """
    return f"caller_phone/{caller}/{Phone(digits, extension).kept}"


def get_value(port: Port, field: str) -> str | None:
    """Read what a column holds now.

    Args:
        port: The database.
        field: ``table/ID/column``.

    Returns:
        The value as the journal writes it.
    """
    table, row, column = field.split("/")
    if table in _SETS:
        value = port.query(_SETS[table][0], (int(row), *_member(table, column))).value()
    elif table == "call_ticket":
        value = port.query(_LINK, (int(row),)).value()
    else:
        value = port.query(_GET[table, column], (int(row),)).value()
    return None if value is None else str(value)


def save_value(field: str, value: str | None) -> Statement:
    """Write what a column is to hold.

    Args:
        field: ``table/ID/column``.
        value: The value as the journal has it.

    Returns:
        The statement.
    """
    table, row, column = field.split("/")
    if table in _SETS:
        return (_SETS[table][1 if value == "1" else 2], (int(row), *_member(table, column)))
    if table == "call_ticket":
        return (_MOVE_LINK, (value, int(row)))
    return (_SAVE[table, column], (value, int(row)))


def _member(table: str, text: str) -> tuple[str, ...]:
    """The columns that a member of a set is known by."""
    if table != "caller_phone":
        return (text,)
    return Phone.from_kept(text)
