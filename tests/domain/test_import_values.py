from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.import_values import direction_meant, outcome_meant, seconds_meant
from helpdesk.domain.intervals import minutes_between
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.errors import BadInput


@given(st.integers(0, 400_000), st.sampled_from("smh"))
def test_a_length_is_the_same_in_every_spelling(seconds: int, unit: str) -> None:
    hours, minutes, rest = seconds // 3_600, seconds // 60 % 60, seconds % 60
    assert seconds_meant(f"{hours}:{minutes:02}:{rest:02}", unit) == seconds
    assert seconds_meant(f"{hours}h {minutes}m {rest} sec", unit) == seconds
    assert seconds_meant(f"{seconds // 60}:{rest:02}", "s") == seconds
    assert seconds_meant(str(seconds), "s") == seconds


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [("1.5", "m", 90), ("5 min", "s", 300), ("0:30", "h", 1_800), ("0", "m", 0)],
)
def test_units_are_heeded(text: str, unit: str, seconds: int) -> None:
    assert seconds_meant(text, unit) == seconds


@pytest.mark.parametrize("text", ["-5", "-1:00", "1:75", "soon", "", "5 moons"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        seconds_meant(text, "s")


def test_directions_and_outcomes_of_other_systems_are_known() -> None:
    assert [direction_meant(each) for each in ("", "Inbound", "OUTGOING call")] == [
        "in", "in", "out",
    ]  # fmt: skip
    assert [outcome_meant(each) for each in OUTCOMES] == list(OUTCOMES)
    assert outcome_meant("Left Voicemail") == "callback"
    with pytest.raises(BadInput, match="use resolved"):
        outcome_meant("purple")
    with pytest.raises(BadInput, match="in or out"):
        direction_meant("sideways")


@given(st.sampled_from([15, 30, 60]), st.integers(2, 40))
def test_intervals_are_as_long_as_the_step_between_them(minutes: int, count: int) -> None:
    assert minutes_between(place * minutes * 60 for place in range(count)) == minutes
