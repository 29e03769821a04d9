"""What a wheel of this checkout would hold, and what it would not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.conftest import CHECKOUT

SHIPPED = {
    "helpdesk": (".py", ".sql", ".tcss", ".typed"),
    "data": (".yaml",),
    "playbooks": (".yaml",),
}
LEFT_LYING = (
    "data/helpdesk.db", "data/helpdesk.db-wal", "data/desk.yaml", "data/calls.csv",
    "data/backups/helpdesk-2026-06-01.db", "playbooks/linking/notes.txt",
    "helpdesk/__pycache__/errors.cpython-311.pyc", "helpdesk/store/helpdesk.db", "export.xlsx",
)  # fmt: skip


def sources(top: Path) -> Iterator[str]:
    for folder, suffixes in SHIPPED.items():
        for path in sorted((top / folder).rglob("*")):
            if path.suffix in suffixes or path.name in suffixes or path.name == "py.typed":
                yield str(path.relative_to(top))


def place(name: str) -> str:
    """Where a file of the checkout lies in the wheel."""
    return name if name.startswith("helpdesk/") else f"helpdesk/_bundled/{name}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout in which things were left lying that nobody must get.

    It has no ``.gitignore``: what is shipped must not hang on one.
    """
    top = tmp_path / "checkout"
    for folder in SHIPPED:
        hidden = shutil.ignore_patterns("*.db*", "__pycache__", "desk.yaml", "backups")
        shutil.copytree(CHECKOUT / folder, top / folder, ignore=hidden)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(CHECKOUT / name, top)
    return top


def wheel(top: Path) -> set[str]:
    """The files of the wheel that would be built from a checkout."""
    return {
        file.distribution_path.replace("\\", "/")
        for file in WheelBuilder(str(top)).recurse_included_files()
    }


def test_a_wheel_holds_every_source_and_nothing_else(checkout: Path) -> None:
    expected = {place(name) for name in sources(checkout)}
    for name in LEFT_LYING:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_bytes(b"SQLite format 3\0")
    assert wheel(checkout) == expected
    assert {"helpdesk/py.typed", "helpdesk/store/m001.sql", "helpdesk/tui/app.tcss"} <= expected
    assert {
        "helpdesk/_bundled/data/courts.yaml",
        "helpdesk/_bundled/playbooks/facts.yaml",
    } <= expected


def test_a_playbook_of_a_new_theme_is_shipped(checkout: Path) -> None:
    (checkout / "playbooks" / "parking").mkdir()
    (checkout / "playbooks" / "parking" / "garage.yaml").write_text("title: Garage\n")
    assert "helpdesk/_bundled/playbooks/parking/garage.yaml" in wheel(checkout)
