from __future__ import annotations

from dataclasses import replace

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.prompts import LONGEST, fill_prompt, open_prompt
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.speaking import said
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.playbook import DONE, Step
from helpdesk.errors import BadInput, SecretFound
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.changed import change_playbook
from tests.support.clock import StillClock
from tests.support.small_books import small_book, yes_no

MESSAGE = "wording on the screen"
TELLS = small_book(
    "tells",
    Step("first", do=f"Pass it on: <ask: {MESSAGE}>, on <ask:the page>.", next="second"),
    replace(
        yes_no("second", f"Does it still say <ask: {MESSAGE}>?", "bye", "bye"),
        say="You saw <ask: the page>.",
    ),
    Step("bye", say="Bye.", outcome="resolved"),
)


@pytest.fixture
def call(desk: Desk) -> int:
    """A call whose playbook asks for the wording and for the page."""
    change_playbook(desk, TELLS)
    call = start_call(desk)
    choose_symptom(desk, call, "tells")
    return call


def wanted(desk: Desk, call: int) -> str:
    """The label of what the step on the screen still wants."""
    view = call_view(desk, call)
    assert view.run is not None
    assert view.run.current is not None
    return open_prompt(view, view.run.current)


def shown(desk: Desk, call: int) -> str:
    """What the step on the screen says."""
    view = call_view(desk, call)
    assert view.run is not None
    step = view.run.current
    return said(desk, f"{step.say} {step.do} {step.ask}", view).strip() if step else ""


def test_a_step_asks_for_each_of_its_prompts_until_it_is_filled_in(desk: Desk, call: int) -> None:
    assert wanted(desk, call) == MESSAGE
    assert shown(desk, call) == f"Pass it on: ‹{MESSAGE}?›, on ‹the page?›."
    fill_prompt(desk, call, MESSAGE, " no \n access\0 ")
    assert wanted(desk, call) == "the page"
    fill_prompt(desk, call, "the page", "Utilities")
    assert wanted(desk, call) == ""
    assert shown(desk, call) == "Pass it on: no access\ufffd, on Utilities."


def test_what_was_filled_in_stands_wherever_the_call_asks_for_it(desk: Desk, call: int) -> None:
    fill_prompt(desk, call, MESSAGE, "no access")
    fill_prompt(desk, call, "the page", "Utilities")
    answer_step(desk, call, "first", DONE)
    assert wanted(desk, call) == ""
    assert shown(desk, call) == "You saw Utilities.  Does it still say no access?"
    change_playbook(desk, replace(TELLS, slug="other"))
    choose_symptom(desk, call, "other")
    assert wanted(desk, call) == ""


def test_the_next_call_about_the_same_ticket_is_asked_anew(
    desk: Desk, call: int, clock: StillClock
) -> None:
    fill_prompt(desk, call, MESSAGE, "no access")
    finish_call(desk, call, "escalated")
    clock.go_on(60)
    again = start_call(desk)
    continue_ticket(desk, again, call_view(desk, call).ticket)
    assert wanted(desk, again) == MESSAGE
    assert call_view(desk, again).asked == {}
    assert call_view(desk, call).asked == {MESSAGE: "no access"}


def test_what_was_filled_in_last_counts_and_taking_it_back_brings_the_one_before(
    desk: Desk, call: int, clock: StillClock
) -> None:
    fill_prompt(desk, call, MESSAGE, "no access")
    clock.go_on(1)
    fill_prompt(desk, call, MESSAGE, "access denied")
    assert call_view(desk, call).asked == {MESSAGE: "access denied"}
    undo_last(desk, call)
    assert call_view(desk, call).asked == {MESSAGE: "no access"}
    undo_last(desk, call)
    assert wanted(desk, call) == MESSAGE
    redo_last(desk, call)
    assert call_view(desk, call).asked == {MESSAGE: "no access"}
    assert faults_of(desk.port) == []


@pytest.mark.parametrize("label", ["day/time", "a/1/struck", "call/1/symptom", "x/y", "/"])
def test_a_label_with_strokes_is_taken_back_like_any_other(
    desk: Desk, call: int, label: str
) -> None:
    before = call_view(desk, call)
    fill_prompt(desk, call, label, "noon")
    assert call_view(desk, call).asked == {label: "noon"}
    undo_last(desk, call)
    assert call_view(desk, call) == before


def test_the_journal_tells_what_was_filled_in(desk: Desk, call: int) -> None:
    fill_prompt(desk, call, MESSAGE, "no access")
    entry = show_ticket(desk, "1").journal[-1]
    assert entry.act == "fill_prompt"
    assert (f"filled in {MESSAGE}", "no access") in [(e.field, e.new) for e in entry.changes]


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(desk: Desk, call: int, text: str) -> None:
    with pytest.raises(BadInput, match=f"“{MESSAGE}” takes 1 to 200 characters"):
        fill_prompt(desk, call, MESSAGE, text)
    fill_prompt(desk, call, MESSAGE, "x" * LONGEST)
    assert call_view(desk, call).asked == {MESSAGE: "x" * LONGEST}


@pytest.mark.parametrize(
    ("label", "text"),
    [(MESSAGE, "the password is Hunter2!x"), ("the password", "Hunter2!x"),
     ("the login", "dwhitfield77"), ("what was typed", "4111 1111 1111 1111")],
)  # fmt: skip
def test_a_secret_is_refused_even_when_only_the_label_betrays_it(
    desk: Desk, call: int, label: str, text: str
) -> None:
    with pytest.raises(SecretFound) as refusal:
        fill_prompt(desk, call, label, text)
    assert text not in str(refusal.value)
    assert rows(desk, "SELECT * FROM prompt") == []


def test_every_prompt_of_the_shipped_playbooks_can_be_filled_in_with_a_message(
    desk: Desk,
) -> None:
    call = start_call(desk)
    for book in desk.library.playbooks.values():
        for step in book.steps.values():
            while label := open_prompt(call_view(desk, call), step):
                fill_prompt(desk, call, label, "Your login or password is incorrect.")
    assert call_view(desk, call).asked
