from __future__ import annotations

import pytest

from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.promises import drop_promise, kept_promises, promise_on_ticket
from helpdesk.desk.tags import tag_ticket
from helpdesk.domain.promises import Kept
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.whens import iso_utc
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.reports import figure, report, rows_of

HOUR = 3_600


def test_each_promise_is_kept_late_missed_cancelled_or_not_due_yet(
    desk: Desk, clock: StillClock
) -> None:
    due = clock.at + HOUR
    tickets = [promised(desk, clock, due, "callback") for _ in range(5)]
    waits = [promised(desk, clock, due, "waiting") for _ in range(2)]
    called(desk, clock, tickets[0])
    promise = "SELECT id FROM promise WHERE ticket = ?"
    drop_promise(desk, rows(desk, promise, tickets[1])[0]["id"], "came in person")
    promise_on_ticket(desk, tickets[4], "callback", due + 9 * HOUR)
    called(desk, clock, waits[0])
    before = iso_utc(clock.at)
    clock.at = due + 600
    called(desk, clock, tickets[2])
    clock.at = due + HOUR

    table = report(desk, "callbacks")
    state, late = (table.columns.index(name) for name in ("state", "late_s"))
    assert [(row[state], row[late]) for row in table.rows] == [
        ("kept", 0), ("cancelled", None), ("missed", 600), ("late", HOUR), ("cancelled", None),
        ("kept", 0), ("late", HOUR), ("pending", None),
    ]  # fmt: skip
    assert table.footer[1] == (
        "callbacks 6 = pending 1 + late 1 + kept 1 + missed 1 + cancelled 2; kept n<10"
    )
    assert table.tickets[2] == (tickets[2],)
    assert str(figure(desk, "callbacks_kept")) == "Ratio(part=1, whole=3)"
    then = rows_of(report(desk, "callbacks", as_of=before)).values()
    assert [row["state"] for row in then][:3] == ["kept", "cancelled", "pending"]


def test_a_wait_is_late_until_it_is_dealt_with_and_a_callback_until_it_is_tried(
    desk: Desk, clock: StillClock
) -> None:
    due = clock.at + HOUR
    tickets = [promised(desk, clock, due, kind) for kind in ("callback", "waiting")]
    for ticket in tickets:
        clock.at = due - 41
        called(desk, clock, ticket)
    table = report(desk, "callbacks")
    state, late = (table.columns.index(name) for name in ("state", "late_s"))
    assert [(row[state], row[late]) for row in table.rows] == [("kept", 0), ("missed", 19)]
    assert "of a wait until it was dealt with" in table.meant["late_s"].words


def test_a_call_after_a_promise_was_dealt_with_is_no_attempt_at_it(
    desk: Desk, clock: StillClock
) -> None:
    start, due = clock.at, clock.at + HOUR
    tickets = [promised(desk, clock, due, kind) for kind in ("callback", "waiting")]
    for ticket in tickets:
        promise_on_ticket(desk, ticket, "callback", due + HOUR)
        clock.go_on(60)
        called(desk, clock, ticket)
    clock.at = due + 2 * HOUR
    rows = rows_of(report(desk, "callbacks")).values()
    told = {(row["kind"], row["ended"], row["state"], row["tried_at"] is None) for row in rows}
    assert told == {
        ("callback", "moved", "cancelled", True), ("waiting", "moved", "cancelled", True),
        ("callback", "called", "kept", False),
    }  # fmt: skip
    assert figure(desk, "callbacks_kept") == Ratio(2, 2)
    assert kept_promises(desk, start, clock.now()) == Kept(2, 2)


@pytest.mark.parametrize("merged", [(), (0,), (0, 1), (1, 0)])
def test_who_is_called_back_in_time_on_the_ticket_that_theirs_goes_on_in_was_called_back(
    desk: Desk, clock: StillClock, merged: tuple[int, ...]
) -> None:
    start, due = clock.at, clock.at + HOUR
    tickets = [promised(desk, clock, due, "callback")]
    tickets += [promised(desk, clock, due, "waiting") for _ in range(2)]
    for each in merged:
        merge_tickets(desk, tickets[each], tickets[each + 1])
    called(desk, clock, tickets[max((each + 1 for each in merged), default=0)])
    clock.at = due + HOUR
    states = [row["state"] for row in rows_of(report(desk, "callbacks")).values()]
    assert states[0] == "kept"
    assert figure(desk, "callbacks_kept") == Ratio(1, 1)
    assert kept_promises(desk, start, clock.now()) == Kept(1, 1)


def test_a_trial_s_callback_counts_nowhere(desk: Desk, clock: StillClock) -> None:
    start, due = clock.at, clock.at + HOUR
    tag_ticket(desk, promised(desk, clock, due, "callback"), ["test"], [])
    clock.at = due + HOUR
    assert figure(desk, "callbacks_kept") == Ratio(0, 0)
    assert kept_promises(desk, start, clock.now()) == Kept(0, 0)


def promised(desk: Desk, clock: StillClock, due: int, outcome: str) -> int:
    call = start_call(desk)
    clock.go_on(60)
    return finish_call(desk, call, outcome, due).ticket


def called(desk: Desk, clock: StillClock, ticket: int) -> None:
    call = start_callback(desk, ticket)
    clock.go_on(60)
    finish_call(desk, call, "resolved")
