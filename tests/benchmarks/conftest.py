"""Measures the program beside the least that could be done on the same machine in the same run.

Off in an ordinary run. ``pytest tests/benchmarks -o addopts=`` runs it and prints the table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Clock
from tests.support.desks import open_as

TICKETS = 20_000
"""How many tickets the desk has on which typing and listing are measured."""

ALONE = "only measured alone: pytest tests/benchmarks -o addopts="


@dataclass(frozen=True)
class Figure:
    """One thing that was measured."""

    what: str
    """What a person would call it."""

    ours: float
    """How long it took, in seconds."""

    floor: float
    """How long the least took that could be done, in seconds."""

    least: str
    """What that least is."""

    most: float | None
    """The ratio that must not be passed; ``None`` where none is promised."""

    @property
    def ratio(self) -> float:
        """How many times the least it takes."""
        return self.ours / self.floor

    @property
    def holds(self) -> bool:
        """Whether it takes no more than was promised."""
        return self.most is None or self.ratio <= self.most


FIGURES = pytest.StashKey[list[Figure]]()

Compare = Callable[..., Figure]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    beside_others = config.getoption("benchmark_disable", False) or hasattr(config, "workerinput")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(900))
            if beside_others:
                item.add_marker(pytest.mark.skip(reason=ALONE))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    figures = config.stash[FIGURES]
    if not figures:
        return
    terminalreporter.section("beside the least that could be done")
    terminalreporter.write_line(f"{'':52} {'ours':>9} {'least':>9} {'times':>6} {'most':>5}")
    for each in figures:
        most = "" if each.most is None else f"{each.most:.2f}"
        terminalreporter.write_line(
            f"{each.what:52} {each.ours * 1000:6.2f} ms {each.floor * 1000:6.2f} ms "
            f"{each.ratio:6.2f} {most:>5} {' ' if each.holds else '!'} {each.least}",
            red=not each.holds,
        )


@pytest.fixture
def compare(pytestconfig: pytest.Config) -> Compare:
    """Adds a line to the table at the end, and refuses what takes longer than was promised."""

    def compare(
        what: str,
        ours: Sequence[float],
        floor: Sequence[float],
        least: str,
        most: float | None = None,
        of: Callable[[Sequence[float]], float] = median,
    ) -> Figure:
        figure = Figure(what, of(ours), of(floor), least, most)
        pytestconfig.stash[FIGURES].append(figure)
        assert figure.holds, f"{what}: {figure.ratio:.2f} times {least}, at most {most}"
        return figure

    return compare


@pytest.fixture
def env() -> dict[str, str]:
    """The environment of a program that is measured: the test's folders, no pytest."""
    apart = ("PYTEST", "COLUMNS", "LINES", "NO_COLOR", "TEXTUAL")
    return {name: value for name, value in os.environ.items() if not name.startswith(apart)}


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
