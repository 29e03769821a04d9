"""How long it takes until something can be read.

Of many starts the fastest counts: whatever else the machine does only adds to the others.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.benchmarks.conftest import Compare
from tests.benchmarks.terminal import Terminal

FLOORS = Path(__file__).parent / "floors"
ROUNDS = 11
EMPTY = "an empty Textual program"


def first_screen(*arguments: str, env: dict[str, str]) -> float:
    with Terminal(*arguments, env=env) as terminal:
        return terminal.until("READY") - terminal.started


def test_the_first_screen_on_a_fresh_desk(
    compare: Compare, env: dict[str, str], fresh: Callable[[], str]
) -> None:
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(first_screen(str(FLOORS / "empty_table.py"), env=env))
        ours.append(first_screen("-m", "helpdesk", env=env | {"HELPDESK_HOME": fresh()}))
    compare("first screen, fresh desk", ours, floor, EMPTY, 1.5, of=min)


def test_the_first_screen_of_somebody_who_never_started_it(
    compare: Compare, env: dict[str, str], fresh: Callable[[], str]
) -> None:
    ours, floor = [], []
    for _ in range(ROUNDS):
        folders = {"HELPDESK_HOME": fresh(), "XDG_CACHE_HOME": fresh()}
        floor.append(first_screen(str(FLOORS / "empty_table.py"), env=env))
        ours.append(first_screen("-m", "helpdesk", env=env | folders))
    compare("first screen, fresh desk, empty cache", ours, floor, EMPTY, of=min)


def test_the_first_screen_on_a_busy_desk(
    compare: Compare, env: dict[str, str], busy_home: Path
) -> None:
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(first_screen(str(FLOORS / "empty_table.py"), env=env))
        ours.append(first_screen("-m", "helpdesk", "--home", str(busy_home), env=env))
    compare("first screen, 20,000 tickets", ours, floor, EMPTY, of=min)


def test_the_list_of_tickets(compare: Compare, env: dict[str, str], busy_home: Path) -> None:
    def run(*arguments: str) -> float:
        begun = perf_counter()
        subprocess.run([sys.executable, *arguments], env=env, check=True, capture_output=True)
        return perf_counter() - begun

    ours, floor = [], []
    for _ in range(2 * ROUNDS):
        floor.append(run("-c", "import sqlite3, click"))
        ours.append(run("-m", "helpdesk", "--home", str(busy_home), "tickets", "--limit", "20"))
    least = "python -c 'import sqlite3, click'"
    compare("helpdesk tickets --limit 20, 20,000 tickets", ours, floor, least, of=min)
