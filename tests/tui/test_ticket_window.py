"""A window holds neighbouring tickets, each once, whatever is fetched for it at the same time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Final

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.tickets import list_tickets
from helpdesk.domain.queries import Query
from helpdesk.tui.desk_thread import DeskThread
from helpdesk.tui.ticket_window import TicketWindow
from tests.support.records import many_calls

TICKETS: Final = 130
SEEN: Final = 17
OTHERS: Final[tuple[Callable[[TicketWindow], Awaitable[None]], ...]] = (
    lambda window: window.refresh(),
    lambda window: window.begin(last=True),
)


@pytest.fixture
def many(desk: Desk) -> Desk:
    """A desk with more tickets than are fetched at once."""
    record_history(desk, many_calls(TICKETS))
    return desk


@pytest.mark.parametrize("other", OTHERS, ids=["refresh", "end"])
@pytest.mark.parametrize("comes_first", [True, False])
async def test_what_is_fetched_beyond_never_joins_rows_that_were_fetched_anew_meanwhile(
    many: Desk, other: Callable[[TicketWindow], Awaitable[None]], comes_first: bool
) -> None:
    thread = DeskThread(many)
    try:
        window = TicketWindow(thread, rows=list_tickets(many, Query(), SEEN), asked=SEEN)
        held = threading.Event()
        thread._reading.submit(held.wait)
        wanted: list[Callable[[], Awaitable[object]]] = [
            lambda: other(window), lambda: window.reach(1, SEEN),
        ]  # fmt: skip
        tasks = list[asyncio.Future[object]]()
        for each in wanted if comes_first else reversed(wanted):
            tasks.append(asyncio.ensure_future(each()))
            await asyncio.sleep(0)
        held.set()
        await asyncio.gather(*tasks)
    finally:
        await thread.close()
    numbers = [row.number for row in window.rows]
    assert numbers == sorted(set(numbers), reverse=True)
    assert window.is_last == (numbers[-1] == f"T-26-{1:05}")
    assert window.is_first == (numbers[0] == f"T-26-{TICKETS:05}")
