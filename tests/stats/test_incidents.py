from __future__ import annotations

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.incidents import attach_incident, declare_incident, end_incident
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.whens import iso_utc
from tests.support.clock import StillClock
from tests.support.golden import CARD, LINKING
from tests.support.reports import report, rows_of

COLUMNS = ("incident", "lasted_s", "attached", "linked_calls", "calls", "promised")


def test_an_incident_has_its_minutes_and_the_calls_that_came_meanwhile(
    desk: Desk, clock: StillClock
) -> None:
    def call_about(symptom: str, *, attach: bool = False, waits: int | None = None) -> int:
        call = start_call(desk)
        choose_symptom(desk, call, symptom)
        if attach:
            attach_incident(desk, call)
        clock.go_on(60)
        due = clock.at + 7_200 if waits else None
        outcome = "waiting" if waits else "resolved"
        return finish_call(desk, call, outcome, due, incident=waits).ticket

    call_about(LINKING)
    number = declare_incident(desk, desk.home_court.id, LINKING, "It is being looked into.")
    plain, attached = call_about(LINKING), call_about(LINKING, attach=True)
    waits = call_about(LINKING, attach=True, waits=number)
    call_about(CARD)
    moment = iso_utc(clock.at)
    before = told(desk)
    assert before == [(number, 240, 2, 2, 3, 1)]
    clock.go_on(60)
    end_incident(desk, number)
    clock.go_on(60)
    call_about(LINKING)
    assert told(desk) == [(number, 300, 2, 2, 3, 1)]
    assert told(desk, as_of=moment) == before
    assert set(report(desk, "incidents").tickets[0]) == {plain, attached, waits}
    assert behind(desk, "attached") == behind(desk, "linked_calls") == {attached, waits}
    assert (behind(desk, "promised"), behind(desk, "calls")) == ({waits}, {plain, attached, waits})
    assert told(desk, symptom=CARD) == []
    assert report(desk, "incidents", symptom=CARD).footer[0] == (
        "incidents in range 1 = shown 0 + of other courts or symptoms 1"
    )
    assert told(desk, first="2026-05-01", last="2026-05-31") == []


def told(desk: Desk, **said: str) -> list[tuple[object, ...]]:
    rows = rows_of(report(desk, "incidents", **said)).values()
    return [tuple(row[name] for name in COLUMNS) for row in rows]


def behind(desk: Desk, column: str) -> set[int]:
    return {*tickets_of_cell(desk, make_report(desk, Question("incidents")), 0, column)}
