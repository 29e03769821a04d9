"""Figures: makes the reports that a person asks for."""

from __future__ import annotations

from dataclasses import replace

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.report_scope import Question, period_of, scope_of, whose
from helpdesk.desk.report_source import source_of
from helpdesk.desk.reports import Answered, Progress
from helpdesk.desk.rollups import keep_rollups
from helpdesk.desk.sealing import keep_seal, seal_at
from helpdesk.desk.sweeping import unswept
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period
from helpdesk.domain.seals import foot_of
from helpdesk.domain.sparks import Sparks
from helpdesk.domain.tables import Table
from helpdesk.errors import BadInput, GivenUp, NotFound, StoreProblem
from helpdesk.stats.as_of import head_at
from helpdesk.stats.catalogue import CATALOGUE
from helpdesk.stats.definitions import VERSION
from helpdesk.stats.reports import REPORTS
from helpdesk.stats.source import Source, previous
from helpdesk.stats.sparks import sparks


@act("figures")
def make_report(desk: Desk, question: Question, progress: Progress | None = None) -> Answered:
    """Make a report.

    Args:
        desk: The desk.
        question: What is asked.
        progress: Told how much is done; may raise to give the report up.

    Returns:
        The report, its header saying range, zone, filters and as-of, its foot how its rows
        reconcile, and the newest seal and the head of the journal then. Who asked and when
        stands in neither, so that the same question as of the same moment has the same answer
        for ever.

    Raises:
        BadInput: When a period, a moment or a unit cannot be read, or lies ahead, or the report
            does not take what is asked of it.
        NotFound: When there is no such report, court, clerk or symptom.
        NotAllowed: When a clerk asks for another clerk's figures.
    """
    _refuse(question)
    keep_seal(desk, progress)
    source = source_of(desk, question, scope_of(desk, question), progress)
    report = REPORTS[question.report]
    wide = source.with_everybody() if report.compared else source
    if report.sums and not question.as_of and wide.scope.whole:
        _keep(desk, wide, progress)
    with unswept():
        table = report.build(source)
    as_of = source.scope.as_of
    foot = (
        *(() if source.scope.begun else ("as of then the period had not begun",)),
        foot_of(seal_at(desk, as_of)),
        f"journal at as-of: entry {head_at(desk.whole, as_of)}",
    )
    header = _header(desk, table, question, source)
    table = replace(table, header=header, footer=(*table.footer, *foot))
    return Answered(question, table, source.scope)


@act("figures")
def sparks_of(desk: Desk, answered: Answered) -> Sparks | None:
    """How the calls of each row of a report went from span to span.

    Args:
        desk: The desk.
        answered: The report.

    Returns:
        The counts by the row's key; ``None`` where rows have none.
    """
    source = source_of(desk, answered.question, answered.scope)
    return sparks(answered.question.report, source)


def _refuse(question: Question) -> None:
    """Refuse a report that is not there, and what a report does not take."""
    entry = CATALOGUE.get(question.report)
    if entry is None:
        known = ", ".join(CATALOGUE)
        raise NotFound(f"There is no report “{question.report}”: use one of {known}.")
    if question.unit and not entry.units:
        takers = [name for name, each in CATALOGUE.items() if each.units]
        raise _not_taken("--by", question.report, takers)
    if question.unit and question.unit not in entry.units:
        units = ", ".join(entry.units)
        raise BadInput(f"--by: {question.report} goes by {units}; not {question.unit}.")
    if question.attribute and not entry.slots:
        takers = [name for name, each in CATALOGUE.items() if each.slots]
        raise _not_taken("--attribute", question.report, takers)


def _not_taken(option: str, report: str, takers: list[str]) -> BadInput:
    return BadInput(f"{option}: {report} does not take it; {' and '.join(takers)} do.")


def _keep(desk: Desk, source: Source, progress: Progress | None) -> None:
    """Sum up the days that are not summed up yet, those of the period before included."""
    period = source.scope.period
    if period.zone == desk.home_office.zone:
        before = previous(period, source.days)
        try:
            keep_rollups(desk, Period(before.start, period.end, period.zone), progress)
        except GivenUp:
            raise
        except StoreProblem:
            return  # what cannot be kept is read from the rows


def _header(desk: Desk, table: Table, question: Question, source: Source) -> tuple[str, ...]:
    scope, zone = source.scope, source.scope.period.zone
    filters = (
        f"court: {question.court or 'all'}",
        f"clerk: {whose(desk, question, scope) or 'all'}",
        f"symptom: {question.symptom or 'all'}, as corrected",
        f"tickets: {question.query or 'all'}",
        *(("attribute: end, where the wrap was over",) if scope.by_end else ()),
    )
    return (
        table.title,
        f"{scope.period} ({zone})",
        "; ".join(filters),
        f"as of {local(scope.as_of, zone):%Y-%m-%d %H:%M:%S %Z}, definitions {VERSION}",
    )


@act("figures")
def playbook_figures(desk: Desk, slug: str, period: Period, court: str = "") -> Table:
    """How each version of a playbook did.

    Args:
        desk: The desk.
        slug: The playbook.
        period: When the calls began.
        court: The court's id; empty for all.

    Returns:
        The report of playbooks about this one, with a header of its own.

    Raises:
        NotFound: When there is no such court.
    """
    question = Question("playbooks", court=desk.court(court).id if court else "")
    scope = replace(scope_of(desk, question), period=period, symptom=slug)
    source = source_of(desk, question, scope)
    table = replace(REPORTS["playbooks"].build(source), title=f"Versions of {slug}")
    return replace(table, header=_header(desk, table, replace(question, symptom=slug), source))


@act("figures")
def period_of_report(
    desk: Desk, first: str | None = None, last: str | None = None, court: str = ""
) -> Period:
    """Read the days that a report is to cover, both included; see :func:`period_of`."""
    return period_of(desk, "", first or "", last or "", court)
