from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.aftermath import (
    Standing,
    Stretch,
    moments,
    segments_of,
    standing_after,
)
from helpdesk.domain.paths import Taken, path_taken
from helpdesk.domain.playbook import OUTCOMES, Answer, Playbook, Step
from helpdesk.domain.records import CallRecord
from helpdesk.domain.run import Known
from helpdesk.domain.tickets import PROMISED
from helpdesk.errors import BadInput, NotAllowed

CALL = CallRecord(1_780_000_000, "ianb", talk_s=300, hold_s=20, wrap_s=40)
START, END = CALL.started_at, CALL.started_at + 360

SECONDS = st.one_of(st.none(), st.integers(0, 30_000))


def test_a_call_ends_after_talk_and_hold_and_is_done_with_after_wrap() -> None:
    assert (CALL.ended_at, CALL.wrapped_at) == (START + 320, END)


def test_the_stretches_of_a_call_follow_one_another() -> None:
    assert segments_of(CALL) == (
        Stretch("talk", START, START + 300),
        Stretch("hold", START + 300, START + 320),
        Stretch("wrap", START + 320, END),
    )


def test_a_call_without_hold_has_no_stretch_of_it() -> None:
    assert [each.kind for each in segments_of(replace(CALL, hold_s=0))] == ["talk", "wrap"]


@given(talk=SECONDS, hold=SECONDS, wrap=SECONDS)
def test_what_is_not_known_has_no_stretch_and_the_rest_adds_up(
    talk: int | None, hold: int | None, wrap: int | None
) -> None:
    call = replace(CALL, talk_s=talk, hold_s=hold, wrap_s=wrap)
    stretches = segments_of(call)
    spent = sum((each.to_at or 0) - each.from_at for each in stretches)
    assert spent == call.wrapped_at - call.started_at
    assert ("talk" in [each.kind for each in stretches]) == (talk is not None)


@given(count=st.integers(0, 40), talk=SECONDS)
def test_what_was_done_lies_within_the_call_and_in_order(count: int, talk: int | None) -> None:
    call = replace(CALL, talk_s=talk, hold_s=None)
    found = moments(call, count)
    assert len(found) == count
    assert found == sorted(found)
    assert all(call.started_at <= at <= call.ended_at for at in found)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("resolved", "resolved"),
        ("waiting", "waiting"),
        ("callback", "waiting"),
        ("escalated", "escalated"),
        ("referred", "closed"),
        ("dropped", "closed"),
    ],
)
def test_the_first_call_of_a_ticket_leads_from_open_to_what_its_outcome_means(
    outcome: str, status: str
) -> None:
    due = END + 500 if outcome in PROMISED else None
    standing, stretches = standing_after(None, replace(CALL, outcome=outcome, due_at=due))
    assert (standing.status, standing.outcome, standing.wakes_at) == (status, outcome, due)
    assert standing.resolved_at == (END if outcome == "resolved" else None)
    assert stretches == (Stretch("open", START, END), Stretch(status, END, None))


@pytest.mark.parametrize(
    ("before", "reopened"), [("waiting", 2), ("escalated", 2), ("resolved", 3), ("closed", 3)]
)
def test_going_on_opens_the_ticket_again_and_counts_it_when_it_was_done_with(
    before: str, reopened: int
) -> None:
    was = Standing(before, "resolved", START - 100, resolved_at=START - 100, reopened=2)
    standing, stretches = standing_after(was, replace(CALL, outcome="escalated"))
    assert (standing.status, standing.reopened, standing.resolved_at) == (
        "escalated", reopened, None,
    )  # fmt: skip
    assert stretches == (Stretch("open", START, END), Stretch("escalated", END, None))


def test_a_line_that_drops_leaves_an_open_ticket_open() -> None:
    was = Standing("open", "dropped", START - 100)
    standing, stretches = standing_after(was, replace(CALL, outcome="dropped"))
    assert (standing.status, standing.since, stretches) == ("open", START - 100, ())


@pytest.mark.parametrize("status", ["waiting", "escalated", "resolved", "closed"])
def test_a_line_that_drops_leaves_a_ticket_as_it_stood_once_the_call_is_over(status: str) -> None:
    was = Standing(status, "resolved", START - 100, START - 90, END + 900, reopened=2)
    standing, stretches = standing_after(was, replace(CALL, outcome="dropped"))
    assert standing == was._replace(outcome="dropped", since=END)
    assert stretches == (Stretch("open", START, END), Stretch(status, END, None))


@pytest.mark.parametrize("status", ["merged", "void"])
def test_nothing_goes_on_with_a_merged_or_void_ticket(status: str) -> None:
    with pytest.raises(NotAllowed, match=f"A {status} ticket takes no more calls"):
        standing_after(Standing(status, None, START - 1), CALL)


def test_a_call_from_before_the_ticket_changed_is_refused() -> None:
    with pytest.raises(BadInput, match="in the order of their times"):
        standing_after(Standing("resolved", "resolved", START + 1), CALL)


@given(
    st.lists(
        st.tuples(st.sampled_from(OUTCOMES), st.integers(0, 5_000), st.integers(0, 900), SECONDS),
        min_size=1,
        max_size=8,
    )
)
def test_the_statuses_of_a_ticket_follow_one_another_without_a_gap(
    calls: list[tuple[str, int, int, int | None]],
) -> None:
    standing: Standing | None = None
    found: list[Stretch] = []
    at = START
    for outcome, gap, talk, wrap in calls:
        due = at + 90_000 if outcome in PROMISED else None
        call = CallRecord(at, "ianb", outcome=outcome, due_at=due, talk_s=talk, wrap_s=wrap)
        standing, stretches = standing_after(standing, call)
        if stretches and found:
            found[-1] = found[-1]._replace(to_at=stretches[0].from_at)
        found.extend(stretches)
        at = call.wrapped_at + gap
    assert standing is not None
    assert (found[-1].kind, found[-1].from_at) == (standing.status, standing.since)
    for one, after in pairwise(found):
        assert one.to_at == after.from_at
        assert one.kind != after.kind


STEPS = {
    step.id: step
    for step in (
        Step("live", ask="Live?", fact="live", answers=(Answer("yes", "hello"),)),
        Step("hello", say="Hello.", next="look"),
        Step("look", do="Look.", next="linked"),
        Step(
            "linked", ask="Unlinked?", fact="linked", inverted=True,
            answers=(Answer("yes", "bye"), Answer("no", "hello"), Answer("dont-know", "bye")),
        ),
        Step("bye", say="Bye."),
    )
}  # fmt: skip
PLAYBOOK = Playbook("try", "Try", "t", "court", "both", ("tr",), (), "live", STEPS)
LIVE = {"live": Known("yes", "desk")}


def test_what_was_read_out_on_the_way_to_an_answer_is_on_the_path() -> None:
    assert path_taken(PLAYBOOK, [("linked", "yes")], LIVE) == (
        Taken("hello", "done"),
        Taken("look", "done"),
        Taken("linked", "yes", "linked", "no"),
    )


def test_what_was_said_to_be_read_out_is_there_once() -> None:
    given_all = [("hello", "done"), ("look", "done"), ("linked", "dont-know"), ("bye", "done")]
    path = path_taken(PLAYBOOK, given_all, LIVE)
    assert [(each.step, each.answer) for each in path] == given_all


def test_nothing_is_made_up_on_the_way_to_a_step_that_is_not_reached() -> None:
    assert path_taken(PLAYBOOK, [("linked", "no")], {}) == (
        Taken("linked", "no", "linked", "yes"),
    )


def test_nothing_is_made_up_after_the_last_answer() -> None:
    path = path_taken(PLAYBOOK, [("live", "yes")], {})
    assert path == (Taken("live", "yes", "live", "yes"),)


def test_a_walk_in_a_circle_ends() -> None:
    path = path_taken(PLAYBOOK, [("linked", "no"), ("bye", "done")], LIVE)
    assert [each.step for each in path] == ["hello", "look", "linked", "bye"]
