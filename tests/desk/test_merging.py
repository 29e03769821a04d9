from __future__ import annotations

import pytest

from helpdesk.desk.acting import Batch, ticket_chain
from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import accept_escalation
from helpdesk.desk.home import home_view
from helpdesk.desk.merging import continue_ticket, merge_tickets, unmerge_ticket
from helpdesk.desk.one_ticket import ticket_history
from helpdesk.desk.promises import drop_promise
from helpdesk.desk.standing import write_standing
from helpdesk.desk.statuses import change_status
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.desk.ticket_rows import ticket_row
from helpdesk.desk.tickets import count_tickets, list_tickets, query_of
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.desk.view import call_view
from helpdesk.domain.tickets import STATUS_AFTER
from helpdesk.errors import NotAllowed
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.tables import tables_of
from tests.support.tickets import row_of_ticket, ticket_of_call

OWN = ("ticket", "call", "call_ticket", "note", "promise", "answer", "tag", "escalation")


def own_rows(desk: Desk) -> dict[str, object]:
    every = tables_of(desk, but=("ticket.changed_at",))
    return {name: every[name] for name in OWN}


def test_merging_moves_nothing_and_the_merged_ticket_stands_nowhere_twice(
    desk: Desk, clock: StillClock
) -> None:
    one = ticket_of_call(desk)
    clock.go_on(60)
    two = ticket_of_call(desk, "waiting", clock.at + 600)
    calls = rows(desk, "SELECT * FROM call_ticket ORDER BY call")
    merge_tickets(desk, two, one)
    assert rows(desk, "SELECT * FROM call_ticket ORDER BY call") == calls
    assert [each.id for each in list_tickets(desk, query_of(desk, ""), 9)] == [one]
    assert count_tickets(desk, query_of(desk, "")) == 1
    assert [each.number for each in ticket_history(desk, one).merged_in] == ["T-26-00002"]
    assert ticket_history(desk, two).merged_into == "T-26-00001"


@pytest.mark.parametrize("outcome", ["resolved", "waiting", "escalated", "referred"])
def test_unmerging_at_a_later_date_brings_both_back_whole(
    desk: Desk, clock: StillClock, outcome: str
) -> None:
    one = ticket_of_call(desk)
    clock.go_on(60)
    due_at = clock.at + 90 * 86_400 if outcome == "waiting" else None
    two = ticket_of_call(desk, outcome, due_at)
    before = own_rows(desk)
    merge_tickets(desk, two, one)
    clock.go_on(30 * 86_400)
    unmerge_ticket(desk, two)
    assert own_rows(desk) == before
    assert faults_of(desk.port) == []


@pytest.mark.parametrize("again", [False, True], ids=["merged", "merged by a redo"])
def test_an_escalation_waits_for_its_answer_again_when_its_ticket_is_taken_out(
    desk: Desk, clock: StillClock, *, again: bool
) -> None:
    one, two = ticket_of_call(desk), ticket_of_call(desk, "escalated")
    other = open_as(desk.folder.home, clock, RVANCE, "supervisor")
    merge_tickets(desk, two, one)
    if again:
        undo_elsewhere(desk)
        redo_elsewhere(desk)
    assert home_view(other).escalated == ()
    unmerge_ticket(desk, two)
    assert [each.ticket for each in home_view(other).escalated] == [two]
    undo_elsewhere(desk)
    assert home_view(other).escalated == ()
    redo_elsewhere(desk)
    accept_escalation(other, two)
    merge_tickets(desk, two, one)
    unmerge_ticket(desk, two)
    (escalation,) = rows(desk, "SELECT answer FROM escalation WHERE ticket = ?", two)
    assert escalation["answer"] == "accepted"
    assert faults_of(desk.port) == []
    other.close()


def test_what_nothing_is_promised_on_any_more_is_open_when_it_is_taken_out(
    desk: Desk, clock: StillClock
) -> None:
    one, two = (ticket_of_call(desk, "waiting", clock.at + 86_400) for _ in range(2))
    merge_tickets(desk, two, one)
    change_status(desk, one, "resolved")
    unmerge_ticket(desk, two)
    row = row_of_ticket(desk, two)
    assert (row["status"], row["wakes_at"]) == ("open", None)
    undo_elsewhere(desk)
    row = row_of_ticket(desk, two)
    assert (row["status"], row["wakes_at"]) == ("merged", clock.at + 86_400)
    assert faults_of(desk.port) == []


def test_what_was_written_after_the_merge_stays_where_it_was_written(desk: Desk) -> None:
    one, two = ticket_of_call(desk, "resolved"), ticket_of_call(desk, "resolved")
    merge_tickets(desk, two, one)
    add_note_to_ticket(desk, one, "on the one that goes on")
    add_note_to_ticket(desk, two, "typed before the merge was seen")
    unmerge_ticket(desk, two)
    notes = {ticket: ticket_history(desk, ticket).notes for ticket in (one, two)}
    assert [note.text for note in notes[one]] == ["on the one that goes on"]
    assert [note.text for note in notes[two]] == ["typed before the merge was seen"]


def test_a_merge_into_a_merged_ticket_goes_to_where_that_one_went(desk: Desk) -> None:
    one, two, three = (ticket_of_call(desk, "resolved") for _ in range(3))
    merge_tickets(desk, two, one)
    merge_tickets(desk, three, two)
    assert row_of_ticket(desk, three)["merged_into"] == one
    unmerge_ticket(desk, two)
    assert row_of_ticket(desk, three)["merged_into"] == one


def test_a_ticket_is_not_merged_into_itself_however_the_way_leads(desk: Desk) -> None:
    one, two = ticket_of_call(desk, "resolved"), ticket_of_call(desk, "resolved")
    merge_tickets(desk, two, one)
    for into in (one, two):
        with pytest.raises(NotAllowed, match="into itself"):
            merge_tickets(desk, one, into)


def test_a_merge_is_taken_back_as_one_act(desk: Desk) -> None:
    one, two = ticket_of_call(desk, "resolved"), ticket_of_call(desk, "resolved")
    before = own_rows(desk)
    merge_tickets(desk, two, one)
    assert "the merge" in undo_elsewhere(desk)
    assert own_rows(desk) == before
    with pytest.raises(NotAllowed, match="not merged"):
        unmerge_ticket(desk, two)


def test_unmerging_a_call_s_own_ticket_gives_it_its_call_back(
    desk: Desk, clock: StillClock
) -> None:
    older = ticket_of_call(desk, "resolved")
    clock.go_on(3600)
    call = start_call(desk)
    own = call_view(desk, call).ticket
    continue_ticket(desk, call, older)
    unmerge_ticket(desk, own)
    assert call_view(desk, call).ticket == own
    assert row_of_ticket(desk, own)["status"] == "open"


def test_what_was_merged_the_other_way_round_since_is_not_merged_in_a_circle(
    desk: Desk, clock: StillClock
) -> None:
    one, two = ticket_of_call(desk, "resolved"), ticket_of_call(desk, "resolved")
    other = open_as(desk.folder.home, clock, RVANCE, "clerk")
    merge_tickets(desk, one, two)
    undo_elsewhere(desk)
    merge_tickets(other, two, one)
    with pytest.raises(NotAllowed, match="other way round"):
        redo_elsewhere(desk)
    assert [each.id for each in list_tickets(desk, query_of(desk, ""), 9)] == [one]
    other.close()


def test_a_promise_is_due_where_its_ticket_goes_on_and_ends_with_that_one(
    desk: Desk, clock: StillClock
) -> None:
    one = ticket_of_call(desk)
    two = ticket_of_call(desk, "callback", clock.at + 600)
    merge_tickets(desk, two, one)
    clock.go_on(1200)
    (promise,) = home_view(desk).promises
    assert (promise.number, home_view(desk).late) == ("T-26-00001", 1)
    change_status(desk, one, "resolved")
    assert home_view(desk).promises == ()
    three = ticket_of_call(desk, "callback", clock.at + 600)
    with pytest.raises(NotAllowed, match="Something is promised on T-26-00003"):
        merge_tickets(desk, three, one)


def test_a_call_goes_on_with_one_ticket_only(desk: Desk, clock: StillClock) -> None:
    first, second = ticket_of_call(desk, "resolved"), ticket_of_call(desk, "resolved")
    clock.go_on(3600)
    call = start_call(desk)
    continue_ticket(desk, call, second)
    with pytest.raises(NotAllowed, match="is about T-26-00002 already"):
        continue_ticket(desk, call, first)
    assert call_view(desk, call).continues(10**6) is None
    back = start_callback(desk, first)
    with pytest.raises(NotAllowed, match="is about T-26-00001 already"):
        continue_ticket(desk, back, second)


def test_a_ticket_waits_until_the_last_promise_that_is_due_on_it_is_dropped(
    desk: Desk, clock: StillClock
) -> None:
    root = ticket_of_call(desk, "waiting", clock.at + 7200)
    middle, first = (ticket_of_call(desk, "waiting", clock.at + due) for due in (5400, 3600))
    merge_tickets(desk, first, middle)
    merge_tickets(desk, middle, root)
    drops = [(first, "waiting", clock.at + 5400), (root, "waiting", clock.at + 5400),
             (middle, "open", None)]  # fmt: skip
    for ticket, status, wakes_at in drops:
        before = row_of_ticket(desk, root)
        (promise,) = rows(desk, "SELECT id FROM promise WHERE ticket = ?", ticket)
        drop_promise(desk, promise["id"], "no need")
        after = row_of_ticket(desk, root)
        assert (after["status"], after["wakes_at"]) == (status, wakes_at)
        undo_elsewhere(desk)
        assert row_of_ticket(desk, root) | {"changed_at": 0} == before | {"changed_at": 0}
        redo_elsewhere(desk)
    assert [row_of_ticket(desk, each)["status"] for each in (middle, first)] == ["merged"] * 2
    assert faults_of(desk.port) == []


@pytest.mark.parametrize("deep", [False, True], ids=["into it", "into one that went on in it"])
def test_what_waited_for_a_promise_of_a_merged_ticket_stands_by_its_own_once_that_is_taken_out(
    desk: Desk, clock: StillClock, *, deep: bool
) -> None:
    root = ticket_of_call(desk, "waiting", clock.at + 7200)
    first = ticket_of_call(desk, "waiting", clock.at + 3600)
    if deep:
        middle = ticket_of_call(desk)
        merge_tickets(desk, first, middle)
        merge_tickets(desk, middle, root)
    else:
        merge_tickets(desk, first, root)
    unmerge_ticket(desk, first)
    assert row_of_ticket(desk, root)["wakes_at"] == clock.at + 7200
    undo_elsewhere(desk)
    (own,) = rows(desk, "SELECT id FROM promise WHERE ticket = ?", root)
    drop_promise(desk, own["id"], "no need")
    before = own_rows(desk)
    unmerge_ticket(desk, first)
    standing = [
        (row["status"], row["wakes_at"])
        for row in (row_of_ticket(desk, each) for each in (root, first))
    ]
    assert standing == [("open", None), ("waiting", clock.at + 3600)]
    undo_elsewhere(desk)
    assert own_rows(desk) == before
    assert faults_of(desk.port) == []


@pytest.mark.parametrize("outcome", ["resolved", "waiting", "escalated", "referred"])
def test_a_dropped_call_leaves_a_continued_ticket_as_it_stood(
    desk: Desk, clock: StillClock, outcome: str
) -> None:
    due_at = clock.at + 9_000 if outcome == "waiting" else None
    older = ticket_of_call(desk, outcome, due_at)
    names = ("status", "resolved_at", "wakes_at", "reopened")
    before = {name: row_of_ticket(desk, older)[name] for name in names}
    clock.go_on(60)
    call = start_call(desk)
    continue_ticket(desk, call, older)
    finish_call(desk, call, "dropped")
    assert {name: row_of_ticket(desk, older)[name] for name in names} == before


@pytest.mark.parametrize("status", ["resolved", "closed"])
@pytest.mark.parametrize("outcome", ["resolved", "callback", "escalated"])
def test_a_call_ends_truthfully_whatever_a_colleague_made_of_its_ticket(
    desk: Desk, clock: StillClock, status: str, outcome: str
) -> None:
    call = start_call(desk)
    ticket = call_view(desk, call).ticket
    change_status(desk, ticket, status, "meanwhile")
    finish_call(desk, call, outcome, clock.at + 600 if outcome == "callback" else None)
    assert row_of_ticket(desk, ticket)["status"] == STATUS_AFTER[outcome]
    assert call_view(desk, call).outcome == outcome


def test_a_call_on_a_ticket_that_was_merged_meanwhile_counts_where_that_goes_on(
    desk: Desk, clock: StillClock
) -> None:
    root = ticket_of_call(desk, "resolved")
    call = start_call(desk)
    merge_tickets(desk, call_view(desk, call).ticket, root)
    finish_call(desk, call, "callback", clock.at + 600)
    row = row_of_ticket(desk, root)
    assert (row["status"], row["reopened"], home_view(desk).due) == ("waiting", 1, 1)
    undo_elsewhere(desk)
    assert row_of_ticket(desk, root)["status"] == "resolved"
    assert faults_of(desk.port) == []


def test_what_was_woken_before_its_promise_is_due_stays_awake_when_a_merged_ticket_is_taken_out(
    desk: Desk, clock: StillClock
) -> None:
    root = ticket_of_call(desk, "waiting", clock.at + 90_000)
    other = ticket_of_call(desk, "waiting", clock.at + 80_000)
    merge_tickets(desk, other, root)
    batch = Batch(desk)
    told = write_standing(batch, ticket_row(desk, root), "waiting", wakes_at=clock.at)
    batch.tell(ticket_chain(root), "end_incident", told)
    batch.send()
    unmerge_ticket(desk, other)
    assert row_of_ticket(desk, root)["wakes_at"] == clock.at
