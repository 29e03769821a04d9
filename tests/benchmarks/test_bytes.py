"""How many bytes a key on the call screen sends to the terminal: a slow line makes them felt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.benchmarks.conftest import CELLS, FLOORS, Compare
from tests.benchmarks.repertoire import BACK, DOWN, ENTER, ESCAPE
from tests.benchmarks.table import BYTES
from tests.benchmarks.terminal import TALL, Terminal
from tests.benchmarks.test_keys import MOST

ROUNDS: Final = 2
MOST_BYTES: Final = 4096
QUIET: Final = 0.4
"""Seconds without a byte after which nothing more is expected; the clock ticks each second."""

CALL: Final = (
    ("n, a new call", "n"),
    ("a letter in the caller box", "l"), ("a letter in the caller box", "e"),
    ("a row down in a box", DOWN), ("a caller chosen", ENTER), ("leaving a box", ESCAPE),
    ("the symptom box", "s"),
    ("a letter in the symptom box", "l"), ("a letter in the symptom box", "i"),
    ("a symptom chosen", ENTER), ("an answer", "y"), ("an answer", "n"),
    ("an earlier step again", BACK), ("the note opened", "i"), ("a letter of a note", "x"),
    ("a letter of a note", "y"), ("a note kept", ENTER), ("the menu of actions", "a"),
    ("leaving the menu", ESCAPE), ("the whole step", "k"), ("back from the step", ESCAPE),
    ("the caller's card", "C"), ("back from the card", ESCAPE), ("help", "?"),
    ("back from help", ESCAPE), ("h, hanging up", "h"), ("the outcome", "d"),
)  # fmt: skip
"""What is pressed on a call, one after the other."""


@pytest.fixture(params=[TALL, (80, 24)], ids=["120x40", "80x24"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


@pytest.fixture
def console(env: dict[str, str], busy_home: Path, size: tuple[int, int]) -> Iterator[Terminal]:
    """The first screen of the busy desk."""
    with Terminal("-m", "helpdesk", "--home", str(busy_home), env=env, size=size) as terminal:
        terminal.until("READY")
        terminal.settle(1)
        yield terminal


@pytest.fixture
def floor(env: dict[str, str], size: tuple[int, int]) -> list[float]:
    """What a key sends in a program that does nothing but paint all its lines anew."""
    with Terminal(str(FLOORS / "cells.py"), env=env, size=size) as terminal:
        terminal.until("READY")
        terminal.settle(1)
        return [terminal.let("x", QUIET) for _ in range(3)]


def test_a_key_of_a_call_sends_little(
    compare: Compare, floor: Sequence[float], console: Terminal, size: tuple[int, int]
) -> None:
    sent: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for what, key in CALL:
            sent.setdefault(what, []).append(console.let(key, QUIET))
        console.until("READY")
        console.settle(1)
    columns, rows = size
    for what, each in sent.items():
        compare(
            f"bytes, {columns}x{rows}, {what}", each, floor, CELLS, MOST, max,
            within=MOST_BYTES, either=True, unit=BYTES,
        )  # fmt: skip
