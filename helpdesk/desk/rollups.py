"""Keeps the sums of whole days, so that a report of a year need not read every call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.report_scope import calendar_of
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period
from helpdesk.playbooks.codec import playbook_from_json
from helpdesk.port import Port, Statement
from helpdesk.stats.caller_sums import roll_up_callers
from helpdesk.stats.promise_sums import roll_up_promises
from helpdesk.stats.quality_sums import roll_up_quality
from helpdesk.stats.rolling import (
    calls_of_days,
    roll_up,
    roll_up_month,
    still_hold,
    stretches_of_days,
    sums_in,
    sums_kept,
)
from helpdesk.stats.rollups import MONTH, days_of_month, days_that_hold
from helpdesk.stats.scope import Scope
from helpdesk.stats.ticket_sums import roll_up_month_of_tickets, roll_up_tickets
from helpdesk.stats.version_sums import Books, roll_up_versions
from helpdesk.store.outages import first_call

Progress = Callable[[int, int], None]
"""Told how many stretches of days are summed up, and of how many."""


@act("figures")
def keep_rollups(desk: Desk, period: Period, progress: Progress | None = None) -> int:
    """Sum up the days of a period that are over and not summed up, or were touched since.

    Whoever does it twice, or beside somebody else, gets the same sums.

    Args:
        desk: The desk.
        period: The period; days are those of the desk's own office.
        progress: Told how much is done; may raise to give it up, what is done stays.

    Returns:
        How many days were summed up.
    """
    zone, now, head = desk.home_office.zone, desk.clock.now(), desk.whole.head()
    first, after = _days(desk, period, zone, now)
    if first >= after:
        return 0
    days = [first + timedelta(days=place) for place in range((after - first).days)]
    holding, missing = _standing(desk, days)
    stretches = list(stretches_of_days(missing))
    scope = Scope(Period(period.start, period.end, zone), now)
    books = Books(playbook_from_json)
    for done, stretch in enumerate(stretches, 1):
        _write(desk, _summed(desk, desk.whole, stretch, scope, books))
        if progress is not None:
            progress(done, len(stretches))
    if holding and missing:
        _write(desk, still_hold(sorted(holding), head))
    for month in sorted({day.isoformat()[:7] for day in days}):
        whole = set(days_of_month(month)) <= {day.isoformat() for day in days}
        if whole and month not in holding:
            tickets = roll_up_month_of_tickets(desk.whole, month, scope)
            _write(desk, [*roll_up_month(desk.whole, month, scope), *tickets])
    return len(missing)


@act("figures")
def wrong_sums(desk: Desk, most: int) -> tuple[list[str], int]:
    """Compare kept sums of days with the rows, evenly over all that hold.

    Args:
        desk: The desk.
        most: The most days to compare.

    Returns:
        The days whose sums differ, and how many were compared.
    """
    zone, now = desk.home_office.zone, desk.clock.now()
    first, after = _days(desk, Period(0, now, zone), zone, now)
    if first >= after:
        return [], 0
    holding = sorted(
        day for day in days_that_hold(desk.port, first, after, zone) if len(day) > MONTH
    )
    chosen = holding[:: max(1, -(-len(holding) // most))]
    scope = Scope(Period(0, now, zone), now)
    wrong, books = [], Books(playbook_from_json)
    for day in chosen:
        days = [date.fromisoformat(day)]
        meant = sums_in(_summed(desk, desk.port, days, scope, books))
        if meant != sums_kept(desk.port, day):
            wrong.append(day)
    return wrong, len(chosen)


def _summed(
    desk: Desk, port: Port, days: Sequence[date], scope: Scope, books: Books
) -> list[Statement]:
    """The statements that keep all sums of days that follow one another."""
    head, zone, calendar = port.head(), scope.period.zone, calendar_of(desk)
    calls = calls_of_days(port, days, scope)
    return [
        *roll_up(days, calls, zone, head),
        *roll_up_versions(port, calls, books, scope.as_of),
        *roll_up_quality(calls, zone),
        *roll_up_callers(calls, zone),
        *roll_up_tickets(port, days, scope, calendar),
        *roll_up_promises(port, days, scope),
    ]


def _standing(desk: Desk, days: Sequence[date]) -> tuple[set[str], list[date]]:
    """What still holds of days that follow one another, and which of them do not."""
    after, zone = days[-1] + timedelta(days=1), desk.home_office.zone
    holding = days_that_hold(desk.whole, days[0], after, zone)
    return holding, [day for day in days if day.isoformat() not in holding]


def _write(desk: Desk, statements: Sequence[Statement]) -> None:
    stamp = desk.stamp()
    desk.whole.transact(stamp.op, stamp.at, statements)


def _days(desk: Desk, period: Period, zone: str, now: int) -> tuple[date, date]:
    """The days of a period that are over and on which anybody can have called."""
    began = first_call(desk.whole)
    if began is None:
        return date.max, date.min
    today = local(now, zone).date()
    last = local(min(period.end, now), zone).date()
    return local(max(period.start, began), zone).date(), min(last, today)
