from __future__ import annotations

from contextlib import closing
from pathlib import Path

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.history import record_history
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.domain.calls import Caller
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.records import CallRecord
from tests.support.clock import START, StillClock
from tests.support.desks import open_as
from tests.support.golden import CARD, LINKING, fill_golden
from tests.support.reports import Row, figure, report, rows_of

DAY = 86_400
WEEK = 7 * DAY
FIRST = START - 20 * DAY


def call(who: int, at: int, symptom: str = LINKING, outcome: str = "resolved") -> CallRecord:
    known = Caller(0, name=f"Roe, Pat {who}", firm="Roe & Moe" if who < 3 else "")
    return CallRecord(
        at, "ncmb", caller=known, phone=f"336-555-01{who:02}", symptom=symptom, outcome=outcome,
        talk_s=60, hold_s=0, wrap_s=0,
    )  # fmt: skip


def by_name(desk: Desk, **said: str) -> dict[object, Row]:
    return {row["caller"]: row for row in rows_of(report(desk, "repeat-callers", **said)).values()}


def test_a_chain_is_of_calls_at_most_a_week_apart_and_a_dropped_line_goes_on(desk: Desk) -> None:
    record_history(desk, [
        call(1, FIRST), call(1, FIRST + WEEK, CARD), call(1, FIRST + 2 * WEEK, CARD),
        call(2, FIRST), call(2, FIRST + WEEK + 1),
        call(3, FIRST, outcome="dropped"), call(3, FIRST + 60 + 120),
        call(4, FIRST, outcome="dropped"), call(4, FIRST + 60 + 121),
    ])  # fmt: skip
    told = {
        name: tuple(row[each] for each in ("chain", "calls", "repeats", "repeats_any"))
        for name, row in by_name(desk).items()
    }
    assert told == {"Roe, Pat 1": (3, 3, 1, 2), "Roe, Pat 4": (2, 2, 1, 1)}
    table = report(desk, "repeat-callers")
    assert table.footer[0] == "callers in range 4 = shown 2 + no two contacts within 7 days 2"
    (firm,) = by_name(desk, unit="firm").values()
    assert (firm["chain"], firm["calls"]) == (5, 5)


def test_a_call_before_the_range_makes_one_in_it_a_repeat(desk: Desk) -> None:
    record_history(desk, [call(1, FIRST), call(1, FIRST + DAY)])
    days = {"first": "2026-05-13", "last": "2026-05-13"}
    (row,) = by_name(desk, **days).values()
    assert (row["chain"], row["in_range"], row["repeats"]) == (2, 1, 1)
    assert by_name(desk, first="2026-05-14", last="2026-05-30") == {}


def test_the_repeats_of_all_rows_are_those_of_the_summary(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    for unit in ("person", "phone"):
        rows = rows_of(report(desk, "repeat-callers", unit=unit)).values()
        assert sum(int(str(row["repeats"])) for row in rows) == 2
    assert figure(desk, "repeat_rate") == Ratio(2, 8)


def test_only_who_may_compare_reads_names_and_numbers(
    home: Path, clock: StillClock, desk: Desk
) -> None:
    fill_demo(desk, 200, days=40)
    told = {unit: str(report(desk, "repeat-callers", unit=unit)) for unit in ("person", "phone")}
    names = [str(row["caller"]) for row in by_name(desk).values()]
    assert all(name in told["person"] for name in names)
    assert "555" in told["phone"]
    desk.close()
    with closing(open_as(home, clock, (3, "akim"), "clerk")) as other:
        table = report(other, "repeat-callers")
        assert [row[0] for row in table.rows][:2] == ["caller 1", "caller 2"]
        assert not any(name in str(table.rows) for name in names)
        assert "555" not in str(report(other, "repeat-callers", unit="phone").rows)


def test_the_tickets_behind_a_row_are_those_of_its_calls(desk: Desk) -> None:
    record_history(desk, [call(1, FIRST), call(1, FIRST + DAY), call(2, FIRST)])
    answered = make_report(desk, Question("repeat-callers"))
    assert len(tickets_of_cell(desk, answered, 0, "chain")) == 2
