from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from helpdesk.desk.callers import set_unknown_caller
from helpdesk.desk.calls import (
    end_call,
    finish_call,
    park_call,
    resume_call,
    start_call,
    take_call,
)
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import close_console, home_view, open_console
from helpdesk.desk.notes import add_note_to_call, keep_draft
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.errors import BadInput, HelpdeskError, NotAllowed, NotFound, StoreBusy
from helpdesk.store.calls import find_running
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


def spans(desk: Desk) -> list[tuple[str, int, int | None]]:
    found = rows(desk, "SELECT status, from_at, to_at FROM status_span ORDER BY from_at, id")
    return [(row["status"], row["from_at"], row["to_at"]) for row in found]


def ticket(desk: Desk, call: int) -> dict[str, object]:
    (row,) = rows(desk, "SELECT * FROM ticket WHERE id = ?", call_view(desk, call).ticket)
    return row


def test_the_key_that_begins_a_call_writes_call_ticket_and_clock_at_once(
    desk: Desk, clock: StillClock
) -> None:
    view = call_view(desk, start_call(desk))
    assert view.number == "T-26-00001"
    assert (view.started_at, view.ended_at, view.clerk) == (clock.at, None, "mortiz")
    assert (view.court.id, view.office.id) == ("ianb", "cedar-rapids")
    assert (view.clocks.running, view.clocks.since) == ("talk", clock.at)
    assert not view.asked_caller
    assert spans(desk) == [("open", clock.at, None)]
    assert rows(desk, "SELECT act, who FROM journal WHERE subject LIKE 'ticket:%'") == [
        {"act": "start_call", "who": "mortiz"}
    ]


def test_every_call_opens_a_ticket_with_the_next_number(desk: Desk) -> None:
    numbers = [call_view(desk, start_call(desk)).number for _ in range(3)]
    assert numbers == ["T-26-00001", "T-26-00002", "T-26-00003"]


def test_numbers_begin_anew_with_the_year_at_the_office_and_not_in_utc(
    desk: Desk, clock: StillClock
) -> None:
    start_call(desk)
    clock.at = int(datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("America/Chicago")).timestamp())
    assert call_view(desk, start_call(desk)).number == "T-26-00002"
    clock.go_on(1800)
    assert call_view(desk, start_call(desk)).number == "T-27-00001"


def test_a_call_whose_key_was_forgotten_began_when_it_is_said_to_have_and_is_marked(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk, ago=720)
    view = call_view(desk, call)
    assert (view.started_at, view.edited) == (clock.at - 720, True)
    clock.go_on(60)
    assert call_view(desk, call).clocks.at(clock.at).talk == 780
    finish_call(desk, call, "resolved")
    assert rows(desk, "SELECT talk_s, edited, clock_changed FROM call") == [
        {"talk_s": 780, "edited": 1, "clock_changed": 0}
    ]


@pytest.mark.parametrize("ago", [-1, 86_401])
def test_a_call_cannot_be_begun_in_the_future_or_longer_ago_than_a_day(
    desk: Desk, ago: int
) -> None:
    with pytest.raises(BadInput, match="at most a day"):
        start_call(desk, ago=ago)
    assert rows(desk, "SELECT * FROM call") == []


def test_an_act_sent_twice_under_one_operation_id_counts_once(desk: Desk) -> None:
    stamp = desk.stamp()
    call = start_call(desk, stamp=stamp)
    start_call(desk, stamp=stamp)
    assert [row["id"] for row in rows(desk, "SELECT id FROM call")] == [call]
    said = desk.stamp()
    for _ in range(2):
        add_note_to_call(desk, call, "Firewall", stamp=said)
    assert [note.text for note in call_view(desk, call).notes] == ["Firewall"]
    done = desk.stamp()
    for _ in range(2):
        finish_call(desk, call, "resolved", stamp=done)
    assert len(rows(desk, "SELECT * FROM journal WHERE act = 'finish_call'")) == 1


def test_an_act_keeps_the_time_and_the_clerk_of_whoever_asked(
    desk: Desk, clock: StillClock
) -> None:
    colleague = open_as(desk.folder.home, clock, RVANCE, "clerk")
    asked = colleague.stamp()
    clock.go_on(90)
    view = call_view(desk, start_call(desk, stamp=asked))
    assert (view.started_at, view.clerk) == (asked.at, "rvance")
    colleague.close()


def test_the_clocks_follow_parking_taking_hanging_up_and_wrapping(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.go_on(60)
    park_call(desk, call)
    clock.go_on(30)
    assert call_view(desk, call).clocks.at(clock.at).hold == 30
    take_call(desk, call)
    clock.go_on(20)
    end_call(desk, call)
    clock.go_on(10)
    finish_call(desk, call, "resolved")
    (row,) = rows(
        desk, "SELECT talk_s, hold_s, wrap_s, started_at, ended_at, wrap_ended_at FROM call"
    )
    assert (row["talk_s"], row["hold_s"], row["wrap_s"]) == (80, 30, 10)
    assert row["ended_at"] - row["started_at"] == 110
    assert row["wrap_ended_at"] == clock.at


@pytest.mark.parametrize("act", [park_call, take_call])
def test_a_call_whose_caller_hung_up_is_neither_parked_nor_taken(
    desk: Desk, act: Callable[[Desk, int], None]
) -> None:
    call = start_call(desk)
    end_call(desk, call)
    with pytest.raises(NotAllowed, match="T-26-00001 has hung up"):
        act(desk, call)


def test_hanging_up_twice_is_as_good_as_once(desk: Desk, clock: StillClock) -> None:
    call = start_call(desk)
    clock.go_on(60)
    end_call(desk, call)
    once = call_view(desk, call)
    clock.go_on(5)
    end_call(desk, call)
    assert call_view(desk, call) == once


def test_a_call_that_was_left_behind_ends_when_it_is_said_to_have_ended(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    began = clock.at
    clock.go_on(3600)
    end_call(desk, call, at=began + 300)
    view = call_view(desk, call)
    assert (view.ended_at, view.edited, view.clocks.talk) == (began + 300, True, 300)
    finish_call(desk, call, "resolved")
    assert rows(desk, "SELECT talk_s, wrap_s FROM call") == [{"talk_s": 300, "wrap_s": 0}]


def test_of_calls_left_behind_those_with_somebody_on_the_line_come_first_the_newest_first(
    desk: Desk, clock: StillClock
) -> None:
    open_console(desk)
    calls = []
    for hangs_up in (False, True, False, True):
        calls.append(start_call(desk))
        clock.go_on(60)
        if hangs_up:
            end_call(desk, calls[-1])
    assert home_view(desk).left == ()
    close_console(desk)
    open_console(desk)
    assert [each.call for each in home_view(desk).left] == [calls[at] for at in (2, 0, 3, 1)]


@pytest.mark.parametrize(("said", "meant"), [(-500, 0), (900, 600)])
def test_a_call_never_ends_before_it_began_or_after_now(
    desk: Desk, clock: StillClock, said: int, meant: int
) -> None:
    call = start_call(desk)
    began = clock.at
    clock.go_on(600)
    end_call(desk, call, at=began + said)
    assert call_view(desk, call).ended_at == began + meant


def test_hanging_up_can_be_taken_back_until_the_call_is_finished(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.go_on(60)
    end_call(desk, call)
    clock.go_on(10)
    resume_call(desk, call)
    view = call_view(desk, call)
    assert (view.ended_at, view.clocks.running) == (None, "talk")
    clock.go_on(20)
    end_call(desk, call)
    clock.go_on(5)
    finish_call(desk, call, "resolved")
    assert rows(desk, "SELECT talk_s, hold_s, wrap_s FROM call") == [
        {"talk_s": 90, "hold_s": 0, "wrap_s": 5}
    ]
    with pytest.raises(NotAllowed, match="is finished: begin a new one"):
        resume_call(desk, call)


def test_resuming_a_call_that_is_going_on_changes_nothing(desk: Desk) -> None:
    call = start_call(desk)
    before = desk.port.head()
    resume_call(desk, call)
    assert desk.port.head() == before


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("resolved", "resolved"), ("waiting", "waiting"), ("callback", "waiting"),
     ("escalated", "escalated"), ("referred", "closed"), ("dropped", "closed")],
)  # fmt: skip
def test_an_outcome_gives_the_ticket_its_status_and_ends_the_open_stretch(
    desk: Desk, clock: StillClock, outcome: str, status: str
) -> None:
    began = clock.at
    call = start_call(desk)
    clock.go_on(60)
    due = clock.at + 3600 if outcome in {"waiting", "callback"} else None
    reason = "supervisor" if outcome == "escalated" else "asked twice"
    finish_call(desk, call, outcome, due, reason=reason)
    kept = ticket(desk, call)
    assert (kept["status"], kept["outcome"]) == (status, outcome)
    assert kept["resolved_at"] == (clock.at if status == "resolved" else None)
    assert kept["wakes_at"] == (clock.at + 3600 if outcome == "escalated" else due)
    assert spans(desk) == [("open", began, clock.at), (status, clock.at, None)]
    (row,) = rows(desk, "SELECT outcome, reason FROM call")
    assert (row["outcome"], row["reason"]) == (outcome, reason)
    promises = rows(desk, "SELECT kind, due_at, zone FROM promise")
    assert promises == (
        [{"kind": outcome, "due_at": due, "zone": "America/Chicago"}] if due else []
    )


@pytest.mark.parametrize("written", [False, True])
def test_a_call_that_goes_on_is_ended_and_finished_in_one_batch_or_not_at_all(
    desk: Desk, clock: StillClock, *, written: bool
) -> None:
    call = start_call(desk)
    clock.go_on(60)
    park_call(desk, call)
    clock.go_on(5)
    chain = f"ticket:{call_view(desk, call).ticket}"
    sent: list[object] = []
    transact = desk.port.transact

    def counted(op: str, *args: Any) -> Any:  # noqa: ANN401 - the port's own
        sent.append(op)
        if not written:
            raise StoreBusy("Another program holds it.")
        return transact(op, *args)

    desk.port.transact = counted  # type: ignore[method-assign, assignment]
    with nullcontext() if written else pytest.raises(StoreBusy):
        finish_call(desk, call, "resolved")
    assert len(sent) == 1
    told = [row["act"] for row in rows(desk, "SELECT act FROM journal WHERE subject = ?", chain)]
    assert told == ["start_call", "park_call", *(("end_call", "finish_call") if written else ())]
    clocks = call_view(desk, call).clocks
    assert (clocks.talk, clocks.hold, clocks.running) == (
        60,
        5 * written,
        "" if written else "hold",
    )
    assert faults_of(desk.port) == []


def test_a_finished_call_keeps_its_first_outcome(desk: Desk) -> None:
    call = start_call(desk)
    finish_call(desk, call, "resolved")
    before = desk.port.head()
    finish_call(desk, call, "escalated")
    assert ticket(desk, call)["status"] == "resolved"
    assert desk.port.head() == before


@pytest.mark.parametrize("outcome", ["waiting", "callback"])
def test_a_promise_without_a_time_is_refused_and_the_caller_stays_on_the_line(
    desk: Desk, outcome: str
) -> None:
    call = start_call(desk)
    with pytest.raises(BadInput, match="say until when"):
        finish_call(desk, call, outcome)
    assert call_view(desk, call).ended_at is None


def test_an_outcome_that_is_none_is_refused_with_those_there_are(desk: Desk) -> None:
    call = start_call(desk)
    with pytest.raises(BadInput, match=", ".join(OUTCOMES)):
        finish_call(desk, call, "solved")
    assert call_view(desk, call).ended_at is None


def test_a_finished_call_is_no_longer_among_those_going_on(desk: Desk) -> None:
    first, second = start_call(desk), start_call(desk)
    park_call(desk, first)
    finish_call(desk, second, "resolved")
    assert [row["id"] for row in find_running(desk.port).dicts()] == [first]


def test_finishing_forgets_what_stood_in_the_note_box(desk: Desk) -> None:
    call = start_call(desk)
    keep_draft(desk, call, "half a thought ")
    finish_call(desk, call, "resolved")
    assert rows(desk, "SELECT * FROM draft") == []


def test_any_text_can_be_the_reason_of_an_outcome(desk: Desk) -> None:
    call = start_call(desk)
    finish_call(desk, call, "referred", reason="lone \ud800 surrogate, \0 and \x1b[31m")
    assert rows(desk, "SELECT reason FROM call")[0]["reason"].startswith("lone ")


@pytest.mark.parametrize(
    "act",
    [park_call, take_call, end_call, resume_call, set_unknown_caller, undo_last,
     lambda desk, call: finish_call(desk, call, "resolved"),
     lambda desk, call: add_note_to_call(desk, call, "x"),
     lambda desk, call: choose_symptom(desk, call, "linking-error")],
)  # fmt: skip
def test_an_act_on_a_call_that_is_not_there_is_refused_in_words(
    desk: Desk, act: Callable[[Desk, int], object]
) -> None:
    with pytest.raises(NotFound, match="not in the database"):
        act(desk, 17)
    with pytest.raises(HelpdeskError):
        keep_draft(desk, 17, "x ")


def test_everything_a_call_does_is_in_a_journal_that_holds(desk: Desk, clock: StillClock) -> None:
    call = start_call(desk)
    for act in (park_call, take_call, end_call, resume_call, end_call):
        clock.go_on(1)
        act(desk, call)
    finish_call(desk, call, "resolved")
    told = rows(desk, "SELECT act FROM journal WHERE subject LIKE 'ticket:%' ORDER BY id")
    assert [row["act"] for row in told] == [
        "start_call", "park_call", "take_call", "end_call", "resume_call", "end_call",
        "finish_call",
    ]  # fmt: skip
    assert faults_of(desk.port) == []
