from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.questions import answer_question, narrow
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.playbook import Answer, Playbook
from helpdesk.domain.questions import NOT_SURE, Narrowed, as_asked
from helpdesk.errors import BadInput
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.changed import change_library, change_playbook
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.small_books import INNER, small_book, yes_no

WANTS = small_book("wants", yes_no("linked", "Is it linked?", "bye", "bye", "linked-here"),
                   replace(INNER.steps["told"], id="bye"))  # fmt: skip


def asked(desk: Desk, call: int) -> Narrowed:
    return narrow(desk, call_view(desk, call))


def behind(desk: Desk, call: int) -> list[tuple[str, str, str]]:
    run = call_view(desk, call).run
    assert run is not None
    return [(each.step.id, each.answer, each.source) for each in run.passed]


def told(desk: Desk, call: int) -> dict[str, str]:
    return {each.step.id: each.answer for each in asked(desk, call).answered}


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for calls one after the other."""
    desk = open_as(tmp_path_factory.mktemp("shift"), StillClock())
    yield desk
    desk.close()


def test_an_answer_is_kept_on_the_ticket_with_the_words_of_the_question(desk: Desk) -> None:
    call = start_call(desk)
    answer_question(desk, call, "linked", "no")
    (kept,) = rows(desk, "SELECT playbook, step, answer, fact, value, call FROM answer")
    assert kept == {
        "playbook": NOT_SURE, "step": "linked", "answer": "no", "fact": "linked-here",
        "value": "no", "call": call,
    }  # fmt: skip
    (shown,) = show_ticket(desk, "1").answers
    assert shown.words == desk.library.questions.steps["linked"].ask
    assert shown.version == 1
    assert faults_of(desk.port) == []


def test_what_a_question_settled_is_not_asked_again_by_the_playbook_it_leads_to(
    desk: Desk,
) -> None:
    change_playbook(desk, WANTS)
    call = start_call(desk)
    answer_question(desk, call, "linked", "no")
    choose_symptom(desk, call, "wants")
    assert behind(desk, call) == [("linked", "no", "ticket")]
    answer_step(desk, call, "linked", "yes")  # but it can be changed
    assert behind(desk, call) == [("linked", "yes", "clerk")]


@pytest.mark.parametrize("answer", ["dont-know", "look at a case", "none of these"])
def test_an_answer_that_is_no_value_of_the_fact_takes_back_what_was_said_before(
    desk: Desk, answer: str
) -> None:
    step = replace(WANTS.steps["linked"], fact="wants", answers=(
        Answer("file", "bye"), Answer("view", "bye"),
    ))  # fmt: skip
    change_playbook(desk, small_book("wants", step, WANTS.steps["bye"]))
    call = start_call(desk)
    answer_question(desk, call, "about", "file")
    choose_symptom(desk, call, "wants")
    assert behind(desk, call) == [("linked", "file", "ticket")]
    answer_question(desk, call, "about", answer)
    assert behind(desk, call) == []
    assert told(desk, call)["about"] == answer


def test_what_the_desk_or_a_playbook_knows_already_is_not_asked(desk: Desk) -> None:
    change_playbook(desk, WANTS)
    call = start_call(desk)
    assert [(each.step.id, each.source) for each in asked(desk, call).answered] == [
        ("live", "desk")
    ]
    choose_symptom(desk, call, "wants")
    answer_step(desk, call, "linked", "yes")
    assert told(desk, call) == {"live": "yes", "linked": "yes"}
    narrower = asked(desk, call)
    assert all("yes" in desk.library.playbooks[slug].when.get("linked", ("yes",))
               for slug in narrower.fits)  # fmt: skip


def test_going_back_changes_one_answer_and_keeps_the_others(desk: Desk) -> None:
    call = start_call(desk)
    for question, answer in (("about", "file"), ("filing", "linking"), ("linked", "no")):
        answer_question(desk, call, question, answer)
    answer_question(desk, call, "filing", "getting in")
    assert told(desk, call) == {
        "about": "file", "filing": "getting in", "linked": "no", "live": "yes",
    }  # fmt: skip
    assert [each.step.id for each in asked(desk, call).answered][:3] == [
        "about", "filing", "linked",
    ]  # fmt: skip
    assert len(rows(desk, "SELECT * FROM answer")) == 4  # history keeps both


def test_an_answer_that_is_taken_back_widens_the_list_to_what_it_was(desk: Desk) -> None:
    call = start_call(desk)
    answer_question(desk, call, "about", "file")
    before = asked(desk, call)
    answer_question(desk, call, "filing", "linking")
    after = asked(desk, call)
    assert set(after.fits) < set(before.fits)
    undo_last(desk, call)
    assert asked(desk, call) == before
    redo_last(desk, call)
    assert asked(desk, call) == after


@examples(max_examples=30)
@given(st.data())
def test_no_answer_widens_the_list_and_none_is_asked_for_twice(
    shift: Desk, data: st.DataObject
) -> None:
    call = start_call(shift)
    fits = set(asked(shift, call).fits)
    seen: set[str] = set()
    for _ in range(4):
        question = asked(shift, call).question
        if question is None:
            break
        assert question.id not in seen
        seen.add(question.id)
        keys = [each.key for each in as_asked(question).answers]
        answer = data.draw(st.sampled_from(keys))
        answer_question(shift, call, question.id, answer)
        now = set(asked(shift, call).fits)
        assert now == fits if answer == "dont-know" else now <= fits
        fits = now


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [("moon", "yes", "no question “moon”; there are: about, live"),
     ("linked", "maybe", "takes: yes, no, dont-know"),
     ("linked", "none of these", "takes: yes, no, dont-know"),
     ("linked", "done", "takes: yes, no"), ("", "", "there are: about")],
)  # fmt: skip
def test_what_is_not_asked_or_not_offered_is_refused_with_what_there_is(
    desk: Desk, question: str, answer: str, said: str
) -> None:
    call = start_call(desk)
    with pytest.raises(BadInput, match=said):
        answer_question(desk, call, question, answer)
    assert rows(desk, "SELECT * FROM answer") == []


def test_an_answer_that_the_file_does_not_offer_any_more_narrows_nothing_and_is_asked_again(
    desk: Desk,
) -> None:
    call = start_call(desk)
    before = set(asked(desk, call).fits)
    answer_question(desk, call, "about", "file")
    about = desk.library.questions.steps["about"]
    renamed = replace(about, answers=(Answer("file papers", ""), *about.answers[1:]))
    steps = {**desk.library.questions.steps, "about": renamed}
    questions: Playbook = replace(desk.library.questions, steps=steps)
    change_library(desk, replace(desk.library, questions=questions))
    assert "about" not in told(desk, call)
    assert set(asked(desk, call).fits) == before
    assert show_ticket(desk, "1").answers[0].answer == "file"  # what was said stands


def test_a_desk_without_questions_asks_none(desk: Desk) -> None:
    questions = replace(desk.library.questions, steps={})
    change_library(desk, replace(desk.library, questions=questions))
    call = start_call(desk)
    assert asked(desk, call).question is None
    with pytest.raises(BadInput, match="there are: none"):
        answer_question(desk, call, "linked", "no")
