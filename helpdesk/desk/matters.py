"""What the next shift must know of: promises, calls, incidents, escalations, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.standing_sheet import next_business_day_ends
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.domain.hand_over import Matter, ordered
from helpdesk.store.calls import find_running
from helpdesk.store.doings import find_due
from helpdesk.store.hand_overs import find_notes
from helpdesk.store.incidents import find_running_incidents
from helpdesk.store.promises import find_unanswered

_ALL: Final = -1
_RUNNING: Final = {"hold": "on hold", "wrap": "hung up, no outcome yet"}


def matters_now(desk: Desk) -> tuple[Matter, ...]:
    """Gather what a hand-over sheet would hold now.

    Args:
        desk: The desk.

    Returns:
        Everything that is late, runs, or falls due until the end of the next business day, in
        the order of a sheet.
    """
    now = desk.clock.now()
    promises = find_due(desk.port, next_business_day_ends(desk, now), _ALL).dicts()
    found = [
        *(_promised(desk, row) for row in promises),
        *(_running(desk, row) for row in find_running(desk.port).dicts()),
        *(_incident(desk, row) for row in find_running_incidents(desk.port).dicts()),
        *(_escalated(desk, row, now) for row in find_unanswered(desk.port).dicts()),
        *_notes(desk),
    ]
    return ordered(found, now)


def _promised(desk: Desk, row: Mapping[str, Any]) -> Matter:
    kind = "callback" if row["kind"] == "callback" else "waiting"
    asked = "linked by then? " if row["kind"] == "linked-by-then" else ""
    over = f"incident {row['incident']} is over: " if row["incident_ended_at"] else ""
    said = f"{over}{asked}{_title(desk, row)}, promised by {row['clerk'].upper()}"
    return Matter(kind, row["id"], row["ticket"], row["due_at"], said)


def _running(desk: Desk, row: Mapping[str, Any]) -> Matter:
    how = _RUNNING.get(row["running"] or "", "on call")
    said = f"{how}, {_title(desk, row)}, {row['login'].upper()}"
    return Matter("parked", row["id"], row["ticket"], row["since"] or row["started_at"], said)


def _incident(desk: Desk, row: Mapping[str, Any]) -> Matter:
    said = f"#{row['n']} {row['court'].upper()} {_title(desk, row)}: {row['line']}"
    return Matter("incident", row["id"], None, row["declared_at"], said)


def _escalated(desk: Desk, row: Mapping[str, Any], now: int) -> Matter:
    back = row["returns_at"] <= now
    how = "came back, nobody accepted it" if back else "not accepted yet"
    said = f"to {row['target']} by {row['login'].upper()}, {how}: {_title(desk, row)}"
    return Matter("escalated", row["id"], row["ticket"], row["at"], said)


def _notes(desk: Desk) -> Iterator[Matter]:
    for row in find_notes(desk.port, 0, 0).dicts():
        said = f"{row['login'].upper()}: {row['text']}"
        yield Matter("note", row["id"], None, row["at"], said)


def _title(desk: Desk, row: Mapping[str, Any]) -> str:
    return symptom_title(desk, row["symptom"] or "") or "no symptom yet"
