from __future__ import annotations

import pytest

from helpdesk.desk.alike import alike_of, look_for_alike
from helpdesk.desk.caller_merging import keep_apart, merge_callers, unmerge_caller
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from helpdesk.errors import NotAllowed
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import START, StillClock
from tests.support.people import person
from tests.support.tables import tables_of


def pairs(desk: Desk) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(each.one.name, each.other.name, each.why) for each in look_for_alike(desk).pairs}


def ids(desk: Desk) -> list[int]:
    return sorted(each.id for each in look_for_callers(desk, "").callers)


def test_merging_moves_nothing_and_is_taken_apart_whole_at_any_later_date(
    desk: Desk, clock: StillClock
) -> None:
    one = person(desk, "Whitfeld, D.", "212-555-0144")
    two = person(desk, "Whitfield, Dana", "319-555-0155")
    three = person(desk, "Whitfield-Roe, Dana")
    before, moved = tables_of(desk), tables_of(desk, but=("caller.merged_into",))
    merge_callers(desk, one, two)
    merge_callers(desk, two, three)
    assert tables_of(desk, but=("caller.merged_into",)) == moved
    assert ids(desk) == [three]
    clock.go_on(300 * 86_400)
    unmerge_caller(desk, two)
    assert ids(desk) == sorted([two, three])
    unmerge_caller(desk, one)
    assert tables_of(desk) == before
    assert faults_of(desk.port) == []


def test_both_can_be_taken_back_and_done_again_with_one_key(desk: Desk) -> None:
    one, two = person(desk, "Whitfeld, D."), person(desk, "Whitfield, Dana")
    merge_callers(desk, one, two)
    undo_elsewhere(desk)
    assert ids(desk) == sorted([one, two])
    redo_elsewhere(desk)
    assert ids(desk) == [two]
    unmerge_caller(desk, one)
    undo_elsewhere(desk)
    assert ids(desk) == [two]


def test_pointers_never_go_round(desk: Desk) -> None:
    one, two, three = (person(desk, f"Roe, {name}") for name in ("A", "B", "C"))
    merge_callers(desk, one, two)
    merge_callers(desk, two, three)
    for gone, stays in ((three, one), (one, one), (three, three), (one, two)):
        with pytest.raises(NotAllowed, match="count as Roe, C already"):
            merge_callers(desk, gone, stays)
    with pytest.raises(NotAllowed, match="Roe, C is not merged"):
        unmerge_caller(desk, three)


def test_a_past_call_from_the_number_of_a_merged_caller_is_one_of_the_survivors(
    desk: Desk, clock: StillClock
) -> None:
    one, two = person(desk, "Whitfeld, D.", "212-555-0144"), person(desk, "Whitfield, Dana")
    merge_callers(desk, one, two)
    clock.go_on(9_999)
    who = Caller(0, name="Whitfield")
    record_history(desk, [CallRecord(START, "ianb", caller=who, phone="2125550144",
                                     outcome="resolved")])  # fmt: skip
    assert rows(desk, "SELECT count(*) AS many FROM caller") == [{"many": 2}]
    assert rows(desk, "SELECT caller FROM ticket ORDER BY n DESC LIMIT 1") == [{"caller": two}]


def test_who_may_be_the_same_person_is_suggested_with_the_reason(desk: Desk) -> None:
    person(desk, "Whitfield, Dana", "212-555-0144", email="dana@roe.example", firm="Roe LLP")
    person(desk, "Dana Whitfeld", "2125550144")
    person(desk, "Okafor, Ada", "212-555-0144")  # the same number, another person
    person(desk, "Whitfield, D.", firm="ROE LLP")
    person(desk, "Sands, Pat", email="DANA@roe.example", bar_number="NY1")
    person(desk, "", bar_number="ny1")
    assert {frozenset(pair[:2]): pair[2] for pair in pairs(desk)} == {
        frozenset({"Whitfield, Dana", "Dana Whitfeld"}): ("same phone", "similar name"),
        frozenset({"Whitfield, Dana", "Whitfield, D."}): ("same firm", "similar name"),
        frozenset({"Whitfield, Dana", "Sands, Pat"}): ("same e-mail",),
        frozenset({"Sands, Pat", ""}): ("same bar number",),
    }


def test_a_suggestion_that_was_dismissed_stays_dismissed_until_that_is_taken_back(
    desk: Desk,
) -> None:
    one = person(desk, "Whitfield, Dana", "212-555-0144")
    two = person(desk, "Whitfield, D.", "212-555-0144")
    assert [each.other.id for each in alike_of(desk, one)] == [two]
    keep_apart(desk, two, one)
    assert alike_of(desk, one) == alike_of(desk, two) == []
    assert pairs(desk) == set()
    with pytest.raises(NotAllowed, match="kept apart already"):
        keep_apart(desk, one, two)
    undo_elsewhere(desk)
    assert len(pairs(desk)) == 1


def test_the_search_goes_on_where_it_stopped_and_names_each_pair_once(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(9_999)
    record_history(
        desk,
        (
            CallRecord(
                START + number,
                "ianb",
                caller=Caller(0, name="Roe, P.", bar_number=f"{number % 130}"),
                phone=f"212555{number:04}",
                outcome="resolved",
            )
            for number in range(260)
        ),
    )
    first = look_for_alike(desk)
    assert (first.looked_at, first.after is None) == (200, False)
    rest = look_for_alike(desk, first.after)
    assert (rest.looked_at, rest.after) == (60, None)
    found = {frozenset((each.one.id, each.other.id)) for each in (*first.pairs, *rest.pairs)}
    assert len(found) == 130
