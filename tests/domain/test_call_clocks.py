from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.call_clocks import stretches_within

LENGTHS = st.lists(st.integers(0, 500), min_size=1, max_size=6)


@given(
    lengths=LENGTHS, began=st.integers(-900, 900), lasts=st.integers(0, 900),
    end_kept=st.booleans(),
)  # fmt: skip
def test_stretches_fill_the_corrected_times_without_a_gap_and_none_is_turned_round(
    lengths: list[int], began: int, lasts: int, *, end_kept: bool
) -> None:
    over = began + lasts
    recorded = (0, over if end_kept else sum(lengths))
    found = stretches_within(lengths, recorded, (began, over))
    assert len(found) == len(lengths)
    assert (found[0][0], found[-1][1]) == (began, over)
    assert all(from_at <= to_at for from_at, to_at in found)
    assert [to_at for _, to_at in found[:-1]] == [from_at for from_at, _ in found[1:]]


@given(LENGTHS, st.integers(0, 10_000))
def test_times_that_are_right_leave_every_stretch_as_it_was(lengths: list[int], at: int) -> None:
    times = (at, at + sum(lengths))
    found = stretches_within(lengths, times, times)
    assert [to_at - from_at for from_at, to_at in found] == lengths


def test_a_clock_that_was_set_while_somebody_talked_takes_nothing_from_the_hold() -> None:
    # The computer's clock went an hour forward in the first of three stretches.
    recorded, lengths = (0, 3_700), [10, 10, 80]
    assert stretches_within(lengths, recorded, (0, 100)) == [(0, 10), (10, 20), (20, 100)]
    assert stretches_within(lengths, recorded, (3_600, 3_700)) == [
        (3_600, 3_610), (3_610, 3_620), (3_620, 3_700),
    ]  # fmt: skip


def test_a_call_without_stretches_has_none_afterwards() -> None:
    assert stretches_within([], (0, 100), (0, 50)) == []
