"""How long it takes from a key to what it shows, in a real terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Compare
from tests.benchmarks.terminal import Terminal

FLOORS = Path(__file__).parent / "floors"
TYPED = "the firewall of the firm blocks pop-ups "
ECHO = "an empty Textual program echoing a key"


def echoed(terminal: Terminal, before: str) -> list[float]:
    """Type a sentence and time each letter."""
    shown = [before + TYPED[:place] for place in range(len(TYPED) + 1)]
    return [
        terminal.press(longer[-1], longer)
        for shorter, longer in pairwise(shown)
        if longer.rstrip() != shorter or not longer.endswith(" ")
    ]


@pytest.fixture
def floor(env: dict[str, str]) -> Iterator[list[float]]:
    """What each letter takes in a program that does nothing else."""
    with Terminal(str(FLOORS / "echo.py"), env=env) as terminal:
        terminal.until("READY")
        terminal.settle()
        yield echoed(terminal, "READY ")
