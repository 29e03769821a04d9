"""What a reader is told of a ticket's journal, and of what went on in it."""

from __future__ import annotations

from helpdesk.desk.caller_links import link_caller
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import accept_escalation
from helpdesk.desk.merging import continue_ticket, merge_tickets
from helpdesk.desk.one_ticket import ticket_history
from helpdesk.desk.owners import assign_ticket
from helpdesk.desk.staff import add_member
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.desk.ticket_text import ticket_lines
from helpdesk.domain.calls import Caller
from helpdesk.files.ticket_json import ticket_as_json
from tests.support.clock import StillClock
from tests.support.tickets import ticket_of_call
from tests.support.watched import WatchedFile


def text_of(desk: Desk, ticket: int) -> str:
    return "\n".join(ticket_lines(desk, ticket_history(desk, ticket)))


def test_owners_callers_and_tickets_are_told_by_their_names(desk: Desk, clock: StillClock) -> None:
    add_member(desk, "jlee", "clerk")
    first = ticket_of_call(desk, "resolved")
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Whitfield, Dana", court="ianb"), "212-555-0144")
    continue_ticket(desk, call, first)
    clock.go_on(60)
    last = ticket_of_call(desk, "resolved")
    assign_ticket(desk, first, "jlee")
    merge_tickets(desk, first, last)
    text = text_of(desk, first)
    assert "ticket clerk: mortiz > jlee" in text
    assert "ticket merged_into: - > T-26-00003" in text
    assert "call_ticket ticket: T-26-00002 > T-26-00001" in text


def test_whose_a_ticket_is_is_told_by_the_caller_s_name(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Whitfield, Dana", court="ianb"), "212-555-0144")
    ticket = ticket_of_call(desk, "resolved")
    caller = desk.port.query("SELECT id FROM caller").value()
    link_caller(desk, ticket, caller, others=False)
    assert "ticket caller: - > Whitfield, Dana" in text_of(desk, ticket)


def test_who_accepted_an_escalation_is_told_by_login(desk: Desk) -> None:
    ticket = ticket_of_call(desk, "escalated")
    accept_escalation(desk, ticket)
    assert "escalation answered_by: - > mortiz" in text_of(desk, ticket)


def test_json_keeps_the_values_as_the_journal_has_them(desk: Desk) -> None:
    add_member(desk, "jlee", "clerk")
    ticket = ticket_of_call(desk, "resolved")
    assign_ticket(desk, ticket, "jlee")
    told = ticket_as_json(ticket_history(desk, ticket))["journal"][-1]["changes"]
    owner = {each["field"]: each["old"] for each in told}[f"ticket/{ticket}/clerk"]
    assert owner == str(desk.clerk.id)


def test_names_are_looked_up_at_once_however_long_the_journal_is(
    desk: Desk, clock: StillClock
) -> None:
    add_member(desk, "jlee", "clerk")
    asked = []
    for times in (2, 20):
        ticket = ticket_of_call(desk, "resolved")
        for turn in range(times):
            clock.go_on(60)
            assign_ticket(desk, ticket, ("jlee", "mortiz")[turn % 2])
        history = ticket_history(desk, ticket)
        plain, desk.port = desk.port, WatchedFile(desk.folder.database)
        list(ticket_lines(desk, history))
        asked.append(len(desk.port.asked))
        desk.port.close()
        desk.port = plain
    assert asked[0] == asked[1]


def test_a_root_shows_the_calls_and_notes_of_what_went_on_in_it(
    desk: Desk, clock: StillClock
) -> None:
    one, two, three = (ticket_of_call(desk, "resolved") for _ in range(3))
    add_note_to_ticket(desk, two, "sent the form by mail\nand by fax")
    add_note_to_ticket(desk, three, "read over the phone")
    clock.go_on(60)
    merge_tickets(desk, three, two)
    merge_tickets(desk, two, one)
    _, found = text_of(desk, one).split("\nMerged in\n")
    part = found.split("\n\n")[0].split("\n")
    assert [line.strip() for line in part if line.startswith("  T-26")] == [
        "T-26-00002", "T-26-00003",
    ]  # fmt: skip
    assert [line.split()[0] for line in part if line.startswith("      ")] == [
        "call", "note", "and", "call", "note",
    ]  # fmt: skip
    assert "read over the phone" in part[-1]
