from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from helpdesk.desk.acting import Batch
from helpdesk.desk.actions import add_action_to_call, issue_password
from helpdesk.desk.callers import add_caller, find_callers, set_caller, set_unknown_caller
from helpdesk.desk.calls import end_call, finish_call, park_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.prompts import fill_prompt
from helpdesk.desk.questions import answer_question
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.speaking import said
from helpdesk.desk.undo import redo_elsewhere, redo_last, undo_elsewhere, undo_last
from helpdesk.desk.versions import take_newest
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller, CallView
from helpdesk.domain.safe_text import line
from helpdesk.domain.undoing import ON_A_CALL
from helpdesk.errors import HelpdeskError, NotAllowed
from tests.support.calls import DANA, PHONE, call_for_password, call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.changed import change_playbook, retitled
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.tables import tables_of
from tests.support.watched import WatchedFile

MOMENTS = ("ticket.changed_at",)
UNSTRETCHED = ("ticket", "call", "call_ticket", "ticket_text")

Act = Callable[[Desk, int], object]


def known_caller(desk: Desk, call: int) -> None:
    set_caller(desk, call, find_callers(desk, "whitfield")[0].id, "0144")


def next_answer(desk: Desk, call: int) -> None:
    run = call_view(desk, call).run
    if run is None or run.current is None:
        choose_symptom(desk, call, "forgot-cmecf-before-link", "pw")
    else:
        keys = [answer.key for answer in run.current.answers] or ["done"]
        answer_step(desk, call, run.current.id, keys[-1])


def corrected_answer(desk: Desk, call: int) -> None:
    run = call_view(desk, call).run
    answered = [each for each in run.passed if each.step.answers] if run else []
    if not answered:
        next_answer(desk, call)
        return
    step, before = answered[0].step, answered[0].answer
    other = next(each.key for each in step.answers if each.key != before)
    answer_step(desk, call, step.id, other)


def newer_playbook(desk: Desk, call: int) -> None:
    run = call_view(desk, call).run
    if run is None:
        next_answer(desk, call)
        return
    change_playbook(desk, retitled(desk, run.playbook.slug))
    take_newest(desk, call)


ACTS: dict[str, Act] = {
    "a known caller": known_caller,
    "a new caller": lambda desk, call: add_caller(
        desk, call, Caller(0, name="Lane, Kim", court="ncmb"), "336-555-0101"
    ),
    "a caller without a number": lambda desk, call: add_caller(desk, call, Caller(0, name="Moss")),
    "an unknown caller": set_unknown_caller,
    "a symptom": lambda desk, call: choose_symptom(desk, call, "linking-error", "li"),
    "another symptom": lambda desk, call: choose_symptom(desk, call, "forgot-pacer"),
    "the next answer": next_answer,
    "an answer once more": corrected_answer,
    "a question": lambda desk, call: answer_question(desk, call, "linked", "no"),
    "a prompt": lambda desk, call: fill_prompt(desk, call, "the message", "no access"),
    "a newer playbook": newer_playbook,
    "a check": lambda desk, call: add_action_to_call(desk, call, "called-back"),
    "an action": lambda desk, call: add_action_to_call(desk, call, "other", {"what": "prayed"}),
    "a note": lambda desk, call: add_note_to_call(desk, call, "Firewall blocks pop-ups"),
}


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that Dana Whitfield has called before, for calls one after the other."""
    desk = open_as(tmp_path_factory.mktemp("shift"), StillClock())
    finish_call(desk, call_of_dana(desk), "resolved")
    yield desk
    desk.close()


def standing(view: CallView) -> CallView:
    """What a call shows of what stands: without rows that were struck, and without moments."""
    return replace(
        view,
        done=tuple(each for each in view.done if not each.struck),
        notes=tuple(each for each in view.notes if not each.struck),
    )


def tick(desk: Desk) -> None:
    assert isinstance(desk.clock, StillClock)
    desk.clock.go_on(1)


@pytest.mark.parametrize("name", ACTS)
def test_taking_an_act_back_shows_the_call_as_it_was_and_doing_it_again_as_it_became(
    shift: Desk, name: str
) -> None:
    call = start_call(shift)
    choose_symptom(shift, call, "forgot-cmecf-before-link", "pw")
    answer_step(shift, call, "cmecf", "yes")
    before = call_view(shift, call)
    tick(shift)
    ACTS[name](shift, call)
    after = call_view(shift, call)
    assert standing(after) != standing(before)
    assert undo_last(shift, call).startswith("Taken back: ")
    assert standing(call_view(shift, call)) == standing(before)
    assert redo_last(shift, call).startswith("Done again: ")
    assert call_view(shift, call) == after


@examples(max_examples=25)
@given(st.lists(st.sampled_from(list(ACTS)), min_size=1, max_size=7), st.data())
def test_whatever_was_done_goes_back_step_by_step_and_forth_again(
    shift: Desk, names: list[str], data: st.DataObject
) -> None:
    call = start_call(shift)
    views = [call_view(shift, call)]
    for name in names:
        tick(shift)
        ACTS[name](shift, call)
        views.append(call_view(shift, call))
    steps = data.draw(st.integers(1, len(views) - 1))
    for back in range(1, steps + 1):
        undo_last(shift, call)
        assert standing(call_view(shift, call)) == standing(views[-1 - back])
    for forth in range(steps - 1, -1, -1):
        redo_last(shift, call)
        assert standing(call_view(shift, call)) == standing(views[-1 - forth])
    assert call_view(shift, call) == views[-1]


def chain(desk: Desk, call: int) -> list[str]:
    subject = f"ticket:{call_view(desk, call).ticket}"
    found = rows(desk, "SELECT act FROM journal WHERE subject = ? ORDER BY seq", subject)
    return [row["act"] for row in found]


def test_every_act_of_a_call_can_be_taken_back_or_is_told_not_to(desk: Desk) -> None:
    call = call_for_password(desk)
    add_note_to_call(desk, call, "x")
    fill_prompt(desk, call, "wording of the message", "No access")
    first = next(iter(desk.library.questions.steps.values()))
    answer_question(desk, call, first.id, first.answers[0].key)
    change_playbook(desk, retitled(desk, "forgot-cmecf-before-link"))
    take_newest(desk, call)
    assert set(chain(desk, call)) - {"start_call"} == set(ON_A_CALL) - {
        "continue_ticket",
        "attach_incident",
    }


def test_taking_back_erases_nothing_and_is_in_the_journal(desk: Desk) -> None:
    call = start_call(desk)
    add_note_to_call(desk, call, "Firewall")
    undo_last(desk, call)
    redo_last(desk, call)
    undo_last(desk, call)
    assert chain(desk, call) == ["start_call", "add_note", "undo", "redo", "undo"]
    assert rows(desk, "SELECT text, struck FROM note") == [{"text": "Firewall", "struck": 1}]
    undone = rows(desk, "SELECT undoes FROM journal WHERE undoes IS NOT NULL ORDER BY id")
    assert [row["undoes"] for row in undone] == [2, 3, 2]
    assert faults_of(desk.port) == []


@pytest.mark.parametrize("act", [undo_last, redo_last])
def test_a_call_on_which_nothing_was_done_has_nothing_to_take_back(desk: Desk, act: Act) -> None:
    call = start_call(desk)
    park_call(desk, call)
    with pytest.raises(NotAllowed, match="nothing"):
        act(desk, call)


def test_what_was_taken_back_cannot_be_done_again_after_something_else(desk: Desk) -> None:
    call = start_call(desk)
    add_note_to_call(desk, call, "one")
    undo_last(desk, call)
    add_note_to_call(desk, call, "two")
    with pytest.raises(NotAllowed, match="nothing to do again"):
        redo_last(desk, call)
    assert "two" in undo_last(desk, call)


def test_hanging_up_stands_in_the_way_of_neither_taking_back_nor_doing_again(desk: Desk) -> None:
    call = start_call(desk)
    add_note_to_call(desk, call, "one")
    end_call(desk, call)
    undo_last(desk, call)
    redo_last(desk, call)
    assert call_view(desk, call).ended_at is not None


def test_only_ones_own_acts_are_taken_back(desk: Desk, clock: StillClock) -> None:
    call = start_call(desk)
    add_note_to_call(desk, call, "mine")
    colleague = open_as(desk.folder.home, clock, RVANCE, "clerk")
    with pytest.raises(NotAllowed, match="nothing of yours"):
        undo_last(colleague, call)
    add_note_to_call(colleague, call, "theirs")
    assert "mine" in undo_last(desk, call)
    assert [note.text for note in call_view(desk, call).notes if not note.struck] == ["theirs"]
    colleague.close()


def test_what_was_done_on_an_earlier_call_of_the_ticket_stays(
    desk: Desk, clock: StillClock
) -> None:
    older = start_call(desk)
    add_note_to_call(desk, older, "last week")
    finish_call(desk, older, "waiting", clock.at + 60)
    clock.go_on(3600)
    call = start_call(desk)
    continue_ticket(desk, call, call_view(desk, older).ticket)
    add_note_to_call(desk, call, "today")
    assert "today" in undo_last(desk, call)
    assert "going on with the older ticket" in undo_last(desk, call)
    with pytest.raises(NotAllowed, match="nothing"):
        undo_last(desk, call)
    assert [note.struck for note in call_view(desk, older).notes] == [False, True]


def test_going_on_with_an_older_ticket_is_taken_back_and_done_again_as_one_act(
    desk: Desk, clock: StillClock
) -> None:
    older = start_call(desk)
    choose_symptom(desk, older, "linking-error")
    finish_call(desk, older, "resolved")
    clock.go_on(3600)
    call = start_call(desk)
    before = tables_of(desk, but=(*MOMENTS, "status_span.to_at"))
    own, other = call_view(desk, call).ticket, call_view(desk, older).ticket
    continue_ticket(desk, call, other)
    assert call_view(desk, call).ticket == other
    undo_last(desk, call)
    assert call_view(desk, call).ticket == own
    after = tables_of(desk, but=(*MOMENTS, "status_span.to_at"))
    assert {name: after[name] for name in UNSTRETCHED} == {
        name: before[name] for name in UNSTRETCHED
    }
    redo_last(desk, call)
    assert call_view(desk, call).ticket == other
    assert faults_of(desk.port) == []


def test_an_act_is_taken_back_also_after_the_computers_clock_was_set_back(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.set_by(-3600)
    add_note_to_call(desk, call, "Firewall")
    assert "Firewall" in undo_last(desk, call)


def test_an_act_with_an_effect_outside_is_struck_and_stays_to_be_seen(desk: Desk) -> None:
    call = call_for_password(desk)
    issue_password(desk, call, {"delivery": "called back"})
    said = undo_last(desk, call)
    assert "Temporary CM/ECF password" in said
    assert "(struck, recorded in error)" in said
    assert [done.struck for done in call_view(desk, call).done] == [False, False, True]
    assert "struck" not in redo_last(desk, call)


def test_a_ticket_whose_symptom_was_taken_back_has_none_like_a_new_one(desk: Desk) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error")
    undo_last(desk, call)
    assert rows(desk, "SELECT symptom FROM ticket UNION ALL SELECT symptom FROM call") == [
        {"symptom": None}, {"symptom": None},
    ]  # fmt: skip


def test_taking_the_caller_back_takes_their_number_and_court_back(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, replace(DANA, court="ncmb"), PHONE)
    undo_last(desk, call)
    view = call_view(desk, call)
    assert (view.caller, view.phone, view.court.id, view.asked_caller) == (None, "", "ianb", False)


def test_what_is_said_about_an_act_names_it(desk: Desk) -> None:
    call = call_of_dana(desk)
    assert "the caller" in undo_last(desk, call)
    choose_symptom(desk, call, "forgot-cmecf-before-link")
    answer_step(desk, call, "cmecf", "yes")
    assert "the answer yes to “Do you have a CM/ECF e-filing account at this" in undo_last(
        desk, call
    )
    assert "the symptom" in undo_last(desk, call)
    with pytest.raises(HelpdeskError):
        undo_last(desk, call)


def test_an_answer_is_said_with_its_own_playbooks_question_away_from_the_call(desk: Desk) -> None:
    """A step of the first questions has the same id, and asks something else."""
    assert "linked" in desk.library.questions.steps
    call = call_of_dana(desk)
    choose_symptom(desk, call, "forgot-pacer")
    view = call_view(desk, call)
    while view.run and view.run.current and view.run.current.id != "linked":
        step = view.run.current
        answer_step(desk, call, step.id, step.answers[0].key if step.answers else "done")
        view = call_view(desk, call)
    assert view.run
    assert view.run.current
    asked = line(said(desk, view.run.current.ask, view), 30).rstrip("…")
    answer_step(desk, call, "linked", view.run.current.answers[0].key)
    finish_call(desk, call, "resolved")
    assert "the outcome" in undo_elsewhere(desk)
    assert f"to “{asked}" in undo_elsewhere(desk)


def test_taking_back_reads_no_more_of_what_was_done_since_than_it_needs(desk: Desk) -> None:
    for _ in range(60):
        finish_call(desk, start_call(desk), "dropped")
    plain, desk.port = desk.port, WatchedFile(desk.folder.database)
    undo_elsewhere(desk)
    redo_elsewhere(desk)
    assert len(desk.port.asked) < 60
    desk.port.close()
    desk.port = plain


def test_what_cannot_be_taken_back_hides_nothing_however_much_it_is(desk: Desk) -> None:
    call = start_call(desk)
    finish_call(desk, call, "dropped")
    batch = Batch(desk)
    for _ in range(250):
        batch.tell("desk", "backup")
    batch.send()
    assert call_view(desk, call).outcome == "dropped"
    undo_elsewhere(desk)
    assert not call_view(desk, call).outcome
    redo_elsewhere(desk)
    assert call_view(desk, call).outcome == "dropped"
