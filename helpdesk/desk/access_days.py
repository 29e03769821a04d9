"""Which days of the access journal are meant."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.desk.report_scope import period_of
from helpdesk.domain.periods import Period


def access_days(desk: Desk, period: str = "", first: str = "", last: str = "") -> Period:
    """Read the days whose looks are to be listed.

    Args:
        desk: The desk.
        period: A period as it is typed in a query; empty for the days of the others.
        first: The first day; empty for that of the first look.
        last: The last day, included; empty for today.

    Returns:
        The period.

    Raises:
        BadInput: When one cannot be read, or the last lies before the first.
    """
    found = period_of(desk, period, first, last)
    return found if period or first else found._replace(start=0)  # who signs in has not called yet
