"""Measures the program beside the least that could be done on the same machine in the same run.

Off in an ordinary run. ``pytest tests/benchmarks -o addopts=`` runs it and prints the table;
``--as-markdown`` prints it as the README shows it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Clock
from tests.benchmarks.made_desks import MOST_TICKETS, MadeDesk, made_desk, outside_pytest
from tests.benchmarks.table import SECONDS, Figure, as_markdown, as_text, machine, table_of
from tests.benchmarks.terminal import Terminal
from tests.support.desks import open_as

TICKETS = 20_000
"""How many tickets the desk has on which typing and listing are measured."""

ALONE = "only measured alone: pytest tests/benchmarks -o addopts="
PATIENCE = 3_600
"""Seconds; the first test that needs the large desk waits until it is made."""

Place = tuple[str, int]
"""The file of a test, and its line."""

FIGURES: Final[pytest.StashKey[list[tuple[Place, Figure]]]] = pytest.StashKey()
SECTIONS: Final[pytest.StashKey[dict[str, list[str]]]] = pytest.StashKey()
FAILED: Final[pytest.StashKey[list[str]]] = pytest.StashKey()

FLOORS = Path(__file__).parent / "floors"
ECHO = "an empty Textual program echoing a key"
CELLS = "an empty Textual program that paints as many cells"
ROWS = slice(4, -3)
"""Where the rows of a list stand on the screen."""

Compare = Callable[..., Figure]
Pressed = Callable[[], float]
"""Presses a key in a floor, and gives the seconds it took."""

Limit = Callable[..., Figure]
Tell = Callable[[str, Sequence[str]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    said = "print the table of benchmarks as a README shows it"
    parser.addoption("--as-markdown", action="store_true", help=said)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []
    config.stash[SECTIONS] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    beside_others = config.getoption("benchmark_disable", False) or hasattr(config, "workerinput")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(PATIENCE))
            if beside_others:
                item.add_marker(pytest.mark.skip(reason=ALONE))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test at its end when a row of it did not hold."""
    yield
    failed = item.stash.get(FAILED, [])
    if failed:
        pytest.fail("\n".join(failed), pytrace=False)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    told = config.stash[FIGURES]
    figures = [each for _, each in sorted(told, key=lambda each: (each[0], each[1].what))]
    markdown = bool(config.getoption("as_markdown", False))
    for title, lines in config.stash[SECTIONS].items():
        terminalreporter.section(title)
        for line in lines:
            terminalreporter.write_line(line)
    if figures:
        terminalreporter.section("beside the least that could be done")
        terminalreporter.write_line(machine())
        promised = sorted(figures, key=lambda each: not each.is_promised)
        lines = list((as_markdown if markdown else as_text)(table_of(promised)))
        heads = len(lines) - len(promised)
        for place, line in enumerate(lines):
            red = place >= heads and not promised[place - heads].holds
            terminalreporter.write_line(line, red=red)


@pytest.fixture
def compare(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Compare:
    """Adds a line to the table at the end; the test fails if it passes what was promised.

    The test goes on after such a line, so that one line keeps no other from being measured.
    """
    item = request.node

    def compare(
        what: str,
        ours: Sequence[float],
        floor: Sequence[float],
        least: str,
        most: float | None = None,
        of: Callable[[Sequence[float]], float] = median,
        *,
        within: float | None = None,
        either: bool = False,
        unit: str = SECONDS,
    ) -> Figure:
        least_of = of(floor) if floor else None
        figure = Figure(what, of(ours), least_of, least, most, within, either, unit)
        place = (str(item.path), item.location[1] or 0)
        pytestconfig.stash[FIGURES].append((place, figure))
        if not figure.holds:
            told = f"{what}: {' '.join(figure.cells()[1:4])}, wanted {figure.wanted}"
            item.stash[FAILED] = [*item.stash.get(FAILED, []), told]
        return figure

    return compare


@pytest.fixture
def limit(compare: Compare) -> Limit:
    """Adds a line for what must not pass a limit by itself."""

    def limit(
        what: str, ours: float, within: float | None, unit: str = SECONDS, said: str = ""
    ) -> Figure:
        return compare(what, [ours], [], said, within=within, unit=unit)

    return limit


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Tell:
    """Adds a section of its own above the table."""

    def tell(title: str, lines: Sequence[str]) -> None:
        pytestconfig.stash[SECTIONS].setdefault(title, []).extend(lines)

    return tell


@pytest.fixture
def env() -> dict[str, str]:
    """The environment of a program that is measured: the test's folders, no pytest."""
    return outside_pytest(os.environ)


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], str]:
    """Names a folder that is not there yet, another one each time."""
    numbers = count(1)
    return lambda: str(tmp_path / f"fresh-{next(numbers)}")


@pytest.fixture(scope="session")
def busy_home(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Path:
    """A desk folder with ``TICKETS`` made-up tickets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache_folder))
        home = tmp_path_factory.mktemp("busy")
        desk = open_as(home, Clock(), (os.getuid(), "mortiz"))
        fill_demo(desk, TICKETS)
        desk.close()
    return home


@pytest.fixture(scope="session")
def large_desk() -> MadeDesk:
    """The desk of a million tickets, or as many as ``HELPDESK_BENCH_TICKETS`` says."""
    named = os.environ.get("HELPDESK_BENCH_HOME")
    return made_desk(MOST_TICKETS, Path(named) if named else None)


@pytest.fixture(scope="session")
def million_home(large_desk: MadeDesk) -> Path:
    """The folder of that desk: made once and kept, so nothing that is there may be changed."""
    return large_desk.home


@pytest.fixture
def echo(env: dict[str, str]) -> Iterator[Pressed]:
    """A key in a program that shows what is typed and does nothing else."""
    with Terminal(str(FLOORS / "echo.py"), env=env) as terminal:
        terminal.until("READY")
        terminal.settle(1)
        yield lambda: terminal.change("x", slice(1, 6))


@pytest.fixture
def cells(env: dict[str, str]) -> Iterator[Pressed]:
    """A key in a program that paints all its lines anew and does nothing else."""
    with Terminal(str(FLOORS / "cells.py"), env=env) as terminal:
        terminal.until("READY")
        terminal.settle(1)
        yield lambda: terminal.change("x", ROWS)
