from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.callers import add_caller, find_callers, set_caller, set_unknown_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.call_words import caller_said
from helpdesk.domain.calls import ROLES, Caller
from helpdesk.errors import BadInput, HelpdeskError, NotFound
from tests.support.calls import DANA, PHONE, call_of_dana, rows
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.people import person

TEXTS = st.text(st.characters(), max_size=20) | st.sampled_from(
    ["\ud800", "a\0b", "\x1b[2J", "💥"]
)


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for calls one after the other."""
    desk = open_as(tmp_path_factory.mktemp("shift"), StillClock())
    yield desk
    desk.close()


def named(desk: Desk, typed: str) -> list[str]:
    return [caller.name for caller in find_callers(desk, typed)]


def dana(desk: Desk) -> Caller:
    (caller,) = find_callers(desk, "whitfield")
    return caller


def test_a_new_caller_is_written_down_as_said_and_is_who_calls(desk: Desk) -> None:
    view = call_view(desk, call_of_dana(desk))
    assert view.caller is not None
    assert replace(view.caller, id=0, called_at=0) == replace(
        DANA, office="cedar-rapids", phones=("2125550144",)
    )
    assert (view.phone, view.asked_caller) == ("2125550144", True)


def test_the_extension_of_a_number_stands_wherever_the_number_does(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Ext, Eve"), "319 555 0177 ext 12")
    view = call_view(desk, call)
    (found,) = find_callers(desk, "0177")
    assert found.phones == ("3195550177x12",)
    assert "319-555-0177 x12" in found.label
    assert "319-555-0177 x12" in caller_said(view)
    assert view.phone == "3195550177"


def test_a_number_that_is_none_is_refused_and_no_caller_is_written_down(desk: Desk) -> None:
    call = start_call(desk)
    with pytest.raises(BadInput, match="“319-555-O199” is no phone number"):
        add_caller(desk, call, Caller(0, name="Ext, Eve"), "319-555-O199")
    assert rows(desk, "SELECT * FROM caller") == []


def test_nothing_is_required_of_a_new_caller(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0))
    view = call_view(desk, call)
    assert view.caller is not None
    assert view.caller.label == "(no name)  IANB"


def test_blanks_in_a_name_are_folded(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="  Whitfield, \t Dana\n"))
    assert named(desk, "dana") == ["Whitfield, Dana"]


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        *((role[:2], role) for role in ROLES),
        ("A", "attorney"),
        ("s", "staff"),
        ("atty", "attorney"),
    ],
)
def test_a_role_is_read_by_its_first_letters(desk: Desk, typed: str, role: str) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, role=typed))
    view = call_view(desk, call)
    assert view.caller is not None
    assert view.caller.role == role


@pytest.mark.parametrize(
    ("caller", "error"),
    [
        (Caller(0, role="king"), BadInput),
        (Caller(0, court="nysb"), NotFound),
        (Caller(0, court="ianb", office="nysb"), NotFound),
    ],
)
def test_a_caller_with_a_wrong_role_or_court_is_refused_whole(
    desk: Desk, caller: Caller, error: type[HelpdeskError]
) -> None:
    call = start_call(desk)
    with pytest.raises(error, match=r"king.*attorney|nysb.*(ianb|has:).*without one\.$"):
        add_caller(desk, call, caller)
    assert rows(desk, "SELECT * FROM caller") == []
    assert call_view(desk, call).caller is None


def test_a_caller_of_another_court_takes_the_call_there(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Lane, Kim", court="NCMB"))
    view = call_view(desk, call)
    assert (view.court.id, view.office.zone) == ("ncmb", "America/New_York")
    assert rows(desk, "SELECT court, zone FROM ticket") == [
        {"court": "ncmb", "zone": "America/New_York"}
    ]


def test_a_known_caller_brings_the_court_of_the_last_call(desk: Desk, clock: StillClock) -> None:
    first = start_call(desk)
    add_caller(desk, first, replace(DANA, court="iasb"), PHONE)
    finish_call(desk, first, "resolved")
    clock.go_on(3600)
    second = start_call(desk)
    set_caller(desk, second, dana(desk).id, "0144")
    view = call_view(desk, second)
    assert (view.court.id, view.phone) == ("iasb", "2125550144")
    assert [past.number for past in view.past] == ["T-26-00001"]
    assert dana(desk).called_at == clock.at


def test_a_known_caller_whose_office_left_the_file_calls_about_the_first_of_the_court(
    desk: Desk,
) -> None:
    first = start_call(desk)
    add_caller(desk, first, replace(DANA, court="ianb", office="sioux-city"), PHONE)
    finish_call(desk, first, "resolved")
    ianb = desk.courts["ianb"]
    desk.courts = {**desk.courts, "ianb": ianb._replace(offices=ianb.offices[:1])}
    second = start_call(desk)
    set_caller(desk, second, dana(desk).id, "0144")
    assert [row["office"] for row in rows(desk, "SELECT office FROM ticket ORDER BY id")] == [
        "sioux-city", "cedar-rapids",
    ]  # fmt: skip


def test_a_caller_who_is_not_there_is_refused(desk: Desk) -> None:
    call = start_call(desk)
    with pytest.raises(NotFound, match="not in the database"):
        set_caller(desk, call, 17, "0144")
    assert not call_view(desk, call).asked_caller


def test_an_unknown_caller_is_no_made_up_person(desk: Desk) -> None:
    call = start_call(desk)
    set_unknown_caller(desk, call)
    view = call_view(desk, call)
    assert (view.caller, view.asked_caller) == (None, True)
    assert rows(desk, "SELECT * FROM caller") == []


def test_who_calls_can_be_corrected(desk: Desk) -> None:
    call = call_of_dana(desk)
    set_unknown_caller(desk, call)
    assert call_view(desk, call).caller is None
    set_caller(desk, call, dana(desk).id, "whit")
    assert call_view(desk, call).caller == dana(desk)


def test_checks_of_one_caller_prove_nothing_of_another_and_undo_brings_them_back(
    desk: Desk,
) -> None:
    other = person(desk, "Lee Whitman", "319-555-0155")
    call = call_of_dana(desk)
    for kind in ("called-back", "email-on-record"):
        add_action_to_call(desk, call, kind)
    set_caller(desk, call, dana(desk).id, "whitf")
    assert len(call_view(desk, call).checks) == 2
    set_caller(desk, call, other, "whitm")
    assert call_view(desk, call).checks == ()
    undo_last(desk, call)
    assert len(call_view(desk, call).checks) == 2
    set_unknown_caller(desk, call)
    assert call_view(desk, call).checks == ()


def test_a_number_that_came_with_the_card_of_a_wrong_caller_goes_with_it(desk: Desk) -> None:
    other = person(desk, "Lee Whitman", "319-555-0155")
    call_of_dana(desk)
    call = start_call(desk)
    for typed, caller, phone in [
        ("whitf", dana(desk).id, "2125550144"),
        ("whitm", other, "3195550155"),
        ("0144", dana(desk).id, "2125550144"),
        ("whitm", other, "2125550144"),  # it was typed: it is the number that calls
    ]:
        set_caller(desk, call, caller, typed)
        assert call_view(desk, call).phone == phone


@pytest.mark.parametrize(
    ("typed", "phone"),
    [("0144", "2125550144"), ("212555", "2125550144"), ("555-01", "2125550144"),
     ("whit", "2125550144"), ("", "2125550144"), ("26-00001", "2125550144"),
     ("319-555-0199", "3195550199")],
)  # fmt: skip
def test_the_number_of_a_call_is_a_whole_one_whatever_part_was_typed(
    desk: Desk, typed: str, phone: str
) -> None:
    call_of_dana(desk)
    call = start_call(desk)
    set_caller(desk, call, dana(desk).id, typed)
    assert call_view(desk, call).phone == phone


def test_a_part_of_a_number_is_not_kept_as_the_number_of_a_caller_without_one(desk: Desk) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Lane, Kim"))
    (kim,) = find_callers(desk, "lane")
    set_caller(desk, call, kim.id, "26-00001")
    assert call_view(desk, call).phone == ""


def test_a_ticket_number_finds_its_caller_first_even_where_it_could_be_a_phone_number(
    desk: Desk, clock: StillClock
) -> None:
    call_of_dana(desk)
    clock.go_on(60)
    other = start_call(desk)
    add_caller(desk, other, Caller(0, name="Lane, Kim"), "212-600-0011")
    assert named(desk, "26-00001") == ["Whitfield, Dana", "Lane, Kim"]
    assert named(desk, "T-26-00001") == ["Whitfield, Dana"]
    assert named(desk, "2600001") == ["Lane, Kim"]


def test_the_ending_of_a_number_counts_before_its_middle(desk: Desk, clock: StillClock) -> None:
    for name, phone in (("End, Er", "212-555-0144"), ("Middle, Mo", "212-014-4555")):
        add_caller(desk, start_call(desk), Caller(0, name=name), phone)
        clock.go_on(60)
    assert named(desk, "0144") == ["End, Er", "Middle, Mo"]


def test_nothing_typed_lists_who_called_last(desk: Desk, clock: StillClock) -> None:
    for name in ("First", "Second", "Third"):
        add_caller(desk, start_call(desk), Caller(0, name=name))
        clock.go_on(60)
    assert named(desk, "") == ["Third", "Second", "First"]


def test_an_extension_is_kept_apart_from_the_number(desk: Desk) -> None:
    add_caller(desk, start_call(desk), DANA, "(212) 555-0144x3")
    assert rows(desk, "SELECT digits, extension FROM caller_phone") == [
        {"digits": "2125550144", "extension": "3"}
    ]


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_text_about_a_caller_is_kept_or_refused_in_words(
    shift: Desk, name: str, firm: str, email: str, bar: str, phone: str, matched: str
) -> None:
    call = start_call(shift)
    who = Caller(0, name=name, firm=firm, email=email, bar_number=bar)
    with suppress(HelpdeskError):
        add_caller(shift, call, who, phone)
        caller = call_view(shift, call).caller
        assert caller is not None
        set_caller(shift, call, caller.id, matched)
        assert call_view(shift, call).caller == caller
