"""Figures: the reports that a person can ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_meant, period_of_days
from helpdesk.domain.tables import Table
from helpdesk.errors import BadInput
from helpdesk.stats.definitions import VERSION
from helpdesk.stats.playbooks import by_version
from helpdesk.stats.reports import by_symptom, calls_in, first_call

_RESOLVED_SAID: Final = (
    "resolved_first_call: of known callers' first calls that were ours, % resolved by it, "
    "not reopened, no call on the same symptom in 7 days; low to high: 95 %"
)


@act("figures")
def symptom_figures(desk: Desk, period: Period, court: str = "") -> Table:
    """The calls of a period by symptom.

    Args:
        desk: The desk.
        period: The period.
        court: The court's id; empty for all.

    Returns:
        The table with its header and the line by which it reconciles.

    Raises:
        NotFound: When there is no such court.
    """
    only = desk.court(court).id if court else ""
    titles = {slug: playbook.title for slug, playbook in desk.library.playbooks.items()}
    table = by_symptom(calls_in(desk.port, period, only), titles)
    as_of = f"{local(desk.clock.now(), period.zone):%Y-%m-%d %H:%M:%S %Z}"
    return replace(
        table,
        header=(
            table.title,
            f"{period} ({period.zone})",
            f"court: {only or 'all'}; symptom: as corrected; calls: inbound",
            f"as of {as_of}, definitions {VERSION}, by {desk.clerk.login}",
        ),
    )


@act("figures")
def playbook_figures(desk: Desk, slug: str, period: Period, court: str = "") -> Table:
    """How each version of a playbook did.

    Args:
        desk: The desk.
        slug: The playbook.
        period: When the tickets were opened.
        court: The court's id; empty for all.

    Returns:
        The table with its header: uses, median handle time, repeat-adjusted first-call
        resolution with its 95 % interval, and where most calls ended.

    Raises:
        NotFound: When there is no such court.
    """
    only = desk.court(court).id if court else ""

    def day_of(moment: int) -> str:
        return f"{local(moment, period.zone):%Y-%m-%d}"

    table = by_version(desk.port, slug, period, only, day_of)
    return replace(
        table,
        header=(
            table.title,
            f"tickets opened {period} ({period.zone}); court: {only or 'all'}",
            _RESOLVED_SAID,
        ),
    )


@act("figures")
def last_days(desk: Desk, days: int) -> Period:
    """The last days at the desk's own office, today included.

    Args:
        desk: The desk.
        days: How many.

    Returns:
        The period.
    """
    zone = desk.home_office.zone
    today = local(desk.clock.now(), zone).date()
    return period_of_days(today - timedelta(days=days - 1), today + timedelta(days=1), zone)


@act("figures")
def period_of_report(
    desk: Desk, first: str | None = None, last: str | None = None, court: str = ""
) -> Period:
    """Read the days that a report is to cover, both included.

    Args:
        desk: The desk.
        first: A day, month or year, as periods are typed; ``None`` for that of the first call.
        last: The same; ``None`` for today.
        court: The court in whose zone days are meant; empty for the desk's own office.

    Returns:
        The period, up to and without the day after the last.

    Raises:
        BadInput: When one cannot be read, or the last lies before the first.
        NotFound: When there is no such court.
    """
    zone = desk.court(court).offices[0].zone if court else desk.home_office.zone
    now = desk.clock.now()
    today = period_meant("today", now, zone)
    starts = _read("--from", first, now, zone) if first else None
    ends = _read("--to", last, now, zone) if last else today
    if starts is None:
        began = first_call(desk.port)
        day = local(today.start if began is None else began, zone).date()
        starts = period_of_days(day, day + timedelta(days=1), zone)
        if ends.end <= starts.start:
            starts = ends
    if ends.end <= starts.start:
        raise BadInput(f"--to: “{last or 'today'}” lies before --from “{first}”: turn them round.")
    return Period(starts.start, ends.end, zone)


def _read(name: str, text: str, now: int, zone: str) -> Period:
    if ".." in text:
        raise BadInput(f"{name}: “{text}” is two days: give one with --from and one with --to.")
    try:
        return period_meant(text, now, zone)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from error
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{name}: “{text}” lies too far off: give a day of this age.") from error
