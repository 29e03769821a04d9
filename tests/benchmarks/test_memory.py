"""How much memory a console in use has on a large desk, and that it does not grow.

``HELPDESK_BENCH_MINUTES`` says how long the console is used; ten minutes if nothing is said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Final

import pytest

from tests.benchmarks.conftest import FLOORS, Compare
from tests.benchmarks.made_desks import MadeDesk, copied
from tests.benchmarks.repertoire import deeds
from tests.benchmarks.table import BYTES
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.test_start import EMPTY, desk_size

MINUTES: Final = float(os.environ.get("HELPDESK_BENCH_MINUTES", "10"))
SEED: Final = 7
QUICK: Final = 0.03
"""Seconds without a byte after which the next key is pressed."""

MOST_MORE: Final = 35e6
MOST_GROWTH: Final = 1.05
"""How many times its memory in the first half of the time a console may have in the second."""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells how much memory it is"
)


@pytest.fixture
def floor(env: dict[str, str]) -> int:
    """What a program has that shows a table and does nothing."""
    with Terminal(str(FLOORS / "empty_table.py"), env=env) as terminal:
        terminal.until("READY")
        terminal.settle(1)
        return terminal.memory()


@pytest.fixture
def home(large_desk: MadeDesk, tmp_path: Path, env: dict[str, str]) -> Iterator[Path]:
    """A copy of the large desk, to be written to; its playbooks were read at an earlier start."""
    home = copied(large_desk.home, tmp_path / "copy")
    read = [sys.executable, "-m", "helpdesk", "--home", str(home), "playbooks", "find", "linking"]
    subprocess.run(read, env=env, check=True, capture_output=True)
    yield home
    shutil.rmtree(tmp_path / "copy")


def used(terminal: Terminal, minutes: float) -> Iterator[tuple[int, int]]:
    """Do what a clerk does, drawn by lot, and tell the memory after each thing done.

    Yields:
        The console's own, and that with what it has begun beside: sums of days, a night's work.
    """
    end = monotonic() + 60 * minutes
    for keys in deeds(SEED):
        for key in keys:
            terminal.let(key, QUICK)
        terminal.until("READY . home")
        yield terminal.memory(), terminal.memory_of_all()
        if monotonic() > end:
            return


def test_a_console_in_use_stays_small(
    compare: Compare, env: dict[str, str], floor: int, home: Path, large_desk: MadeDesk
) -> None:
    with Terminal("-m", "helpdesk", "--home", str(home), env=env) as terminal:
        terminal.until("READY")
        terminal.settle(1)
        found, all_found = zip(*used(terminal, MINUTES), strict=True)
    what = f"memory of a console, {desk_size(large_desk)}, {MINUTES:g} minutes of use"
    compare(what, found, [floor], EMPTY, of=max, within=floor + MOST_MORE, unit=BYTES)
    all_said = f"{what}, with the processes that it began, at most"
    compare(all_said, all_found, [floor], EMPTY, of=max, unit=BYTES)
    later = found[len(found) // 4 :]  # by then most screens were opened once
    half, first = len(later) // 2, "the first half, most screens opened before"
    compare(f"{what}, second half", later[half:], later[:half], first, MOST_GROWTH, unit=BYTES)
