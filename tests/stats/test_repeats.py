from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.desk import Desk
from helpdesk.domain.repeats import REPEAT_SECONDS, SAME_CONTACT_SECONDS
from helpdesk.stats.facts import CallFact
from helpdesk.stats.repeats import with_repeats
from tests.support.facts import DAY, fact, facts
from tests.support.reports import report, rows_of


def test_exactly_seven_days_later_is_a_repeat_and_a_second_more_is_none() -> None:
    for apart, repeat in ((REPEAT_SECONDS, True), (REPEAT_SECONDS + 1, False)):
        first, second = with_repeats([fact(), fact(started_at=apart)])
        assert (first.again, second.repeat, second.repeat_any) == (repeat,) * 3


def test_another_symptom_is_only_a_repeat_of_any_kind() -> None:
    first, second = with_repeats([fact(), fact(started_at=DAY, symptom="b")])
    assert (first.again, second.repeat, second.repeat_any) == (False, False, True)


def test_a_call_after_a_dropped_line_is_the_same_contact_for_two_minutes() -> None:
    dropped = fact(outcome="dropped", ended_at=30)
    assert not with_repeats([dropped, fact(started_at=150)])[1].repeat
    assert with_repeats([dropped, fact(started_at=151)])[1].repeat


def test_every_formula_of_repeats_says_which_call_is_the_same_contact(desk: Desk) -> None:
    formulas = {key: row["formula"] for key, row in rows_of(report(desk, "summary")).items()}
    chains = report(desk, "repeat-callers").meant
    words = [formulas[name] for name in ("repeat_adjusted_fcr", "repeat_rate", "repeat_any_rate")]
    for said in (*words, chains["chain"].words, chains["repeats"].words):
        assert f"within {SAME_CONTACT_SECONDS} s after a dropped one" in str(said)


def test_trials_void_tickets_and_callbacks_make_nothing_a_repeat() -> None:
    for apart in (fact(test=1), fact(void=1), fact(direction="out"), fact(caller=None)):
        assert not with_repeats([apart, fact(started_at=DAY)])[1].repeat_any


@given(facts(), st.integers(0, 3))
def test_repeats_are_those_that_a_slow_search_finds(calls: list[CallFact], weeks: int) -> None:
    later = [call._replace(started_at=call.started_at + weeks * 7 * DAY) for call in calls]
    found = with_repeats(later)
    inbound = [c for c in later if c.direction == "in" and c.caller and not (c.test or c.void)]
    for call, marked in zip(later, found, strict=True):
        known = call in inbound
        others = [o for o in inbound if known and o.caller == call.caller]
        dropped = [
            o for o in others
            if o.outcome == "dropped" and call.started_at - (o.ended_at or 0) <= 120
        ]  # fmt: skip
        before = [
            o for o in others
            if 0 < call.started_at - o.started_at <= REPEAT_SECONDS and o not in dropped
        ]  # fmt: skip
        assert marked.repeat_any == bool(before)
        assert marked.repeat == any(o.symptom == call.symptom for o in before)
        after = [
            o for o in others
            if 0 < o.started_at - call.started_at <= REPEAT_SECONDS and o.symptom == call.symptom
            and not (call.outcome == "dropped" and o.started_at - (call.ended_at or 0) <= 120)
        ]  # fmt: skip
        assert marked.again == bool(after)
