from __future__ import annotations

import pytest

from helpdesk.desk.caller_links import link_caller, preview_link
from helpdesk.desk.callers import known_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.errors import NotAllowed, NotFound
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.desks import RVANCE, open_as
from tests.support.people import nobody, person
from tests.support.tickets import told_of

PHONE = "212-555-0144"


def named(desk: Desk) -> list[tuple[int | None, int | None]]:
    """Whose each ticket and its call are, in order."""
    found = rows(
        desk,
        "SELECT t.caller AS whose, l.caller FROM ticket t JOIN call_ticket x ON x.ticket = t.id "
        "JOIN call l ON l.id = x.call ORDER BY t.n",
    )
    return [(row["whose"], row["caller"]) for row in found]


def test_one_link_names_every_anonymous_call_from_that_number_and_one_undo_takes_it_back(
    desk: Desk,
) -> None:
    first, _, other, third = (nobody(desk, phone) for phone in (PHONE, "", "319-555-0155", PHONE))
    dana = person(desk, "Whitfield, Dana", "646-555-0166")
    before = named(desk)
    assert (preview_link(desk, first.ticket).tickets, preview_link(desk, other.ticket).calls) == (
        1, 0,
    )  # fmt: skip
    assert link_caller(desk, first.ticket, dana) == 2
    nobodys = (None, None)
    assert named(desk) == [(dana, dana), nobodys, nobodys, (dana, dana), (dana, dana)]
    assert [told_of(desk, each.ticket)[-1] for each in (first, third)] == ["link_caller"] * 2
    assert len(list_tickets(desk, query_of(desk, "whitfield"), 9)) == 3
    assert known_caller(desk, dana).phones == ("6465550166",)  # nothing is made up
    undo_elsewhere(desk)
    assert named(desk) == before
    assert len(list_tickets(desk, query_of(desk, "whitfield"), 9)) == 1
    redo_elsewhere(desk)
    assert named(desk)[0] == named(desk)[3] == (dana, dana)
    assert faults_of(desk.port) == []


@pytest.mark.parametrize("moment", range(9))
def test_a_link_that_a_colleague_makes_meanwhile_stands(desk: Desk, moment: int) -> None:
    first, second = nobody(desk, PHONE), nobody(desk, PHONE)
    dana, pat = person(desk, "Whitfield, Dana"), person(desk, "Roe, Pat")
    colleague = open_as(desk.folder.home, desk.clock, RVANCE, "clerk")
    asked, left = desk.port.query, [moment]

    def meanwhile(*args: object) -> object:
        found = asked(*args)  # type: ignore[arg-type]
        left.append(left.pop() - 1)
        if left == [-1]:
            link_caller(colleague, second.ticket, pat, others=False)
        return found

    desk.port.query = meanwhile  # type: ignore[method-assign, assignment]
    assert link_caller(desk, first.ticket, dana) == 1
    assert left[0] < 0
    assert named(desk)[:2] == [(dana, dana), (pat, pat)]
    assert faults_of(desk.port) == []
    colleague.close()


def test_one_ticket_can_be_linked_alone(desk: Desk) -> None:
    first, second = nobody(desk, PHONE), nobody(desk, PHONE)
    dana = person(desk, "Whitfield, Dana")
    assert link_caller(desk, first.ticket, dana, others=False) == 1
    assert named(desk)[:2] == [(dana, dana), (None, None)]
    assert link_caller(desk, second.ticket, dana) == 1


def test_a_ticket_without_a_number_is_linked_alone(desk: Desk) -> None:
    first, second = nobody(desk), nobody(desk)
    dana = person(desk, "Whitfield, Dana")
    assert link_caller(desk, first.ticket, dana) == 1
    assert rows(desk, "SELECT caller FROM ticket WHERE id = ?", second.ticket) == [
        {"caller": None}
    ]


def test_a_ticket_that_has_a_caller_and_a_caller_who_is_not_there_are_refused(desk: Desk) -> None:
    first = nobody(desk, PHONE)
    dana = person(desk, "Whitfield, Dana")
    with pytest.raises(NotFound, match="not in the database"):
        link_caller(desk, first.ticket, 17)
    link_caller(desk, first.ticket, dana)
    with pytest.raises(NotAllowed, match="T-26-00001 has a caller already: Whitfield, Dana"):
        link_caller(desk, first.ticket, dana)
