from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.passcodes import FREE_TRIES, Passcode, opens_at, refuse_weak
from helpdesk.errors import BadInput

NOW = 1_780_000_000
TRIES = st.lists(st.booleans(), max_size=40)


def tried(said: list[bool]) -> list[tuple[int, bool]]:
    """Tries a minute apart, the newest first."""
    return [(NOW - 60 * place, right) for place, right in enumerate(said)]


@given(TRIES)
def test_nobody_waits_longer_than_a_quarter_of_an_hour_or_before_five_wrong_ones(
    said: list[bool],
) -> None:
    wait = opens_at(tried(said), NOW) - NOW
    assert 0 <= wait <= 900
    assert (wait > 0) == (len(said) >= FREE_TRIES and not any(said[:FREE_TRIES]))


@given(st.integers(FREE_TRIES, 30))
def test_each_wrong_one_more_doubles_the_wait(wrong: int) -> None:
    shorter, longer = (opens_at(tried([False] * many), NOW) - NOW for many in (wrong, wrong + 1))
    assert longer == min(900, 2 * shorter)


@given(TRIES, st.integers(0, 10**9))
def test_a_clock_that_was_set_back_locks_nobody_out(said: list[bool], back: int) -> None:
    assert opens_at(tried(said), NOW - back) - (NOW - back) <= 900


@pytest.mark.parametrize(
    "weak", ["", "short12", "aaaaaaaaaa", "abababcabab", "ORTIZ-2026!", "x" * 129]
)
def test_a_passcode_that_is_guessed_at_once_is_refused(weak: str) -> None:
    with pytest.raises(BadInput, match="take another"):
        refuse_weak(Passcode(weak), "ortiz")


def test_a_good_one_is_taken_and_never_printed() -> None:
    good = Passcode("blue horse 42")
    refuse_weak(good, "ortiz")
    assert "horse" not in f"{good!r} {good}"
