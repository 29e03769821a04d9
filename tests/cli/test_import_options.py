"""Options of an import that cannot be followed are refused, and a file without rows is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from tests.cli.conftest import Run
from tests.support.calls import rows

HEADINGS = "started_at,duration,outcome,court\n"
ROW = "2025-03-03 09:00,5m,resolved,ncmb\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of one call, which names its court."""
    path = tmp_path / "log.csv"
    path.write_text(HEADINGS + ROW)
    return path


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sheet", "Foo"), "log.csv has no sheet “Foo”: only a workbook has sheets."),
        (("--court", "zz"), "zz"),
        (("--court", "ncmb/nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_followed_is_refused(
    run: Run, desk: Desk, log: Path, options: tuple[str, ...], said: str
) -> None:
    ran = run("import", log, "--yes", *options)
    assert (ran.status, said in ran.err) == (1, True)
    assert not rows(desk, "SELECT 1 FROM call")


def test_an_undo_takes_no_option_of_a_file(run: Run, desk: Desk, log: Path) -> None:
    run("import", log, "--yes")
    ran = run("import", "--undo", "1", "--yes", "--dry-run")
    assert (ran.status, "--dry-run goes with FILE alone" in ran.err) == (2, True)
    assert run("import", "--list", "--sheet", "Data").status == 2
    assert [each["status"] for each in rows(desk, "SELECT status FROM ticket")] == ["resolved"]


def test_a_file_of_headings_alone_is_told(run: Run, log: Path) -> None:
    log.write_text(HEADINGS)
    ran = run("import", log, "--yes")
    assert (ran.status, "log.csv has headings and no row below them." in ran.err) == (0, True)
