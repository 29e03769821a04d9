from __future__ import annotations

from datetime import datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.ratios import Ratio
from helpdesk.stats.resolution import (
    REPEAT_SECONDS,
    FirstCall,
    gross_fcr,
    net_fcr,
    repeat_adjusted_fcr,
)
from tests.support.golden import CALLS, ZONE, GoldenCall

FIRST_CALLS: Final = st.builds(
    FirstCall,
    outcome=st.sampled_from(["resolved", "waiting", "callback", "escalated", "referred"]),
    reopened=st.booleans(),
    known=st.booleans(),
    repeated=st.booleans(),
)


def began(call: GoldenCall) -> int:
    moment = datetime.fromisoformat(f"2026-06-{call.day:02}T{call.clock}")
    return int(moment.replace(tzinfo=ZONE).timestamp())


def golden(window: int) -> list[FirstCall]:
    """The first handled inbound call of each ticket of the golden data set."""
    inbound = sorted((each for each in CALLS if each.direction == "in"), key=began)
    tickets: dict[int, list[GoldenCall]] = {}
    for each in inbound:
        if each.outcome != "dropped":
            tickets.setdefault(each.ticket, []).append(each)
    return [
        FirstCall(
            outcome=first.outcome,
            reopened=bool(later),
            known=bool(first.caller),
            repeated=any(
                (each.caller, each.symptom) == (first.caller, first.symptom)
                and 0 < began(each) - began(first) <= window
                for each in inbound
            ),
        )
        for first, *later in tickets.values()
    ]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (14, 20, 0.4810, 0.8545),
        (700, 1000, 0.6709, 0.7276),
        (0, 5, 0.0, 0.4345),
        (5, 5, 0.5655, 1.0),
        (172, 210, 0.7614, 0.8652),
    ],
)
def test_the_interval_of_a_ratio_is_wilsons(
    part: int, whole: int, low: float, high: float
) -> None:
    assert Ratio(part, whole).interval == pytest.approx((low, high), abs=5e-5)
    assert Ratio(part, whole).value == part / whole


def test_of_nothing_there_is_no_ratio_and_no_interval() -> None:
    assert (Ratio(0, 0).value, Ratio(0, 0).interval, Ratio(0, 0).too_few) == (None, None, True)


@given(st.integers(1, 10**6), st.data())
def test_an_interval_holds_its_ratio_lies_in_zero_to_one_and_turns_round_with_it(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    interval, turned = Ratio(part, whole).interval, Ratio(whole - part, whole).interval
    assert interval is not None
    assert turned is not None
    assert 0.0 <= interval[0] <= part / whole + 1e-9
    assert part / whole - 1e-9 <= interval[1] <= 1.0
    assert interval == pytest.approx((1 - turned[1], 1 - turned[0]), abs=1e-9)


@given(st.integers(1, 1000), st.integers(2, 50), st.data())
def test_more_calls_of_the_same_ratio_make_the_interval_narrower(
    whole: int, times: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    few, many = Ratio(part, whole).interval, Ratio(part * times, whole * times).interval
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(("whole", "few"), [(0, True), (9, True), (10, False), (11, False)])
def test_below_ten_calls_are_too_few(whole: int, few: bool) -> None:
    assert Ratio(0, whole).too_few is few


def test_the_golden_calls_give_the_golden_ratios() -> None:
    calls = golden(REPEAT_SECONDS)
    assert gross_fcr(calls) == Ratio(4, 8)
    assert net_fcr(calls) == Ratio(4, 7)
    assert repeat_adjusted_fcr(calls) == Ratio(2, 6)


def test_a_call_exactly_at_the_end_of_the_window_is_a_repeat_and_one_second_later_is_none() -> (
    None
):
    assert REPEAT_SECONDS == 604_800
    assert repeat_adjusted_fcr(golden(REPEAT_SECONDS - 1)) == Ratio(3, 6)


@given(st.lists(FIRST_CALLS))
def test_marking_every_call_as_resolved_never_counts_a_reopened_or_repeated_one(
    calls: list[FirstCall],
) -> None:
    flattered = [FirstCall("resolved", each.reopened, each.known, each.repeated) for each in calls]
    assert gross_fcr(flattered).part == sum(not each.reopened for each in calls)
    assert repeat_adjusted_fcr(flattered).part == sum(
        each.known and not each.reopened and not each.repeated for each in calls
    )


@given(st.lists(FIRST_CALLS))
def test_net_leaves_out_what_was_referred_and_the_headline_also_unknown_callers(
    calls: list[FirstCall],
) -> None:
    ours = [each for each in calls if each.outcome != "referred"]
    assert gross_fcr(calls).whole == len(calls)
    assert net_fcr(calls) == gross_fcr(ours)
    assert repeat_adjusted_fcr(calls).whole == sum(each.known for each in ours)
    assert repeat_adjusted_fcr(calls).part <= net_fcr(calls).part == gross_fcr(calls).part
