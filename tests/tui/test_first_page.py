"""What home lists first was fetched before the console ran: it is shown, and nothing is missed."""

from __future__ import annotations

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import home_page, open_console
from helpdesk.domain.keys import Keymap
from helpdesk.tui.app import HelpdeskApp
from tests.support.screens import WIDE, settled, until, words


@pytest.mark.parametrize("fetched", [True, False])
async def test_what_was_fetched_already_is_not_fetched_again(
    known: Desk, *, fetched: bool
) -> None:
    finish_call(known, start_call(known), "dropped")
    open_console(known)
    page = home_page(known)._replace(tickets=4_321) if fetched else None
    async with HelpdeskApp(known, Keymap(), "", page).run_test(size=WIDE) as console:
        await settled(console)
        assert f"Newest of {'4,321' if fetched else '3'} tickets" in words(console)


async def test_what_a_colleague_wrote_since_comes_by_itself(known: Desk, other: Desk) -> None:
    finish_call(known, start_call(known), "dropped")
    open_console(known)
    page = home_page(known)
    start_call(other)
    async with HelpdeskApp(known, Keymap(), "", page).run_test(size=WIDE) as console:
        assert await until(lambda: "Going on" in words(console))
        assert "on call" in words(console)
