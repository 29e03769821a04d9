"""Calls span by span beside each row of a report."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report, sparks_of
from helpdesk.desk.report_scope import Question
from helpdesk.domain.sparks import spark
from tests.support.clock import StillClock
from tests.support.golden import fill_golden
from tests.support.reports import rows_of


def test_the_spans_of_each_row_add_up_to_its_calls(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    for name in ("by-symptom", "by-clerk", "by-court"):
        for period in ("2026-06-01..2026-06-10", "2026-06", "2026"):
            answered = make_report(desk, Question(name, period))
            sparks = sparks_of(desk, answered)
            assert sparks is not None
            started = {key: row["started"] for key, row in rows_of(answered.table).items()}
            assert {key: sum(counts) for key, counts in sparks.counts.items()} == started
            assert sum(sparks.whole) == 11


def test_what_rows_have_no_spans_has_no_small_picture(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    assert sparks_of(desk, make_report(desk, Question("trend", "2026-06"))) is None
    assert sparks_of(desk, make_report(desk, Question("by-symptom", "2026-06-01"))) is None


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_a_block_each_none_lower_than_a_smaller_count(counts: list[int]) -> None:
    drawn = spark(counts)
    assert len(drawn) == len(counts)
    ranked = sorted(zip(counts, map("·▁▂▃▄▅▆▇█".index, drawn), strict=True))
    heights = [height for _, height in ranked]
    assert heights == sorted(heights)
    assert all((height == 0) == (count == 0) for count, height in ranked)
    assert not any(counts) or max(heights) == 8
