"""Who looked at whom, in plain lines."""

from __future__ import annotations

from pathlib import Path

from helpdesk.desk.access import keep_access, note_look
from helpdesk.desk.desk import Desk
from tests.plain.conftest import transcript
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


def test_looks_are_said_newest_first_and_how_many_more_there_are(
    desk: Desk, home: Path, clock: StillClock
) -> None:
    rvance = open_as(home, clock, RVANCE, "clerk")
    for number in range(21):
        note_look(rvance, "export", f"rows {number}")
    keep_access(rvance)
    rvance.close()
    said = transcript(desk, "access", "access yesterday clerk:rvance", "access clerk:lee", "?")
    assert "2026-06-01 08:14 rvance exported: rows 20\n2026-06-01 08:14" in said
    assert "rows 1\n  the newest 20 of 21: a period or clerk:LOGIN narrows it.\n" in said
    assert "nobody looked at anything then.\n" in said
    assert 'There is no clerk "lee"' in said
    assert "access  who looked at whom" in said


def test_a_clerk_is_told_who_may_read_it_and_is_not_offered_it(
    desk: Desk, home: Path, clock: StillClock
) -> None:
    assert desk.folder.home == home
    clerk = open_as(home, clock, RVANCE, "clerk")
    clerk.read_playbooks = desk.read_playbooks
    said = transcript(clerk, "access", "?")
    clerk.close()
    assert "ask one of supervisor" in said
    assert "who looked at whom" not in said
