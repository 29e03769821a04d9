"""How long reports take: of a month, of everything, and beside bare SQL for the plainest figures.

``DESK=FOLDER pytest tests/benchmarks/test_reports.py -o addopts=`` measures a desk that is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest

from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.figures import make_report
from helpdesk.desk.opening import open_desk
from helpdesk.desk.report_scope import Question, period_of
from helpdesk.desk.rollups import keep_rollups
from helpdesk.stats.reports import REPORTS
from helpdesk.store.connecting import connected
from tests.benchmarks.conftest import Compare

TIMES = 3
MONTH_SECONDS = 0.2
WHOLE_SECONDS = 1.5
MOST = 1.25
BARE = """
SELECT coalesce(t.symptom, l.symptom), l.outcome, count(*), sum(l.talk_s), sum(l.hold_s),
    sum(l.wrap_s), sum(t.reopened > 0), count(DISTINCT l.caller)
FROM call l JOIN call_ticket x ON x.call = l.id JOIN ticket t ON t.id = x.ticket
WHERE l.started_at >= ? AND l.started_at < ? AND l.direction = 'in' GROUP BY 1, 2
"""
"""The sums of calls by symptom and outcome: no medians, no repeats, no first calls."""


@pytest.fixture(scope="module")
def large(busy_home: Path) -> Iterator[Desk]:
    """The desk that is measured, its days summed up."""
    desk = open_desk(Folder(Path(os.environ.get("DESK", busy_home))))
    keep_rollups(desk, period_of(desk, "", "", ""))
    yield desk
    desk.close()


def seconds(do: Callable[[], object]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(
    ("period", "wanted"),
    [("last-month", MONTH_SECONDS), ("", WHOLE_SECONDS)],
    ids=["month", "all"],
)
def test_a_report_beside_what_is_wanted(
    large: Desk, compare: Compare, name: str, period: str, wanted: float
) -> None:
    ours = [seconds(lambda: make_report(large, Question(name, period))) for _ in range(TIMES)]
    meant = period_of(large, period, "", "")
    with closing(connected(large.folder.database, "ro")) as bare:
        ends = (meant.start, meant.end)
        floor = [seconds(lambda: bare.execute(BARE, ends).fetchall()) for _ in range(TIMES)]
    what = f"{REPORTS[name].code} {name}, {period or 'everything'}, wanted {wanted:.1f} s"
    compare(what, ours, floor, "plain sums by symptom and outcome in SQL")
    if REPORTS[name].sums:  # others are rows, or are made from every row
        assert min(ours) <= max(wanted, MOST * min(floor))
