from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.store.opening import open_file
from helpdesk.store.sqlite_file import SqliteFile
from tests.support.clock import START


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database lies; its folder is not made yet."""
    return tmp_path / "home" / "data" / "helpdesk.db"


@pytest.fixture
def port(path: Path) -> Iterator[SqliteFile]:
    """A fresh database."""
    port = open_file(path, START)
    yield port
    port.close()


@pytest.fixture
def other(port: SqliteFile) -> Iterator[SqliteFile]:
    """The same database as another program has it open."""
    other = open_file(port.path, START)
    yield other
    other.close()
