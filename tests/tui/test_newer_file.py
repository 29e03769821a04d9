"""The database is brought up to date by a newer program while a call goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from helpdesk.desk import outbox
from helpdesk.desk.calls import finish_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import home_view, open_console
from helpdesk.desk.outbox_file import outbox_folder
from helpdesk.desk.view import call_view
from helpdesk.domain.outbox import read_lines
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import app_of, press, running, text, words


def times_kept(act: str) -> int:
    """How often an act is in the outbox."""
    (path,) = outbox_folder().glob("*.jsonl")
    return [each.get("act") for each in read_lines(path.read_text("utf-8"))].count(act)


@pytest.mark.parametrize(("hung_up", "leave"), [("h", "ctrl+q"), ("hh", "ctrl+c"), ("", "ctrl+q")])
async def test_the_clerk_can_hang_up_and_leave_and_the_next_start_has_the_call(
    known: Desk, elsewhere: sqlite3.Connection, home: Path, clock: StillClock, hung_up: str,
    leave: str,
) -> None:  # fmt: skip
    (version,) = elsewhere.execute("PRAGMA user_version").fetchone()
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎")
        ((call,),) = elsewhere.execute("SELECT id FROM call WHERE ended_at IS NULL").fetchall()
        clock.go_on(outbox.AGAIN_SECONDS + 1)
        assert known.outbox is not None
        known.outbox.look()
        elsewhere.execute("PRAGMA user_version = 99")
        await press(console, hung_up)
        assert ("how did it end" in words(console)) == bool(hung_up)
        assert ("! database newer: 1" in text(console)) == bool(hung_up)
        assert "Nothing was written" not in words(console)
        assert times_kept("end_call") == bool(hung_up)
        await console.press(leave)
        assert app_of(console)._exit
    elsewhere.execute(f"PRAGMA user_version = {version}")
    elsewhere.execute("UPDATE console SET boot = 'the one before'")  # its process goes on here
    again = open_as(home, clock)
    try:
        open_console(again)
        view = home_view(again)
        there = view.left if hung_up else view.running  # where it waits parked
        assert [each.call for each in there] == [call]
        assert (call_view(again, call).ended_at is not None) == bool(hung_up)
        finish_call(again, call, "resolved")
        assert call_view(again, call).is_over
    finally:
        again.close()


async def test_a_call_that_ended_elsewhere_keeps_nobody_in_the_console(
    known: Desk, elsewhere: sqlite3.Connection
) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎")
        elsewhere.execute("UPDATE call SET ended_at = started_at WHERE ended_at IS NULL")
        await console.press("ctrl+q")
        assert app_of(console)._exit
