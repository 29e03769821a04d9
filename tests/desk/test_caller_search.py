from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.desk.caller_merging import merge_callers
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.mending import rebuild_search
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.desk.upkeep import examine_database
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from helpdesk.errors import SecretFound
from tests.support.clock import START, StillClock
from tests.support.desks import open_as
from tests.support.people import person


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that five people called, one after the other."""
    clock = StillClock()
    desk = open_as(tmp_path_factory.mktemp("staffed"), clock)
    for name, phone, known in (
        ("Whitfield, Dana", "212-555-0144 x3", {
            "firm": "Roe & Partners LLP", "email": "dana@roepartners.example",
            "bar_number": "NY448120",
        }),
        ("Roe, Pat", "212-555-0199", {"firm": "Whitfield Law"}),
        ("Butterfield, Sol", "319-555-0155", {}),
        ("Núñez, Ana", "212-014-4555", {}),
        ("Lindqvist, Petra", "212-555-0199", {"firm": "Roe & Partners LLP"}),
    ):  # fmt: skip
        person(desk, name, phone, **known)
        clock.go_on(60)
    yield desk
    desk.close()


def named(desk: Desk, typed: str) -> list[str]:
    return [caller.name for caller in look_for_callers(desk, typed).callers]


@pytest.mark.parametrize(
    "typed",
    ["212.555.0144", "(212) 555-0144", "+1 212 555 0144", "212/555-0144", "0144", "555 01 44",
     "212-555-0144 ext. 3", "whitf", "DANA", "dana whit", "partners dana", "itfiel",
     "dana@roepartners.example", "NY448120", "4481", "T-26-00001", "26-1", "Whitfeld",
     "Witfield", "Whitfeild", "Ehitfield", "Dnaa Whitfield", "Wihtfield"],
)  # fmt: skip
def test_a_caller_is_found_first_by_any_part_of_anything(staffed: Desk, typed: str) -> None:
    assert named(staffed, typed)[0] == "Whitfield, Dana"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("0144", ["Whitfield, Dana", "Núñez, Ana"]),
        ("whitfield", ["Whitfield, Dana", "Roe, Pat"]),
        ("field", ["Butterfield, Sol", "Whitfield, Dana", "Roe, Pat"]),
        ("roe", ["Roe, Pat", "Lindqvist, Petra", "Whitfield, Dana"]),
        ("2125550199", ["Lindqvist, Petra", "Roe, Pat"]),
        ("nunez", ["Núñez, Ana"]),
        ("field so", ["Butterfield, Sol"]),
        ("zebra", []),
        ("!?", []),
    ],
)
def test_the_likeliest_comes_first_and_among_equals_who_called_last(
    staffed: Desk, typed: str, names: list[str]
) -> None:
    assert named(staffed, typed) == names


def test_words_that_were_meant_are_told_where_nothing_fits_as_typed(staffed: Desk) -> None:
    found = look_for_callers(staffed, "lindqivst petra")
    assert found.meant == ("lindqvist", "petra")
    assert found.said == "nobody fits as typed; near it: lindqvist petra"


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered(staffed: Desk, typed: str) -> None:
    try:
        found = look_for_callers(staffed, typed)
    except SecretFound:  # what looks like one is looked for by nobody
        return
    assert len(found.callers) == found.count


def test_the_number_of_a_ticket_without_a_caller_is_said(desk: Desk) -> None:
    start_call(desk)
    assert look_for_callers(desk, "T-26-00001").said == "T-26-00001 has no caller yet"
    assert look_for_callers(desk, "T-26-00002").said == ""


def test_more_than_fifty_are_counted_and_said(desk: Desk) -> None:
    record_history(
        desk,
        (
            CallRecord(
                START - 9_999 + number,
                "ianb",
                caller=Caller(0, name=f"Roe, {'Ann' if number < 60 else 'Pat'}"),
                phone=f"212555{number:04}",
                outcome="resolved",
            )
            for number in range(230)
        ),
    )
    found = look_for_callers(desk, "roe")
    assert (len(found.callers), found.said) == (50, "50 of 200+: type more")
    assert look_for_callers(desk, "roe ann").said == "50 of 60: type more"
    assert look_for_callers(desk, "0117").said == ""
    last = look_for_callers(desk, "", counted=True)
    assert (len(last.callers), last.said) == (50, "50 of 200+: type more")
    assert last.callers[0].phones == ("2125550229",)


def test_a_merged_caller_is_found_under_the_one_they_count_as(desk: Desk) -> None:
    one = person(desk, "Whitfeld, D.", "212-555-0144")
    two = person(desk, "Whitfield, Dana", "319-555-0155")
    three = person(desk, "Whitfield-Roe, Dana", "646-555-0166")
    merge_callers(desk, one, two)
    merge_callers(desk, two, three)
    for typed in ("0144", "0155", "0166", "whitfeld", "whitfield", ""):
        (found,) = look_for_callers(desk, typed).callers
        assert (found.id, set(found.phones)) == (
            three, {"2125550144", "3195550155", "6465550166"},
        )  # fmt: skip


def test_the_doctor_sees_and_mends_a_broken_index_of_parts(desk: Desk) -> None:
    person(desk, "Whitfield, Dana")
    stamp = desk.stamp()
    wreck = "INSERT INTO caller_part(caller_part, rowid, text) VALUES ('delete', 1, 'whitfield')"
    drop = "INSERT INTO caller_part(caller_part) VALUES ('delete-all')"
    desk.port.transact(stamp.op, stamp.at, [(wreck, ()), (drop, ())])
    assert named(desk, "itfiel") == []
    told = {each.what: each for each in examine_database(desk)}
    assert "caller_part" in told["search"].said
    rebuild_search(desk)
    assert named(desk, "itfiel") == ["Whitfield, Dana"]
    assert "hold what" in {each.what: each for each in examine_database(desk)}["search"].said


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("กรุงเทพมหานคร สมชาย", ["กรุงเทพมหานคร", "กรุงเทพ", "กรุง", "สมช"]),
        ("हिन्दी शर्मा", ["हिन्दी", "हिन्", "शर्मा", "हिन्दी शर्"]),
        ("தமிழ் செல்வி", ["தமிழ்", "செல்"]),
        ("বাংলা রহমান", ["বাংলা", "রহ"]),
        ("שָׁלוֹם כהן", ["שָׁלוֹם", "כהן"]),
        ("한국어 김", ["한국어", "한국"]),
        ("Йосиф Ёлкин", ["Йосиф", "ёлк", "ЙОС", "и\u0306ос"]),
        ("Ώρα Κώστας", ["ώρα", "κώσ"]),
        ("Nguyễn Thị Ánh", ["nguyen anh", "Nguyễn", "Nguye\u0302\u0303n", "anh"]),
        ("がんばる カガ", ["がんばる", "カカ\u3099", "カガ"]),
        ("ÅSTRÖM, İnci", ["astrom", "a\u030astr", "inci"]),
    ],
)
def test_callers_and_their_tickets_are_found_in_any_script(
    desk: Desk, name: str, typed: list[str]
) -> None:
    person(desk, name, "212-555-0101", firm=f"{name} LLP")
    for each in typed:
        assert named(desk, each) == [name], each
    queries = [query_of(desk, each, half_typed=True) for each in typed]
    fields = ("caller", "firm") if name.split(maxsplit=1)[0] in typed else ()
    queries += [query_of(desk, f"{field}:{typed[0]}") for field in fields]
    for query in queries:
        assert [row.caller for row in list_tickets(desk, query, 50)] == [name], query
