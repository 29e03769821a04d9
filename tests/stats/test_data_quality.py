from __future__ import annotations

from helpdesk.desk.corrections import correct_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.history import record_history
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.domain.calls import Caller
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.records import CallRecord
from helpdesk.domain.whens import iso_utc
from tests.support.clock import START, StillClock
from tests.support.golden import LINKING
from tests.support.reports import report, rows_of

HOUR = 3_600


def call(at: int, talk: int | None = 100, symptom: str = LINKING, who: str = "Pat") -> CallRecord:
    caller = Caller(0, name=who) if who else None
    return CallRecord(
        at, "ianb", caller=caller, symptom=symptom, talk_s=talk, hold_s=0, wrap_s=0
    )  # fmt: skip


def test_each_fault_is_counted_with_its_tickets_and_what_it_does_to_the_mean(
    desk: Desk, clock: StillClock
) -> None:
    start = START - 40 * HOUR
    record_history(desk, [
        call(start), call(start + HOUR, symptom=""), call(start + 2 * HOUR, who=""),
        call(start + 3 * HOUR, None), call(start + 4 * HOUR, 5 * HOUR), call(start + 8 * HOUR),
    ])  # fmt: skip
    clock.go_on(60)
    moment = iso_utc(clock.at)
    clock.go_on(60)
    calls = "SELECT id FROM call ORDER BY started_at"
    first = desk.port.query(calls).rows[0][0]
    correct_call(desk, first, ended=iso_utc(start + 150))
    rows = rows_of(report(desk, "data-quality"))
    assert {name: row["calls"] for name, row in rows.items()} == {
        "no_symptom": 1, "no_caller": 1, "no times": 1, "long": 1, "edited": 1,
        "clock_changed": 0, "overridden": 0, "ahead": 0, "overlap": 1,
    }  # fmt: skip
    assert rows["long"]["share"] == Ratio(1, 6)
    assert rows["long"]["aht_without_s"] == 112.5
    table = report(desk, "data-quality")
    assert table.footer[1:3] == (
        "started 6 = without a fault 1 + with any 5",
        "AHT with calls over 4 h 1:01:30, without 01:52",
    )
    answered = make_report(desk, Question("data-quality"))
    long = [*rows].index("long")
    assert len(tickets_of_cell(desk, answered, long, "calls")) == 1
    assert len(tickets_of_cell(desk, answered, -1, "calls")) == 5
    assert rows_of(report(desk, "data-quality", as_of=moment))["edited"]["calls"] == 0
