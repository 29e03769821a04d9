"""The hand-over sheet that stands, until the business day after it was made is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.domain.business_days import business_days_after
from helpdesk.domain.courts import local
from helpdesk.store.hand_overs import find_newest, find_untaken


@act("read")
def untaken_lines(desk: Desk) -> int:
    """Count what nobody has taken over from the sheet that stands.

    Args:
        desk: The desk.

    Returns:
        How many lines; 0 without a sheet.
    """
    found = standing_sheet(desk)
    if found is None:
        return 0
    from helpdesk.domain.hand_over import is_dealt_with  # noqa: PLC0415 - often there is no sheet

    lines = find_untaken(desk.port, found["id"]).dicts()
    return sum(not is_dealt_with(**line) for line in lines)


def standing_sheet(desk: Desk) -> dict[str, Any] | None:
    """Find the newest sheet, so that one of a Friday evening is there for Monday's shift.

    Args:
        desk: The desk.

    Returns:
        Its row, or ``None`` when its time is over or there is none.
    """
    found = find_newest(desk.port, 0)
    ends = next_business_day_ends(desk, found["at"]) if found else 0
    return found if desk.clock.now() < ends else None


def next_business_day_ends(desk: Desk, now: int) -> int:
    """The end of the next business day at the desk's office.

    Args:
        desk: The desk.
        now: The moment, in seconds UTC.

    Returns:
        The first second after it, in seconds UTC.
    """
    from helpdesk.domain.periods import period_of_days  # noqa: PLC0415 - often there is no sheet

    zone = desk.home_office.zone
    day = business_days_after(local(now, zone).date(), 1, desk.home_court.closed)
    return period_of_days(day, day + timedelta(days=1), zone).end
