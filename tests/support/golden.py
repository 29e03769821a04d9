"""The golden data set of the statistics: twelve calls, and what must come of them (STATS §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from tests.support.clock import StillClock

ZONE: Final = ZoneInfo("America/New_York")
AS_OF: Final = int(datetime(2026, 6, 30, 12, tzinfo=ZONE).timestamp())
RUNNING: Final = int(datetime(2026, 6, 8, 16, 59, tzinfo=ZONE).timestamp())


@dataclass(frozen=True)
class GoldenCall:
    """One line of the table, the running call apart."""

    caller: str
    symptom: str
    day: int
    clock: str
    talk: int
    hold: int
    wrap: int
    direction: str
    ticket: int
    outcome: str


LINKING: Final = "linking-error"
PASSWORD: Final = "forgot-cmecf-before-link"
QUERY: Final = "query-error-not-activated"
CARD: Final = "card-not-authorized"

CALLS: Final = (
    GoldenCall("C1", LINKING, 1, "09:05", 300, 0, 60, "in", 1, "resolved"),
    GoldenCall("C2", PASSWORD, 1, "09:20", 120, 0, 30, "in", 2, "resolved"),
    GoldenCall("C3", QUERY, 1, "23:50", 1200, 0, 0, "in", 3, "escalated"),
    GoldenCall("C4", CARD, 2, "11:00", 0, 0, 0, "in", 4, "dropped"),
    GoldenCall("C5", LINKING, 2, "12:00", 600, 0, 30, "in", 5, "referred"),
    GoldenCall("C1", LINKING, 3, "10:00", 400, 50, 60, "in", 1, "resolved"),
    GoldenCall("", LINKING, 3, "11:00", 240, 0, 20, "in", 9, "resolved"),
    GoldenCall("C6", PASSWORD, 4, "14:00", 150, 0, 40, "in", 7, "waiting"),
    GoldenCall("C6", PASSWORD, 4, "16:00", 90, 0, 10, "out", 7, "resolved"),
    GoldenCall("C2", LINKING, 5, "09:00", 200, 0, 20, "in", 6, "resolved"),
    GoldenCall("C2", PASSWORD, 8, "09:20", 130, 0, 30, "in", 8, "resolved"),
)
"""Calls 1 to 11 in the order of their times."""


def fill_golden(desk: Desk, clock: StillClock) -> None:
    """Write the data set down, and let the clock stand at its as-of.

    Args:
        desk: An empty desk.
        clock: Its clock.
    """
    clock.at = RUNNING
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="C8", court="ncmb"), "336-555-0108")
    choose_symptom(desk, call, QUERY)
    clock.at = AS_OF
    tickets: dict[int, int] = {}
    records = []
    for each in CALLS:
        at = int(
            datetime.fromisoformat(f"2026-06-{each.day:02}T{each.clock}")
            .replace(tzinfo=ZONE)
            .timestamp()
        )
        older = tickets.get(each.ticket)
        tickets.setdefault(each.ticket, desk.ids.make(at))
        records.append(
            CallRecord(
                at, "ncmb", caller=Caller(0, name=each.caller) if each.caller else None,
                phone=f"336-555-01{each.caller[1:]:>02}" if each.caller else "",
                symptom=each.symptom, outcome=each.outcome,
                due_at=AS_OF if each.outcome == "waiting" else None, talk_s=each.talk,
                hold_s=each.hold, wrap_s=each.wrap, direction=each.direction, continues=older,
                ticket=None if older else tickets[each.ticket],
            )
        )  # fmt: skip
    record_history(desk, records)
