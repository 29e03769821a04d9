"""Reports as tests ask for them."""

from __future__ import annotations

from datetime import date

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import Figures, named, summed
from helpdesk.stats.scope import Scope

NEW_YORK = "America/New_York"
JUNE = period_of_days(date(2026, 6, 1), date(2026, 7, 1), NEW_YORK)

Row = dict[str, Figure]


def report(desk: Desk, name: str = "by-symptom", **said: str) -> Table:
    """A report; of all days unless a period is said."""
    return make_report(desk, Question(name, **said)).table


def rows_of(table: Table) -> dict[str, Row]:
    """The rows by what each is of."""
    return {
        key: dict(zip(table.columns, row, strict=True))
        for key, row in zip(table.keys, table.rows, strict=True)
    }


def total_of(table: Table) -> Row:
    """The total row."""
    assert table.total is not None
    return dict(zip(table.columns, table.total, strict=True))


def figure(desk: Desk, name: str, **said: str) -> Figure:
    """One figure of the summary."""
    return rows_of(report(desk, "summary", **said))[name]["value"]


def sums(desk: Desk, period: Period, court: str = "") -> Figures:
    """The sums of the calls of a period."""
    scope = Scope(period, desk.clock.now(), court=court)
    return summed(named(fetch_calls(desk.port, scope)))


def text(table: Table) -> str:
    """All of a report that a file holds."""
    return repr((table.header, table.file_columns, table.file_rows, table.total, table.footer))
