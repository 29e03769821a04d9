"""How long it takes to make a large desk, how much memory, and how large the file is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk.desk import Folder
from helpdesk.store.connecting import connected
from tests.benchmarks.conftest import Compare, Limit
from tests.benchmarks.made_desks import MadeDesk, helpdesk, measured
from tests.benchmarks.table import BYTES

MINUTES = 3
FEW = 5_000
MEMORY_GROWS = 1.25
"""How much more memory a large history may need than one of ``FEW`` tickets."""
FILE_GROWS = 2.5
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"


def test_making_the_desk(
    compare: Compare,
    limit: Limit,
    large_desk: MadeDesk,
    env: dict[str, str],
    fresh: Callable[[], str],
) -> None:
    if large_desk.took is None:
        pytest.skip("nobody noted what making the desk took: it was not made by this suite")
    if large_desk.tickets <= FEW:
        pytest.skip("the desk is too small to tell")
    made = f"helpdesk demo --tickets {large_desk.tickets}"
    few = measured(helpdesk("--home", fresh(), "demo", "--tickets", str(FEW)), env)
    limit(made, large_desk.took.seconds, MINUTES * 60)
    compare(
        f"{made}, peak memory", [large_desk.took.peak], [few.peak], f"that of {FEW:,} tickets",
        MEMORY_GROWS, unit=BYTES,
    )  # fmt: skip


def text_bytes(path: Path) -> int:
    """The bytes of everything that stands in a column of type TEXT, indexes left out."""
    with closing(connected(path, "ro")) as connection:
        total = 0
        for (table,) in connection.execute(TABLES).fetchall():
            named = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            texts = [name for _, name, kind, *_ in named if kind == "TEXT"]
            if texts:
                sums = " + ".join(f'coalesce(length(CAST("{name}" AS BLOB)), 0)' for name in texts)
                found = connection.execute(f'SELECT sum({sums}) FROM "{table}"').fetchone()[0]
                total += found or 0
        return total


def test_the_file_beside_what_stands_in_it(compare: Compare, million_home: Path) -> None:
    path = Folder(million_home).database
    least = "the bytes of all its TEXT columns"
    compare(
        "the file", [path.stat().st_size], [text_bytes(path)], least, FILE_GROWS, unit=BYTES
    )  # fmt: skip
