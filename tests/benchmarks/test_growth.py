"""How each figure changes from a thousand tickets to a million: nothing a clerk touches grows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Compare, Tell
from tests.benchmarks.growing import (
    READING,
    REPORT,
    Growth,
    first_screen,
    in_turn,
    logging,
    newest_tickets,
    opened,
    reporting,
)
from tests.benchmarks.made_desks import MOST_TICKETS, MadeDesk, copied, made_desk
from tests.benchmarks.table import as_text

FEW = 1_000
SIZES = [*(size for size in (FEW, 10_000, 100_000) if size < MOST_TICKETS), MOST_TICKETS]
ROUNDS = 120
STARTS = 5
CALLS = 15
REPORTS = 3
MOST = 1.5
SPARE_SECONDS = 0.002
"""So much more nobody feels, whatever the ratio: a ticket in a deeper tree."""


@pytest.fixture(scope="module")
def homes(large_desk: MadeDesk) -> list[Path]:
    """A desk of each size, the smallest first."""
    return [*(made_desk(size).home for size in SIZES[:-1]), large_desk.home]


@pytest.fixture
def copies(homes: list[Path], tmp_path: Path) -> Iterator[list[Path]]:
    """The same desks, to be written to."""
    yield [copied(home, tmp_path / home.name) for home in homes]
    for home in homes:
        shutil.rmtree(tmp_path / home.name)


def test_nothing_that_a_clerk_touches_grows_with_the_desk(
    homes: list[Path], copies: list[Path], env: dict[str, str], compare: Compare, tell: Tell
) -> None:
    growth = Growth([f"{size:,}" for size in SIZES])
    for name, program in (("first screen", first_screen), ("tickets --limit 20", newest_tickets)):
        starts = [[program(home, env) for home in homes] for _ in range(STARTS)]
        growth.rows[name] = [min(each) for each in zip(*starts, strict=True)]
    with opened(homes) as desks:
        for name, ready in READING.items():
            growth.rows[name] = in_turn([ready(desk) for desk in desks], ROUNDS)
    with opened(copies) as desks:
        growth.rows["logging a call"] = in_turn([logging(desk) for desk in desks], CALLS)
    for name, took in growth.rows.items():
        compare(
            f"{name}, {SIZES[-1]:,} tickets", [took[-1]], [took[0]], f"with {FEW:,} tickets",
            MOST, within=took[0] + SPARE_SECONDS, either=True,
        )  # fmt: skip
    with opened(homes) as desks:  # a month of it grows with the desk
        growth.rows[REPORT] = in_turn([reporting(desk) for desk in desks], REPORTS)
    tell("growth with the number of tickets", [*as_text(growth.table()), *growth.plot(SIZES)])
