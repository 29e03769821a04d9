from __future__ import annotations

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import accept_escalation, return_escalation
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.whens import iso_utc
from tests.support.clock import StillClock
from tests.support.reports import figure, report, rows_of


def test_what_nobody_answers_in_time_bounces(desk: Desk, clock: StillClock) -> None:
    def escalated() -> int:
        call = start_call(desk)
        clock.go_on(60)
        return finish_call(desk, call, "escalated").ticket

    accepted, returned, third = escalated(), escalated(), escalated()
    moment = iso_utc(clock.at)
    assert states(desk) == ["open", "open", "open"]
    assert figure(desk, "bounce_rate") == Ratio(0, 0)
    clock.go_on(60)
    accept_escalation(desk, accepted)
    return_escalation(desk, returned, "try the guide first")
    clock.go_on(20 * 86_400)
    assert states(desk) == ["accepted", "returned", "bounced"]
    assert figure(desk, "bounce_rate") == Ratio(1, 3)
    answered = make_report(desk, Question("summary"))
    line = answered.table.keys.index("bounce_rate")
    assert tickets_of_cell(desk, answered, line, "value") == [accepted, returned, third]
    assert report(desk, "escalations").footer[1] == (
        "escalations 3 = accepted 1 + returned 1 + settled 0 + bounced 1 + open 0; bounced n<10"
    )
    assert states(desk, moment) == ["open", "open", "open"]


def states(desk: Desk, as_of: str = "") -> list[object]:
    return [row["state"] for row in rows_of(report(desk, "escalations", as_of=as_of)).values()]
