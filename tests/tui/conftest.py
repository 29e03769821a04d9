"""Consoles to press keys on."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from syrupy.assertion import SnapshotAssertion

from helpdesk.desk.desk import Desk
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.screens import Console, TextScreen, running
from tests.tui.scenes import known_callers, small_library


@pytest.fixture
def text_screen(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """A screen kept as a file that a reviewer can read."""
    return snapshot.use_extension(TextScreen)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A fresh desk with a few short playbooks."""
    desk.read_playbooks = small_library
    return desk


@pytest.fixture
def other(desk: Desk, home: Path, clock: StillClock) -> Iterator[Desk]:
    """The same desk on a colleague's console."""
    assert desk.folder.home == home
    other = open_as(home, clock, RVANCE, "clerk")
    other.read_playbooks = small_library
    yield other
    other.close()


@pytest.fixture
def known(desk: Desk, clock: StillClock) -> Desk:
    """A desk that knows Dana Whitfield and Lee Whitman."""
    known_callers(desk, clock)
    return desk


@pytest.fixture
def elsewhere(known: Desk) -> Iterator[sqlite3.Connection]:
    """Another program that has the database open."""
    with closing(sqlite3.connect(known.folder.database, isolation_level=None)) as other:
        yield other


@pytest_asyncio.fixture
async def console(known: Desk) -> AsyncIterator[Console]:
    """A console on that desk, 80 columns by 24 rows."""
    async with running(known) as console:
        yield console
