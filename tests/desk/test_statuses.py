from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import escalate_ticket
from helpdesk.desk.home import home_view
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.promises import promise_on_ticket
from helpdesk.desk.statuses import PLAIN, change_status
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.domain.statuses import ALLOWED
from helpdesk.errors import BadInput, FieldChanged, NotAllowed
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.tickets import row_of_ticket, ticket_of_call, told_of

FAR = 10_000


def set_plain(status: str, desk: Desk, ticket: int) -> None:
    change_status(desk, ticket, status, "asked")


DOORS: dict[str, Callable[[Desk, int], object]] = {
    "waiting": lambda desk, ticket: promise_on_ticket(
        desk, ticket, "waiting", desk.clock.now() + FAR
    ),
    "escalated": lambda desk, ticket: escalate_ticket(desk, ticket, "supervisor"),
    "merged": lambda desk, ticket: merge_tickets(desk, ticket, ticket_of_call(desk)),
    **{status: partial(set_plain, status) for status in PLAIN},
}


@pytest.mark.parametrize("to", DOORS)
@pytest.mark.parametrize("status", DOORS)
def test_every_act_keeps_to_the_one_table(desk: Desk, status: str, to: str) -> None:
    ticket = ticket_of_call(desk)
    if status != "open":
        DOORS[status](desk, ticket)
    assert row_of_ticket(desk, ticket)["status"] == status
    if to in ALLOWED[status] or (to == status and to not in {"merged", *PLAIN}):
        DOORS[to](desk, ticket)
        assert row_of_ticket(desk, ticket)["status"] == to
    else:
        with pytest.raises(NotAllowed, match=r"cannot become| already"):
            DOORS[to](desk, ticket)
        assert row_of_ticket(desk, ticket)["status"] == status
    assert (
        len(rows(desk, "SELECT * FROM status_span WHERE ticket = ? AND to_at IS NULL", ticket))
        == 1
    )
    assert faults_of(desk.port) == []


def test_closing_a_ticket_ends_what_was_promised_on_it_and_says_so(
    desk: Desk, clock: StillClock
) -> None:
    ticket = ticket_of_call(desk, "callback", clock.at + 600)
    clock.go_on(1200)
    assert home_view(desk).late == 1
    change_status(desk, ticket, "closed", "the caller wrote that all is well")
    assert home_view(desk).due == 0
    (promise,) = rows(desk, "SELECT ended, reason, done_at FROM promise")
    assert (promise["ended"], promise["done_at"]) == ("dropped", clock.at)
    assert "all is well" in promise["reason"]
    assert told_of(desk, ticket)[-1] == "change_status"


@pytest.mark.parametrize("status", ["closed", "void"])
def test_closing_and_voiding_need_a_reason(desk: Desk, status: str) -> None:
    ticket = ticket_of_call(desk, "resolved")
    with pytest.raises(BadInput, match="Say why"):
        change_status(desk, ticket, status, " ")


def test_only_a_supervisor_voids(desk: Desk, clock: StillClock) -> None:
    ticket = ticket_of_call(desk, "resolved")
    clerk = open_as(desk.folder.home, clock, RVANCE, "clerk")
    with pytest.raises(NotAllowed, match="supervisor"):
        change_status(clerk, ticket, "void", "a trial")
    clerk.close()
    change_status(desk, ticket, "void", "a trial")
    assert list_tickets(desk, query_of(desk, "status:open"), 9) == ()


def test_the_second_who_changes_the_status_sees_both_and_can_pick(
    desk: Desk, clock: StillClock
) -> None:
    ticket = ticket_of_call(desk, "waiting", clock.at + FAR)
    other = open_as(desk.folder.home, clock, RVANCE, "clerk")
    change_status(other, ticket, "resolved", seen="waiting")
    with pytest.raises(FieldChanged) as changed:
        change_status(desk, ticket, "closed", "no answer", seen="waiting")
    assert (changed.value.theirs, changed.value.mine) == ("resolved", "closed")
    assert "by rvance" in str(changed.value)
    assert row_of_ticket(desk, ticket)["status"] == "resolved"
    change_status(desk, ticket, "closed", "no answer", seen=changed.value.theirs)
    assert row_of_ticket(desk, ticket)["status"] == "closed"
    other.close()


def test_opening_a_settled_ticket_again_counts_as_reopening(desk: Desk) -> None:
    ticket = ticket_of_call(desk, "resolved")
    change_status(desk, ticket, "open")
    row = row_of_ticket(desk, ticket)
    assert (row["status"], row["reopened"], row["resolved_at"]) == ("open", 1, None)
