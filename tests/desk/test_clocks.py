"""How long a call took: by the clock that nobody can set, whatever happens to the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.calls import (
    end_call,
    finish_call,
    park_call,
    resume_call,
    start_call,
    take_call,
)
from helpdesk.desk.desk import Desk
from helpdesk.desk.view import call_view
from helpdesk.domain.call_clocks import Clocks
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as

Shift = tuple[Desk, StillClock]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["park", "take", "end", "resume", "wait"]),
        st.integers(0, 4000),
        st.sampled_from([0, 0, 0, 1, -2, 3, 60, -60, 3600, -3600, -86_400]),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shift]:
    """A desk and its clock for calls one after the other."""
    clock = StillClock()
    desk = open_as(tmp_path_factory.mktemp("shift"), clock)
    yield desk, clock
    desk.close()


def sums(desk: Desk, call: int) -> dict[str, int]:
    (row,) = rows(
        desk, "SELECT talk_s, hold_s, wrap_s, clock_changed FROM call WHERE id = ?", call
    )
    return row


def do(desk: Desk, call: int, step: str) -> None:
    ended = call_view(desk, call).ended_at is not None
    if step in {"park", "take"} and not ended:
        (park_call if step == "park" else take_call)(desk, call)
    elif step == "end":
        end_call(desk, call)
    elif step == "resume":
        resume_call(desk, call)


@given(STEPS, st.integers(0, 600))
def test_whatever_is_done_the_parts_of_a_call_add_up_to_its_length(
    shift: Shift, steps: list[tuple[str, int, int]], last: int
) -> None:
    desk, clock = shift
    call, began = start_call(desk), clock.at
    for step, seconds, _ in steps:
        clock.go_on(seconds)
        do(desk, call, step)
    clock.go_on(last)
    finish_call(desk, call, "resolved")
    kept = sums(desk, call)
    assert kept["talk_s"] + kept["hold_s"] + kept["wrap_s"] == clock.at - began
    assert kept["clock_changed"] == 0


@given(STEPS, st.integers(0, 600))
def test_setting_the_computers_clock_changes_no_length_and_is_marked(
    shift: Shift, steps: list[tuple[str, int, int]], last: int
) -> None:
    desk, clock = shift
    call, began = start_call(desk), clock.ticks
    stretch, changed = 0, False  # by how much the clock was set in the running stretch
    for step, seconds, set_by in steps:
        clock.go_on(seconds)
        clock.set_by(set_by)
        stretch += set_by
        before = len(rows(desk, "SELECT id FROM call_segment WHERE call = ?", call))
        do(desk, call, step)
        if len(rows(desk, "SELECT id FROM call_segment WHERE call = ?", call)) > before:
            changed, stretch = changed or abs(stretch) > 2, 0
    clock.go_on(last)
    ended = call_view(desk, call).ended_at is not None
    finish_call(desk, call, "resolved")
    kept = sums(desk, call)
    parts = (kept["talk_s"], kept["hold_s"], kept["wrap_s"])
    assert min(parts) >= 0
    assert abs(sum(parts) - (clock.ticks - began)) <= 2 * (len(steps) + 1)
    assert kept["clock_changed"] == (changed or abs(stretch) > 2), ended


@pytest.mark.parametrize("set_by", [-3600, -61, 61, 86_400])
def test_the_clock_that_nobody_can_set_wins_over_one_that_was_set(
    desk: Desk, clock: StillClock, set_by: int
) -> None:
    call = start_call(desk)
    clock.go_on(60)
    clock.set_by(set_by)
    clock.go_on(60)
    end_call(desk, call)
    clock.go_on(5)
    finish_call(desk, call, "resolved")
    assert sums(desk, call) == {"talk_s": 120, "hold_s": 0, "wrap_s": 5, "clock_changed": 1}


@pytest.mark.parametrize("set_by", [-2, -1, 1, 2])
def test_two_seconds_between_the_clocks_are_no_change(
    desk: Desk, clock: StillClock, set_by: int
) -> None:
    call = start_call(desk)
    clock.go_on(60)
    clock.set_by(set_by)
    finish_call(desk, call, "resolved")
    assert sums(desk, call)["clock_changed"] == 0
    assert sums(desk, call)["talk_s"] == 60 + set_by


def test_hanging_up_by_mistake_with_the_clock_set_later_counts_as_talk(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    end_call(desk, call)
    clock.go_on(30)
    resume_call(desk, call)
    end_call(desk, call)
    clock.set_by(3600)
    clock.go_on(12)
    finish_call(desk, call, "resolved")
    assert (sums(desk, call)["talk_s"], sums(desk, call)["wrap_s"]) == (30, 12)


def test_a_call_shorter_than_the_clock_was_set_back_never_ends_before_it_began(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    clock.go_on(10)
    clock.set_by(-7200)
    finish_call(desk, call, "resolved")
    view = call_view(desk, call)
    assert view.ended_at is not None
    assert view.wrap_ended_at is not None
    assert view.started_at <= view.ended_at <= view.wrap_ended_at
    assert sums(desk, call)["talk_s"] == 10


@pytest.mark.parametrize(
    ("begins", "offset"), [("2026-11-01T01:50", "-04:00"), ("2026-03-08T01:50", "-05:00")]
)
def test_a_call_over_a_change_to_or_from_summer_time_has_its_true_length(
    desk: Desk, clock: StillClock, begins: str, offset: str
) -> None:
    clock.at = int(datetime.fromisoformat(f"{begins}{offset}").timestamp())
    zone = ZoneInfo("America/New_York")
    before = datetime.fromtimestamp(clock.at, zone)
    call = start_call(desk)
    clock.go_on(1200)
    after = datetime.fromtimestamp(clock.at, zone)
    assert after.replace(tzinfo=None) - before.replace(tzinfo=None) != after.astimezone(
        ZoneInfo("UTC")
    ) - before.astimezone(ZoneInfo("UTC"))
    finish_call(desk, call, "resolved")
    assert sums(desk, call) == {"talk_s": 1200, "hold_s": 0, "wrap_s": 0, "clock_changed": 0}


def test_a_console_that_did_not_see_the_call_begin_goes_by_the_computers_clock(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    desk.marks.clear()  # as after a new start
    clock.go_on(60)
    clock.set_by(3600)
    finish_call(desk, call, "resolved")
    assert sums(desk, call)["talk_s"] == 3660


@given(
    st.integers(0, 10**6),
    st.integers(-(10**6), 10**6),
    st.sampled_from(["", "talk", "hold", "wrap"]),
)
def test_a_running_clock_never_runs_backwards(since: int, later: int, running: str) -> None:
    clocks = Clocks(talk=5, hold=6, wrap=7, running=running, since=since)
    then = clocks.at(since + later)
    grown = {"talk": then.talk - 5, "hold": then.hold - 6, "wrap": then.wrap - 7}
    assert grown == {
        name: max(0, later) if name == running else 0 for name in ("talk", "hold", "wrap")
    }
    assert then.at(since + later) == then
