from __future__ import annotations

import pytest

from helpdesk.desk.actions import issue_password
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket
from tests.support.calls import call_for_password, rows
from tests.support.clock import StillClock

DONE = "SELECT kind, done_at IS NOT NULL AS done FROM promise ORDER BY kind"


def open_promises(desk: Desk) -> list[str]:
    return [row["kind"] for row in rows(desk, DONE) if not row["done"]]


def with_password(desk: Desk, clock: StillClock, outcome: str) -> int:
    """Issue a temporary password and finish the call; its ticket."""
    call = call_for_password(desk)
    issue_password(desk, call, {"delivery": "called back"})
    clock.go_on(300)
    due_at = clock.at + 3_600 if outcome == "waiting" else None
    return finish_call(desk, call, outcome, due_at).ticket


def test_whether_a_password_was_used_is_still_to_be_seen_after_hanging_up(
    desk: Desk, clock: StillClock
) -> None:
    with_password(desk, clock, "waiting")
    assert open_promises(desk) == ["linked-by-then", "waiting"]


@pytest.mark.parametrize("outcome", ["resolved", "referred"])
def test_nothing_is_to_be_seen_on_a_ticket_that_is_done_with(
    desk: Desk, clock: StillClock, outcome: str
) -> None:
    with_password(desk, clock, outcome)
    assert open_promises(desk) == []


def test_the_next_call_is_done_with_what_was_promised(desk: Desk, clock: StillClock) -> None:
    ticket = with_password(desk, clock, "waiting")
    call = start_call(desk)
    continue_ticket(desk, call, ticket)
    clock.go_on(60)
    finish_call(desk, call, "callback", clock.at + 600)
    assert open_promises(desk) == ["callback"]
