from __future__ import annotations

from typing import Any

import pytest

from helpdesk.desk.caller_corrections import correct_caller
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.callers import known_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.errors import BadInput, FieldChanged, NotAllowed, NotFound
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.people import person


def shown(desk: Desk, caller: int) -> tuple[Any, ...]:
    now = known_caller(desk, caller)
    return (
        now.name, now.firm, now.role, now.email, now.bar_number, f"{now.court}/{now.office}",
        sorted(now.phones),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "place", "kept"),
    [
        ("name", " Whitfield,  Dana ", 0, "Whitfield, Dana"),
        ("firm", "Roe LLP", 1, "Roe LLP"),
        ("role", "a", 2, "attorney"),
        ("email", "dana@roe.example", 3, "dana@roe.example"),
        ("bar_number", "NY1", 4, "NY1"),
        ("court", "ncmb", 5, "ncmb/greensboro"),
        ("phone", "(319) 555-0155", 6, ["2125550144", "3195550155"]),
    ],
)
def test_each_thing_is_corrected_found_at_once_and_taken_back_with_one_key(
    desk: Desk, field: str, value: str, place: int, kept: object
) -> None:
    caller = person(desk, "Whitfeld, D.", "212-555-0144", firm="Row", email="d@row.example")
    before = shown(desk, caller)
    correct_caller(desk, caller, field, value)
    after = shown(desk, caller)
    assert after[place] == kept
    assert [each for each in range(7) if before[each] != after[each]] == [place]
    undo_elsewhere(desk)
    assert shown(desk, caller) == before
    redo_elsewhere(desk)
    assert shown(desk, caller) == after
    assert faults_of(desk.port) == []


def test_the_corrected_name_finds_the_caller_and_their_tickets_and_the_wrong_one_does_not(
    desk: Desk,
) -> None:
    caller = person(desk, "Zeller, D.")
    correct_caller(desk, caller, "name", "Whitfield, Dana", "Zeller, D.")
    for word, found in (("whitfield", 1), ("zeller", 0)):
        assert len(look_for_callers(desk, word).callers) == found
        assert len(list_tickets(desk, query_of(desk, word), 9)) == found
    undo_elsewhere(desk)
    assert len(list_tickets(desk, query_of(desk, "zeller"), 9)) == 1


def test_a_number_is_taken_off_and_another_put_in_its_place(desk: Desk) -> None:
    caller = person(desk, "Whitfield, Dana", "212-555-0144")
    correct_caller(desk, caller, "phone", "212-555-0145", "2125550144")
    assert known_caller(desk, caller).phones == ("2125550145",)
    correct_caller(desk, caller, "phone", "", "2125550145")
    assert known_caller(desk, caller).phones == ()
    with pytest.raises(NotAllowed, match="212-555-0145 is not on record any more"):
        correct_caller(desk, caller, "phone", "", "2125550145")
    undo_elsewhere(desk)
    undo_elsewhere(desk)
    assert known_caller(desk, caller).phones == ("2125550144",)


@pytest.mark.parametrize("value", ["", "646-555-0166 x3"])
def test_a_number_that_was_taken_off_comes_back_with_its_extension(desk: Desk, value: str) -> None:
    caller = person(desk, "Whitfield, Dana", "212-555-0144 x77")
    sql = "SELECT digits, extension FROM caller_phone"
    before = rows(desk, sql)
    assert before == [{"digits": "2125550144", "extension": "77"}]
    correct_caller(desk, caller, "phone", value, "212-555-0144")
    after = rows(desk, sql)
    assert after == [{"digits": "6465550166", "extension": "3"}] * bool(value)
    undo_elsewhere(desk)
    assert rows(desk, sql) == before
    redo_elsewhere(desk)
    assert rows(desk, sql) == after


@pytest.mark.parametrize(
    ("seen", "value", "kept"),
    [
        ("2125550144", "212-555-0144 x78", "78"),
        ("212-555-0144 x77", "212-555-0144 x78", "78"),
        ("", "212-555-0144 x78", "78"),
        ("2125550144", "212-555-0144", ""),
    ],
)
def test_an_extension_is_corrected_and_taken_back(
    desk: Desk, seen: str, value: str, kept: str
) -> None:
    caller = person(desk, "Whitfield, Dana", "212-555-0144 x77")
    sql = "SELECT extension FROM caller_phone"
    correct_caller(desk, caller, "phone", value, seen)
    assert rows(desk, sql) == [{"extension": kept}]
    undo_elsewhere(desk)
    assert rows(desk, sql) == [{"extension": "77"}]
    redo_elsewhere(desk)
    assert rows(desk, sql) == [{"extension": kept}]
    assert faults_of(desk.port) == []


@pytest.mark.parametrize(
    ("seen", "value"),
    [("2125550144", "212-555-0144 x77"), ("", "212-555-0144 x77"), ("", "212-555-0144")],
)
def test_a_number_that_is_on_record_as_it_was_typed_is_refused(
    desk: Desk, seen: str, value: str
) -> None:
    caller = person(desk, "Whitfield, Dana", "212-555-0144 x77")
    with pytest.raises(NotAllowed, match="The phone of Whitfield, Dana is that already"):
        correct_caller(desk, caller, "phone", value, seen)
    assert rows(desk, "SELECT extension FROM caller_phone") == [{"extension": "77"}]


def test_the_second_who_corrects_the_same_field_sees_both_values_and_other_fields_merge(
    desk: Desk,
) -> None:
    caller = person(desk, "Whitfeld, D.")
    correct_caller(desk, caller, "name", "Whitfield, D.", "Whitfeld, D.")
    correct_caller(desk, caller, "firm", "Roe LLP", "")
    with pytest.raises(FieldChanged, match=r"“Whitfield, D\.” now, and you wanted “Whitman, D\.”"):
        correct_caller(desk, caller, "name", "Whitman, D.", "Whitfeld, D.")
    correct_caller(desk, caller, "name", "Whitman, D.", "Whitfield, D.")
    assert shown(desk, caller)[:2] == ("Whitman, D.", "Roe LLP")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "Whitfield, Dana", NotAllowed),
        ("role", "king", BadInput),
        ("court", "nysb", NotFound),
        ("phone", "none", BadInput),
        ("colour", "red", BadInput),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    desk: Desk, field: str, value: str, error: type[Exception]
) -> None:
    caller = person(desk, "Whitfield, Dana")
    before = shown(desk, caller)
    with pytest.raises(error):
        correct_caller(desk, caller, field, value)
    assert shown(desk, caller) == before
