"""What a colleague makes of the ticket of a call that goes on, and how that call may end."""

from __future__ import annotations

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.statuses import change_status
from helpdesk.desk.view import call_view
from helpdesk.domain.call_words import finished_said, meanwhile_said
from helpdesk.errors import NotAllowed
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.tickets import row_of_ticket, ticket_of_call


def ended(desk: Desk, call: int, outcome: str, due_at: int | None = None, reason: str = "") -> str:
    """End a call; what its clerk is told."""
    return finished_said(
        finish_call(desk, call, outcome, due_at, reason), outcome, reason, ""
    ).strip()


@pytest.mark.parametrize(
    ("outcome", "lost"),
    [
        ("waiting", "nothing can be promised on it"),
        ("callback", "nothing can be promised on it"),
        ("escalated", "nobody can take it over"),
    ],
)
@pytest.mark.parametrize("merged", [False, True], ids=["own", "went on in it"])
def test_nothing_is_promised_or_escalated_on_a_ticket_that_was_made_void(
    desk: Desk, clock: StillClock, outcome: str, lost: str, merged: bool
) -> None:
    void = ticket_of_call(desk, "resolved") if merged else 0
    call = start_call(desk)
    if merged:
        merge_tickets(desk, call_view(desk, call).ticket, void)
    void = void or call_view(desk, call).ticket
    change_status(desk, void, "void", "typed twice")
    refusal = f"T-26-00001 was made void meanwhile: {lost}. End the call as resolved or dropped"
    with pytest.raises(NotAllowed, match=refusal):
        finish_call(desk, call, outcome, clock.at + 600)
    assert not call_view(desk, call).is_over
    assert rows(desk, "SELECT id FROM promise") == rows(desk, "SELECT id FROM escalation") == []
    for_all = "T-26-00001 was made void meanwhile and stays so; the call ended resolved."
    assert ended(desk, call, "resolved") == for_all
    assert row_of_ticket(desk, void)["status"] == "void"


@pytest.mark.parametrize(
    ("outcome", "reason", "stands", "status"),
    [
        ("resolved", "", "is resolved", "resolved"),
        ("callback", "", "waits for a callback", "waiting"),
        ("waiting", "", "is waiting", "waiting"),
        ("escalated", "supervisor", "is escalated: supervisor", "escalated"),
        ("dropped", "", "stands as before", "waiting"),
    ],
)
def test_the_end_of_a_call_names_the_ticket_that_its_own_went_on_in(
    desk: Desk, clock: StillClock, outcome: str, reason: str, stands: str, status: str
) -> None:
    root = ticket_of_call(desk, "callback", clock.at + 600)
    call = start_call(desk)
    merge_tickets(desk, call_view(desk, call).ticket, root)
    said = ended(desk, call, outcome, clock.at + 900, reason)
    assert said == f"T-26-00002 went on in T-26-00001: that {stands}."
    assert row_of_ticket(desk, root)["status"] == status


def test_a_call_says_what_became_of_its_ticket_meanwhile(desk: Desk) -> None:
    root = ticket_of_call(desk, "resolved")
    one, two = start_call(desk), start_call(desk)
    assert meanwhile_said(call_view(desk, one)) == ""
    change_status(desk, call_view(desk, one).ticket, "void", "typed twice")
    merge_tickets(desk, call_view(desk, two).ticket, root)
    assert meanwhile_said(call_view(desk, one)) == "! T-26-00002 was made void meanwhile"
    went_on = "! T-26-00003 went on in T-26-00001 meanwhile"
    assert meanwhile_said(call_view(desk, two)) == went_on
    change_status(desk, root, "void", "typed twice")
    assert meanwhile_said(call_view(desk, two)) == f"{went_on}, which is void"
