from __future__ import annotations

from datetime import date

import pytest

from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import period_of_report, symptom_figures
from helpdesk.desk.history import record_history
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.records import CallRecord
from helpdesk.domain.tables import Table
from helpdesk.errors import BadInput, NotFound
from helpdesk.stats.definitions import figures_of
from helpdesk.stats.reports import by_symptom, calls_in, reconciled
from tests.support.clock import START, StillClock
from tests.support.golden import CARD, LINKING, PASSWORD, QUERY, fill_golden

NEW_YORK = "America/New_York"
JUNE = period_of_days(date(2026, 6, 1), date(2026, 7, 1), NEW_YORK)


def rows_of(table: Table) -> dict[object, dict[str, object]]:
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def test_the_golden_calls_give_the_golden_figures(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    found = figures_of(calls_in(desk.port, JUNE))
    assert (found.started, found.handled, found.dropped, found.running) == (11, 9, 1, 1)
    assert found.handle_s == 3_680
    assert found.aht_s == pytest.approx(3_680 / 9)
    assert (found.median_s, found.p90_s) == (260, 744)
    assert found.outcomes == {
        "resolved": 6, "waiting": 1, "callback": 0, "escalated": 1, "referred": 1,
    }  # fmt: skip


def test_the_golden_calls_by_symptom(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    table = symptom_figures(desk, JUNE)
    rows = rows_of(table)
    assert {symptom: row["started"] for symptom, row in rows.items()} == {
        LINKING: 5, PASSWORD: 3, QUERY: 2, CARD: 1,
    }  # fmt: skip
    assert rows[LINKING]["aht_s"] == 396.0
    assert rows[LINKING]["median_s"] == 360.0
    assert rows[LINKING]["p90_s"] == 582.0
    assert rows[QUERY]["running"] == 1
    assert (rows[CARD]["dropped"], rows[CARD]["aht_s"]) == (1, None)
    assert [row["cum_percent"] for row in rows.values()] == [45.5, 72.7, 90.9, 100.0]
    assert table.footer[0] == (
        "rows in range 12 = counted 9 + running 1 + dropped 1 + no times 0 + outbound 1"
        " + test 0 + void 0"
    )


def test_the_header_says_range_with_offsets_zone_filters_as_of_and_who(
    desk: Desk, clock: StillClock
) -> None:
    fill_golden(desk, clock)
    assert symptom_figures(desk, JUNE, "ncmb").header == (
        "Calls by symptom",
        "2026-06-01 00:00 EDT … 2026-07-01 00:00 EDT (America/New_York)",
        "court: ncmb; symptom: as corrected; calls: inbound",
        "as of 2026-06-30 12:00:00 EDT, definitions 1, by mortiz",
    )


def test_a_call_belongs_to_the_day_it_began(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    first = period_of_days(date(2026, 6, 1), date(2026, 6, 2), NEW_YORK)
    second = period_of_days(date(2026, 6, 2), date(2026, 6, 3), NEW_YORK)
    # Call 4 begins at 23:50 and ends at 00:10.
    assert figures_of(calls_in(desk.port, first)).handle_s == 360 + 150 + 1_200
    assert figures_of(calls_in(desk.port, second)).handle_s == 630


def test_the_end_of_a_range_is_not_in_it(desk: Desk) -> None:
    record_history(desk, [CallRecord(START - 1, "ianb"), CallRecord(START, "ianb")])
    assert figures_of(calls_in(desk.port, Period(START - 1, START, NEW_YORK))).started == 1


def test_what_is_not_known_is_left_out_of_means_and_counted(desk: Desk) -> None:
    known = CallRecord(START - 900, "ianb", talk_s=300, hold_s=0, wrap_s=40)
    record_history(desk, [known, CallRecord(START - 600, "ianb", talk_s=120)])
    calls = calls_in(desk.port, Period(0, START, NEW_YORK))
    found = figures_of(calls)
    assert (found.handled, found.handle_s, found.aht_s) == (2, 340, 340.0)
    assert "counted 1 + running 0 + dropped 0 + no times 1 +" in reconciled(calls)


def test_a_call_of_no_length_is_handled_only_when_something_was_recorded(
    desk: Desk, clock: StillClock
) -> None:
    for touched in (True, False):
        call = start_call(desk)
        if touched:
            add_action_to_call(desk, call, "called-back")
        finish_call(desk, call, "resolved")
    clock.go_on(60)
    found = figures_of(calls_in(desk.port, Period(0, clock.at, NEW_YORK)))
    assert (found.handled, found.dropped) == (1, 1)


def test_a_corrected_symptom_counts_for_every_call_of_its_ticket(
    desk: Desk, clock: StillClock
) -> None:
    ticket = desk.ids.make(START - 900)
    first = CallRecord(START - 900, "ianb", symptom=LINKING, ticket=ticket)
    again = CallRecord(START - 600, "ianb", symptom=PASSWORD, continues=ticket)
    record_history(desk, [first, again])
    call = start_call(desk)
    choose_symptom(desk, call, CARD)
    clock.go_on(60)
    table = symptom_figures(desk, Period(0, clock.at, NEW_YORK))
    assert {symptom: row["started"] for symptom, row in rows_of(table).items()} == {
        PASSWORD: 2, CARD: 1,
    }  # fmt: skip


def test_trials_and_void_tickets_are_only_in_the_reconciliation(desk: Desk) -> None:
    ticket = desk.ids.make(START - 900)
    record_history(
        desk,
        [
            CallRecord(START - 900, "ianb", talk_s=9, ticket=ticket),
            CallRecord(START - 600, "ianb", talk_s=9, tags=("test",)),
        ],
    )
    stamp = desk.stamp()
    voided = ("UPDATE ticket SET status = 'void' WHERE id = ?", (ticket,))
    desk.port.transact(stamp.op, stamp.at, [voided])
    calls = calls_in(desk.port, Period(0, START, NEW_YORK))
    assert figures_of(calls).started == 0
    assert reconciled(calls).endswith("outbound 0 + test 1 + void 1")


def test_one_court_leaves_out_the_others(desk: Desk) -> None:
    record_history(desk, [CallRecord(START - 9, "ianb"), CallRecord(START - 8, "ncmb")])
    period = Period(0, START, NEW_YORK)
    assert figures_of(calls_in(desk.port, period, "ncmb")).started == 1
    assert figures_of(calls_in(desk.port, period)).started == 2


def test_the_rows_of_a_report_add_up_to_its_total(desk: Desk) -> None:
    fill_demo(desk, 300, days=60)
    calls = calls_in(desk.port, Period(0, START, NEW_YORK))
    table = by_symptom(calls, {})
    assert table.total is not None
    total = dict(zip(table.columns, table.total, strict=True))
    assert (
        total["started"]
        == desk.port.query("SELECT count(*) FROM call WHERE direction = 'in'").value()
    )
    for name in ("started", "handled", "dropped", "talk_s", "wrap_s", "handle_s", "resolved"):
        place = table.columns.index(name)
        assert sum(int(str(row[place])) for row in table.rows) == total[name]


def test_a_report_of_nothing_has_zeros_and_blanks(desk: Desk) -> None:
    table = symptom_figures(desk, JUNE)
    assert table.rows == ()
    assert table.total is not None
    total = dict(zip(table.columns, table.total, strict=True))
    assert (total["started"], total["aht_s"], total["percent"]) == (0, None, None)


def test_both_days_of_a_range_are_in_it(desk: Desk) -> None:
    may = period_of_report(desk, "2026-05-01", "2026-05-31", "ncmb")
    assert str(may) == "2026-05-01 00:00 EDT … 2026-06-01 00:00 EDT"
    assert may == period_of_report(desk, "2026-05", "2026-05", "ncmb")


def test_the_days_when_clocks_are_set_have_their_own_offsets(desk: Desk) -> None:
    spring = period_of_report(desk, "2026-03-08", "2026-03-08", "ncmb")
    assert str(spring) == "2026-03-08 00:00 EST … 2026-03-09 00:00 EDT"
    assert spring.end - spring.start == 23 * 3_600


def test_without_days_a_report_covers_all_there_is(desk: Desk) -> None:
    empty = period_of_report(desk)
    assert str(empty) == "2026-06-01 00:00 CDT … 2026-06-02 00:00 CDT"
    record_history(desk, [CallRecord(START - 40 * 86_400, "ianb")])
    assert str(period_of_report(desk)) == "2026-04-22 00:00 CDT … 2026-06-02 00:00 CDT"
    early = period_of_report(desk, last="2026-01-31")
    assert str(early) == "2026-01-31 00:00 CST … 2026-02-01 00:00 CST"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-05-32", None, "--from: “2026-05-32” is not a period"),
        (None, "tomorrow-ish", "--to: “tomorrow-ish” is not a period"),
        ("2026-05-02", "2026-05-01", "“2026-05-01” lies before --from “2026-05-02”"),
        ("2027-01-01", None, "--to: “today” lies before --from “2027-01-01”"),
        ("2026-05-01..2026-05-02", None, "is two days"),
        (None, "9999-12-31", "--to: “9999-12-31”"),
    ],
)
def test_days_that_make_no_range_are_refused_by_their_option(
    desk: Desk, first: str | None, last: str | None, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        period_of_report(desk, first, last)


def test_a_court_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no court “zz”"):
        symptom_figures(desk, JUNE, "zz")


def test_calls_of_merged_tickets_count_once_with_the_ticket_they_go_on_in(desk: Desk) -> None:
    tickets = [desk.ids.make(START - 900 + n) for n in range(3)]
    record_history(
        desk,
        [
            CallRecord(START - 900 + n, "ianb", symptom=symptom, talk_s=9, ticket=ticket)
            for n, (ticket, symptom) in enumerate(
                zip(tickets, (LINKING, PASSWORD, CARD), strict=True)
            )
        ],
    )
    period = Period(0, START, NEW_YORK)
    merge_tickets(desk, tickets[1], tickets[0])
    merge_tickets(desk, tickets[2], tickets[1])
    pooled = rows_of(symptom_figures(desk, period))
    assert {symptom: row["started"] for symptom, row in pooled.items()} == {LINKING: 3}
    unmerge_ticket(desk, tickets[2])
    apart = rows_of(symptom_figures(desk, period))
    assert {symptom: row["started"] for symptom, row in apart.items()} == {LINKING: 2, CARD: 1}
