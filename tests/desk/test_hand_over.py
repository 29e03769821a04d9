from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.foreseeing import view_answered
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.playbook import DONE, Playbook
from helpdesk.domain.run import Run
from helpdesk.errors import BadInput
from helpdesk.files.ticket_json import ticket_as_json
from helpdesk.playbooks.codec import playbook_from_json
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.changed import change_library, change_playbook, retitled
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.small_books import INNER, OUTER, reworded, small_book


def run_of(desk: Desk, call: int) -> Run:
    run = call_view(desk, call).run
    assert run is not None
    return run


def way(run: Run) -> list[tuple[str, str]]:
    """The steps behind and the current one, each by playbook and step."""
    behind = [each.key for each in run.passed]
    return [*behind, run.current_key] if run.current_key else behind


def stands(desk: Desk, call: int) -> str:
    """What the clerk reads now."""
    step = run_of(desk, call).current
    return f"{step.ask}{step.say}" if step else "the end"


@pytest.fixture
def handing(desk: Desk) -> Desk:
    """The desk with two playbooks, one of which hands over to the other."""
    change_playbook(desk, INNER)
    change_playbook(desk, OUTER)
    return desk


@pytest.fixture
def call(handing: Desk) -> int:
    """A call that stands in the playbook that was handed over to."""
    call = start_call(handing)
    choose_symptom(handing, call, "outer")
    answer_step(handing, call, "ready", "yes")
    answer_step(handing, call, "over", DONE)
    return call


def test_an_answer_within_the_other_playbook_is_foreseen_and_one_that_opens_it_is_not(
    handing: Desk, call: int
) -> None:
    before = call_view(handing, call)
    assert view_answered(handing, before, ("outer", "over"), DONE, handing.clock.now()) is None
    foreseen = view_answered(handing, before, ("inner", "linked"), "no", handing.clock.now())
    answer_step(handing, call, "linked", "no")
    assert foreseen == call_view(handing, call)


def test_a_step_hands_over_and_the_end_of_the_other_comes_back_behind_it(
    handing: Desk, call: int
) -> None:
    assert run_of(handing, call).within == (INNER,)
    answer_step(handing, call, "linked", "no")
    assert run_of(handing, call).comes_back
    answer_step(handing, call, "told", DONE)
    assert way(run_of(handing, call)) == [
        ("outer", "ready"), ("outer", "over"), ("inner", "linked"), ("inner", "told"),
        ("outer", "once-more"),
    ]  # fmt: skip
    assert run_of(handing, call).within == ()


def test_a_playbook_that_was_gone_through_is_not_gone_through_again(
    handing: Desk, call: int
) -> None:
    for step, answer in (("linked", "no"), ("told", DONE), ("once-more", DONE)):
        answer_step(handing, call, step, answer)
    assert way(run_of(handing, call))[-1] == ("outer", "bye")


def test_every_answer_is_recorded_under_the_playbook_and_the_version_it_was_given_to(
    handing: Desk, call: int
) -> None:
    answer_step(handing, call, "linked", "no")
    told = ticket_as_json(show_ticket(handing, call_view(handing, call).number))
    told = json.loads(json.dumps(told))
    assert [
        (each["playbook"], each["version"], each["words"], each["answer"])
        for each in told["answers"]
    ] == [
        ("outer", 1, "Ready?", "yes"), ("outer", 1, "We go on elsewhere.", "done"),
        ("inner", 1, "Is it linked?", "no"),
    ]  # fmt: skip
    hashes = {each["playbook"]: each["version_hash"] for each in told["answers"]}
    assert len(set(hashes.values())) == 2


def test_the_other_playbook_stays_as_it_was_when_it_was_handed_over_to(
    handing: Desk, call: int
) -> None:
    change_playbook(handing, reworded(INNER, "linked", "Is it really linked?"))
    assert stands(handing, call) == "Is it linked?"
    answer_step(handing, call, "linked", "no")
    words = [each.words for each in show_ticket(handing, "1").answers]
    assert words[-1] == "Is it linked?"
    later = start_call(handing)
    choose_symptom(handing, later, "outer")
    answer_step(handing, later, "ready", "yes")
    answer_step(handing, later, "over", DONE)
    assert stands(handing, later) == "Is it really linked?"


def test_handing_over_once_more_after_the_other_file_changed_mixes_no_versions(
    handing: Desk, call: int
) -> None:
    answer_step(handing, call, "linked", "no")
    answer_step(handing, call, "told", DONE)
    change_playbook(handing, reworded(INNER, "linked", "Is it really linked?"))
    answer_step(handing, call, "once-more", DONE)
    answer_step(handing, call, "linked", "yes", "inner")
    assert [each.words for each in show_ticket(handing, "1").answers][-1] == "Is it linked?"
    assert all(each.playbook in (OUTER, INNER) for each in run_of(handing, call).passed)


def test_both_files_gone_the_run_goes_on_to_its_end(handing: Desk, call: int) -> None:
    change_library(handing, replace(handing.library, playbooks={}))
    for step, answer in (("linked", "yes"), ("told", DONE), ("once-more", DONE), ("bye", DONE)):
        answer_step(handing, call, step, answer)
    assert stands(handing, call) == "the end"


def test_a_step_whose_other_playbook_is_gone_goes_on_behind_it(handing: Desk) -> None:
    call = start_call(handing)
    choose_symptom(handing, call, "outer")
    answer_step(handing, call, "ready", "yes")
    books = {slug: book for slug, book in handing.library.playbooks.items() if slug != "inner"}
    change_library(handing, replace(handing.library, playbooks=books))
    answer_step(handing, call, "over", DONE)
    assert way(run_of(handing, call))[-1] == ("outer", "once-more")


def test_a_court_hands_over_to_its_own_playbook(handing: Desk) -> None:
    own = reworded(INNER, "linked", "Is it linked in Iowa?")
    at_courts = {handing.home_court.id: {"inner": own}}
    change_library(handing, replace(handing.library, at_courts=at_courts))
    call = start_call(handing)
    choose_symptom(handing, call, "outer")
    answer_step(handing, call, "ready", "yes")
    answer_step(handing, call, "over", DONE)
    assert stands(handing, call) == "Is it linked in Iowa?"


def test_changing_the_way_before_it_keeps_what_was_answered_in_the_other_playbook(
    handing: Desk, call: int, clock: StillClock
) -> None:
    clock.go_on(1)
    answer_step(handing, call, "linked", "no")
    answer_step(handing, call, "ready", "no", "outer")
    run = run_of(handing, call)
    assert way(run) == [("outer", "ready"), ("outer", "bye")]
    assert [(*each.key, each.answer) for each in run.off_path] == [
        ("outer", "over", "done"), ("inner", "linked", "no"),
    ]  # fmt: skip
    answer_step(handing, call, "ready", "yes", "outer")
    assert way(run_of(handing, call))[-1] == ("inner", "told")


def test_taking_back_the_handing_over_comes_back_and_doing_it_again_goes_on_there(
    handing: Desk, call: int
) -> None:
    before = run_of(handing, call)
    undo_last(handing, call)
    assert way(run_of(handing, call))[-1] == ("outer", "over")
    with pytest.raises(BadInput, match="The playbook inner has no step"):
        answer_step(handing, call, "linked", "yes", "inner")
    redo_last(handing, call)
    assert run_of(handing, call) == before
    assert faults_of(handing.port) == []


def test_two_that_hand_over_to_each_other_come_to_an_end(desk: Desk) -> None:
    to_pong = replace(OUTER.steps["over"], id="a", hand_over="pong", next="")
    to_ping = replace(to_pong, hand_over="ping")
    change_playbook(desk, small_book("ping", to_pong))
    change_playbook(desk, small_book("pong", to_ping))
    call = start_call(desk)
    choose_symptom(desk, call, "ping")
    answer_step(desk, call, "a", DONE, "ping")
    answer_step(desk, call, "a", DONE, "pong")
    assert stands(desk, call) == "the end"
    assert way(run_of(desk, call)) == [("ping", "a"), ("pong", "a")]


HANDING = st.sampled_from([
    "invalid-login", "account-locked", "mfa-enroll", "is-court-nextgen",
    "cant-get-in-after-golive",
])  # fmt: skip


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on which playbooks change while calls go on."""
    return open_as(tmp_path_factory.mktemp("shift"), StillClock())


@examples(max_examples=25)
@given(HANDING, st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=4, max_size=16))
def test_whatever_is_answered_while_files_change_stands_in_the_version_it_is_kept_under(
    shift: Desk, slug: str, picks: list[tuple[int, bool]]
) -> None:
    call = start_call(shift)
    choose_symptom(shift, call, slug)
    for place, changes in picks:
        run = run_of(shift, call)
        if run.current is None:
            break
        if changes:
            change_playbook(shift, retitled(shift, run.current.hand_over or run.book.slug))
        keys = [each.key for each in run.current.answers] or [DONE]
        answer, key = keys[place % len(keys)], (run.book.slug, run.current.id)
        foreseen = view_answered(shift, call_view(shift, call), key, answer, shift.clock.now())
        answer_step(shift, call, run.current.id, answer)
        assert foreseen is None or foreseen == call_view(shift, call)
    kept: dict[str, Playbook] = {
        row["hash"]: playbook_from_json(row["text"])
        for row in rows(shift, "SELECT hash, text FROM playbook_version")
    }
    answers = rows(
        shift, "SELECT * FROM answer WHERE ticket = ? ORDER BY id", call_view(shift, call).ticket
    )
    passed = {each.key: each for each in run_of(shift, call).passed if each.source == "clerk"}
    assert len(answers) == len(passed)
    for row in answers:
        behind = passed[row["playbook"], row["step"]]
        assert kept[row["version"]].steps[row["step"]] == behind.step
        assert kept[row["version"]].title == behind.playbook.title
        assert row["answer"] == behind.answer
