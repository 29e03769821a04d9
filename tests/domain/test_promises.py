from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.promises import STATES, kept_rate, promise_state

DUE = 1_000
MOMENTS = st.integers(0, 2_000)
MAYBE = st.none() | MOMENTS


@pytest.mark.parametrize(
    ("attempt", "done", "now", "state"),
    [
        (None, None, DUE, "pending"),
        (None, None, DUE + 1, "late"),
        (DUE, None, DUE + 500, "kept"),
        (DUE, DUE + 300, DUE + 500, "kept"),
        (DUE + 1, DUE + 1, DUE + 500, "missed"),
        (DUE + 1, None, DUE + 500, "late"),
        (None, DUE, DUE + 500, "cancelled"),
        (None, DUE + 1, DUE + 500, "missed"),
    ],
)
def test_a_promise_is_kept_by_the_first_attempt_in_time(
    attempt: int | None, done: int | None, now: int, state: str
) -> None:
    assert promise_state(DUE, attempt, done, now) == state


@given(MAYBE, MAYBE, MOMENTS)
def test_every_promise_is_exactly_one_thing_and_once_dealt_with_time_changes_nothing(
    attempt: int | None, done: int | None, now: int
) -> None:
    state = promise_state(DUE, attempt, done, now)
    assert state in STATES
    if done is not None:
        assert promise_state(DUE, attempt, done, now + 10_000) == state


def test_the_rate_leaves_out_what_is_not_due_and_what_was_cancelled() -> None:
    found = kept_rate(["kept", "kept", "late", "missed", "pending", "cancelled"])
    assert (found.kept, found.due) == (2, 4)
