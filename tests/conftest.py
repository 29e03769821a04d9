"""What every test stands on: a clock that stands still, and folders that are nobody's."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from helpdesk.desk.desk import Desk
from tests.support.clock import StillClock
from tests.support.desks import files_of, open_as

CHECKOUT = Path(__file__).resolve().parents[1]

# The machine may be busy: no test is about how long one example takes. The same examples each
# time: what passed once says the same on the next machine. ``--hypothesis-profile=search`` looks
# for others.
house = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("house", house)
settings.register_profile("search", house, derandomize=False, max_examples=1_000)
settings.load_profile("house")


def pytest_collection_finish() -> None:
    """Leave the thousands of tests out of every sweep: a console sweeps each second."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _checkout_data_stays_as_it_is() -> Iterator[None]:
    """Fail when a test wrote into the checkout's ``data/``."""
    before = files_of(CHECKOUT / "data")
    yield
    assert files_of(CHECKOUT / "data") == before, "a test wrote into the checkout's data/"


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder, shared by the tests of one process: playbooks are read once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _nobodys_folders(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a test, and every program it starts, out of the checkout and the user's folders."""
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_folder))
    for name in ("state", "data", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))


@pytest.fixture
def clock() -> StillClock:
    """Monday 1 June 2026, 09:14:03 in New York, until the test moves it."""
    return StillClock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The desk folder that ``HELPDESK_HOME`` names; not made yet."""
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path, clock: StillClock) -> Iterator[Desk]:
    """A fresh desk on which mortiz, an admin, is signed in."""
    desk = open_as(home, clock)
    yield desk
    desk.close()
