"""Garbage is looked for again whoever leaves last, and only where it was looked for before."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.sweeping import unswept

STEPS = st.lists(st.integers(0, 3), max_size=30)
"""Who of four comes, or goes when there already, in whatever order threads do."""


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """Leave it as it was."""
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@given(STEPS, st.booleans())
def test_no_sweep_while_anybody_asks_for_none_and_as_before_afterwards(
    steps: list[int], swept: bool
) -> None:
    (gc.enable if swept else gc.disable)()
    there: dict[int, ExitStack] = {}
    for who in steps:
        if who in there:
            there.pop(who).close()
        else:
            there[who] = ExitStack()
            there[who].enter_context(unswept())
        assert gc.isenabled() == (swept and not there)
    for each in there.values():
        each.close()
    assert gc.isenabled() == swept
