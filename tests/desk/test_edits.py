"""Owner, tags, links, corrections, notes: what is changed on a ticket away from a call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.calls import end_call, finish_call, park_call, start_call, take_call
from helpdesk.desk.corrections import correct_call, correct_ticket
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import home_view
from helpdesk.desk.links import link_tickets
from helpdesk.desk.notes import keep_draft
from helpdesk.desk.one_ticket import ticket_history
from helpdesk.desk.owners import assign_ticket
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.staff import add_member
from helpdesk.desk.statuses import change_status
from helpdesk.desk.tags import tag_ticket
from helpdesk.desk.ticket_notes import add_note_to_ticket, keep_ticket_draft, ticket_draft
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere, undo_entry
from helpdesk.desk.view import call_view
from helpdesk.domain.undoing import REVERSIBLE
from helpdesk.domain.whens import iso_utc
from helpdesk.errors import BadInput, FieldChanged, HelpdeskError, NotAllowed, NotFound
from helpdesk.store.reversing import COLUMNS, get_value, is_column
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.tables import tables_of
from tests.support.tickets import row_of_ticket, ticket_of_call, told_of


def test_the_second_of_two_owners_sees_both_and_different_fields_do_not_matter(
    desk: Desk, clock: StillClock
) -> None:
    ticket = ticket_of_call(desk, "resolved")
    other = open_as(desk.folder.home, clock, RVANCE, "clerk")
    add_member(desk, "jlee", "clerk")
    assign_ticket(other, ticket, "rvance", seen="mortiz")
    with pytest.raises(FieldChanged, match="owner was changed by rvance"):
        assign_ticket(desk, ticket, "jlee", seen="mortiz")
    tag_ticket(desk, ticket, ["urgent"])
    correct_ticket(desk, ticket, "court", "iasb", seen="ianb/cedar-rapids")
    assign_ticket(desk, ticket, "jlee", seen="rvance")
    history = ticket_history(desk, ticket).row
    assert (history.clerk, history.tags, history.court) == ("jlee", ("urgent",), "iasb")
    other.close()


def test_a_note_stays_whatever_a_colleague_does_meanwhile(desk: Desk, clock: StillClock) -> None:
    ticket = ticket_of_call(desk, "resolved")
    keep_ticket_draft(desk, ticket, "The firm's firewall blocks ")
    other = open_as(desk.folder.home, clock, RVANCE, "clerk")
    assign_ticket(other, ticket, "me")
    change_status(other, ticket, "closed", "done")
    other.close()
    assert ticket_draft(desk, ticket) == "The firm's firewall blocks "
    add_note_to_ticket(desk, ticket, "The firm's firewall blocks pop-ups")
    assert [note.text for note in ticket_history(desk, ticket).notes] == [
        "The firm's firewall blocks pop-ups"
    ]
    assert ticket_draft(desk, ticket) == ""


@pytest.mark.parametrize("tag", ["two words", "", "-", "ä", "x" * 31])
def test_a_tag_is_one_plain_word(desk: Desk, tag: str) -> None:
    with pytest.raises(BadInput, match="is no tag"):
        tag_ticket(desk, ticket_of_call(desk), [tag])


def test_both_linked_tickets_show_the_link_and_one_undo_takes_it_away(desk: Desk) -> None:
    one, two = ticket_of_call(desk, "resolved"), ticket_of_call(desk, "resolved")
    link_tickets(desk, two, one, "follow-up")
    assert ticket_history(desk, two).links[0].said == "follow-up of"
    assert ticket_history(desk, one).links[0].number == "T-26-00002"
    with pytest.raises(NotAllowed, match="already"):
        link_tickets(desk, two, one, "follow-up")
    undo_elsewhere(desk)
    assert ticket_history(desk, one).links == ticket_history(desk, two).links == ()


def test_corrected_times_flag_the_call_and_keep_the_old_ones(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.go_on(300)
    finish_call(desk, call, "resolved")
    began = clock.at - 300
    correct_call(desk, call, ended="2026-06-01T08:16:03-05:00")
    (row,) = rows(desk, "SELECT started_at, ended_at, talk_s, edited FROM call")
    assert row == {"started_at": began, "ended_at": began + 120, "talk_s": 120, "edited": 1}
    said = ticket_history(desk, call_view(desk, call).ticket).journal[-1]
    old = {change.field.rpartition("/")[2]: change.old for change in said.changes}
    assert old["ended_at"] == str(began + 300)
    undo_elsewhere(desk)
    (row,) = rows(desk, "SELECT ended_at, talk_s, edited FROM call")
    assert row == {"ended_at": began + 300, "talk_s": 300, "edited": 0}


@pytest.mark.parametrize(
    ("began", "over", "stretches", "talk", "hold"),
    [
        (50, 100, [(50, 50), (50, 50), (50, 100)], 50, 0),
        (15, 100, [(15, 15), (15, 20), (20, 100)], 80, 5),
        (-30, 100, [(-30, 10), (10, 20), (20, 100)], 120, 10),
        (0, 12, [(0, 10), (10, 12), (12, 12)], 10, 2),
        (5, 90, [(5, 10), (10, 20), (20, 90)], 75, 10),
    ],
)
def test_talk_and_hold_of_a_corrected_call_are_what_its_stretches_add_up_to(
    desk: Desk,
    clock: StillClock,
    began: int,
    over: int,
    stretches: list[tuple[int, int]],
    talk: int,
    hold: int,
) -> None:
    clock.go_on(60)
    call, start = start_call(desk), clock.at
    clock.go_on(10)
    park_call(desk, call)
    clock.go_on(10)
    take_call(desk, call)
    clock.go_on(80)
    finish_call(desk, call, "resolved")
    tables = ("SELECT * FROM call", "SELECT * FROM call_segment ORDER BY id")
    before = [rows(desk, each) for each in tables]
    correct_call(desk, call, iso_utc(start + began), iso_utc(start + over))
    found = rows(desk, "SELECT from_at, to_at FROM call_segment WHERE kind <> 'wrap' ORDER BY id")
    assert [(row["from_at"] - start, row["to_at"] - start) for row in found] == stretches
    (row,) = rows(desk, "SELECT talk_s, hold_s FROM call")
    assert (row["talk_s"], row["hold_s"]) == (talk, hold)
    undo_elsewhere(desk)
    assert [rows(desk, each) for each in tables] == before


@pytest.mark.parametrize(
    ("started", "ended", "said"),
    [("", "2026-06-01T08:00:00-05:00", "cannot end before"), ("9:00", "", "in the future"),
     ("", "2027-01-01", "in the future"),
     ("yesterday", "", "is not a time"), ("", "", "already")],
)  # fmt: skip
def test_times_that_cannot_be_are_refused(
    desk: Desk, clock: StillClock, started: str, ended: str, said: str
) -> None:
    call = start_call(desk)
    clock.go_on(300)
    finish_call(desk, call, "resolved")
    with pytest.raises(HelpdeskError, match=said):
        correct_call(desk, call, started, ended)


def test_a_clerk_corrects_no_times(desk: Desk, clock: StillClock) -> None:
    call = start_call(desk)
    finish_call(desk, call, "resolved")
    clerk = open_as(desk.folder.home, clock, RVANCE, "clerk")
    with pytest.raises(NotAllowed, match="supervisor"):
        correct_call(clerk, call, "2026-06-01T08:00:00-05:00")
    clerk.close()


def test_undo_goes_back_act_by_act_and_forth_again_also_after_a_restart(
    desk: Desk, clock: StillClock
) -> None:
    one = ticket_of_call(desk, "waiting", clock.at + 600)
    states = [tables_of(desk, but=("ticket.changed_at", "status_span.to_at"))["ticket"]]
    acts: list[Callable[[], None]] = [
        lambda: change_status(desk, one, "resolved"),
        lambda: tag_ticket(desk, one, ["urgent", "vip"]),
        lambda: correct_ticket(desk, one, "court", "iasb"),
        lambda: change_status(desk, one, "open"),
    ]
    for act in acts:
        clock.go_on(1)
        act()
        states.append(tables_of(desk, but=("ticket.changed_at",))["ticket"])
    for back in range(len(states) - 2, -1, -1):
        undo_elsewhere(desk)
        assert tables_of(desk, but=("ticket.changed_at",))["ticket"] == states[back]
    for forth in range(1, len(states)):
        redo_elsewhere(desk)
        assert tables_of(desk, but=("ticket.changed_at",))["ticket"] == states[forth]
    again = open_as(desk.folder.home, clock)
    again.opened_after = again.port.head()
    with pytest.raises(NotAllowed, match="since this console was opened"):
        undo_elsewhere(again)
    last = len(told_of(again, one)) - told_of(again, one)[::-1].index("change_status")
    assert "the status" in undo_entry(again, "1", last)
    assert faults_of(again.port) == []
    again.close()


def test_the_outcome_of_a_call_is_taken_back_and_another_given(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.go_on(60)
    ticket = finish_call(desk, call, "callback", clock.at + 600).ticket
    said = undo_elsewhere(desk)
    assert "the outcome (waiting > open) on T-26-00001" in said
    assert said.endswith("Its call is in wrap again and needs an outcome.")
    view = call_view(desk, call)
    assert (view.outcome, view.wrap_ended_at, row_of_ticket(desk, ticket)["status"]) == (
        "", None, "open",
    )  # fmt: skip
    finish_call(desk, call, "resolved")
    assert row_of_ticket(desk, ticket)["status"] == "resolved"
    assert rows(desk, "SELECT struck FROM promise") == [{"struck": 1}]


def test_what_was_changed_again_since_is_not_overwritten_by_an_undo(
    desk: Desk, clock: StillClock
) -> None:
    ticket = ticket_of_call(desk, "resolved")
    correct_ticket(desk, ticket, "court", "iasb")
    other = open_as(desk.folder.home, clock, RVANCE, "supervisor")
    correct_ticket(other, ticket, "court", "ncmb")
    with pytest.raises(NotAllowed, match="court of T-26-00001 was changed again since"):
        undo_elsewhere(desk)
    assert row_of_ticket(desk, ticket)["court"] == "ncmb"
    seq = len(told_of(desk, ticket))
    assert "a correction" in undo_entry(desk, "1", seq)
    other.close()


def test_an_older_act_of_somebody_else_needs_a_supervisor(desk: Desk, clock: StillClock) -> None:
    ticket = ticket_of_call(desk, "resolved")
    tag_ticket(desk, ticket, ["urgent"])
    seq = len(told_of(desk, ticket))
    clerk = open_as(desk.folder.home, clock, RVANCE, "clerk")
    with pytest.raises(NotAllowed, match="ask one of"):
        undo_entry(clerk, "1", seq)
    clerk.close()
    with pytest.raises(NotAllowed, match="cannot be taken back"):
        undo_entry(desk, "1", 1)
    with pytest.raises(NotFound, match="no entry 99"):
        undo_entry(desk, "1", 99)
    undo_entry(desk, "1", seq)
    with pytest.raises(NotAllowed, match="taken back already"):
        undo_entry(desk, "1", seq)


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_that_undo_may_set_back_is_there(desk: Desk, table: str) -> None:
    for column in COLUMNS[table]:
        assert is_column(f"{table}/1/{column}")
        assert get_value(desk.port, f"{table}/1/{column}") is None


@pytest.mark.parametrize(
    "field", ["text", "step x", "ticket/1/opened_at", "clerk/1/role", "a/b/c"]
)
def test_what_is_only_told_is_no_column(field: str) -> None:
    assert not is_column(field)


def test_every_reversible_act_has_words(desk: Desk) -> None:
    choose_symptom(desk, start_call(desk), "linking-error")
    assert all(words and words[0].islower() for words in REVERSIBLE.values())


def test_the_time_between_an_outcome_and_taking_it_back_is_no_work_on_the_call(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.go_on(60)
    end_call(desk, call)
    clock.go_on(10)
    finish_call(desk, call, "resolved")
    clock.go_on(10_000)
    undo_elsewhere(desk)
    assert [each.running for each in home_view(desk).running] == ["wrap"]
    clock.go_on(5)
    finish_call(desk, call, "callback", clock.at + 600)
    assert rows(desk, "SELECT talk_s, wrap_s FROM call") == [{"talk_s": 60, "wrap_s": 15}]


def test_the_outcome_of_a_call_stands_once_another_call_came_after_it(
    desk: Desk, clock: StillClock
) -> None:
    first = start_call(desk)
    ticket = finish_call(desk, first, "waiting", clock.at + 600).ticket
    seq = len(told_of(desk, ticket))
    clock.go_on(900)
    finish_call(desk, start_callback(desk, ticket), "resolved")
    with pytest.raises(NotAllowed, match="Another call on this ticket came after it"):
        undo_entry(desk, "1", seq)


def test_words_left_by_a_kill_are_a_note_when_the_call_is_finished(desk: Desk) -> None:
    call = start_call(desk)
    keep_draft(desk, call, "The firewall blocks pop-ups ")
    ticket = finish_call(desk, call, "resolved").ticket
    notes = ticket_history(desk, ticket).notes
    assert [note.text for note in notes] == ["The firewall blocks pop-ups"]


def test_an_escalation_taken_back_with_its_outcome_is_none(desk: Desk) -> None:
    call = start_call(desk)
    ticket = finish_call(desk, call, "escalated").ticket
    undo_elsewhere(desk)
    assert ticket_history(desk, ticket).escalations == ()


def test_corrected_times_are_done_again_whichever_way_they_were_moved(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.go_on(300)
    finish_call(desk, call, "resolved")
    times = "SELECT started_at, ended_at, talk_s FROM call"
    before = rows(desk, times)
    correct_call(desk, call, "2026-06-01T07:00:00-05:00", "2026-06-01T07:05:00-05:00")
    after = rows(desk, times)
    undo_elsewhere(desk)
    assert rows(desk, times) == before
    redo_elsewhere(desk)
    assert rows(desk, times) == after


def test_what_was_taken_back_can_be_done_again_though_nothing_else_can_be_taken_back(
    desk: Desk,
) -> None:
    ticket = ticket_of_call(desk)
    desk.opened_after = desk.port.head()
    tag_ticket(desk, ticket, ["urgent"])
    assert (home_view(desk).can_undo, home_view(desk).can_redo) == (True, False)
    undo_elsewhere(desk)
    assert (home_view(desk).can_undo, home_view(desk).can_redo) == (False, True)
