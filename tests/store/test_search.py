from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.callers import add_caller, find_callers
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import continue_ticket, merge_tickets, unmerge_ticket
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller
from helpdesk.domain.query_reading import Asker, query_meant
from helpdesk.errors import BadInput, SecretFound
from helpdesk.port import Statement
from helpdesk.store.search import index_tickets_of
from helpdesk.store.ticket_lists import find_page
from helpdesk.store.tickets import add_tag
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as

HOSTILE = st.text(st.characters(), max_size=40) | st.lists(
    st.sampled_from(
        ['"', "*", "(", ")", "NEAR(", "AND", "OR NOT", "^", "-", "+", "text:", "body:x", "'", "\0",
         "ru", "_", "²", "ǆ", "can't", "C++", "50%", "a@b.example", " ", "\ud800", "court:", "{"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a few tickets, which the tests of this module only look at."""
    clock = StillClock()
    desk = open_as(tmp_path_factory.mktemp("searched"), clock)
    names = ("Ruíz, Zoë", "Nguyễn, An", "O’Hara, Pat", "Whitfield, Dana", "Łukasz-Smith, Jo")
    for place, name in enumerate(names):
        call = start_call(desk)
        court = ("ianb", "iasb")[place % 2]
        who = Caller(0, name=name, firm=f"Firm {place} LLP", court=court)
        add_caller(desk, call, who, f"21255501{place}4")
        choose_symptom(desk, call, ("linking-error", "link-accounts")[place % 2])
        add_note_to_call(desk, call, f"Firewall blocks pop-ups on desk {place}; clear the cache")
        clock.go_on(60)
        finish_call(desk, call, "resolved")
        clock.go_on(3600)
    yield desk
    desk.close()


def numbers(desk: Desk, text: str, *, half_typed: bool = False) -> list[int]:
    now, zone = desk.clock.now(), desk.home_office.zone
    query = query_meant(text, Asker(now, zone, desk.clerk.login), half_typed=half_typed)
    return [row[2] for row in find_page(desk.port, query, now, 50)]


@given(HOSTILE, st.booleans())
def test_no_words_break_a_search_for_tickets(searched: Desk, text: str, half_typed: bool) -> None:
    with suppress(BadInput):
        numbers(searched, text, half_typed=half_typed)


@given(HOSTILE)
def test_no_words_break_a_search_for_callers(searched: Desk, text: str) -> None:
    with suppress(SecretFound):  # what looks like one is not looked for either
        find_callers(searched, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [5, 4, 3, 2, 1]),
        ("cache", [5, 4, 3, 2, 1]),
        ("CACHE whitfield", [4]),
        ('"clear the cache"', [5, 4, 3, 2, 1]),
        ('"cache the clear"', []),
        ("ruiz", [1]),
        ("Ruíz zoe", [1]),
        ("nguyen", [2]),
        ("o'hara", [3]),
        ("pop-ups", [5, 4, 3, 2, 1]),
        ('"firm 2"', [3]),
        ("T-26-00004", [4]),
        ("0124", [3]),
        ("2125550124", [3]),
        ("court:ianb", [5, 3, 1]),
        ("court:iasb whitfield", [4]),
        ("court:iasb ruiz", []),
        ("symptom:linking-error", [5, 3, 1]),
        ("symptom:link", []),  # beginnings stand for whole names before the store is asked
        ("symptom:link-accounts,linking-error -court:ianb", [4, 2]),
        ("-court:ianb", [4, 2]),
        ("-cache", []),
        ("-whitfield cache", [5, 3, 2, 1]),
        ('-"clear the cache"', []),
        ("caller:ruiz", [1]),
        ("caller:firewall", []),
        ("caller:jo,dana", [5, 4]),
        ('caller:"pat o’hara"', [3]),
        ('firm:"firm 2"', [3]),
        ("firm:ruiz", []),
        ("phone:0124", [3]),
        ("phone:555-0124", [3]),
        ("phone:212", [5, 4, 3, 2, 1]),
        ("phone:(212) 555-0124", [3]),
        ("phone:212-555-0124,212-555-0104", [3, 1]),
        ("-phone:555-0124,555-0104", [5, 4, 2]),
        ("firm:555-0124,ruiz", []),
        ("212-555-0124", [3]),
        ("(212) 555-0124", [3]),
        ("(212)555-0124", [3]),
        ("+1 212 555 0124", [3]),
        ("1-212-555-0124 court:ianb", [3]),
        ("555-0124", [3]),
        ("555.0124", [3]),
        ("-212-555-0124 cache", [5, 4, 2, 1]),
        ("212-555-01", [5, 4, 3, 2, 1]),
        ('"212-555-0124"', []),
        ("5550-124", []),
        ("2026-06-0124", []),
        ("outcome:resolved sort:oldest", [1, 2, 3, 4, 5]),
        ("court:ianb court:iasb", []),
        ("court:ianb,iasb", [5, 4, 3, 2, 1]),
        ("clerk:me", [5, 4, 3, 2, 1]),
        ("clerk:mort", []),
        ("status:resolved", [5, 4, 3, 2, 1]),
        ("status:open cache", []),
        ("opened:2026-06-01", [5, 4, 3, 2, 1]),
        ("opened:2026-05", []),
        ("opened>2026-05-31 cache", [5, 4, 3, 2, 1]),
        ("opened<2026-06-01", []),
        ("nothing-like-this", []),
    ],
)  # fmt: skip
def test_tickets_are_found_by_words_and_fields_newest_first(
    searched: Desk, text: str, found: list[int]
) -> None:
    assert numbers(searched, text) == found


def test_the_beginning_of_a_word_is_enough_only_while_it_is_typed(searched: Desk) -> None:
    assert numbers(searched, "whit", half_typed=True) == [4]
    assert numbers(searched, "whit") == []
    assert numbers(searched, "w", half_typed=True) == [4]
    assert numbers(searched, "whit cache", half_typed=True) == []


@given(st.data())
def test_any_three_digits_in_a_row_of_a_number_find_its_caller(
    searched: Desk, data: st.DataObject
) -> None:
    digits = "2125550134"
    start = data.draw(st.integers(0, 7))
    end = data.draw(st.integers(start + 3, 10))
    found = find_callers(searched, digits[start:end])
    assert "Whitfield, Dana" in [caller.name for caller in found]


@pytest.mark.parametrize(("typed", "name"), [
    ("whit", "Whitfield, Dana"), ("ruiz", "Ruíz, Zoë"), ("dana whit", "Whitfield, Dana"),
    ("luk", None), ("smith jo", "Łukasz-Smith, Jo"), ("firm 3", "Whitfield, Dana"),
    ("T-26-00004", "Whitfield, Dana"), ("26-4", "Whitfield, Dana"), ("nobody", None),
])  # fmt: skip
def test_callers_are_found_by_the_beginnings_of_words_in_any_order(
    searched: Desk, typed: str, name: str | None
) -> None:
    assert [caller.name for caller in find_callers(searched, typed)][:1] == (
        [name] if name else []
    )


def test_a_note_that_was_taken_back_is_not_found_until_it_is_brought_back(desk: Desk) -> None:
    call = start_call(desk)
    add_note_to_call(desk, call, "Firewall blocks pop-ups")
    assert numbers(desk, "firewall") == [1]
    undo_last(desk, call)
    assert numbers(desk, "firewall") == []
    redo_last(desk, call)
    assert numbers(desk, "firewall") == [1]


def test_what_was_corrected_is_found_by_the_new_words_only(desk: Desk) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error")
    choose_symptom(desk, call, "forgot-pacer")
    assert numbers(desk, "symptom:linking-error") == []
    assert numbers(desk, "symptom:forgot-pacer") == [1]


def test_a_merged_ticket_is_found_under_the_one_it_went_on_in(
    desk: Desk, clock: StillClock
) -> None:
    older = start_call(desk)
    add_note_to_call(desk, older, "Firewall")
    finish_call(desk, older, "resolved")
    clock.go_on(600)
    call = start_call(desk)
    add_note_to_call(desk, call, "Firewall again")
    continue_ticket(desk, call, call_view(desk, older).ticket)
    assert numbers(desk, "firewall") == [1]
    assert numbers(desk, "") == [1]


def test_what_was_merged_at_any_depth_is_found_under_the_last_one_and_after_unmerging_is_not(
    desk: Desk, clock: StillClock
) -> None:
    tickets = []
    for word in ("firewall", "pop-ups", "cache"):
        call = start_call(desk)
        add_note_to_call(desk, call, word)
        tickets.append(call_view(desk, call).ticket)
        finish_call(desk, call, "resolved")
        clock.go_on(600)
    first, second, third = tickets
    merge_tickets(desk, first, second)
    merge_tickets(desk, second, third)
    assert numbers(desk, "firewall") == numbers(desk, "pop-ups") == numbers(desk, "cache") == [3]
    assert numbers(desk, "T-26-00001") == numbers(desk, "-nothing") == [3]
    unmerge_ticket(desk, second)
    assert (numbers(desk, "firewall"), numbers(desk, "cache")) == ([2], [3])


def test_the_status_is_found_whatever_changed_it(desk: Desk) -> None:
    call = start_call(desk)
    add_note_to_call(desk, call, "firewall status_open")
    changed = ("UPDATE ticket SET status = 'void'", ())
    desk.port.transact("by hand", desk.clock.now(), [changed])
    assert numbers(desk, "firewall") == numbers(desk, "firewall status:open") == []
    assert numbers(desk, "firewall status:void") == [1]


def test_an_answer_is_found_in_the_same_second(desk: Desk) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error")
    answer_step(desk, call, "account.upgraded", "dont-know")
    assert numbers(desk, '"upgraded dont-know"') == [1]


def test_tickets_are_found_by_the_corrected_name_of_their_caller(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Whitfeld, Dana"), "2125550144")
    known = call_view(desk, call).caller
    assert known is not None
    correct: Statement = ("UPDATE caller SET name = 'Whitfield, Dana' WHERE id = ?", (known.id,))
    desk.port.transact("x", desk.clock.now(), [correct, index_tickets_of([known.id])])
    assert numbers(desk, "caller:whitfield") == [1]
    assert numbers(desk, "whitfeld") == []


def test_a_waiting_ticket_is_open_in_every_list_once_its_time_has_come(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    finish_call(desk, call, "waiting", clock.now() + 600)
    assert (numbers(desk, "status:waiting"), numbers(desk, "status:open")) == ([1], [])
    clock.go_on(600)
    assert (numbers(desk, "status:waiting"), numbers(desk, "status:open")) == ([], [1])


@pytest.mark.parametrize(
    "login", ["dana.ruiz", "d-ruiz", "dana_ruiz", "EXAMPLE\\druiz", "druiz@example"]
)
def test_tickets_are_found_by_any_clerks_login_and_by_no_part_of_it(
    desk: Desk, login: str
) -> None:
    colleague = open_as(desk.folder.home, desk.clock, (RVANCE[0], login))
    start_call(colleague)
    start_call(desk)
    (found,) = list_tickets(desk, query_of(desk, f"clerk:{login}"), 9)
    assert found.number == "T-26-00001"
    assert numbers(desk, "clerk:dana") == numbers(desk, "clerk:d") == []
    assert numbers(desk, "clerk:me") == [2]
    colleague.close()


def test_a_tag_is_found_like_a_word(desk: Desk) -> None:
    call = start_call(desk)
    ticket = call_view(desk, call).ticket
    desk.port.transact("tag", desk.clock.now(), [add_tag(ticket, "test")])
    add_note_to_call(desk, call, "x")
    assert numbers(desk, "test") == [1]
