"""How long it takes until everything can be read: the first line, the rows and the keys.

Of many starts the fastest counts: whatever else the machine does only adds to the others.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.benchmarks.conftest import Compare
from tests.benchmarks.made_desks import MOST_TICKETS, MadeDesk
from tests.benchmarks.terminal import Terminal

FLOORS = Path(__file__).parent / "floors"
PROGRAM = str(Path(sys.executable).with_name("helpdesk"))
"""What is started as people start it."""

WHOLE = r"(?s)READY \| home.*(?:Newest of|No ticket yet).*help"
WHOLE_FLOOR = r"(?s)Empty.*READY.*Quit"
ROUNDS = 11
EMPTY = "an empty Textual program"
BARE = """
import sqlite3, click
rows = sqlite3.connect({!r}).execute(
    "SELECT t.*, k.login, c.name FROM ticket t JOIN clerk k ON k.id = t.clerk "
    "LEFT JOIN caller c ON c.id = t.caller ORDER BY t.opened_at DESC, t.id DESC LIMIT 20"
).fetchall()
for row in rows:
    print(row)
"""


def first_screen(*arguments: str, env: dict[str, str]) -> float:
    with Terminal(PROGRAM, *arguments, env=env) as terminal:
        return terminal.until(WHOLE) - terminal.started


def empty_screen(env: dict[str, str]) -> float:
    with Terminal(str(FLOORS / "empty_table.py"), env=env) as terminal:
        return terminal.until(WHOLE_FLOOR) - terminal.started


def desk_size(desk: MadeDesk) -> str:
    return f"{desk.tickets or MOST_TICKETS:,} tickets"


def test_the_first_screen_on_a_fresh_desk(
    compare: Compare, env: dict[str, str], fresh: Callable[[], str]
) -> None:
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(empty_screen(env))
        ours.append(first_screen(env=env | {"HELPDESK_HOME": fresh()}))
    compare("first screen, fresh desk", ours, floor, EMPTY, 1.25, of=min)


def test_the_first_screen_of_somebody_who_never_started_it(
    compare: Compare, env: dict[str, str], fresh: Callable[[], str]
) -> None:
    ours, floor = [], []
    for _ in range(ROUNDS):
        folders = {"HELPDESK_HOME": fresh(), "XDG_CACHE_HOME": fresh()}
        floor.append(empty_screen(env))
        ours.append(first_screen(env=env | folders))
    compare("first screen, fresh desk, empty cache", ours, floor, EMPTY, of=min)


def test_the_first_screen_on_a_busy_desk(
    compare: Compare, env: dict[str, str], large_desk: MadeDesk
) -> None:
    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(empty_screen(env))
        ours.append(first_screen("--home", str(large_desk.home), env=env))
    compare(f"first screen, {desk_size(large_desk)}", ours, floor, EMPTY, 1.25, of=min)


def test_the_list_of_tickets(compare: Compare, env: dict[str, str], large_desk: MadeDesk) -> None:
    def run(*arguments: str) -> float:
        begun = perf_counter()
        subprocess.run([sys.executable, *arguments], env=env, check=True, capture_output=True)
        return perf_counter() - begun

    home, size = str(large_desk.home), desk_size(large_desk)
    bare = BARE.format(str(large_desk.home / "data" / "helpdesk.db"))
    ours, floor = [], []
    for _ in range(2 * ROUNDS):
        floor.append(run("-c", bare))
        ours.append(run(PROGRAM, "--home", home, "tickets", "--limit", "20"))
    least = "python -c 'import sqlite3, click' and the bare query"
    compare(f"helpdesk tickets --limit 20, {size}", ours, floor, least, 1.5, of=min)
