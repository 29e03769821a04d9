"""Side by side with what one would otherwise take: Roundup, and a CSV file in pandas.

``pip install -e '.[bench]'`` brings both; without them this is skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.logged import log_call
from helpdesk.desk.report_scope import Question, period_of
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from helpdesk.domain.tickets import STATUSES
from helpdesk.store.ticket_lists import count_tickets
from tests.benchmarks.conftest import Compare
from tests.benchmarks.growing import opened, timed
from tests.benchmarks.made_desks import KEPT, MOST_TICKETS, copied, helpdesk, made_desk

if TYPE_CHECKING:
    from tests.benchmarks.tracker import Tracker

TICKETS = min(10_000, MOST_TICKETS)
CALLS_OF = min(100_000, MOST_TICKETS)
"""How many tickets the desk has whose calls pandas reads."""
ROUNDS = 15
LISTED = 50
WORD = "firewall"
NOTE = "The firewall of the firm blocks the page for linking; told them which address to allow."
NONE = "not installed: pip install -e '.[bench]' brings what is measured beside ours"
TEXTS = """
SELECT coalesce(t.symptom, 'no symptom') || ' ' || coalesce(c.name, ''),
    coalesce((SELECT group_concat(n.text, ' ') FROM note n WHERE n.ticket = t.id), '') || ' '
    || coalesce((SELECT group_concat(a.step || ' ' || a.answer, ' ')
        FROM answer a WHERE a.ticket = t.id), ''), t.status
FROM ticket t LEFT JOIN caller c ON c.id = t.caller ORDER BY t.opened_at, t.id
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that may be written to."""
    home = copied(made_desk(TICKETS).home, tmp_path_factory.mktemp("ours") / "desk")
    with opened([home]) as (desk,):
        yield desk


@pytest.fixture(scope="module")
def theirs(ours: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    """A tracker with the same tickets, made once and kept; this is a copy of it."""
    pytest.importorskip("roundup", reason=f"Roundup is {NONE}")
    from tests.benchmarks.tracker import Tracker, make_tracker

    kept = KEPT / f"roundup-{TICKETS}"
    if not kept.exists():
        rows = ours.port.query(TEXTS).rows
        make_tracker(kept, ((title, text, STATUSES.index(status)) for title, text, status in rows))
    home = shutil.copytree(kept, tmp_path_factory.mktemp("theirs") / "tracker")
    tracker = Tracker(home)
    yield tracker
    tracker.close()


ROUNDUP = f"Roundup, {TICKETS:,} tickets"


@pytest.mark.filterwarnings("ignore")
def test_creating_a_ticket(ours: Desk, theirs: Tracker, compare: Compare) -> None:
    def create(number: int) -> None:
        who = Caller(0, name=f"Roe, Pat {number}")
        record = CallRecord(
            ours.clock.now() - 60, "ianb", caller=who, phone=f"212555{number:04}",
            symptom="linking-error", note=NOTE, talk_s=60,
        )  # fmt: skip
        log_call(ours, record)

    def create_there(number: int) -> None:
        theirs.create(f"linking-error Roe, Pat {number}", NOTE, theirs.statuses[0])

    mine, other = [], []
    for number in range(2 * ROUNDS):
        mine.append(timed(lambda number=number: create(number)))  # type: ignore[misc]
        other.append(timed(lambda number=number: create_there(number)))  # type: ignore[misc]
    compare("creating a ticket", mine, other, ROUNDUP, 1.0)


@pytest.mark.filterwarnings("ignore")
def test_listing_the_newest(ours: Desk, theirs: Tracker, compare: Compare) -> None:
    query = query_of(ours, "")
    assert len(list_tickets(ours, query, LISTED)) == len(theirs.newest(LISTED)) == LISTED
    mine, other = [], []
    for _ in range(ROUNDS):
        mine.append(timed(lambda: list_tickets(ours, query, LISTED)))
        other.append(timed(lambda: theirs.newest(LISTED)))
    compare(f"listing the newest {LISTED}", mine, other, ROUNDUP, 1.0)


@pytest.mark.filterwarnings("ignore")
def test_searching_a_word(ours: Desk, theirs: Tracker, compare: Compare) -> None:
    assert len(list_tickets(ours, query_of(ours, WORD), LISTED)) > 0
    assert len(theirs.search(WORD, LISTED)) > 0
    mine, other = [], []
    for _ in range(ROUNDS):
        mine.append(timed(lambda: list_tickets(ours, query_of(ours, WORD), LISTED)))
        other.append(timed(lambda: theirs.search(WORD, LISTED)))
    compare(f"searching a word, the newest {LISTED}", mine, other, ROUNDUP, 1.0)


@pytest.mark.filterwarnings("ignore")
def test_counting_by_status(ours: Desk, theirs: Tracker, compare: Compare) -> None:
    queries = [query_of(ours, f"status:{each}") for each in STATUSES if each != "merged"]

    def counts() -> list[int]:
        now = ours.clock.now()
        return [count_tickets(ours.port, each, now, 10**9) for each in queries]

    assert min(sum(counts()), sum(theirs.counts().values())) >= TICKETS
    mine, other = [], []
    for _ in range(ROUNDS):
        mine.append(timed(counts))
        other.append(timed(theirs.counts))
    compare("counting all by status", mine, other, ROUNDUP, 1.0)


def test_the_month_in_pandas(compare: Compare, tmp_path: Path, env: dict[str, str]) -> None:
    pandas = pytest.importorskip("pandas", reason=f"pandas is {NONE}")
    home, file = made_desk(CALLS_OF).home, tmp_path / "calls.csv"
    words = ("--home", str(home), "export", "calls", "--out", str(file))
    subprocess.run(helpdesk(*words), env=env, check=True, capture_output=True)
    times = ["started_at"]
    with opened([home]) as (desk,):
        meant = period_of(desk, "last-month", "", "")
        since, until = (
            pandas.Timestamp(end, unit="s", tz="UTC") for end in (meant.start, meant.end)
        )

        def load() -> object:
            return pandas.read_csv(file, parse_dates=times, encoding="utf-8-sig")

        def figures(calls: object) -> object:
            begun = calls["started_at"]  # type: ignore[index]
            month = calls[(begun >= since) & (begun < until)]  # type: ignore[index]
            seconds = month[["talk_s", "hold_s", "wrap_s"]].sum(axis=1)
            by = month.assign(seconds=seconds).groupby("symptom")
            return (
                by["seconds"].agg(["count", "mean", "median"]),
                by["outcome"].value_counts().unstack(),
                by["seconds"].quantile(0.9),
            )

        calls = load()
        figures(calls)
        report = Question("by-symptom", "last-month")
        make_report(desk, report)
        mine, other, again = [], [], []
        for _ in range(5):
            mine.append(timed(lambda: make_report(desk, report)))
            other.append(timed(lambda: figures(load())))
            again.append(timed(lambda: figures(calls)))
    said = f"calls by symptom, last month of {CALLS_OF:,} tickets"
    compare(said, mine, other, "pandas: read_csv of the export and group by", 1.0)
    compare(f"{said}, again", mine, again, "pandas with the file already in memory")
