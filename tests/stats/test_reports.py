from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpdesk.desk.abouts import about_report
from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.history import record_history
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.records import CallRecord
from helpdesk.errors import NotAllowed
from helpdesk.stats.catalogue import CATALOGUE
from helpdesk.stats.reports import REPORTS
from helpdesk.stats.source import reconciled
from tests.support.clock import START, StillClock
from tests.support.desks import open_as, open_with_history
from tests.support.golden import CARD, LINKING, PASSWORD, QUERY, fill_golden
from tests.support.reports import NEW_YORK, figure, report, rows_of, sums, total_of

_INBOUND = "SELECT count(*) FROM call WHERE direction = 'in'"
_ALL = """
SELECT count(DISTINCT x.ticket) FROM call_ticket x JOIN call l ON l.id = x.call
WHERE l.direction = 'in'
"""
_TICKETS = """
SELECT count(DISTINCT x.ticket) FROM call_ticket x JOIN call l ON l.id = x.call
JOIN ticket t ON t.id = x.ticket WHERE l.direction = 'in' AND coalesce(t.symptom, '') = ?
"""


@pytest.fixture
def busy(home: Path, clock: StillClock) -> Iterator[Desk]:
    """A desk with a made-up history."""
    desk = open_with_history(home, clock)
    yield desk
    desk.close()


def test_every_report_of_the_catalogue_can_be_made() -> None:
    assert list(REPORTS) == list(CATALOGUE)


def test_the_golden_calls_give_the_golden_figures(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    found = {name: figure(desk, name, court="ncmb") for name in (
        "started", "handled", "dropped", "running", "outbound", "median_s", "p90_s", "aht_s",
        "gross_fcr", "net_fcr", "repeat_adjusted_fcr", "repeat_rate", "repeat_any_rate",
        "reopen_rate", "tickets_resolved",
    )}  # fmt: skip
    assert found == {
        "started": 11, "handled": 9, "dropped": 1, "running": 1, "outbound": 1, "median_s": 260,
        "p90_s": 744, "aht_s": 408.889, "gross_fcr": Ratio(4, 8), "net_fcr": Ratio(4, 7),
        "repeat_adjusted_fcr": Ratio(2, 6), "repeat_rate": Ratio(2, 8),
        "repeat_any_rate": Ratio(3, 8), "reopen_rate": Ratio(1, 6), "tickets_resolved": 6,
    }  # fmt: skip


def test_the_golden_calls_by_symptom(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    table = report(desk, court="ncmb")
    rows = rows_of(table)
    assert {symptom: row["started"] for symptom, row in rows.items()} == {
        LINKING: 5, PASSWORD: 3, QUERY: 2, CARD: 1,
    }  # fmt: skip
    assert [rows[LINKING][name] for name in ("aht_s", "median_s", "p90_s")] == [396, 360, 582]
    assert rows[QUERY]["running"] == 1
    assert (rows[CARD]["dropped"], rows[CARD]["aht_s"]) == (1, None)
    assert [row["cum_percent"] for row in rows.values()] == [45.5, 72.7, 90.9, 100.0]
    assert [row["abc"] for row in rows.values()] == ["A", "A", "A", "B"]
    assert table.footer[0] == (
        "rows in range 12 = counted 9 + running 1 + dropped 1 + no times 0 + outbound 1"
        " + test 0 + void 0"
    )


def test_the_golden_call_over_midnight_works_on_both_days(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    for day, slot, started in (("2026-06-01", "23:30 EDT", 1), ("2026-06-02", "00:00 EDT", 0)):
        row = rows_of(report(desk, "half-hours", court="ncmb", period=day))[slot]
        assert (row["started"], row["workload_s"]) == (started, 600)


def test_the_header_says_range_with_offsets_zone_filters_and_as_of(
    desk: Desk, clock: StillClock
) -> None:
    fill_golden(desk, clock)
    assert report(desk, court="ncmb", period="2026-06").header == (
        "Calls by symptom",
        "2026-06-01 00:00 EDT … 2026-07-01 00:00 EDT (America/New_York)",
        "court: ncmb; clerk: all; symptom: all, as corrected; tickets: all",
        "as of 2026-06-30 12:00:00 EDT, definitions 4",
    )


def test_the_index_compares_clerks_on_the_same_work(desk: Desk) -> None:
    work = [("ada", LINKING, 40, 300), ("ada", PASSWORD, 10, 120), ("ben", LINKING, 5, 330),
            ("ben", PASSWORD, 45, 132)]  # fmt: skip
    starts = iter(range(START - 90_000, START, 300))
    record_history(desk, [
        CallRecord(next(starts), "ianb", symptom=slug, talk_s=seconds, hold_s=0, wrap_s=0,
                   clerk=clerk)
        for clerk, slug, many, seconds in work for _ in range(many)
    ])  # fmt: skip
    rows = {row["clerk"]: row for row in rows_of(report(desk, "by-clerk")).values()}
    columns = ("aht_s", "expected_s", "index")
    assert [rows["ada"][name] for name in columns] == [264.0, 268.630, 0.9828]
    assert [rows["ben"][name] for name in columns] == [151.8, 147.170, 1.0315]


@pytest.mark.parametrize("narrower", [{}, {"query": "court:ianb"}, {"as_of": "2026-05-31"}])
def test_a_chosen_clerk_is_compared_with_everybody(busy: Desk, narrower: dict[str, str]) -> None:
    every = report(busy, "by-clerk", **narrower)
    one = report(busy, "by-clerk", clerk="akim", **narrower)
    (row,) = rows_of(one).values()
    assert row == next(each for each in rows_of(every).values() if each["clerk"] == "akim")
    assert isinstance(row["percent"], float)
    assert row["percent"] < 100
    assert row["index"] != 1
    assert one.total is None
    assert one.footer[0].startswith("rows in range ")
    assert one.footer[0] != every.footer[0]


def test_a_call_belongs_to_the_day_it_began(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    first = period_of_days(date(2026, 6, 1), date(2026, 6, 2), NEW_YORK)
    second = period_of_days(date(2026, 6, 2), date(2026, 6, 3), NEW_YORK)
    # Call 4 begins at 23:50 and ends at 00:10.
    assert sums(desk, first).counts["handle_s"] == 360 + 150 + 1_200
    assert sums(desk, second).counts["handle_s"] == 630


def test_the_end_of_a_range_is_not_in_it(desk: Desk) -> None:
    record_history(desk, [CallRecord(START - 1, "ianb"), CallRecord(START, "ianb")])
    assert sums(desk, Period(START - 1, START, NEW_YORK)).counts["started"] == 1


def test_what_is_not_known_is_left_out_of_means_and_counted(desk: Desk) -> None:
    known = CallRecord(START - 900, "ianb", talk_s=300, hold_s=0, wrap_s=40)
    record_history(desk, [known, CallRecord(START - 600, "ianb", talk_s=120)])
    found = sums(desk, Period(0, START, NEW_YORK))
    assert (found.counts["handled"], found.spent["handle"]) == (2, {340: 1})
    assert "counted 1 + running 0 + dropped 0 + no times 1 +" in reconciled(found)


def test_a_call_of_no_length_is_handled_only_when_something_was_recorded(
    desk: Desk, clock: StillClock
) -> None:
    for touched in (True, False):
        call = start_call(desk)
        if touched:
            add_action_to_call(desk, call, "called-back")
        finish_call(desk, call, "resolved")
    clock.go_on(60)
    found = sums(desk, Period(0, clock.at, NEW_YORK)).counts
    assert (found["handled"], found["dropped"]) == (1, 1)


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
    assert {slug: row["started"] for slug, row in rows_of(report(desk)).items()} == {
        PASSWORD: 2, CARD: 1,
    }  # fmt: skip


@pytest.mark.parametrize("as_of", ["", "now"])  # of kept sums, and of the rows
def test_a_line_that_dropped_before_takes_nothing_from_the_call_that_resolved_the_ticket(
    desk: Desk, as_of: str
) -> None:
    tickets = [desk.ids.make(START - 90_000 + n) for n in range(2)]
    begins = iter(range(START - 90_000, START, 600))
    ended = zip(
        tickets, (("dropped", "resolved"), ("dropped", "resolved", "resolved")), strict=True
    )
    calls = ((ticket, *each) for ticket, outcomes in ended for each in enumerate(outcomes))
    record_history(desk, [
        CallRecord(
            next(begins), "ianb", symptom=LINKING, outcome=outcome, talk_s=9,
            ticket=None if nth else ticket, continues=ticket if nth else None,
        )
        for ticket, nth, outcome in calls
    ])  # fmt: skip
    reopened = "SELECT reopened FROM ticket ORDER BY id"
    assert [row[0] for row in desk.port.query(reopened).rows] == [1, 2]
    assert figure(desk, "gross_fcr", as_of=as_of) == Ratio(1, 2)
    assert figure(desk, "net_fcr", as_of=as_of) == Ratio(1, 2)


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
    found = sums(desk, Period(0, START, NEW_YORK))
    assert found.counts["started"] == 0
    assert reconciled(found).endswith("outbound 0 + test 1 + void 1")


def test_one_court_leaves_out_the_others(desk: Desk) -> None:
    record_history(desk, [CallRecord(START - 9, "ianb"), CallRecord(START - 8, "ncmb")])
    period = Period(0, START, NEW_YORK)
    assert sums(desk, period, "ncmb").counts["started"] == 1
    assert sums(desk, period).counts["started"] == 2


@pytest.mark.parametrize("name", ["by-symptom", "by-clerk", "by-court", "trend", "half-hours"])
def test_the_rows_of_a_report_add_up_to_its_total(busy: Desk, name: str) -> None:
    table = report(busy, name)
    total = total_of(table)
    assert total["started"] == busy.port.query(_INBOUND).value()
    for column in ("started", "handled"):
        place = table.columns.index(column)
        assert sum(int(str(row[place])) for row in table.rows) == total[column]
    assert table.footer[0] == report(busy).footer[0]


def test_every_cell_opens_as_many_tickets_as_its_calls_are_on(busy: Desk) -> None:
    answered = make_report(busy, Question("by-symptom"))
    place = answered.table.columns.index("started")
    for row, cells in enumerate(answered.table.rows[:8]):
        behind = tickets_of_cell(busy, answered, row, "started")
        slug = answered.table.keys[row]
        assert len(behind) == busy.port.query(_TICKETS, (slug,)).value()
        assert len(behind) <= int(str(cells[place]))
    assert len(tickets_of_cell(busy, answered, -1, "started")) == busy.port.query(_ALL).value()


def test_a_report_of_nothing_has_zeros_and_blanks(desk: Desk) -> None:
    table = report(desk)
    assert table.rows == ()
    total = total_of(table)
    assert (total["started"], total["aht_s"], total["percent"]) == (0, None, None)
    for name in ("summary", "by-clerk", "by-court", "half-hours", "heat-map", "trend"):
        assert report(desk, name).footer[0].startswith("rows in range 0 = counted 0")


def test_a_clerk_sees_only_the_own_row(home: Path, clock: StillClock, busy: Desk) -> None:
    busy.close()
    with closing(open_as(home, clock, (3, "akim"), "clerk")) as other:
        own = report(other, "by-clerk")
        assert [row["clerk"] for row in rows_of(own).values()] == ["akim"]
        assert report(other, "by-clerk", clerk="me").rows == own.rows
        with pytest.raises(NotAllowed, match="sees its own figures only: ask a lead or"):
            report(other, clerk="mortiz")


def test_a_clerk_is_refused_the_figures_of_others_by_a_query_too(
    home: Path, clock: StillClock, busy: Desk
) -> None:
    of_akim = report(busy, "summary", query="clerk:akim").rows
    assert report(busy, "summary", query="-clerk:akim").rows != of_akim
    busy.close()
    with closing(open_as(home, clock, (3, "akim"), "clerk")) as other:
        for query in ("clerk:me", "clerk:Akim"):
            assert report(other, "summary", query=query).rows == of_akim
        assert report(other, "summary", query="-clerk:me court:ianb").rows
        for query in ("clerk:jlee", "-clerk:JLEE", "clerk:me,jlee", "court:ianb clerk:jlee"):
            with pytest.raises(NotAllowed, match=r"own figures only: ask a .* for those of jlee"):
                report(other, "summary", query=query)


def test_the_header_names_the_clerk_whose_rows_alone_are_shown(
    home: Path, clock: StillClock, busy: Desk
) -> None:
    assert "; clerk: mortiz;" in report(busy, "summary", clerk="me").header[2]
    busy.close()
    with closing(open_as(home, clock, (3, "akim"), "clerk")) as other:
        clerks = {name: re.findall(r"clerk: (\w+)", report(other, name).header[2])[0]
                  for name in CATALOGUE}  # fmt: skip
        assert {name for name, clerk in clerks.items() if clerk == "akim"} == {
            "by-clerk", "callbacks", "credentials", "escalations",
        }  # fmt: skip
        assert set(clerks.values()) == {"akim", "all"}
        answered = make_report(other, Question("by-clerk"))
        assert about_report(other, answered).query == "clerk:akim"


def test_a_shift_of_whole_weeks_moves_nothing_in_the_heat_map(desk: Desk) -> None:
    maps = []
    for weeks in (3, 2):
        monday = START - START % 86_400 - weeks * 7 * 86_400
        starts = [
            monday + day * 86_400 + hour * 1_800 for day in range(5) for hour in (28, 29, 40)
        ]
        record_history(desk, [CallRecord(at, "ianb", talk_s=60, hold_s=0, wrap_s=0)
                              for at in starts])  # fmt: skip
        first = date.fromordinal(date(1970, 1, 1).toordinal() + monday // 86_400)
        last = first.fromordinal(first.toordinal() + 6)
        maps.append(report(desk, "heat-map", period=f"{first}..{last}").rows)
    assert maps[0] == maps[1]


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
    merge_tickets(desk, tickets[1], tickets[0])
    merge_tickets(desk, tickets[2], tickets[1])
    pooled = rows_of(report(desk))
    assert {symptom: row["started"] for symptom, row in pooled.items()} == {LINKING: 3}
    unmerge_ticket(desk, tickets[2])
    apart = rows_of(report(desk))
    assert {symptom: row["started"] for symptom, row in apart.items()} == {LINKING: 2, CARD: 1}


def test_counting_by_the_end_moves_calls_and_loses_none(busy: Desk) -> None:
    began = make_report(busy, Question("half-hours")).table
    ended = make_report(busy, Question("half-hours", attribute="end")).table
    assert total_of(began)["started"] == total_of(ended)["started"]
    assert total_of(began)["workload_s"] == total_of(ended)["workload_s"]
    assert began.rows != ended.rows


def test_a_call_is_counted_where_it_began_or_where_its_wrap_was_over(desk: Desk) -> None:
    # 09:20 to 10:10 in New York: 600 s, 1,800 s and 600 s of work.
    at = START - START % 86_400 - 86_400 * 4 + 13 * 3_600 + 1_200
    record_history(desk, [CallRecord(at, "ncmb", talk_s=3_000, hold_s=0, wrap_s=0)])
    said = Question("half-hours", period=f"{local(at, NEW_YORK):%Y-%m-%d}", court="ncmb")
    for attribute, counted in (("start", "09:00 EDT"), ("end", "10:00 EDT")):
        rows = rows_of(make_report(desk, replace(said, attribute=attribute)).table)
        assert [rows[f"{slot} EDT"]["workload_s"] for slot in ("09:00", "09:30", "10:00")] == [
            600, 1_800, 600,
        ]  # fmt: skip
        assert [name for name, row in rows.items() if row["started"]] == [counted]
