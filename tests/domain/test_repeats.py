from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.repeats import (
    REPEAT_SECONDS,
    SAME_CONTACT_SECONDS,
    EarlierCall,
    Repeat,
    ordinal,
    repeat_of,
    within_repeat,
)

NOW = 10 * REPEAT_SECONDS
CALLS = st.builds(
    EarlierCall,
    started_at=st.integers(0, NOW + 100),
    ended_at=st.none() | st.integers(0, NOW),
    outcome=st.sampled_from(["", "resolved", "dropped"]),
    symptom=st.sampled_from(["", "linking-error"]),
)


@pytest.mark.parametrize(
    ("seconds", "repeat"),
    [(0, False), (1, True), (REPEAT_SECONDS, True), (REPEAT_SECONDS + 1, False), (-1, False)],
)
def test_a_call_is_a_repeat_up_to_exactly_seven_days(seconds: int, repeat: bool) -> None:
    assert within_repeat(NOW - seconds, NOW) is repeat


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (SAME_CONTACT_SECONDS, Repeat(1, dropped=True, symptoms=frozenset({"linking-error"}))),
        (SAME_CONTACT_SECONDS + 1, Repeat(2, symptoms=frozenset({"linking-error"}))),
    ],
)
def test_a_call_within_two_minutes_of_a_dropped_line_is_the_same_contact(
    after: int, told: Repeat
) -> None:
    dropped = EarlierCall(NOW - after - 60, NOW - after, "dropped", "linking-error")
    assert repeat_of(NOW, [dropped]) == told


def test_a_dropped_line_between_others_counts_once() -> None:
    calls = [
        EarlierCall(NOW - 5_000, NOW - 4_800, "resolved", ""),
        EarlierCall(NOW - 1_000, NOW - 900, "dropped", ""),
        EarlierCall(NOW - 880, NOW - 500, "resolved", ""),
    ]
    assert repeat_of(NOW, calls) == Repeat(3)


@given(st.lists(CALLS, max_size=12))
def test_the_count_is_never_above_the_calls_in_range(calls: list[EarlierCall]) -> None:
    calls.sort(key=lambda call: call.started_at)
    inside = [call for call in calls if within_repeat(call.started_at, NOW)]
    told = repeat_of(NOW, calls)
    assert 1 <= told.nth <= len(inside) + 1
    assert told.symptoms <= {call.symptom for call in inside}


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")],
)
def test_numbers_are_counted_as_people_do(number: int, said: str) -> None:
    assert ordinal(number) == said
