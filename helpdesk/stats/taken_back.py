"""What was written after a moment, and what stood there before (DESIGN §5)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Final

from helpdesk.port import Port

TABLES: Final = (
    "call", "ticket", "caller", "promise", "escalation", "answer", "action", "note", "incident",
    "incident_ticket", "status_span", "shift_note",
)  # fmt: skip
"""The tables whose rows can be set back."""

_SINCE: Final = """
SELECT j.subject, j.act, v.field, v.old, v.new
FROM journal j INDEXED BY journal_at JOIN journal_value v ON v.entry = j.id
WHERE j.at > ? AND j.subject NOT IN (
    SELECT subject FROM journal INDEXED BY journal_at WHERE at > ? AND seq = 1
)
ORDER BY j.id
"""
"""Chains that began since are about what was not there yet."""

_OPENED_SINCE: Final = """
SELECT t.id FROM journal j INDEXED BY journal_at
CROSS JOIN ticket t ON t.id = CAST(substr(j.subject, 8) AS INTEGER)
WHERE j.at > ? AND j.seq = 1 AND j.subject >= 'ticket:' AND j.subject < 'ticket;'
    AND t.opened_at <= ?
"""
"""Tickets that were written down since, though they are older."""
_CALLS_ON: Final = """
SELECT call FROM call_ticket WHERE ticket IN (SELECT value FROM json_each(?))
"""
_SPANS: Final = """
SELECT n.id AS made, b.id AS ended FROM status_span n
LEFT JOIN status_span b ON b.ticket = n.ticket AND b.to_at = n.from_at AND b.id <> n.id
WHERE n.id IN (SELECT value FROM json_each(?))
"""
_SETTLED: Final = """
SELECT 'promise' AS kept_in, p.id FROM promise p, json_each(?) j
WHERE p.ticket = j.value ->> 0 AND p.done_at = j.value ->> 1
UNION ALL SELECT 'escalation', e.id FROM escalation e, json_each(?) j
WHERE e.ticket = j.value ->> 0 AND e.answered_at = j.value ->> 1 AND e.answer = 'settled'
"""
_BEGUN: Final = frozenset({"start_call", "start_callback", "record_call"})
_UNDONE: Final[dict[str, dict[str, str | None]]] = {
    "promise": {"done_at": None, "ended": None},
    "escalation": {"answered_at": None, "answer": None},
}
_PARTS: Final = 3


@dataclass(slots=True)
class TakenBack:
    """What stands otherwise when everything after a moment is taken back."""

    before: dict[str, dict[int, dict[str, str | None]]] = field(
        default_factory=lambda: {table: {} for table in TABLES}
    )
    """What columns held, by table and row."""

    gone: dict[str, set[int]] = field(default_factory=lambda: {table: set() for table in TABLES})
    """Rows that were not there yet, by table."""

    tags: dict[tuple[int, str], bool] = field(default_factory=dict)
    """Whether a ticket had a tag."""

    links: dict[int, int] = field(default_factory=dict)
    """Which ticket a call worked on."""

    def set_back(self, table: str, row: int, column: str, old: str | None) -> None:
        """Have a column hold what it held, unless an earlier change says so already."""
        self.before[table].setdefault(row, {}).setdefault(column, old)


def taken_back(port: Port, at: int) -> TakenBack:
    """Read what was written after a moment.

    Args:
        port: The database.
        at: The moment, in seconds UTC.

    Returns:
        Every value as it was before the first change; calls and tickets that were written down
        since are gone, whenever they began.
    """
    found = TakenBack()
    spans: list[int] = []
    settled: list[tuple[int, int]] = []
    for subject, act, name, old, new in port.query(_SINCE, (at, at)).rows:
        if name == "call" and act in _BEGUN:
            found.gone["call"].add(int(new.split()[0]))
        elif name == "spans" and act == "record_call":
            spans += map(int, new.split())
        elif name == "settled_at" and act == "record_call":
            settled.append((int(subject.partition(":")[2]), int(new)))
        else:
            _change(found, name, old)
    found.gone["ticket"].update(row[0] for row in port.query(_OPENED_SINCE, (at, at)).rows)
    opened = json.dumps([*found.gone["ticket"]])
    found.gone["call"].update(row[0] for row in port.query(_CALLS_ON, (opened,)).rows)
    if spans or settled:
        _late(port, found, spans, settled)
    return found


def _change(found: TakenBack, name: str, old: str | None) -> None:
    parts = name.split("/", _PARTS - 1)
    if len(parts) != _PARTS or not parts[1].isdecimal():
        return
    table, row, column = parts[0], int(parts[1]), parts[2]
    if table in found.before:
        found.set_back(table, row, column, old)
    elif table == "tag":
        found.tags.setdefault((row, column), old == "1")
    elif table == "call_ticket" and old is not None:
        found.links.setdefault(row, int(old))


def _late(port: Port, found: TakenBack, spans: list[int], settled: list[tuple[int, int]]) -> None:
    """Calls that were written down after they were over: what they did lies in the past."""
    for made, ended in port.query(_SPANS, (json.dumps(spans),)).rows:
        found.gone["status_span"].add(made)
        if ended is not None:
            found.set_back("status_span", ended, "to_at", None)
    moments = json.dumps(settled)
    for table, row in port.query(_SETTLED, (moments, moments)).rows:
        for column, value in _UNDONE[table].items():
            found.set_back(table, row, column, value)
