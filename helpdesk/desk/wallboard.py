"""The wallboard: one value with everything that hangs on the wall."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import calls_going_on, end_of_day, promises_until
from helpdesk.desk.outages import alarms_today, running_incidents
from helpdesk.domain.business_time import hours_meant
from helpdesk.domain.courts import local
from helpdesk.domain.outages import days_to_compare
from helpdesk.domain.wallboard import Today, Wallboard, nameless_call, nameless_promise
from helpdesk.stats.today import today_against
from helpdesk.store.doings import count_due
from helpdesk.store.outages import first_call

_PROMISES: Final = 30
"""How many promises the tallest wall lists; all are counted."""


@act("read")
def wallboard(desk: Desk) -> Wallboard:
    """Fetch what hangs on the wall.

    Args:
        desk: The desk.

    Returns:
        Today's calls against the usual at the desk's own office, calls going on, promises due
        and what is out; without any caller's name.
    """
    now = desk.clock.now()
    tonight = end_of_day(desk, now)
    due, late, _ = count_due(desk.port, now, tonight)
    hours = [ends for day in hours_meant(desk.settings.hours) for ends in day]
    return Wallboard(
        today=_today(desk, now),
        hours=(min(opens for opens, _ in hours), max(closes for _, closes in hours)),
        calls=tuple(map(nameless_call, calls_going_on(desk))),
        promises=tuple(map(nameless_promise, promises_until(desk, tonight, _PROMISES))),
        due=due,
        late=late,
        unusual=alarms_today(desk),
        incidents=running_incidents(desk),
    )


def _today(desk: Desk, now: int) -> Today:
    zone, first = desk.home_office.zone, first_call(desk.port)
    today = local(now, zone).date()
    began = today if first is None else local(first, zone).date()
    days = days_to_compare(today, began, desk.home_court.closed)
    return today_against(desk.port, now, zone, days)
