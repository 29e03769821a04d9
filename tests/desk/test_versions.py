from __future__ import annotations

import json
from dataclasses import replace

import pytest

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.comparing_versions import compare_versions
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.desk.versions import has_newer_version, take_newest
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller
from helpdesk.domain.playbook import DONE, Playbook
from helpdesk.errors import NotAllowed, NotFound
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.changed import change_library, change_playbook
from tests.support.clock import StillClock
from tests.support.small_books import INNER, OUTER, reworded, small_book, yes_no

BYE = INNER.steps["told"]
FIRST = small_book(
    "mine", yes_no("a", "A?", "b", "b"), yes_no("b", "B?", "c", "c"),
    yes_no("c", "C?", "told", "told"), BYE,
)  # fmt: skip
SECOND = small_book(
    "mine", yes_no("a", "Really A?", "c", "c"), yes_no("c", "C?", "d", "d"),
    yes_no("d", "D?", "told", "told"), BYE,
)  # fmt: skip
"""The same without b, and with d at the end."""


def behind(desk: Desk, call: int) -> list[tuple[str, str]]:
    run = call_view(desk, call).run
    assert run is not None
    return [(each.step.id, each.answer) for each in run.passed]


def asks(desk: Desk, call: int) -> str:
    run = call_view(desk, call).run
    assert run is not None
    return run.current.ask or run.current.say if run.current else "the end"


def is_newer(desk: Desk, call: int) -> bool:
    return has_newer_version(desk, call_view(desk, call))


def on(desk: Desk, book: Playbook) -> int:
    change_playbook(desk, book)
    call = start_call(desk)
    choose_symptom(desk, call, book.slug)
    return call


@pytest.fixture
def taken_up(desk: Desk, clock: StillClock) -> int:
    """A call that goes on with a ticket whose playbook was changed since."""
    first = on(desk, FIRST)
    answer_step(desk, first, "a", "yes")
    answer_step(desk, first, "b", "no")
    finish_call(desk, first, "escalated")
    change_playbook(desk, SECOND)
    clock.go_on(86_400)
    call = start_call(desk)
    continue_ticket(desk, call, call_view(desk, first).ticket)
    return call


def test_a_ticket_taken_up_again_stays_on_its_version_until_the_newer_is_taken(
    desk: Desk, taken_up: int
) -> None:
    assert is_newer(desk, taken_up)
    assert call_view(desk, taken_up).version == 1
    assert asks(desk, taken_up) == "C?"
    answer_step(desk, taken_up, "c", "yes")
    assert behind(desk, taken_up) == [("a", "yes"), ("b", "no"), ("c", "yes")]
    assert {each.version for each in show_ticket(desk, "1").answers} == {1}


def test_taking_the_newer_keeps_answers_to_steps_it_still_has_and_asks_the_new_ones(
    desk: Desk, taken_up: int
) -> None:
    answer_step(desk, taken_up, "c", "yes")
    take_newest(desk, taken_up)
    view = call_view(desk, taken_up)
    assert (view.version, view.symptom) == (2, "mine")
    assert behind(desk, taken_up) == [("a", "yes"), ("c", "yes")]
    assert asks(desk, taken_up) == "D?"
    assert not is_newer(desk, taken_up)
    answer_step(desk, taken_up, "d", "no")
    told = [(each.step, each.version) for each in show_ticket(desk, "1").answers]
    assert told == [("a", 1), ("b", 1), ("c", 1), ("d", 2)]


def test_taking_the_newer_can_be_taken_back_and_done_again(desk: Desk, taken_up: int) -> None:
    before = call_view(desk, taken_up)
    take_newest(desk, taken_up)
    after = call_view(desk, taken_up)
    assert undo_last(desk, taken_up) == "Taken back: the newer playbook. U does it again."
    assert call_view(desk, taken_up) == before
    assert is_newer(desk, taken_up)
    redo_last(desk, taken_up)
    assert call_view(desk, taken_up) == after
    assert faults_of(desk.port) == []


def test_what_is_newest_already_is_not_taken(desk: Desk, taken_up: int) -> None:
    take_newest(desk, taken_up)
    for call in (taken_up, start_call(desk)):
        with pytest.raises(NotAllowed, match="newest version already"):
            take_newest(desk, call)


def test_a_step_that_hands_over_elsewhere_now_is_asked_again_when_the_newer_is_taken(
    desk: Desk,
) -> None:
    change_playbook(desk, INNER)
    change_playbook(desk, replace(FIRST, slug="elsewhere"))
    call = on(desk, OUTER)
    answer_step(desk, call, "ready", "yes")
    answer_step(desk, call, "over", DONE)
    over = replace(OUTER.steps["over"], hand_over="elsewhere")
    change_playbook(desk, replace(OUTER, steps={**OUTER.steps, "over": over}))
    take_newest(desk, call)
    assert asks(desk, call) == "We go on elsewhere."
    answer_step(desk, call, "over", DONE)
    assert asks(desk, call) == "A?"


@pytest.mark.parametrize(
    ("change", "newer"),
    [({"phrases": ("something else",)}, False), ({"codes": ("zz",)}, False),
     ({"sources": ("facts 5",)}, False), ({"review": "2027-01-01"}, False),
     ({"title": "Another title"}, True), ({"never": ("Never say so.",)}, True),
     ({"steps": SECOND.steps}, True)],
)  # fmt: skip
def test_only_what_leads_the_clerk_another_way_is_a_newer_version(
    desk: Desk, change: dict[str, object], newer: bool
) -> None:
    call = on(desk, FIRST)
    change_playbook(desk, replace(FIRST, **change))  # type: ignore[arg-type]
    assert is_newer(desk, call) is newer


def test_a_court_that_has_the_same_playbook_makes_no_newer_version_when_it_is_corrected(
    desk: Desk,
) -> None:
    call = on(desk, FIRST)
    add_caller(desk, call, Caller(0, name="Lane, Kim", court="ncmb"))
    assert not is_newer(desk, call)
    own = {"ncmb": {"mine": SECOND}}
    change_library(desk, replace(desk.library, at_courts=own))
    assert is_newer(desk, call)


def test_a_version_kept_before_the_format_had_new_keys_is_no_older_one(desk: Desk) -> None:
    call = on(desk, FIRST)
    (kept,) = rows(desk, "SELECT hash, text FROM playbook_version")
    old = json.loads(kept["text"])
    del old["when"]
    for step in old["steps"].values():
        del step["hand_over"], step["again"]
    older = """INSERT INTO playbook_version(hash, slug, court, ordinal, first_used_at, text)
        SELECT 'of-old', slug, court, 9, first_used_at, ? FROM playbook_version"""
    stands = "UPDATE ticket SET version = 'of-old'"
    statements = [(older, (json.dumps(old),)), (stands, ())]
    desk.port.transact("as of old", desk.clock.now(), statements)
    assert (call_view(desk, call).version, asks(desk, call)) == (9, "A?")
    assert not is_newer(desk, call)
    answer_step(desk, call, "a", "yes")
    assert rows(desk, "SELECT version FROM answer") == [{"version": "of-old"}]


def test_a_playbook_that_is_gone_has_no_newer_version(desk: Desk) -> None:
    call = on(desk, FIRST)
    change_library(desk, replace(desk.library, playbooks={}))
    assert not is_newer(desk, call)
    answer_step(desk, call, "a", "yes")
    assert asks(desk, call) == "B?"


def test_the_version_used_last_is_compared_with_the_file_as_it_is_now(desk: Desk) -> None:
    on(desk, FIRST)
    change_playbook(desk, SECOND)
    lines = compare_versions(desk, "mine")
    assert lines[:2] == ("- mine v1 at ianb", "+ mine as its file is now at ianb")
    assert lines[2:] == (
        "step a",
        "  - ask: A?", "  + ask: Really A?", "  - answer yes: b", "  + answer yes: c",
        "  - answer no: b", "  + answer no: c",
        "step b",
        "  - ask: B?", "  - answer yes: c", "  - answer no: c",
        "step c",
        "  - answer yes: told", "  + answer yes: d", "  - answer no: told", "  + answer no: d",
        "step d",
        "  + ask: D?", "  + answer yes: told", "  + answer no: told",
    )  # fmt: skip


def test_two_versions_are_compared_as_they_were_whatever_the_file_says(desk: Desk) -> None:
    on(desk, FIRST)
    on(desk, SECOND)
    change_library(desk, replace(desk.library, playbooks={}))
    assert "step d" in compare_versions(desk, "mine", old=1, new=2)
    assert compare_versions(desk, "mine", old=2, new=2) == (
        "- mine v2 at ianb", "+ mine v2 at ianb",
    )  # fmt: skip
    with pytest.raises(NotFound, match="name two versions"):
        compare_versions(desk, "mine")
    with pytest.raises(NotFound, match="no version v3 there; there are: v1, v2"):
        compare_versions(desk, "mine", old=1, new=3)


def test_each_court_compares_its_own_versions_with_its_own_playbook(desk: Desk) -> None:
    on(desk, FIRST)
    own = {"ncmb": {"mine": reworded(FIRST, "c", "C in Carolina?")}}
    change_library(desk, replace(desk.library, at_courts=own))
    with pytest.raises(NotFound, match="mine was never used at ncmb"):
        compare_versions(desk, "mine", "ncmb")
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Lane, Kim", court="ncmb"))
    choose_symptom(desk, call, "mine")
    assert compare_versions(desk, "mine")[2:] == compare_versions(desk, "mine", "NCMB")[2:] == ()
    with pytest.raises(NotFound, match="no court “nowhere”"):
        compare_versions(desk, "mine", "nowhere")
