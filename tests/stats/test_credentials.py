from __future__ import annotations

from helpdesk.desk.actions import add_action_to_call, issue_password
from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.calls import finish_call
from helpdesk.desk.desk import Desk
from helpdesk.domain.whens import iso_utc
from tests.support.calls import call_for_password
from tests.support.clock import StillClock
from tests.support.reports import report, rows_of

DAY = 86_400


def test_a_password_is_overdue_until_somebody_sees_that_the_accounts_are_linked(
    desk: Desk, clock: StillClock
) -> None:
    tickets = []
    for _ in range(2):
        call = call_for_password(desk)
        issue_password(desk, call, {"delivery": "called back"})
        clock.go_on(300)
        tickets.append(finish_call(desk, call, "waiting", clock.at + 20 * DAY).ticket)
    clock.go_on(19 * DAY)
    before = iso_utc(clock.at)
    assert changes(desk) == [("not known", 1), ("not known", 1)]
    clock.go_on(60)
    call = start_callback(desk, tickets[0])
    add_action_to_call(desk, call, "link-checked", {"found": "linked"})
    assert changes(desk) == [("linked", 0), ("not known", 1)]
    assert changes(desk, before) == [("not known", 1), ("not known", 1)]


def test_it_says_how_the_caller_was_checked_and_nobodys_name(
    desk: Desk, clock: StillClock
) -> None:
    call = call_for_password(desk)
    issue_password(desk, call, {"delivery": "called back"})
    clock.go_on(300)
    finish_call(desk, call, "resolved")
    table = report(desk, "credentials")
    (row,) = rows_of(table).values()
    assert (row["checks"], row["delivery"]) == ("called-back email-on-record", "called back")
    assert (row["kind"], row["changed"]) == ("temporary-password", "done with")
    assert "Whitfield" not in str(table)
    assert table.footer[1] == "given out 1 = temporary-password 1; overdue 0"


def changes(desk: Desk, as_of: str = "") -> list[tuple[object, object]]:
    rows = rows_of(report(desk, "credentials", as_of=as_of)).values()
    return [(row["changed"], row["overdue"]) for row in rows]
