from __future__ import annotations

from dataclasses import replace

import pytest

from helpdesk.desk.callers import find_callers, set_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.questions import answer_question
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.playbook import Answer
from helpdesk.domain.run import SaidBefore
from tests.support.calls import call_of_dana
from tests.support.changed import change_playbook
from tests.support.clock import START, StillClock
from tests.support.small_books import INNER, small_book, yes_no

AT_COURT, ANYWHERE, OF_COURT = "linked-here", "upgraded", "fee-lockout"
DAY = 86_400


BOOK = small_book(
    "facts",
    *(
        replace(
            yes_no(fact, f"{fact}?", after, after, fact),
            answers=tuple(Answer(key, after) for key in ("yes", "no", "dont-know")),
        )
        for fact, after in ((AT_COURT, ANYWHERE), (ANYWHERE, OF_COURT), (OF_COURT, "told"))
    ),
    INNER.steps["told"],
)


@pytest.fixture
def first(desk: Desk) -> int:
    """Dana's first call, about Iowa Northern, on a playbook that asks for three facts."""
    change_playbook(desk, BOOK)
    call = call_of_dana(desk)
    choose_symptom(desk, call, "facts")
    return call


def again(desk: Desk, clock: StillClock, court: str = "ianb") -> int:
    """Dana calls the next day."""
    clock.go_on(DAY)
    (dana,) = find_callers(desk, "whitfield")
    desk.port.transact(
        f"moved {clock.at}", clock.at, [("UPDATE caller SET court = ?, office = ''", (court,))]
    )
    call = start_call(desk)
    set_caller(desk, call, dana.id, "0144")
    choose_symptom(desk, call, "facts")
    return call


def before(desk: Desk, call: int) -> dict[str, tuple[str, int, str]]:
    found = call_view(desk, call).said_before
    return {fact: (each.value, each.at, each.number) for fact, each in found.items()}


def test_an_earlier_answer_is_offered_with_its_day_and_ticket_and_answers_nothing_by_itself(
    desk: Desk, clock: StillClock, first: int
) -> None:
    answer_step(desk, first, AT_COURT, "no")
    call = again(desk, clock)
    view = call_view(desk, call)
    assert view.said_before == {AT_COURT: SaidBefore("no", START, "T-26-00001")}
    assert view.run is not None
    assert view.run.passed == ()
    answer_step(desk, call, AT_COURT, view.said_before[AT_COURT].value)
    assert [each.source for each in (call_view(desk, call).run or view.run).passed] == ["clerk"]


def test_what_holds_at_one_court_is_offered_at_no_other(
    desk: Desk, clock: StillClock, first: int
) -> None:
    for fact in (AT_COURT, ANYWHERE, OF_COURT):
        answer_step(desk, first, fact, "yes")
    assert set(before(desk, again(desk, clock))) == {AT_COURT, ANYWHERE, OF_COURT}
    assert set(before(desk, again(desk, clock, "ncmb"))) == {ANYWHERE}


def test_every_fact_that_hangs_on_the_court_holds_there_alone(desk: Desk) -> None:
    of_court = {name for name, fact in desk.library.facts.items() if fact.known_from}
    at_court = {name for name, fact in desk.library.facts.items() if fact.at_court}
    assert of_court | {"linked-here", "cmecf-here", "knows-cmecf-login"} == at_court


def test_an_answer_that_was_taken_back_is_not_offered(
    desk: Desk, clock: StillClock, first: int
) -> None:
    answer_step(desk, first, AT_COURT, "no")
    answer_step(desk, first, ANYWHERE, "yes")
    undo_last(desk, first)
    assert set(before(desk, again(desk, clock))) == {AT_COURT}


@pytest.mark.parametrize(
    ("corrected", "offered"), [("yes", {"yes"}), ("no", {"no"}), ("dont-know", set())]
)
def test_of_an_answer_that_was_corrected_only_the_last_is_offered(
    desk: Desk, clock: StillClock, first: int, corrected: str, offered: set[str]
) -> None:
    answer_step(desk, first, AT_COURT, "no")
    answer_step(desk, first, AT_COURT, corrected)
    assert {value for value, _, _ in before(desk, again(desk, clock)).values()} == offered


def test_the_latest_ticket_that_knows_is_offered(
    desk: Desk, clock: StillClock, first: int
) -> None:
    answer_step(desk, first, AT_COURT, "no")
    second = again(desk, clock)
    answer_step(desk, second, AT_COURT, "yes")
    third = again(desk, clock)
    answer_step(desk, third, AT_COURT, "dont-know")
    assert before(desk, again(desk, clock)) == {AT_COURT: ("yes", START + DAY, "T-26-00002")}


def test_what_was_answered_to_a_question_of_not_sure_is_offered_too(
    desk: Desk, clock: StillClock, first: int
) -> None:
    answer_question(desk, first, "linked", "no")
    answer_question(desk, first, "about", "file")
    answer_question(desk, first, "about", "pay")  # says nothing about a fact any more
    found = before(desk, again(desk, clock))
    assert {fact: value for fact, (value, _, _) in found.items()} == {AT_COURT: "no"}


def test_a_stranger_and_a_ticket_that_goes_on_are_offered_nothing(
    desk: Desk, clock: StillClock, first: int
) -> None:
    answer_step(desk, first, AT_COURT, "no")
    assert call_view(desk, start_call(desk)).said_before == {}
    finish_call(desk, first, "escalated")
    call = again(desk, clock)
    continue_ticket(desk, call, call_view(desk, first).ticket)
    view = call_view(desk, call)
    assert view.said_before == {}  # it is this ticket's own answer now
    assert view.run is not None
    assert [each.answer for each in view.run.passed] == ["no"]
