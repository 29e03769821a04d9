"""Days on which calls came in, so that today can be more than usual."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.courts import local
from helpdesk.domain.records import CallRecord

LINKING = "linking-error"


def came_in(
    desk: Desk, days: dict[date, int], symptom: str = LINKING, clock: str = "09:00"
) -> None:
    """Write down that calls came in at the desk's own court on some days.

    Args:
        desk: The desk.
        days: How many calls each day had.
        symptom: What was wrong.
        clock: The time of day of the first; the others follow a second apart.
    """
    zone, court = desk.home_office.zone, desk.home_court.id
    records = [
        CallRecord(
            int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).timestamp())
            + place,
            court, symptom=symptom, outcome="resolved", talk_s=1, hold_s=0, wrap_s=0,
        )
        for day, many in sorted(days.items())
        for place in range(many)
    ]  # fmt: skip
    record_history(desk, records)


def quiet_weeks(desk: Desk, weeks: int = 6, many: int = 0, clock: str = "09:00") -> None:
    """Let the desk have a history on this weekday, with so many calls of the symptom each day.

    Args:
        desk: The desk.
        weeks: How many weeks it reaches back.
        many: How many calls of the symptom each of those days had.
        clock: The time of day at which they came.
    """
    today = local(desk.clock.now(), desk.home_office.zone).date()
    days = [today - timedelta(weeks=week) for week in range(1, weeks + 1)]
    came_in(desk, dict.fromkeys(days, many), clock=clock)
    came_in(desk, {days[-1]: 1}, "pdf-upload", "00:10")


def call_about(desk: Desk, symptom: str = LINKING, outcome: str = "resolved") -> int:
    """Take a call about a symptom now.

    Args:
        desk: The desk.
        symptom: What is wrong.
        outcome: How it ends; empty for a call that goes on.

    Returns:
        The call.
    """
    call = start_call(desk)
    choose_symptom(desk, call, symptom)
    if outcome:
        finish_call(desk, call, outcome)
    return call
