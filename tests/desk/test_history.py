from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from helpdesk.desk.acting import ticket_chain
from helpdesk.desk.actions import add_action_to_call, issue_password
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import end_call, finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import Recorded, record_history
from helpdesk.desk.history_words import Words
from helpdesk.desk.logged import log_call
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from helpdesk.store.journal import get_chain
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import START, StillClock
from tests.support.desks import open_as
from tests.support.records import CALLER, PHONE, RECORD, story
from tests.support.tables import tables_of
from tests.support.tickets import row_of_ticket, ticket_of_call

DOORS = ("call.console", "call.source", "call.matched", "call_segment.console")
"""Columns that tell the console from a command, and so differ rightly."""


@pytest.fixture
def other(tmp_path: Path, clock: StillClock) -> Iterator[Desk]:
    """A second desk, with a clock of its own."""
    desk = open_as(tmp_path / "other", StillClock(clock.at + 86_400))
    yield desk
    desk.close()


def test_long_notes_of_past_calls_are_not_kept_in_memory(desk: Desk) -> None:
    words, now, long = Words(desk), RECORD.wrapped_at, "said it again " * 400
    words.refuse(replace(RECORD, note=long), now)
    tracemalloc.start()
    for n in range(40):
        words.refuse(replace(RECORD, note=f"{n} {long}"), now)
    gc.collect()
    made = [tracemalloc.Filter(True, each) for each in (__file__, "*/helpdesk/d*", "*/re/*")]
    kept = tracemalloc.take_snapshot().filter_traces(made)  # modules are imported meanwhile
    tracemalloc.stop()
    assert sum(each.size for each in kept.traces) < 20 * len(long)


def take_it_live(desk: Desk, clock: StillClock) -> None:
    """Take the call of ``RECORD`` on the console, the things done evenly spread."""
    call = start_call(desk)
    add_caller(desk, call, replace(CALLER, court="ncmb"), PHONE)
    choose_symptom(desk, call, RECORD.symptom)
    answers = (*RECORD.answers[:2], ("verify", "done"), RECORD.answers[2])
    for step, answer in answers:
        clock.go_on(100)
        answer_step(desk, call, step, answer)
    for kind, fields in RECORD.actions[:2]:
        clock.go_on(100)
        add_action_to_call(desk, call, kind, fields)
    clock.go_on(100)
    issue_password(desk, call, {"delivery": "called back"})
    clock.go_on(100)
    add_note_to_call(desk, call, RECORD.note)
    clock.go_on(100)


def test_a_recorded_call_leaves_the_same_rows_as_the_acts_of_a_live_one(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    take_it_live(desk, clock)
    call = desk.port.query("SELECT id FROM call").value()
    end_call(desk, call)
    clock.go_on(40)
    finish_call(desk, call, "waiting", RECORD.due_at)
    log_call(other, RECORD)
    assert tables_of(other, DOORS) == tables_of(desk, DOORS)


def test_a_history_of_one_call_is_the_same_as_logging_it(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    clock.go_on(86_400)
    log_call(desk, RECORD)
    assert record_history(other, iter([RECORD])) == Recorded(calls=1, tickets=1)
    assert tables_of(other) == tables_of(desk)


def test_calls_of_one_ticket_leave_the_same_rows_in_one_batch_and_in_many(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    clock.go_on(86_400)
    record_history(desk, story(desk))
    for record in story(other):
        # The story's own ids are other ones on the other desk.
        record_history(other, [record])
    assert tables_of(other) == tables_of(desk)


def test_a_ticket_that_calls_go_on_with_keeps_every_status_it_had(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(86_400)
    calls = story(desk)
    assert record_history(desk, calls) == Recorded(calls=6, tickets=3)
    spans = desk.port.query(
        "SELECT status, from_at - ?, to_at - ? FROM status_span WHERE ticket = ? ORDER BY from_at",
        (START, START, calls[0].ticket),
    )
    assert spans.rows == [
        ("open", 0, 940),
        ("waiting", 940, 5_000),
        ("open", 5_000, 5_940),
        ("resolved", 5_940, 9_000),
        ("open", 9_000, 9_940),
        ("waiting", 9_940, 20_000),
        ("open", 20_000, 20_940),
        ("waiting", 20_940, None),
    ]
    ticket = desk.port.query(
        "SELECT status, outcome, reopened, wakes_at, symptom FROM ticket WHERE id = ?",
        (calls[0].ticket,),
    )
    assert ticket.rows == [("waiting", "dropped", 1, START + 50_000, "linking-error")]


@pytest.mark.parametrize("outcome", ["resolved", "waiting", "escalated", "referred"])
def test_a_line_that_dropped_leaves_its_ticket_as_a_live_call_would(
    desk: Desk, other: Desk, clock: StillClock, outcome: str
) -> None:
    start, due = clock.at, clock.at + 9_000 if outcome == "waiting" else None
    own = ticket_of_call(desk, outcome, due)
    clock.go_on(600)
    call = start_call(desk)
    continue_ticket(desk, call, own)
    clock.go_on(60)
    finish_call(desk, call, "dropped")
    told = other.ids.make(start)
    first = CallRecord(start, "ianb", outcome=outcome, due_at=due, ticket=told, talk_s=0)
    record_history(other, [first])
    record_history(other, [CallRecord(start + 600, "ianb", outcome="dropped", talk_s=60,
                                      continues=told)])  # fmt: skip
    live, recorded = row_of_ticket(desk, own), row_of_ticket(other, told)
    names = ["status", "outcome", "resolved_at", "reopened"]
    names += ["wakes_at"] * (outcome != "escalated")  # nobody is waited for who was told so late
    assert {name: recorded[name] for name in names} == {name: live[name] for name in names}
    open_ones = "SELECT kind, due_at FROM promise WHERE done_at IS NULL"
    assert rows(other, open_ones) == rows(desk, open_ones)
    spans = "SELECT status, from_at, to_at FROM status_span WHERE ticket = ? ORDER BY from_at, id"
    assert rows(other, spans, told) == rows(desk, spans, own)


def test_a_later_call_is_done_with_what_was_promised_before_it(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(86_400)
    record_history(desk, story(desk)[:3])
    promises = desk.port.query("SELECT kind, done_at - ? FROM promise ORDER BY kind", (START,))
    assert promises.rows == [("linked-by-then", 5_940), ("waiting", 5_940)]


def test_the_same_number_is_the_same_caller_and_no_number_nobody(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(86_400)
    record_history(desk, story(desk))
    assert desk.port.query("SELECT name, court FROM caller").rows == [("Whitfield, Dana", "ianb")]
    anonymous = desk.port.query("SELECT matched, phone FROM call WHERE caller IS NULL")
    assert anonymous.rows == [("unknown", "")]


def test_an_older_call_does_not_move_its_caller_back(desk: Desk, clock: StillClock) -> None:
    clock.go_on(86_400)
    record_history(desk, [replace(RECORD, started_at=START + 9_000)])
    record_history(desk, [replace(RECORD, court="ianb")])
    callers = desk.port.query("SELECT court, called_at - ? FROM caller", (START,))
    assert callers.rows == [("ncmb", 9_000)]


def test_what_nobody_knows_is_null_and_the_call_is_over_all_the_same(desk: Desk) -> None:
    record_history(desk, [CallRecord(START, "ianb")])
    call = desk.port.query("SELECT talk_s, hold_s, wrap_s, ended_at, wrap_ended_at FROM call")
    assert call.rows == [(None, None, None, START, START)]
    assert desk.port.query("SELECT count(*) FROM call_segment").value() == 0


def test_signs_that_no_database_takes_are_replaced(desk: Desk) -> None:
    odd = "a\0b\udcff"
    record = CallRecord(
        START, "ianb", caller=Caller(0, name=odd), phone=f"212-555-0144{odd[1:]}", note=odd,
        reason=odd, tags=(odd,), actions=(("other", {"what": odd}),),
    )  # fmt: skip
    record_history(desk, [record])
    assert desk.port.query("SELECT text FROM note").value() == "a\ufffdb\ufffd"


def test_numbers_are_given_in_order_and_a_series_a_year(desk: Desk) -> None:
    year = 365 * 86_400
    record_history(desk, [CallRecord(START - age, "ianb") for age in (year, year - 1, 1, 0)])
    numbers = desk.port.query("SELECT year, n FROM ticket ORDER BY opened_at").rows
    assert numbers == [(2025, 1), (2025, 2), (2026, 1), (2026, 2)]


def test_a_history_is_read_as_it_is_written(desk: Desk) -> None:
    read = 0

    def calls() -> Iterator[CallRecord]:
        nonlocal read
        for place in range(2_500):
            read += 1
            yield CallRecord(START - 2_500 + place, "ianb")

    ahead = []
    done = record_history(desk, calls(), progress=lambda done: ahead.append((read, done.calls)))
    assert ahead == [(1_000, 1_000), (2_000, 2_000), (2_500, 2_500)]
    assert done == Recorded(2_500, 2_500)


def test_every_chain_of_a_history_holds_together(desk: Desk, clock: StillClock) -> None:
    clock.go_on(86_400)
    record_history(desk, story(desk))
    assert faults_of(desk.port) == []


def test_a_ticket_that_calls_touched_has_one_entry_for_each(desk: Desk, clock: StillClock) -> None:
    clock.go_on(86_400)
    calls = story(desk)
    record_history(desk, calls)
    chain = get_chain(desk.port, ticket_chain(calls[0].ticket or 0)).dicts()
    assert {(row["seq"], row["act"]) for row in chain} == {(n, "record_call") for n in range(1, 5)}


@pytest.mark.parametrize("together", [True, False])
def test_a_ticket_changed_when_its_last_call_was_over(
    desk: Desk, clock: StillClock, together: bool
) -> None:
    clock.go_on(86_400)
    ticket = desk.ids.make(START)
    cut_off = CallRecord(START, "ianb", ticket=ticket, outcome="dropped", talk_s=5)
    again = replace(RECORD, started_at=START + 60, court="ianb", continues=ticket, ticket=None)
    for batch in [[cut_off, again]] if together else [[cut_off], [again]]:
        record_history(desk, batch)
    changed = desk.port.query("SELECT changed_at, symptom FROM ticket").rows
    assert changed == [(again.wrapped_at, again.symptom)]
