"""What a report or an export is about, said beside it in every file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.report_scope import whose
from helpdesk.desk.sealing import keep_seal, seal_at
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period
from helpdesk.domain.report_about import About
from helpdesk.stats.as_of import head_at
from helpdesk.stats.definitions import VERSION

if TYPE_CHECKING:  # an export needs no report
    from helpdesk.desk.reports import Answered


@act("figures")
def about_report(desk: Desk, answered: Answered) -> About:
    """Say what a report is about.

    Args:
        desk: The desk.
        answered: The report.

    Returns:
        Its days, filters and moment, who asked and when.
    """
    question, scope = answered.question, answered.scope
    asked = {
        "clerk": whose(desk, question, scope),
        "symptom": question.symptom,
        "by": question.unit,
        "attribute": "end" if scope.by_end else "",
        "tickets": question.query,
    }
    filters = tuple((name, value) for name, value in asked.items() if value)
    court = (("court", question.court),) if question.court else ()
    query = " ".join(f"{name}:{value}" for name, value in (*court, *filters))
    about = _about(desk, question.report, query, scope.period, question.court, scope.as_of)
    return replace(about, filters=filters)


@act("figures")
def about_period(desk: Desk, report: str, period: Period, court: str = "") -> About:
    """Say what a report on a period is about, as it is known now.

    Args:
        desk: The desk.
        report: Its name.
        period: The period.
        court: One court's id, or empty for all.

    Returns:
        Its days and filters, who asked and when.
    """
    query = f"court:{court}" if court else ""
    return _about(desk, report, query, period, court, desk.clock.now())


@act("export")
def about_export(desk: Desk, what: str, typed: str) -> About:
    """Say what an export is about.

    Args:
        desk: The desk.
        what: What is exported.
        typed: Which tickets, as in the query language.

    Returns:
        The query, the moment, and who asked.
    """
    return _about(desk, what, typed, None, "", desk.clock.now())


def _about(
    desk: Desk, report: str, query: str, period: Period | None, court: str, as_of: int
) -> About:
    keep_seal(desk)
    zone = period.zone if period else desk.home_office.zone
    after = local(period.end, zone).date() if period else None
    return About(
        report=report,
        query=query,
        first=local(period.start, zone).date() if period else None,
        last=after - timedelta(days=1) if after else None,
        start=period.start if period else None,
        end=period.end if period else None,
        zone=zone,
        as_of=as_of,
        definitions=VERSION,
        who=desk.clerk.login,
        made_at=desk.clock.now(),
        head=head_at(desk.whole, as_of),
        court=court,
        seal=str(seal_at(desk, as_of) or ""),
    )
