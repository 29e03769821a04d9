"""How long lists and searches take beside the bare statements: as one types, pages, counts.

``DESK=FOLDER pytest tests/benchmarks/test_lists.py -o addopts=`` measures a desk that is there,
such as one that ``helpdesk --home FOLDER demo --tickets 1000000`` made.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest

from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.opening import open_desk
from helpdesk.desk.tickets import count_tickets, list_tickets, query_of
from helpdesk.store.connecting import connected
from tests.benchmarks.conftest import Compare
from tests.support.watched import WatchedFile

TIMES = 200
PAGE = 100
MOST = 1.5
MOST_SECONDS = 0.030
"""What a letter of a search may take in the store, 95 of a hundred: this too."""
TYPED = (
    "linking", "yes", "whitfield", "firewall", "0144", "court:ianb linking", "status:open cache",
    "clerk:jlee", "-firewall", "symptom:linking opened:2026-03", "caller:whitfield",
)  # fmt: skip
LISTED = (
    "", "status:open", "status:open linking", "-status:resolved", "court:ianb", "-court:ianb",
    "opened:2026-03 linking", "changed:last-30d", "due:next-30d", "is:late", "dur>20m",
    "reopened:yes", "sort:oldest", "sort:changed", "sort:due", "sort:changed whitfield",
)  # fmt: skip


@pytest.fixture(scope="module")
def large(busy_home: Path) -> Iterator[Desk]:
    """The desk that is measured, what was asked of its database remembered."""
    desk = open_desk(Folder(Path(os.environ.get("DESK", busy_home))))
    desk.port.close()
    desk.port = WatchedFile(desk.folder.database)
    yield desk
    desk.close()


def late(seconds: Sequence[float]) -> float:
    """What 95 of a hundred do not pass."""
    return sorted(seconds)[int(len(seconds) * 0.95)]


def measured(desk: Desk, asks: Sequence[Callable[[], object]]) -> tuple[list[float], list[float]]:
    """Ask all of it again and again, and ask bare SQLite the same statements in between."""
    port = desk.port
    assert isinstance(port, WatchedFile)
    ours, floor = [], []
    with closing(connected(port.path, "ro")) as connection:
        for place in range(TIMES):
            ask = asks[place % len(asks)]
            port.asked.clear()
            ours.append(seconds(ask))
            asked = tuple(port.asked)
            floor.append(seconds(lambda asked=asked: bare(connection, asked)))  # type: ignore[misc]
    return ours, floor


def seconds(do: Callable[[], object]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun


def bare(
    connection: sqlite3.Connection, asked: Sequence[tuple[str, Sequence[str | int | float | None]]]
) -> None:
    for sql, params in asked:
        connection.execute(sql, params).fetchall()


def letters(text: str) -> list[str]:
    return [text[:end] for end in range(1, len(text) + 1)]


@pytest.mark.parametrize("typed", TYPED)
def test_searching_as_one_types(typed: str, compare: Compare, large: Desk) -> None:
    def ask(text: str) -> None:
        list_tickets(large, query_of(large, text, half_typed=True), PAGE)

    asks = [lambda text=text: ask(text) for text in letters(typed)]
    ours, floor = measured(large, asks)
    said = f"each letter of {typed}, 95 %"
    compare(said, ours, floor, "the bare statements", MOST, late, within=MOST_SECONDS)


@pytest.mark.parametrize("typed", LISTED)
@pytest.mark.parametrize("what", ["first page", "next page", "last page", "count"])
def test_lists(what: str, typed: str, compare: Compare, large: Desk) -> None:
    query = query_of(large, typed)
    rows = list_tickets(large, query, PAGE)
    asks: dict[str, Callable[[], object]] = {
        "first page": lambda: list_tickets(large, query, PAGE),
        "next page": lambda: list_tickets(large, query, PAGE, rows[-1] if rows else None),
        "last page": lambda: list_tickets(large, query, PAGE, backwards=True),
        "count": lambda: count_tickets(large, query),
    }
    ours, floor = measured(large, [asks[what]])
    said = f"{what} of {typed or 'all'}, 95 %"
    compare(said, ours, floor, "the bare statements", of=late)
