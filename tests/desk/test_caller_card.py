from __future__ import annotations

import pytest

from helpdesk.desk.caller_card import caller_card
from helpdesk.desk.caller_merging import merge_callers
from helpdesk.desk.caller_text import card_lines
from helpdesk.desk.callers import set_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket, merge_tickets
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.statuses import change_status
from helpdesk.desk.tickets import list_tickets
from helpdesk.desk.view import call_view
from helpdesk.domain.queries import Query
from helpdesk.domain.repeats import REPEAT_SECONDS
from helpdesk.errors import NotFound
from tests.support.clock import StillClock
from tests.support.people import called_again, person

DAY = 86_400
LINKING = "linking-error"


def text(desk: Desk, caller: int) -> str:
    return "\n".join(card_lines(desk, caller_card(desk, caller)))


def test_the_card_counts_says_what_was_told_last_and_what_is_promised(
    desk: Desk, clock: StillClock
) -> None:
    dana = person(desk, "Whitfield, Dana", "212-555-0144", firm="Roe LLP", court="ncmb")
    person(desk, "Roe, Pat", "212-555-0199", firm="ROE LLP")
    clock.go_on(60 * DAY)
    called_again(desk, dana, LINKING)
    clock.go_on(2 * DAY)
    call = start_call(desk)
    set_caller(desk, call, dana, "0144")
    choose_symptom(desk, call, LINKING, "li")
    answer_step(desk, call, "account.upgraded", "yes")
    add_note_to_call(desk, call, "waits for the firm’s\nadministrator")
    finish_call(desk, call, "callback", clock.at + 3_600)
    said = text(desk, dana)
    for words in (
        "Whitfield, Dana   Roe LLP", "212-555-0144", "there now",
        "calls: 2 in 7 d, 3 in 90 d   tickets: 2 in 7 d, 3 in 90 d",
        "firm: 2 callers, 4 calls in 90 d",
        "! same symptom again within 7 days: Error while linking",
        "promised: callback Sun 02 Aug 10:14 EDT, T-26-00004 mortiz",
        "last: T-26-00004 Sun 02 Aug 09:14 EDT callback mortiz: Error while linking",
        "said: yes to “Log in to PACER", "note: waits for the firm’s administrator",
    ):  # fmt: skip
        assert words in said


def test_somebody_without_anything_has_a_card_too(desk: Desk) -> None:
    assert text(desk, person(desk, "")).startswith("(no name)\nno number on record")
    with pytest.raises(NotFound, match="not in the database"):
        caller_card(desk, 17)


def test_tickets_are_paged_and_those_of_merged_callers_are_among_them(
    desk: Desk, clock: StillClock
) -> None:
    one, two = person(desk, "Whitfeld, D."), person(desk, "Whitfield, Dana")
    for caller in (one, two, one):
        clock.go_on(60)
        called_again(desk, caller)
    merge_callers(desk, one, two)
    both = Query(callers=(one, two))
    first = list_tickets(desk, both, 3)
    rest = list_tickets(desk, both, 3, first[-1])
    last = list_tickets(desk, both, 3, backwards=True)
    assert [each.number[-1] for each in (*first, *rest)] == ["5", "4", "3", "2", "1"]
    assert [each.number[-1] for each in last] == ["3", "2", "1"]
    assert caller_card(desk, one).tickets.ever == 5
    assert "also on record as: Whitfeld, D." in text(desk, one)


@pytest.mark.parametrize(
    ("after", "offered"), [(REPEAT_SECONDS, True), (REPEAT_SECONDS + 1, False)]
)
def test_a_ticket_is_offered_to_go_on_with_up_to_exactly_seven_days_after_its_last_call(
    desk: Desk, clock: StillClock, after: int, offered: bool
) -> None:
    dana = person(desk, "Whitfield, Dana")
    clock.go_on(30 * DAY)
    first = called_again(desk, dana, LINKING, outcome="")
    answer_step(desk, first.call, "account.upgraded", "yes")
    finish_call(desk, first.call, "waiting", clock.at + DAY)
    clock.go_on(5 * DAY)
    second = called_again(desk, dana, outcome="")
    continue_ticket(desk, second.call, first.ticket)  # a ticket is as young as its last call
    finish_call(desk, second.call, "resolved")
    clock.go_on(after)
    third = called_again(desk, dana, outcome="")
    past = third.continues(REPEAT_SECONDS)
    assert (past.number if past else None) == (first.number if offered else None)
    assert third.repeat.nth == (2 if offered else 1)
    assert third.repeat.symptoms == ({LINKING} if offered else set())
    if past:
        continue_ticket(desk, third.call, past.ticket)
        run = call_view(desk, third.call).run
        assert run is not None
        assert run.current is not None
        assert run.current.id == "account.individual"  # the first unanswered step


def test_a_call_of_a_merged_caller_is_a_repeat_of_the_others(
    desk: Desk, clock: StillClock
) -> None:
    one = person(desk, "Whitfeld, D.", "212-555-0144")
    two = person(desk, "Whitfield, Dana", "319-555-0155")
    clock.go_on(30 * DAY)
    called_again(desk, one, LINKING)
    clock.go_on(DAY)
    assert called_again(desk, two).repeat.nth == 1
    merge_callers(desk, one, two)
    clock.go_on(DAY)
    view = called_again(desk, one, LINKING)
    assert view.caller is not None
    assert (view.caller.id, view.repeat.nth) == (two, 3)
    assert view.repeat.symptoms == {LINKING}


@pytest.mark.parametrize("other", [False, True], ids=["their own", "somebody else's"])
def test_what_was_promised_on_a_merged_ticket_is_known_by_the_one_it_goes_on_in(
    desk: Desk, clock: StillClock, *, other: bool
) -> None:
    dana, pat = person(desk, "Whitfield, Dana"), person(desk, "Roe, Pat")
    clock.go_on(60 * DAY)
    into = called_again(desk, pat if other else dana, LINKING, outcome="")
    finish_call(desk, into.call, "waiting", clock.at + 30 * DAY)
    promised = called_again(desk, dana, "browser-cache", outcome="")
    finish_call(desk, promised.call, "callback", clock.at + 9 * DAY)
    clock.go_on(8 * DAY)
    called_again(desk, dana, "forgot-pacer")
    merge_tickets(desk, promised.ticket, into.ticket)
    view = called_again(desk, dana, outcome="")
    kinds = ["callback"] if other else ["callback", "waiting"]
    for known in (view.promises, caller_card(desk, dana).promises):
        assert [each.promise.kind for each in known] == kinds
        assert {each.number for each in known} == {into.number}
    card = caller_card(desk, pat if other else dana)
    assert [each.promise.kind for each in card.promises] == ["callback", "waiting"]
    likely = view.continues(REPEAT_SECONDS)
    assert likely is not None
    assert (likely.number == into.number) is not other
    change_status(desk, into.ticket, "resolved")
    assert caller_card(desk, dana).promises == ()


def test_a_call_knows_the_ticket_whose_number_was_typed_and_what_was_promised(
    desk: Desk, clock: StillClock
) -> None:
    dana = person(desk, "Whitfield, Dana")
    clock.go_on(60 * DAY)
    named = called_again(desk, dana, LINKING)
    clock.go_on(DAY)
    promised = called_again(desk, dana, "browser-cache", outcome="")
    finish_call(desk, promised.call, "callback", clock.at + 3_600)
    clock.go_on(DAY)
    called_again(desk, dana, "forgot-pacer")
    clock.go_on(DAY)
    view = called_again(desk, dana, outcome="")
    likely = view.continues(REPEAT_SECONDS)
    assert likely is not None
    assert [each.number for each in view.promises] == [promised.number] == [likely.number]
    set_caller(desk, view.call, dana, named.number.lower())
    likely = call_view(desk, view.call).continues(REPEAT_SECONDS)
    assert likely is not None
    assert likely.number == named.number
    choose_symptom(desk, view.call, "forgot-pacer")
    likely = call_view(desk, view.call).continues(REPEAT_SECONDS)
    assert likely is not None
    assert likely.symptom == "forgot-pacer"
