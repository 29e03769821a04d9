"""How long acts and searches take beside bare SQLite that does the same."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.callers import add_caller, find_callers
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.opening import open_desk
from helpdesk.desk.outages import unusual_now
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.symptoms import rank_symptoms
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.domain.calls import Caller
from helpdesk.port import Statement
from helpdesk.store.connecting import connected
from tests.benchmarks.conftest import Compare
from tests.support.clock import StillClock
from tests.support.watched import WatchedFile

CALLS = 60
ANSWERS = (
    ("account.upgraded", "yes"), ("account.individual", "yes"), ("cmecf.cmecf", "yes"),
    ("linked", "no"),
)  # fmt: skip
MOST = 1.5
"""How many times the least a call may take to log, and a letter of a search in the store."""
BATCHES = 9
"""In how many transactions a call is written: one a step."""
TYPED = ("w", "wh", "whi", "2", "21", "212", "2125", "firewall", "linking")
LISTED = 50


@pytest.fixture
def busy(busy_home: Path) -> Iterator[Desk]:
    """The busy desk, what was asked of its database remembered."""
    desk = open_desk(Folder(busy_home))
    desk.port.close()
    desk.port = WatchedFile(desk.folder.database)
    yield desk
    desk.close()


def steps_of_a_call(desk: Desk, number: int) -> Iterator[Callable[[], object]]:
    """What a clerk does on a call, one after the other."""
    begun: list[int] = []
    yield lambda: begun.append(start_call(desk))
    (call,) = begun
    who = Caller(0, name=f"Roe, Pat {number}", court="ianb")
    yield lambda: add_caller(desk, call, who, f"212555{number:04}")
    yield lambda: choose_symptom(desk, call, "linking-error", "li")
    for step, answer in ANSWERS:
        yield partial(answer_step, desk, call, step, answer)
    yield lambda: add_action_to_call(desk, call, "instructions-sent", {"by": "e-mail"})
    yield lambda: finish_call(desk, call, "resolved")


def log_a_call(desk: Desk, number: int) -> None:
    for step in steps_of_a_call(desk, number):
        step()


def seconds(do: Callable[[], object]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun


def write(
    connection: sqlite3.Connection, batches: Sequence[tuple[str, int, tuple[Statement, ...]]]
) -> None:
    for op, at, statements in batches:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO op(uid, at) VALUES (?, ?)", (op, at))
        for sql, params in statements:
            connection.execute(sql, params)
        connection.execute("COMMIT")


def test_logging_a_call(compare: Compare, busy: Desk, tmp_path: Path) -> None:
    port = busy.port
    assert isinstance(port, WatchedFile)
    log_a_call(busy, 0)
    port.close()
    twin = Path(shutil.copy(port.path, tmp_path / "twin.db"))
    ours, floor = [], []
    with closing(connected(twin, "rw")) as connection:
        for number in range(1, CALLS):
            port.written.clear()
            ours.append(seconds(partial(log_a_call, busy, number)))
            floor.append(seconds(partial(write, connection, tuple(port.written))))
        newest = "SELECT max(opened_at), count(*) FROM ticket"
        assert connection.execute(newest).fetchall() == port.query(newest).rows
    least = f"the same rows, bare sqlite3, {len(port.written)} transactions"
    compare("logging a call, all commits", ours[1:], floor[1:], least, MOST)


def test_what_is_unusual_today(compare: Compare, busy: Desk) -> None:
    """Asked once a call, when the symptom box opens; beside the queries that it takes."""
    port = busy.port
    assert isinstance(port, WatchedFile)
    newest = port.query("SELECT max(started_at) FROM call WHERE court = 'ianb'").value()
    busy.clock = StillClock(newest)
    port.asked.clear()
    unusual_now(busy, "ianb")
    asked = tuple(port.asked)
    ours = [seconds(partial(unusual_now, busy, "ianb")) for _ in range(CALLS)]
    with closing(connected(port.path, "ro")) as connection:

        def bare() -> None:
            for sql, params in asked:
                connection.execute(sql, params).fetchall()

        floor = [seconds(bare) for _ in range(CALLS)]
    compare("what is unusual today, 20,000 tickets", ours, floor, "the bare queries")


@pytest.mark.parametrize("what", ["caller box", "search", "symptom box"])
def test_typing(what: str, compare: Compare, busy: Desk, benchmark: BenchmarkFixture) -> None:
    asks: dict[str, Callable[[str], object]] = {
        "caller box": lambda typed: find_callers(busy, typed),
        "search": lambda typed: list_tickets(busy, query_of(busy, typed, half_typed=True), LISTED),
        "symptom box": lambda typed: rank_symptoms(busy, typed),
    }
    ask = asks[what]
    port = busy.port
    assert isinstance(port, WatchedFile)
    for typed in TYPED:
        ask(typed)
    asked = tuple(port.asked)
    benchmark(lambda: [ask(typed) for typed in TYPED])
    if not asked:
        return
    ours, floor = [], []
    with closing(connected(port.path, "ro")) as connection:

        def bare() -> None:
            for sql, params in asked:
                connection.execute(sql, params).fetchall()

        for _ in range(CALLS):  # in turn, so that what else the machine does slows both
            ours.append(seconds(lambda: [ask(typed) for typed in TYPED]) / len(TYPED))
            floor.append(seconds(bare) / len(TYPED))
    most = MOST if what == "search" else None
    compare(f"{what}, 20,000 tickets, the store, a letter", ours, floor, "the bare queries", most)
