from __future__ import annotations

import pytest

from helpdesk.desk.acting import Batch, ticket_chain
from helpdesk.desk.callers import set_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.runs import (
    answer_step,
    choose_symptom,
)
from helpdesk.desk.symptoms import rank_symptoms
from helpdesk.desk.view import call_view
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.store.tickets import save_status
from tests.support.calls import call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import open_as

MINE = """
title: The printer prints twice
theme: mine
owner: court
phase: both
codes: [zz]
phrases: [printer prints twice]
covers: []
start: live
steps:
  live:
    ask: Is the court on NextGen?
    fact: court-is-live
    answers: {{yes: linked, no: linked}}
  linked:
    ask: {question}
    fact: linked-here
    answers: {{yes: bye, no: bye, dont-know: bye}}
  bye:
    say: Thank you.
    outcome: resolved
"""


def on(desk: Desk, slug: str) -> int:
    call = start_call(desk)
    choose_symptom(desk, call, slug)
    return call


def passed(desk: Desk, call: int) -> list[tuple[str, str, str]]:
    run = call_view(desk, call).run
    assert run is not None
    return [(each.step.id, each.answer, each.source) for each in run.passed]


def current(desk: Desk, call: int) -> str | None:
    run = call_view(desk, call).run
    step = run.current if run else None
    return step.id if step else None


@pytest.fixture
def mine(desk: Desk) -> Desk:
    """The desk with a playbook of its own."""
    (desk.folder.playbooks / "mine").mkdir(parents=True)
    write(desk, "Is it linked?")
    return desk


def write(desk: Desk, question: str) -> None:
    path = desk.folder.playbooks / "mine" / "prints-twice.yaml"
    path.write_text(MINE.format(question=question))


def test_a_code_ranks_its_playbook_first(desk: Desk) -> None:
    assert rank_symptoms(desk, "li")[0].slug == "linking-error"
    assert len(rank_symptoms(desk, "")) == len(desk.library.playbooks)


def test_choosing_a_symptom_begins_its_run(desk: Desk) -> None:
    call = start_call(desk)
    assert current(desk, call) is None
    choose_symptom(desk, call, "forgot-cmecf-before-link", "pw\0")
    view = call_view(desk, call)
    assert (view.symptom, view.version, current(desk, call)) == (
        "forgot-cmecf-before-link", 1, "cmecf",
    )  # fmt: skip
    assert rows(desk, "SELECT symptom, typed FROM call") == [
        {"symptom": "forgot-cmecf-before-link", "typed": "pw\N{REPLACEMENT CHARACTER}"}
    ]


def test_a_symptom_without_a_playbook_is_refused(desk: Desk) -> None:
    call = start_call(desk)
    with pytest.raises(NotFound, match="playbooks list"):
        choose_symptom(desk, call, "coffee-machine")
    assert call_view(desk, call).symptom == ""


def test_an_answer_leads_on_and_is_kept_with_its_fact_and_its_time(
    desk: Desk, clock: StillClock
) -> None:
    call = on(desk, "forgot-cmecf-before-link")
    clock.go_on(41)
    answer_step(desk, call, "cmecf", "yes")
    answer_step(desk, call, "unlinked", "yes")
    assert current(desk, call) == "verify"
    kept = rows(desk, "SELECT step, answer, fact, value, at FROM answer ORDER BY id")
    assert kept == [
        {"step": "cmecf", "answer": "yes", "fact": "cmecf-here", "value": "yes", "at": clock.at},
        {
            "step": "unlinked",
            "answer": "yes",
            "fact": "linked-here",
            "value": "no",
            "at": clock.at,
        },
    ]


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [("cmecf", "maybe", "it takes: yes, no, dont-know"), ("cmecf", "done", "it takes: yes"),
     ("verify", "yes", "it takes: done"), ("nowhere", "yes", "no step “nowhere”")],
)  # fmt: skip
def test_an_answer_that_is_not_offered_is_refused_with_those_that_are(
    desk: Desk, step: str, answer: str, said: str
) -> None:
    call = on(desk, "forgot-cmecf-before-link")
    with pytest.raises(BadInput, match=said):
        answer_step(desk, call, step, answer)
    assert rows(desk, "SELECT * FROM answer") == []


def test_an_answer_before_the_symptom_is_refused(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match=r"symptom first \(s\)"):
        answer_step(desk, start_call(desk), "cmecf", "yes")


def test_what_the_desk_knows_is_answered_by_itself_and_can_be_changed(mine: Desk) -> None:
    call = on(mine, "prints-twice")
    assert passed(mine, call) == [("live", "yes", "desk")]
    answer_step(mine, call, "live", "no")
    assert passed(mine, call) == [("live", "no", "clerk")]


def test_a_fact_that_was_answered_is_not_asked_again_under_another_symptom(mine: Desk) -> None:
    call = on(mine, "forgot-cmecf-before-link")
    answer_step(mine, call, "cmecf", "yes")
    answer_step(mine, call, "unlinked", "yes")
    choose_symptom(mine, call, "prints-twice")
    assert passed(mine, call)[1] == ("linked", "no", "ticket")
    choose_symptom(mine, call, "forgot-cmecf-before-link")
    assert passed(mine, call)[:2] == [("cmecf", "yes", "clerk"), ("unlinked", "yes", "clerk")]


def test_answering_a_step_again_changes_the_way_from_there(desk: Desk, clock: StillClock) -> None:
    call = on(desk, "forgot-cmecf-before-link")
    for answer, leads_to in (("yes", "verify"), ("dont-know", "check-link"), ("yes", "verify")):
        for step, said in (("cmecf", "yes"), ("unlinked", answer)):
            clock.go_on(1)
            answer_step(desk, call, step, said)
        assert current(desk, call) == leads_to


def test_a_run_keeps_the_version_it_began_on_and_the_next_call_gets_the_new_one(
    mine: Desk, clock: StillClock
) -> None:
    first = on(mine, "prints-twice")
    write(mine, "Is it really linked?")
    later = open_as(mine.folder.home, clock)
    second = on(later, "prints-twice")
    third = on(later, "prints-twice")

    def said(call: int) -> tuple[int, str]:
        view = call_view(later, call)
        step = view.run.current if view.run else None
        assert step is not None
        return view.version, step.ask

    assert said(first) == (1, "Is it linked?")
    assert said(second) == said(third) == (2, "Is it really linked?")
    assert len(rows(later, "SELECT * FROM playbook_version")) == 2
    later.close()


def test_each_court_counts_its_own_versions(desk: Desk) -> None:
    on(desk, "linking-error")
    call = call_of_dana(desk)
    choose_symptom(desk, call, "linking-error")
    assert rows(desk, "SELECT court, ordinal FROM playbook_version") == [
        {"court": "ianb", "ordinal": 1}
    ]


@pytest.mark.parametrize(
    ("outcome", "due", "reopened"),
    [("resolved", None, 1), ("referred", None, 1), ("waiting", 60, 0), ("escalated", None, 0)],
)
def test_continuing_a_ticket_opens_it_again_and_merges_the_new_one_into_it(
    desk: Desk, clock: StillClock, outcome: str, due: int | None, reopened: int
) -> None:
    older = on(desk, "forgot-cmecf-before-link")
    answer_step(desk, older, "cmecf", "yes")
    finish_call(desk, older, outcome, clock.at + due if due else None)
    clock.go_on(3600)
    call = start_call(desk)
    was = call_view(desk, call).ticket
    continue_ticket(desk, call, call_view(desk, older).ticket)
    view = call_view(desk, call)
    assert (view.number, view.symptom, current(desk, call)) == (
        "T-26-00001", "forgot-cmecf-before-link", "unlinked",
    )  # fmt: skip
    kept = rows(desk, "SELECT id, status, reopened, merged_into, wakes_at FROM ticket ORDER BY n")
    assert kept == [
        {"id": view.ticket, "status": "open", "reopened": reopened, "merged_into": None,
         "wakes_at": None},
        {"id": was, "status": "merged", "reopened": 0, "merged_into": view.ticket,
         "wakes_at": None},
    ]  # fmt: skip
    running = rows(desk, "SELECT ticket, status FROM status_span WHERE to_at IS NULL")
    assert sorted(each["status"] for each in running) == ["merged", "open"]
    finish_call(desk, call, "resolved")
    assert rows(desk, "SELECT status FROM ticket WHERE id = ?", view.ticket) == [
        {"status": "resolved"}
    ]
    assert faults_of(desk.port) == []


def test_a_dropped_call_leaves_the_ticket_that_it_continued_as_it_stood(
    desk: Desk, clock: StillClock
) -> None:
    older = start_call(desk)
    finish_call(desk, older, "escalated")
    clock.go_on(60)
    call = start_call(desk)
    continue_ticket(desk, call, call_view(desk, older).ticket)
    finish_call(desk, call, "dropped")
    statuses = rows(desk, "SELECT status FROM ticket ORDER BY n")
    assert statuses == [{"status": "escalated"}, {"status": "merged"}]


def test_a_dropped_line_is_offered_to_go_on_with(desk: Desk, clock: StillClock) -> None:
    first = call_of_dana(desk)
    finish_call(desk, first, "dropped")
    clock.go_on(60)
    caller = call_view(desk, first).caller
    assert caller is not None
    again = start_call(desk)
    set_caller(desk, again, caller.id, "0144")
    past = call_view(desk, again).continues(120)
    assert past is not None
    assert past.number == "T-26-00001"
    assert call_view(desk, again).continues(30) is None


def test_a_ticket_is_not_continued_into_itself_or_into_one_that_is_not_there(desk: Desk) -> None:
    call = start_call(desk)
    with pytest.raises(NotAllowed, match="works on T-26-00001 already"):
        continue_ticket(desk, call, call_view(desk, call).ticket)
    with pytest.raises(NotFound, match="not in the database"):
        continue_ticket(desk, call, 17)


@pytest.mark.parametrize("status", ["merged", "void"])
def test_no_call_goes_on_with_a_ticket_that_is_merged_or_void(desk: Desk, status: str) -> None:
    older = start_call(desk)
    ticket = call_view(desk, older).ticket
    batch = Batch(desk)
    standing = {"status": status, "outcome": None, "resolved_at": None, "wakes_at": None}
    ended = save_status(ticket, batch.stamp.at, {**standing, "reopened": 0})
    batch.write(ended)
    batch.tell(ticket_chain(ticket), status)
    batch.send()
    call = start_call(desk)
    with pytest.raises(NotAllowed, match=f"A {status} ticket takes no more calls"):
        continue_ticket(desk, call, ticket)
    assert rows(desk, "SELECT status FROM ticket WHERE id = ?", ticket) == [{"status": status}]


def test_what_was_done_before_continuing_stays_on_the_ticket_it_was_done_on(
    desk: Desk, clock: StillClock
) -> None:
    older = start_call(desk)
    add_note_to_call(desk, older, "on the older")
    clock.go_on(60)
    call = start_call(desk)
    add_note_to_call(desk, call, "on the newer")
    continue_ticket(desk, call, call_view(desk, older).ticket)
    add_note_to_call(desk, call, "after")
    assert [note.text for note in call_view(desk, call).notes] == ["on the older", "after"]
    assert len(rows(desk, "SELECT * FROM note")) == 3
