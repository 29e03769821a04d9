"""The reports that can be asked for, and what a console asks about them.

The modules that make them take 2 MB and are imported when one is made: a console leaves that to
the process beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Final, NamedTuple

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.report_scope import Question, moment_of, period_of
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.sparks import Sparks
from helpdesk.domain.tables import Table
from helpdesk.errors import BadInput
from helpdesk.stats.catalogue import CATALOGUE
from helpdesk.stats.scope import Scope

UNITS: Final = tuple(unit for entry in CATALOGUE.values() for unit in entry.units)
"""All that any report can be made by."""

Progress = Callable[[int, int], None]
"""Told how much of a report is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A report with what it was made from."""

    made_by_desk: ClassVar[bool] = True
    """Nobody typed what is in it: it is not searched for secrets when it is handed back."""

    question: Question
    """What was asked."""

    table: Table
    """The report."""

    scope: Scope
    """What it is about."""


class OnScreen(NamedTuple):
    """A report as a console shows it, however long it is."""

    answered: Answered
    """The report, its rows folded up."""

    sparks: Sparks | None
    """How the calls of its rows went from span to span; ``None`` where rows have none."""


@act("figures")
def reports(desk: Desk) -> dict[str, str]:
    """Name the reports there are.

    Args:
        desk: The desk.

    Returns:
        What each is of, by name.
    """
    del desk
    return {name: f"{entry.code} {entry.title}" for name, entry in CATALOGUE.items()}


@act("figures")
def units_of(desk: Desk, report: str) -> tuple[str, ...]:
    """Name what a report can be made by: spans of a trend, levels of callers.

    Args:
        desk: The desk.
        report: One of the names of :func:`reports`.

    Returns:
        The names; none where it is made in one way only.
    """
    del desk
    return CATALOGUE[report].units


@act("figures")
def report_on_screen(desk: Desk, question: Question, progress: Progress | None = None) -> OnScreen:
    """Make a report for a console; see :func:`helpdesk.desk.figures.make_report`.

    Args:
        desk: The desk.
        question: What is asked.
        progress: Told how much is done; may raise to give the report up.

    Returns:
        The report with what is drawn beside its rows.
    """
    from helpdesk.desk.figures import make_report, sparks_of  # noqa: PLC0415 - see above

    answered = make_report(desk, question, progress)
    sparks = sparks_of(desk, answered)
    return OnScreen(replace(answered, table=answered.table.folded()), sparks)


@act("figures")
def tickets_of_cell(
    desk: Desk, answered: Answered, row: int, column: str, progress: Progress | None = None
) -> list[int]:
    """The tickets behind one cell of a report.

    Args:
        desk: The desk.
        answered: The report.
        row: The place of the row, from 0; -1 for the total.
        column: The column.
        progress: Told how much is done; may raise to give it up.

    Returns:
        Their ids.
    """
    from helpdesk.desk.report_source import source_of  # noqa: PLC0415 - see above
    from helpdesk.stats.reports import tickets_behind  # noqa: PLC0415

    source = source_of(desk, answered.question, answered.scope, progress)
    return tickets_behind(answered.question.report, source, answered.table, row, column)


@act("figures")
def range_said(desk: Desk, question: Question) -> str:
    """Say what the period and the moment of a question mean.

    Args:
        desk: The desk.
        question: What is asked.

    Returns:
        Both ends with their offsets and the zone, and the moment where one is named.

    Raises:
        BadInput: When one cannot be read, or the moment lies ahead.
    """
    court = question.court.partition("/")[0]
    try:
        period = period_of(desk, question.period, question.first, question.last, court)
        at = moment_of(desk, question.as_of, period.zone)
    except BadInput as error:
        raise BadInput(f"{error}".removeprefix("--")) from error  # no option of a command here
    said = f"{period} ({period.zone})"
    if not question.as_of:
        return said
    moment = local(at, period.zone)
    return f"{said}, as of {moment:%Y-%m-%d %H:%M:%S %Z}"


@act("figures")
def versions_on_screen(desk: Desk, slug: str, days: int) -> Table:
    """How each version of a playbook did of late; see ``playbook_figures``.

    Args:
        desk: The desk.
        slug: The playbook.
        days: How many days back, today included.

    Returns:
        The report of playbooks about this one.
    """
    from helpdesk.desk.figures import playbook_figures  # noqa: PLC0415 - see above

    return playbook_figures(desk, slug, _last_days(desk, days))


def _last_days(desk: Desk, days: int) -> Period:
    """The last days at the desk's own office, today included."""
    zone = desk.home_office.zone
    today = local(desk.clock.now(), zone).date()
    return period_of_days(today - timedelta(days=days - 1), today + timedelta(days=1), zone)
