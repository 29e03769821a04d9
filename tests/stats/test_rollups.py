from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.caller_corrections import correct_caller
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.callers import set_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.corrections import correct_call
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.history import record_history
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.promises import drop_promise
from helpdesk.desk.report_scope import Question, scope_of
from helpdesk.desk.report_source import source_of
from helpdesk.desk.rollups import keep_rollups
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.statuses import change_status
from helpdesk.desk.tags import tag_ticket
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.domain.calls import Caller
from helpdesk.domain.courts import local
from helpdesk.domain.periods import period_of_days
from helpdesk.domain.records import CallRecord
from helpdesk.domain.tables import Table
from helpdesk.domain.whens import iso_utc
from helpdesk.errors import HelpdeskError
from helpdesk.stats.calls import fetch_calls, within
from helpdesk.stats.definitions import KEPT
from helpdesk.stats.promise_sums import PART
from helpdesk.stats.reports import REPORTS
from helpdesk.stats.rollups import days_that_hold
from helpdesk.stats.scope import Scope
from tests.stats.test_as_of import Supervisor
from tests.support.clock import START, StillClock
from tests.support.golden import CARD, LINKING
from tests.support.reports import text

_TICKETS = "SELECT id FROM ticket"
_CALL_AT = "SELECT id FROM call WHERE started_at = ?"
_AT = "SELECT x.ticket FROM call l JOIN call_ticket x ON x.call = l.id WHERE l.started_at = ?"
MIDNIGHT = START - START % 86_400 + 5 * 3_600 - 20 * 86_400
"""One in May in Chicago, where the desk's own office is."""

_SUMS = [name for name, report in REPORTS.items() if report.sums]
_OF_THE_DESK = 2
"""So many last lines of a report are of its journal."""

DAYS = 50


def _raw(desk: Desk, question: Question) -> str:
    """The same report from the rows alone."""
    source = source_of(desk, question, scope_of(desk, question))
    every = frozenset(row[0] for row in desk.port.query(_TICKETS).rows)
    scope = replace(source.scope, tickets=every)
    return _body(REPORTS[question.report].build(replace(source, scope=scope)))


def _made(desk: Desk, question: Question) -> str:
    table = make_report(desk, question).table
    return _body(replace(table, footer=table.footer[:-_OF_THE_DESK]))


def _body(table: Table) -> str:
    return text(replace(table, header=()))


def _asked(name: str) -> list[Question]:
    """Of everything, of a court, of an office, and of days that begin and end somewhere."""
    return [
        Question(name), Question(name, court="ianb"), Question(name, court="iasb/des-moines"),
        Question(name, first="2026-04-20", last="2026-05-17"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_kept_sums_say_what_the_rows_say_whatever_was_done_since(
    desk: Desk, clock: StillClock, seed: int
) -> None:
    fill_demo(desk, 60, days=DAYS)
    tickets = [row[0] for row in desk.port.query(f"{_TICKETS} ORDER BY id").rows]
    editor = Supervisor(desk, tickets[::4], random.Random(seed))  # noqa: S311 - chance, no secret
    for turn in range(61):
        clock.go_on(61)
        if turn % 30 == 0:
            for question in (each for name in _SUMS for each in _asked(name)):
                assert _made(desk, question) == _raw(desk, question), question
        try:
            editor.edit(turn)
        except HelpdeskError:
            continue
    assert editor.done > 15


def test_calls_that_a_filter_leaves_stand_to_others_as_among_all_calls(
    desk: Desk, clock: StillClock
) -> None:
    fill_demo(desk, 400, days=DAYS)
    tickets = [row[0] for row in desk.port.query(f"{_TICKETS} ORDER BY id").rows]
    editor = Supervisor(desk, tickets[::9], random.Random(1))  # noqa: S311 - chance, no secret
    for turn in range(40):
        clock.go_on(61)
        with suppress(HelpdeskError):
            editor.edit(turn)
    today, now = local(clock.now(), desk.home_office.zone).date(), clock.now()
    period = period_of_days(today - timedelta(days=30), today, desk.home_office.zone)
    every = fetch_calls(desk.port, Scope(period, now))
    assert any(call.repeat_any and not call.repeat for call in every)
    assert any(call.ticket not in tickets for call in every)
    filters: list[dict[str, Any]] = [
        *({"clerk": clerk} for clerk in {call.clerk for call in every}),
        *({"symptom": symptom} for symptom in {call.symptom for call in every} - {""}),
        *({"tickets": frozenset(tickets[some::7])} for some in range(7)),
        {"court": "ianb"}, {"court": "iasb", "office": "des-moines"}, {"tickets": frozenset()},
        {"court": "ianb", "symptom": LINKING, "tickets": frozenset(tickets[::2])},
    ]  # fmt: skip
    assert len(filters) > 20
    for said in filters:
        scope = Scope(period, now, **said)
        own = fetch_calls(desk.port, scope)
        assert own == [call for call in every if within(call, scope)], said


def test_days_that_nobody_touched_are_summed_up_once(desk: Desk) -> None:
    fill_demo(desk, 60, days=DAYS)
    today = date(2026, 6, 1)
    period = period_of_days(today - timedelta(days=60), today, desk.home_office.zone)
    first = keep_rollups(desk, period)
    assert first > 40
    assert keep_rollups(desk, period) == 0
    held = days_that_hold(desk.port, date(2026, 4, 1), today, desk.home_office.zone)
    assert "2026-05" in held  # the whole month is added up too


def test_a_change_of_a_ticket_touches_its_days_and_its_month_only(desk: Desk) -> None:
    fill_demo(desk, 60, days=DAYS)
    today = date(2026, 6, 1)
    zone = desk.home_office.zone
    keep_rollups(desk, period_of_days(today - timedelta(days=60), today, zone))
    before = days_that_hold(desk.port, date(2026, 4, 1), today, zone)
    tag_ticket(desk, desk.port.query("SELECT max(id) FROM ticket").value(), ["test"], [])
    after = days_that_hold(desk.port, date(2026, 4, 1), today, zone)
    assert {day for day in before - after if day < "2026-05"} == set()
    assert "2026-05" in before - after
    assert 0 < len(before - after) < len(before) / 2


def test_a_note_a_tag_and_another_name_of_a_caller_touch_no_day(desk: Desk) -> None:
    fill_demo(desk, 60, days=DAYS)
    today, zone = date(2026, 6, 1), desk.home_office.zone
    keep_rollups(desk, period_of_days(today - timedelta(days=60), today, zone))
    before = days_that_hold(desk.port, date(2026, 4, 1), today, zone)
    spoke = "SELECT x.ticket, l.caller FROM call l JOIN call_ticket x ON x.call = l.id"
    ticket, caller = desk.port.query(f"{spoke} WHERE l.talk_s > 0 AND l.caller > 0").rows[0]
    add_note_to_ticket(desk, ticket, "called the court")
    tag_ticket(desk, ticket, ["urgent"], [])
    correct_caller(desk, caller, "name", "Roe, Pat")
    assert days_that_hold(desk.port, date(2026, 4, 1), today, zone) == before
    assert _made(desk, Question("summary")) == _raw(desk, Question("summary"))


def test_what_is_written_down_on_a_dropped_call_makes_it_one_that_was_answered(
    desk: Desk,
) -> None:
    fill_demo(desk, 60, days=DAYS)
    nothing = CallRecord(MIDNIGHT + 10 * 3_600, "ianb", talk_s=0, hold_s=0, wrap_s=0)
    record_history(desk, [nothing])
    for question in (Question("summary"), Question("data-quality")):
        assert _made(desk, question) == _raw(desk, question)
    call = desk.port.query(_CALL_AT, (MIDNIGHT + 10 * 3_600,)).value()
    before = _made(desk, Question("summary"))
    add_note_to_call(desk, call, "asked for a fax number")
    assert _made(desk, Question("summary")) == _raw(desk, Question("summary")) != before


def test_every_sum_that_a_report_is_made_of_is_kept(desk: Desk) -> None:
    fill_demo(desk, 60, days=DAYS)
    make_report(desk, Question("summary"))
    kept = {row[0] for row in desk.port.query("SELECT DISTINCT part FROM rollup").rows}
    assert kept == {
        "whole", "symptom", "clerk", "slot", "ticket", "version", "quality", "caller", "promise",
    }  # fmt: skip


def _night(desk: Desk, *calls: tuple[int, int, str]) -> None:
    """Calls that begin so many minutes after a midnight and last so many, by their courts."""
    record_history(desk, [
        CallRecord(MIDNIGHT + begins * 60, court, symptom=LINKING, talk_s=lasts * 60, hold_s=0,
                   wrap_s=0, caller=Caller(0, name=f"Roe, Pat {court}"))
        for begins, lasts, court in sorted(calls)
    ])  # fmt: skip


@pytest.mark.parametrize(
    "calls",
    [
        [(-10, 30, "ianb"), (15, 5, "ianb")],
        [(-10, 30, "ianb"), (15, 5, "iasb"), (18, 1, "iasb")],
        [(-10, 3_000, "ianb"), (15, 5, "ianb"), (1_500, 5, "ianb"), (4_000, 5, "ianb")],
        [(-10, 30, "ianb"), (40, 5, "ianb")],
    ],
    ids=["overlap", "at another court", "for days", "apart"],
)
def test_calls_that_go_on_after_midnight_overlap_with_those_of_the_next_day(
    desk: Desk, calls: list[tuple[int, int, str]]
) -> None:
    fill_demo(desk, 30, days=DAYS)
    _night(desk, *calls)
    for question in _asked("data-quality"):
        assert _made(desk, question) == _raw(desk, question), question
    tag_ticket(desk, desk.port.query(_AT, (MIDNIGHT + calls[1][0] * 60,)).value(), ["urgent"], [])
    for question in _asked("data-quality"):
        assert _made(desk, question) == _raw(desk, question), question


def test_calls_of_one_caller_at_several_offices_in_the_same_second_make_one_chain(
    desk: Desk,
) -> None:
    fill_demo(desk, 30, days=DAYS)
    who = Caller(0, name="Roe, Pat")
    record_history(desk, [
        CallRecord(MIDNIGHT + at, court, symptom=LINKING, outcome=outcome, talk_s=60, hold_s=0,
                   wrap_s=0, caller=who, phone="336-555-0101")
        for at, court, outcome in (
            (0, "ianb", "dropped"), (0, "iasb", "resolved"), (0, "ianb", "referred"),
            (90_000, "iasb", "dropped"), (90_100, "ianb", "resolved"),
            (800_000, "ncmb", "resolved"),
        )
    ])  # fmt: skip
    for question in _asked("repeat-callers"):
        assert _made(desk, question) == _raw(desk, question), question


def test_a_ticket_that_counts_for_nothing_takes_its_promise_out_of_the_day_it_was_due(
    desk: Desk,
) -> None:
    fill_demo(desk, 30, days=DAYS)
    ticket, due = desk.ids.make(MIDNIGHT), MIDNIGHT + 6 * 86_400
    record_history(desk, [
        CallRecord(MIDNIGHT, "ianb", symptom=LINKING, outcome="callback", due_at=due,
                   ticket=ticket)
    ])  # fmt: skip
    question = Question("summary", first="2026-05-14", last="2026-05-30")
    before = _made(desk, question)
    change_status(desk, ticket, "void", "a mistake")
    assert before != _made(desk, question) == _raw(desk, question)


def test_where_a_ticket_goes_on_tells_whether_what_was_promised_on_another_was_kept(
    desk: Desk, clock: StillClock
) -> None:
    fill_demo(desk, 30, days=DAYS)
    due = clock.at + 2 * 86_400  # on this day nothing was done with the other two
    own = finish_call(desk, start_call(desk), "callback", due).ticket
    middle, called = (
        finish_call(desk, start_call(desk), "waiting", clock.at + 9 * 86_400).ticket
        for _ in range(2)
    )
    finish_call(desk, start_callback(desk, called), "dropped")
    clock.go_on(60)
    merge_tickets(desk, called, middle)
    clock.go_on(4 * 86_400)
    question = Question("callbacks", court=desk.home_court.id)
    apart = _made(desk, question)
    merge_tickets(desk, middle, own)
    together = _made(desk, question)
    assert apart != together == _raw(desk, question)
    unmerge_ticket(desk, called)  # from the one in the middle: nobody writes on the first
    assert together != _made(desk, question) == _raw(desk, question)


def test_what_a_call_was_a_repeat_of_is_none_any_more_when_it_is_moved_away(desk: Desk) -> None:
    fill_demo(desk, 30, days=DAYS)
    record_history(desk, [
        CallRecord(MIDNIGHT + day * 86_400 + 36_000, "ianb", symptom=LINKING, talk_s=60, hold_s=0,
                   wrap_s=0, caller=Caller(0, name="Roe, Pat"), phone="336-555-0101")
        for day in (0, 2)
    ])  # fmt: skip
    question = Question("trend", first="2026-05-09", last="2026-05-17", unit="day")
    before = _made(desk, question)
    later = desk.port.query(_CALL_AT, (MIDNIGHT + 2 * 86_400 + 36_000,)).value()
    correct_call(desk, later, started=iso_utc(MIDNIGHT - 15 * 86_400))
    assert before != _made(desk, question) == _raw(desk, question)


def test_who_is_not_calling_after_all_has_not_called_again(desk: Desk, clock: StillClock) -> None:
    fill_demo(desk, 30, days=DAYS)
    record_history(desk, [
        CallRecord(clock.at - 86_400 * n, "ianb", symptom=symptom, talk_s=60, hold_s=0, wrap_s=0,
                   caller=Caller(0, name=f"Roe, Pat {n}"), phone=f"336-555-010{n}")
        for n, symptom in ((2, CARD), (1, LINKING))
    ])  # fmt: skip
    one, other = (look_for_callers(desk, f"336555010{n}").callers[0].id for n in (1, 2))
    call = start_call(desk)
    set_caller(desk, call, one, "")
    choose_symptom(desk, call, LINKING)
    question = Question("by-symptom")
    before = _made(desk, question)
    clock.go_on(60)
    set_caller(desk, call, other, "")
    assert before != _made(desk, question) == _raw(desk, question)


def test_why_a_promise_was_dropped_is_read_where_it_stands_and_stands_in_no_sum(
    desk: Desk, clock: StillClock
) -> None:
    fill_demo(desk, 30, days=DAYS)
    call, due = start_call(desk), clock.at + 3_600
    ticket = finish_call(desk, call, "callback", due).ticket
    clock.go_on(3 * 86_400)
    promise = desk.port.query("SELECT id FROM promise WHERE ticket = ?", (ticket,)).value()
    drop_promise(desk, promise, "came to the counter")
    finish_call(desk, start_call(desk), "waiting", clock.at + 9 * 86_400)
    question = Question("callbacks", court=desk.home_court.id)
    made = _made(desk, question)
    assert made == _raw(desk, question)
    assert "came to the counter" in made
    assert "pending" in made  # what is due ahead is in no day that is over
    sums = desk.port.query("SELECT day, figures FROM rollup WHERE part = 'promise'").rows
    day = local(due, desk.home_office.zone).date().isoformat()
    assert str(promise) in dict(sums)[day]
    assert not any("counter" in figures for _, figures in sums)


def test_sums_that_were_kept_in_another_way_are_made_anew(desk: Desk) -> None:
    fill_demo(desk, 60, days=DAYS)
    question, days = Question("callbacks"), (date(2026, 4, 1), date(2026, 6, 1))
    before = _made(desk, question)
    stamp = desk.stamp()
    older = ("UPDATE rollup_day SET definitions = ?", (KEPT - 1,))
    desk.port.transact(stamp.op, stamp.at, [older, ("DELETE FROM rollup WHERE part = ?", (PART,))])
    assert not days_that_hold(desk.port, *days, desk.home_office.zone)
    assert _made(desk, question) == before
    assert days_that_hold(desk.port, *days, desk.home_office.zone)
    assert desk.port.query("SELECT 1 FROM rollup WHERE part = ?", (PART,)).rows
