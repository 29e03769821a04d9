from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.stats.definitions import (
    KINDS,
    Figures,
    counted_as,
    figures_from,
    kind_of,
    named,
    summed,
)
from helpdesk.stats.facts import CallFact
from helpdesk.stats.percentiles import mean, percentile
from tests.support.facts import fact, facts

VECTOR = Counter([30, 45, 60, 75, 90, 120, 150, 200, 300, 1800])


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
        (fact(), "counted"),
        (fact(talk_s=0), "counted"),
        (fact(talk_s=None), "no times"),
        (fact(wrap_s=None), "no times"),
        (fact(outcome=None, talk_s=None), "running"),
        (fact(outcome="dropped"), "dropped"),
        (fact(talk_s=0, touched=0), "dropped"),
        (fact(direction="out"), "outbound"),
        (fact(direction="out", test=1), "test"),
        (fact(outcome=None, test=1, void=1), "void"),
    ],
)
def test_every_call_is_of_one_kind(call: CallFact, kind: str) -> None:
    assert kind_of(call) == kind


@pytest.mark.parametrize(
    ("call", "resolution"),
    [
        (fact(), {"first", "first_resolved", "first_ours", "first_known", "first_lasting"}),
        (fact(again=True), {"first", "first_resolved", "first_ours", "first_known"}),
        (fact(reopened=1), {"first", "first_ours", "first_known"}),
        (fact(caller=None), {"first", "first_resolved", "first_ours"}),
        (fact(outcome="referred"), {"first"}),
        (fact(outcome="waiting"), {"first", "first_ours", "first_known"}),
        (fact(first=0), set()),
        (fact(outcome="dropped"), set()),
        (fact(direction="out"), set()),
    ],
)
def test_a_first_call_counts_for_what_it_resolved(call: CallFact, resolution: set[str]) -> None:
    assert {name for name in counted_as(call) if name.startswith("first")} == resolution


@given(facts())
def test_the_kinds_add_up_to_the_calls_in_range(calls: list[CallFact]) -> None:
    counts = summed(named(calls)).counts
    assert sum(counts[kind] for kind in KINDS) == len(calls)
    assert counts["started"] == counts["handled"] + counts["dropped"] + counts["running"]


@given(facts(), st.sampled_from(["symptom", "clerk", "office"]))
def test_the_parts_add_up_to_the_whole(calls: list[CallFact], part: str) -> None:
    added = Figures()
    for value in {getattr(call, part) for call in calls}:
        added.add(summed(named(call for call in calls if getattr(call, part) == value)))
    assert added == summed(named(calls))


@given(facts())
def test_calls_that_count_for_nothing_change_no_figure(calls: list[CallFact]) -> None:
    more = [fact(void=1), fact(test=1), fact(direction="out")]
    without, with_them = summed(named(calls)), summed(named([*calls, *more]))
    assert without.spent == with_them.spent
    but = ("void", "test", "outbound")
    assert {name: n for name, n in without.counts.items() if name not in but} == {
        name: n for name, n in with_them.counts.items() if name not in but
    }


@given(facts())
def test_sums_that_were_kept_are_the_same_sums(calls: list[CallFact]) -> None:
    figures = summed(named(calls))
    assert figures_from(json.loads(json.dumps(figures.as_json()))) == figures
    spent = [sum(filter(None, (c.talk_s, c.hold_s, c.wrap_s))) for c in calls]
    timed = [s for s, call in zip(spent, calls, strict=True) if kind_of(call) == "counted"]
    assert figures.counts["handle_s"] == sum(timed)
