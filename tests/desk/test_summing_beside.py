"""A console has days summed up by a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk.desk import rollups
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.rollups import keep_rollups
from helpdesk.domain.periods import Period
from helpdesk.errors import GivenUp
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.golden import AS_OF, fill_golden

JUNE = Question("by-clerk", first="2026-06-01", last="2026-06-29")
KEPT = "SELECT day, part, court, office, figures FROM rollup ORDER BY day, part, court, office"


@pytest.fixture
def june(desk: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> Period:
    """A month of calls, more than a console sums up itself."""
    fill_golden(desk, clock)
    monkeypatch.setattr(rollups, "_MOST_CALLS", 3)
    return Period(AS_OF - 29 * 86_400, AS_OF, desk.home_office.zone)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are begun beside."""
    found: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)  # type: ignore[call-overload]
            found.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return found


def test_the_sums_are_the_same_whichever_process_makes_them(
    desk: Desk, june: Period, begun: list[subprocess.Popen[bytes]]
) -> None:
    keep_rollups(desk, june)
    here, report = rows(desk, KEPT), make_report(desk, JUNE).table
    assert here
    assert not begun  # a command is a process of its own already
    desk.port.transact("wiped", 0, [("DELETE FROM rollup", ()), ("DELETE FROM rollup_day", ())])
    desk.console = 1
    told: list[tuple[int, int]] = []
    assert keep_rollups(desk, june, lambda *far: told.append(far)) == 29
    assert rows(desk, KEPT) == here
    assert make_report(desk, JUNE).table == report
    assert [each.returncode for each in begun] == [0]
    assert told[-1] == (5, 5)


def test_given_up_it_ends_and_what_is_done_stays(
    desk: Desk, june: Period, begun: list[subprocess.Popen[bytes]]
) -> None:
    desk.console = 1

    def leave(done: int, _total: int) -> None:
        if done:
            raise GivenUp("left")

    with pytest.raises(GivenUp):
        keep_rollups(desk, june, leave)
    assert [each.poll() is None for each in begun] == [False]
    assert rows(desk, "SELECT day FROM rollup_day")


def test_where_no_process_can_be_begun_the_console_sums_up_itself(
    desk: Desk, june: Period, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.console = 1
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    keep_rollups(desk, june)
    assert len(rows(desk, "SELECT day FROM rollup_day WHERE length(day) = 10")) == 29
