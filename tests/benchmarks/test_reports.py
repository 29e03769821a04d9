"""How long reports take, of a month and of everything, beside bare SQL for about the same.

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
from helpdesk.stats.catalogue import CATALOGUE
from helpdesk.stats.reports import REPORTS
from helpdesk.store.connecting import connected
from tests.benchmarks.bare_reports import BARE
from tests.benchmarks.conftest import Compare

TIMES = 3
MONTH_SECONDS = 0.2
WHOLE_SECONDS = 1.5
MOST = 1.25


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


@pytest.mark.parametrize("name", BARE)
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
    sql, least = BARE[name]
    with closing(connected(large.folder.database, "ro")) as bare:
        ends = (meant.start, meant.end)
        floor = [seconds(lambda: bare.execute(sql, ends).fetchall()) for _ in range(TIMES)]
    what = f"{CATALOGUE[name].code} {name}, {'a month' if period else 'everything'}"
    compare(what, ours, floor, f"SQL: {least}", MOST, min, within=wanted, either=True)


def test_every_report_that_grows_with_the_desk_is_measured() -> None:
    assert set(REPORTS) - set(BARE) == {"hand-over", "incidents"}
