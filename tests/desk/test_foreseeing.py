"""What follows an answer is told before it is written, and a kill in between loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from helpdesk.desk.callers import find_callers, set_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.foreseeing import answer_foreseen, foresee, view_answered
from helpdesk.desk.home import open_console
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.outbox_file import lines_aside, outbox_folder
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.view import call_view
from helpdesk.domain.courts import local
from helpdesk.errors import BadInput, NotAllowed
from tests.support.calls import call_of_dana, rows
from tests.support.clock import StillClock
from tests.support.desks import open_as

UPGRADED = ("linking-error", "account.upgraded")
ANSWERS = "SELECT step, answer FROM answer ORDER BY id"


@pytest.fixture
def console(home: Path, clock: StillClock) -> Iterator[Desk]:
    with console_at(home, clock) as desk:
        yield desk


@contextmanager
def console_at(home: Path, clock: StillClock) -> Iterator[Desk]:
    with closing(open_as(home, clock)) as desk:
        open_console(desk)
        yield desk


def a_call(desk: Desk) -> int:
    call = call_of_dana(desk)
    choose_symptom(desk, call, "linking-error")
    return call


def gone(desk: Desk) -> None:
    """End a console as kill does: nothing is tidied, only what it held is free."""
    assert desk.outbox is not None
    desk.outbox.log.let_go()
    desk.port.close()


def kept(answer: str) -> list[str]:
    """The lines of all outboxes that hold an act."""
    (path,) = outbox_folder().glob("[0-9]*.jsonl")
    return [each for each in path.read_text("utf-8").split("\0")[0].splitlines() if answer in each]


def test_an_answer_that_was_shown_is_written_by_the_next_start_after_a_kill(
    home: Path, clock: StillClock, console: Desk
) -> None:
    call = a_call(console)
    before = rows(console, ANSWERS)
    foreseen = foresee(console, 0, call_view(console, call), UPGRADED, "yes")
    assert foreseen.is_sure
    clock.go_on(5)
    gone(console)
    with console_at(home, clock) as next_start:
        assert rows(next_start, ANSWERS)[len(before) :] == [{"step": UPGRADED[1], "answer": "yes"}]
        assert foreseen.view is not None
        assert call_view(next_start, call).run == foreseen.view.run
        gone(next_start)
    with console_at(home, clock) as third:
        assert len(rows(third, ANSWERS)) == len(before) + 1


def test_an_answer_that_was_written_is_kept_once(
    home: Path, clock: StillClock, console: Desk
) -> None:
    call = a_call(console)
    head = console.port.head()
    foreseen = foresee(console, head, call_view(console, call), UPGRADED, "yes")
    assert len(kept("answer_step")) == 1
    add_note_to_call(console, call, "An act that was waiting its turn.")
    assert len(kept("answer_step")) == 1
    _, view = answer_foreseen(console, foreseen)
    assert view == call_view(console, call)
    assert view.notes  # which was not foreseen
    (line,) = kept("answer_step")
    assert '"ids": []' not in line
    answers = rows(console, ANSWERS)
    gone(console)
    with console_at(home, clock) as next_start:
        assert rows(next_start, ANSWERS) == answers


def test_an_answer_of_somebody_who_may_not_give_it_is_kept_nowhere(console: Desk) -> None:
    foreseen = foresee(console, 0, call_view(console, a_call(console)), UPGRADED, "yes")
    console.clerk = console.clerk._replace(role="auditor")
    with pytest.raises(NotAllowed):
        answer_foreseen(console, foreseen)
    assert kept("answer_step") == []


def test_an_answer_that_was_refused_is_kept_nowhere(
    home: Path, clock: StillClock, console: Desk
) -> None:
    call = a_call(console)
    before = rows(console, ANSWERS)
    foreseen = foresee(console, 0, call_view(console, call), UPGRADED, "perhaps")
    with pytest.raises(BadInput, match="does not take “perhaps”"):
        answer_foreseen(console, foreseen)
    assert kept("answer_step") == []
    answer_step(console, call, UPGRADED[1], "no")
    gone(console)
    with console_at(home, clock) as next_start:
        assert rows(next_start, ANSWERS)[len(before) :] == [{"step": UPGRADED[1], "answer": "no"}]
        assert lines_aside() == []


def test_nothing_is_shown_ahead_where_it_cannot_be_announced(console: Desk) -> None:
    call = a_call(console)
    view = call_view(console, call)
    assert console.outbox is not None
    with console.outbox.log._writes:  # somebody writes there just now
        assert not foresee(console, 0, view, UPGRADED, "yes").is_sure
    console.outbox = None
    foreseen = foresee(console, console.port.head(), view, UPGRADED, "yes")
    assert not foreseen.is_sure
    assert answer_foreseen(console, foreseen)[1] == call_view(console, call)


def test_what_the_desk_knew_yesterday_is_not_what_an_answer_leads_on_with(
    clock: StillClock, console: Desk
) -> None:
    tomorrow = local(clock.now(), console.home_office.zone).date() + timedelta(days=1)
    console.courts = {
        name: court._replace(go_live=tomorrow) for name, court in console.courts.items()
    }
    call = a_call(console)
    view = call_view(console, call)
    assert view.run is not None
    assert view.run.current is not None
    assert view.run.facts["court-is-live"].value == "no"
    key, answer = (view.run.book.slug, view.run.current.id), "done"
    assert view_answered(console, view, key, answer, clock.now()) is not None
    clock.go_on(24 * 3600)
    foreseen = foresee(console, console.port.head(), view, key, answer)
    assert not foreseen.is_sure
    _, after = answer_foreseen(console, foreseen)
    assert after == call_view(console, call)
    assert after.run is not None
    assert after.run.facts["court-is-live"].value == "yes"


def test_a_call_that_is_brought_up_to_an_answer_is_the_call_fetched_anew(
    desk: Desk, clock: StillClock
) -> None:
    finish_call(desk, call_of_dana(desk), "resolved")
    (dana,) = find_callers(desk, "whitfield")
    clock.go_on(3600)
    call = start_call(desk)
    set_caller(desk, call, dana.id, "0144")
    choose_symptom(desk, call, "linking-error")
    for step, answer in (("account.upgraded", "yes"), ("account.individual", "no")):
        before = call_view(desk, call)
        clock.go_on(10)
        answer_step(desk, call, step, answer)
        after = call_view(desk, call)
        key = ("linking-error", step)
        assert view_answered(desk, before, key, answer, clock.now()) == after
        assert after.run != before.run
