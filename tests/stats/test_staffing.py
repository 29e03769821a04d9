from __future__ import annotations

from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.stats.staffing import (
    Target,
    clerks_needed,
    load_of,
    staffed,
)

LOADS = st.floats(0.01, 60)
AHT = st.floats(10, 3_600)


@pytest.mark.parametrize(
    ("calls", "aht_s", "clerks", "within_s", "waits", "in_time", "wait_s"),
    [
        (20, 240, 4, 20, 0.3784, 0.6614, 68.1),
        (20, 240, 5, 20, 0.1616, 0.8669, 16.6),
        (8, 420, 3, 30, 0.3837, 0.6461, 142.2),
        (8, 420, 4, 30, 0.1428, 0.8774, 28.1),
        (3, 300, 1, 30, 0.5000, 0.5244, 300),
    ],
)
def test_staffing_has_the_golden_values(
    calls: int, aht_s: int, clerks: int, within_s: int,
    waits: float, in_time: float, wait_s: float,
) -> None:  # fmt: skip
    found = staffed(load_of(calls, aht_s, 30), aht_s, clerks, within_s)
    assert found.waits == pytest.approx(waits, abs=5e-5)
    assert found.in_time == pytest.approx(in_time, abs=5e-5)
    assert found.wait_s == pytest.approx(wait_s, abs=0.05)


def test_a_second_clerk_changes_a_small_desk_much() -> None:
    load = load_of(3, 300, 30)
    shares = [staffed(load, 300, clerks, 30).in_time or 0 for clerks in (1, 2)]
    assert [round(100 * share) for share in shares] == [52, 91]


@pytest.mark.parametrize(("load", "clerks"), [(2.0, 2), (2.5, 2), (0.5, 0), (0.0, 0)])
def test_a_queue_without_limit_is_no_number(load: float, clerks: int) -> None:
    found = staffed(load, 300, clerks, 30)
    assert found.without_limit
    assert (found.waits, found.in_time, found.wait_s) == (None,) * 3


@given(st.floats(0.1, 20), st.integers(1, 40))
def test_waiting_is_as_likely_as_the_formula_with_factorials_says(
    load: float, clerks: int
) -> None:
    found = staffed(load, 300, clerks, 30)
    if load < clerks:
        top = load**clerks / factorial(clerks) * clerks / (clerks - load)
        below = sum(load**k / factorial(k) for k in range(clerks))
        assert found.waits == pytest.approx(top / (below + top), rel=1e-6)


@given(LOADS, AHT, st.builds(Target, st.integers(1, 99), st.integers(0, 300)))
def test_the_clerks_needed_are_enough_and_one_fewer_are_not(
    load: float, aht_s: float, target: Target
) -> None:
    need = clerks_needed(load, aht_s, target)
    assert need.in_time is not None
    assert need.in_time * 100 >= target.percent
    assert need == staffed(load, aht_s, need.clerks, target.within_s)
    fewer = staffed(load, aht_s, need.clerks - 1, target.within_s)
    assert fewer.in_time is None or fewer.in_time * 100 < target.percent


def test_without_calls_nobody_is_needed() -> None:
    assert clerks_needed(0, 300, Target()).clerks == 0


@pytest.mark.parametrize("percent", [0, 100])
def test_what_no_clerks_could_reach_is_refused(percent: int) -> None:
    with pytest.raises(ValueError, match="target"):
        clerks_needed(1, 300, Target(percent))
