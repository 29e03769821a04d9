from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.tui.app import HelpdeskApp
from tests.support.clock import StillClock
from tests.support.screens import press, running, settled, words


async def test_backups_that_are_not_well_are_told_once_and_stand_in_the_head(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(4 * 86_400)
    desk.port.transact("nightly.2026-06-05", clock.at, [])  # tried tonight, and nobody does it now
    async with running(desk) as console:
        app = console.app
        assert isinstance(app, HelpdeskApp)
        assert "no backup" not in words(console)
        await app.nightly_watch.look()
        await settled(console)
        seen = words(console)
        assert "! no backup" in seen
        assert "There is no good backup" in seen
        await press(console, "n")
        assert "! no backup" not in words(console)  # a call has its head to itself
