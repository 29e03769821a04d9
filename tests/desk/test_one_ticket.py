from __future__ import annotations

import pytest

from helpdesk.desk.calls import finish_call, park_call, start_call, take_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.one_ticket import show_ticket, ticket_history
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.ticket_text import ticket_lines
from helpdesk.desk.view import call_view
from helpdesk.errors import BadInput, NotFound
from tests.support.clock import START, StillClock


def test_a_call_that_goes_on_has_no_sums_yet(desk: Desk) -> None:
    start_call(desk)
    (call,) = show_ticket(desk, "1").calls
    assert call.started_at == START
    assert call.ended_at is call.talk_s is call.hold_s is call.wrap_s is None


def test_the_clocks_of_a_finished_call(desk: Desk, clock: StillClock) -> None:
    call = start_call(desk)
    clock.go_on(60)
    park_call(desk, call)
    clock.go_on(30)
    take_call(desk, call)
    clock.go_on(5)
    finish_call(desk, call, "referred", reason="pacer-login")
    (shown,) = show_ticket(desk, "T-26-00001").calls
    assert (shown.talk_s, shown.hold_s, shown.wrap_s) == (65, 30, 0)
    assert (shown.outcome, shown.reason) == ("referred", "pacer-login")


def test_an_answer_carries_the_words_of_its_step(desk: Desk) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error")
    run = call_view(desk, call).run
    assert run is not None
    step = run.current
    assert step is not None
    answer_step(desk, call, step.id, step.answers[0].key if step.answers else "done")
    (answer,) = show_ticket(desk, "1").answers
    assert answer.step == step.id
    assert answer.words
    assert "<court." not in answer.words
    assert (answer.playbook, answer.version, answer.struck) == ("linking-error", 1, False)


def test_of_a_step_that_was_answered_again_only_the_last_answer_is_not_marked(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error")
    for said in ("yes", "no", "yes"):
        clock.go_on(5)
        answer_step(desk, call, "account.upgraded", said)
    lines = list(ticket_lines(desk, show_ticket(desk, "1")))
    answers = [each for each in lines if "account.upgraded: " in each and "  > " in each]
    assert [each.endswith("(answered again)") for each in answers] == [True, True, False]


def test_a_merged_ticket_names_the_one_it_goes_on_in(desk: Desk, clock: StillClock) -> None:
    first = start_call(desk)
    ticket = call_view(desk, first).ticket
    finish_call(desk, first, "resolved")
    clock.go_on(600)
    second = start_call(desk)
    continue_ticket(desk, second, ticket)
    merged = show_ticket(desk, "2")
    assert (merged.row.status, merged.merged_into) == ("merged", "T-26-00001")
    assert merged.calls == ()
    assert len(show_ticket(desk, "1").calls) == 2
    assert show_ticket(desk, "1").row.reopened == 1


def test_every_entry_of_the_journal_comes_with_all_its_changes(desk: Desk) -> None:
    call = start_call(desk)
    add_note_to_call(desk, call, "Chrome")
    first, second = show_ticket(desk, "1").journal
    assert (first.seq, first.act, len(first.changes)) == (1, "start_call", 2)
    assert (second.seq, second.act) == (2, "add_note")
    assert {change.new for change in second.changes} == {"0", "Chrome"}


def test_both_ways_to_a_ticket_give_the_same(desk: Desk) -> None:
    ticket = call_view(desk, start_call(desk)).ticket
    assert ticket_history(desk, ticket) == show_ticket(desk, "26-1")


def test_a_ticket_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput):
        show_ticket(desk, "nonsense")
    with pytest.raises(NotFound, match="T-25-00001"):
        show_ticket(desk, "25-1")
    with pytest.raises(NotFound):
        ticket_history(desk, 1)
