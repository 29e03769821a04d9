from __future__ import annotations

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.desk.statuses import change_status
from helpdesk.domain.whens import iso_utc
from tests.support.clock import StillClock
from tests.support.reports import figure, report, rows_of

HOUR, DAY = 3_600, 86_400


def test_the_backlog_of_a_past_moment_is_what_was_active_then(
    desk: Desk, clock: StillClock
) -> None:
    def ended(outcome: str, due: int | None = None) -> int:
        call = start_call(desk)
        clock.go_on(60)
        return finish_call(desk, call, outcome, due).ticket

    waiting, soon = ended("waiting", clock.at + 3 * DAY), ended("waiting", clock.at + HOUR)
    escalated = ended("escalated")
    ended("resolved")
    clock.go_on(2 * HOUR)
    young = start_call(desk)
    moment = iso_utc(clock.at)
    before = cells(desk)
    assert before == {"open": 1, "waiting, time over": 1, "waiting": 1, "escalated": 1}
    answered = make_report(desk, Question("backlog"))
    assert tickets_of_cell(desk, answered, 1, "h1_4") == [soon]
    assert tickets_of_cell(desk, answered, 1, "under_1h") == []
    assert tickets_of_cell(desk, answered, -1, "h1_4") == [soon, waiting, escalated]
    clock.go_on(DAY)
    finish_call(desk, young, "resolved")
    change_status(desk, waiting, "void", "a mistake")
    change_status(desk, escalated, "resolved")
    assert cells(desk) == {"open": 0, "waiting, time over": 1, "waiting": 0, "escalated": 0}
    assert cells(desk, as_of=moment) == before
    assert figure(desk, "backlog", as_of=moment) == 4
    assert cells(desk, last="2026-05-31", first="2026-05-31")["open"] == 0


def cells(desk: Desk, **said: str) -> dict[object, object]:
    table = rows_of(report(desk, "backlog", **said))
    return {row["status"]: row["tickets"] for row in table.values()}
