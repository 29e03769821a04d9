from __future__ import annotations

import pytest

from helpdesk.desk import bulk
from helpdesk.desk.bulk import MOST, bulk_change, plan_bulk, tickets_meant
from helpdesk.desk.desk import Desk
from helpdesk.desk.owners import assign_ticket
from helpdesk.desk.statuses import change_status
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.domain.bulk import BulkChange, bulk_change_meant
from helpdesk.errors import BadInput, NotAllowed
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.tables import tables_of
from tests.support.tickets import row_of_ticket, ticket_of_call, told_of

KEPT = ("ticket", "tag", "promise", "ticket_text")


def state(desk: Desk) -> dict[str, object]:
    every = tables_of(desk, but=("ticket.changed_at",))
    return {name: every[name] for name in KEPT}


@pytest.fixture
def tickets(desk: Desk, clock: StillClock) -> list[int]:
    """Three waiting, one resolved, one void."""
    made = [ticket_of_call(desk, "waiting", clock.at + 900) for _ in range(3)]
    made += [ticket_of_call(desk, "resolved"), ticket_of_call(desk, "referred")]
    change_status(desk, made[-1], "void", "a trial")
    return made


@pytest.mark.parametrize(
    ("text", "changed", "because"),
    [
        ("status=resolved", 3, "1× it is resolved already.; 1× it is void and cannot become"),
        ("status=closed: done by letter", 4, "1× it is void"),
        ("owner=rvance", 4, "1× it is rvance's already."),
        ("tags=urgent vip -later", 5, ""),
    ],
)
def test_a_plan_says_what_the_change_then_does_and_one_undo_takes_all_of_it_back(
    desk: Desk, tickets: list[int], clock: StillClock, text: str, changed: int, because: str
) -> None:
    open_as(desk.folder.home, clock, RVANCE, "clerk").close()
    assign_ticket(desk, tickets[4], "rvance")
    change = bulk_change_meant(text)
    before = state(desk)
    plan = plan_bulk(desk, tickets, change)
    assert state(desk) == before
    assert (plan.changed, plan.changed + len(plan.refused)) == (changed, len(tickets))
    assert because in str(plan)
    done = bulk_change(desk, tickets, change)
    assert (done.changed, done.refused) == (plan.changed, plan.refused)
    after = state(desk)
    assert after != before
    assert undo_elsewhere(desk).startswith(
        f"Taken back: the change of many tickets, {changed} of them."
    )
    assert state(desk) == before
    redo_elsewhere(desk)
    assert state(desk) == after
    assert faults_of(desk.port) == []


def test_a_change_that_is_given_up_writes_nothing(desk: Desk, tickets: list[int]) -> None:
    class Escape(Exception):
        pass

    def give_up(_: int, total: int) -> None:
        assert total == len(tickets)
        raise Escape

    before, head = state(desk), desk.port.head()
    with pytest.raises(Escape):
        bulk_change(desk, tickets, BulkChange("tags", "urgent"), give_up)
    assert (state(desk), desk.port.head()) == (before, head)


def test_a_ticket_that_was_changed_since_keeps_the_whole_undo_from_overwriting_it(
    desk: Desk, tickets: list[int], clock: StillClock
) -> None:
    bulk_change(desk, tickets[:3], BulkChange("status", "resolved"))
    other = open_as(desk.folder.home, clock, RVANCE, "clerk")
    change_status(other, tickets[1], "open")
    before = state(desk)
    with pytest.raises(NotAllowed, match="of T-26-00002 was changed again since"):
        undo_elsewhere(desk)
    assert state(desk) == before
    other.close()


def test_each_ticket_tells_of_the_change_in_its_own_journal(
    desk: Desk, tickets: list[int]
) -> None:
    bulk_change(desk, tickets, BulkChange("tags", "urgent"))
    assert {told_of(desk, ticket)[-1] for ticket in tickets} == {"bulk_change"}


def test_a_query_that_finds_more_than_are_changed_at_once_is_not_counted_to_its_end(
    desk: Desk, tickets: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 3)
    with pytest.raises(BadInput, match=r"^More than 3 tickets fit the query"):
        tickets_meant(desk, "opened>2020-01-01")
    assert sorted(tickets_meant(desk, "status:waiting")) == sorted(tickets[:3])


@pytest.mark.parametrize("text", ["", "status", "status=", "colour=red", "=x"])
def test_what_is_no_change_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(BadInput, match="write status=resolved"):
        bulk_change_meant(text)


def test_nothing_chosen_too_many_and_nothing_to_do_are_refused(
    desk: Desk, tickets: list[int]
) -> None:
    change = BulkChange("status", "resolved")
    with pytest.raises(BadInput, match="No ticket is chosen"):
        plan_bulk(desk, [], change)
    with pytest.raises(BadInput, match="narrow to 5,000"):
        plan_bulk(desk, range(MOST + 1), change)
    with pytest.raises(NotAllowed, match="Nothing can be changed: it will change 0"):
        bulk_change(desk, [tickets[3]], change)
    with pytest.raises(BadInput, match="Say why"):
        plan_bulk(desk, tickets, BulkChange("status", "closed"))
    assert row_of_ticket(desk, tickets[3])["status"] == "resolved"
