from __future__ import annotations

from datetime import date, timedelta

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.domain.whens import iso_utc
from tests.support.clock import StillClock
from tests.support.outages import LINKING, call_about, came_in
from tests.support.reports import report, rows_of


def test_the_summary_lists_the_days_with_an_alarm(desk: Desk, clock: StillClock) -> None:
    came_in(desk, {date(2026, 6, 1) - timedelta(weeks=week): 1 for week in range(1, 9)})
    moment = iso_utc(clock.at - 1)
    for _ in range(8):
        call_about(desk, LINKING)
        clock.go_on(60)
    court = desk.home_court.id
    key = f"unusual:2026-06-01:{court}:{LINKING}"
    rows = rows_of(report(desk, "summary"))
    assert rows["unusual_days"]["value"] == 1
    assert int(str(rows[key]["value"])) >= 3
    answered = make_report(desk, Question("summary"))
    line = answered.table.keys.index(key)
    assert len(tickets_of_cell(desk, answered, line, "value")) == 8
    assert key not in rows_of(report(desk, "summary", as_of=moment))
    assert key not in rows_of(report(desk, "summary", last="2026-05-31", first="2026-05-01"))
    assert rows_of(report(desk, "summary", court="ncmb"))["unusual_days"]["value"] == 0
