from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.stats.definitions import (
    KINDS,
    CallsAlike,
    figures_of,
    kind_of,
    kinds_of,
    mean,
    percentile,
)

VECTOR = Counter([30, 45, 60, 75, 90, 120, 150, 200, 300, 1800])

CALLS = st.builds(
    CallsAlike,
    symptom=st.sampled_from(["", "a", "b", "c"]),
    direction=st.sampled_from(["in", "in", "out"]),
    outcome=st.sampled_from([None, "resolved", "waiting", "referred", "dropped"]),
    handle_s=st.one_of(st.none(), st.integers(0, 9_000)),
    talk_s=st.integers(0, 9_000),
    touched=st.booleans(),
    test=st.booleans(),
    void=st.booleans(),
    times=st.integers(1, 4),
)


def test_the_percentiles_are_those_of_a_spreadsheet() -> None:
    assert mean(VECTOR) == 287.0
    assert percentile(VECTOR, 50) == 105.0
    assert percentile(VECTOR, 90) == 450.0


def test_of_nothing_there_is_no_mean_and_no_percentile() -> None:
    assert mean({}) is None
    assert percentile({}, 50) is None


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60), st.integers(0, 100))
def test_a_percentile_of_values_counted_is_that_of_the_values_in_a_row(
    values: list[int], percent: int
) -> None:
    row = sorted(values)
    at = (len(row) - 1) * percent / 100
    low, high = row[int(at)], row[min(int(at) + 1, len(row) - 1)]
    assert percentile(Counter(values), percent) == pytest.approx(
        low + (at - int(at)) * (high - low), abs=1e-6
    )


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (CallsAlike("a", "in", "resolved", 300), "counted"),
        (CallsAlike("a", "in", "resolved", 0), "counted"),
        (CallsAlike("a", "in", "resolved", None), "no times"),
        (CallsAlike("a", "in", None, None), "running"),
        (CallsAlike("a", "in", "dropped", 40), "dropped"),
        (CallsAlike("a", "in", "resolved", 0, touched=False), "dropped"),
        (CallsAlike("a", "out", "resolved", 300), "outbound"),
        (CallsAlike("a", "out", "resolved", 300, test=True), "test"),
        (CallsAlike("a", "in", None, None, test=True, void=True), "void"),
    ],
)
def test_every_call_is_of_one_kind(call: CallsAlike, kind: str) -> None:
    assert kind_of(call) == kind


@given(st.lists(CALLS, max_size=40))
def test_the_kinds_add_up_to_the_calls_in_range(calls: list[CallsAlike]) -> None:
    kinds = kinds_of(calls)
    assert set(kinds) <= set(KINDS)
    assert kinds.total() == sum(call.times for call in calls)


@given(st.lists(CALLS, max_size=40))
def test_the_figures_of_the_symptoms_add_up_to_those_of_all(calls: list[CallsAlike]) -> None:
    whole = figures_of(calls)
    parts = [
        figures_of([call for call in calls if call.symptom == symptom])
        for symptom in {call.symptom for call in calls}
    ]
    for name in ("started", "handled", "dropped", "running", "talk_s", "handle_s"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    for outcome, count in whole.outcomes.items():
        assert sum(part.outcomes[outcome] for part in parts) == count


@given(st.lists(CALLS, max_size=40))
def test_what_began_was_handled_dropped_or_is_running(calls: list[CallsAlike]) -> None:
    found = figures_of(calls)
    assert found.started == found.handled + found.dropped + found.running


@given(st.lists(CALLS, max_size=20))
def test_calls_alike_count_as_often_as_they_occur(calls: list[CallsAlike]) -> None:
    single = [
        replace(call, times=1, talk_s=call.talk_s if place == 0 else 0)
        for call in calls
        for place in range(call.times)
    ]
    assert figures_of(single) == figures_of(calls)


@given(st.lists(CALLS, max_size=20))
def test_calls_that_count_for_nothing_change_nothing(calls: list[CallsAlike]) -> None:
    more = [
        CallsAlike("a", "in", "resolved", 50, talk_s=50, void=True),
        CallsAlike("b", "in", "resolved", 50, talk_s=50, test=True),
        CallsAlike("c", "out", "resolved", 50, talk_s=50),
    ]
    assert figures_of([*calls, *more]) == figures_of(calls)
