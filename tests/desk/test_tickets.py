from __future__ import annotations

import pytest

from helpdesk.desk import tickets
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.tags import tag_ticket
from helpdesk.desk.tickets import (
    count_said,
    count_tickets,
    filed_rows,
    list_tickets,
    ordered,
    query_of,
)
from helpdesk.domain.calls import Caller
from helpdesk.domain.export_columns import TICKETS
from helpdesk.domain.queries import Query
from helpdesk.domain.query_parts import BadQuery
from helpdesk.errors import BadInput
from tests.support.clock import StillClock


@pytest.fixture
def five(desk: Desk, clock: StillClock) -> Desk:
    """Five tickets, a minute apart, the third from Whitfield."""
    for place in range(5):
        call = start_call(desk)
        if place == 2:
            add_caller(desk, call, Caller(0, name="Whitfield, Dana"), "212-555-0144")
        finish_call(desk, call, "resolved")
        clock.go_on(60)
    return desk


def numbers(desk: Desk, typed: str = "", limit: int = 50) -> list[str]:
    return [row.number for row in list_tickets(desk, query_of(desk, typed), limit)]


def test_pages_follow_each_other_without_a_gap(five: Desk) -> None:
    first = list_tickets(five, Query(), 2)
    second = list_tickets(five, Query(), 2, first[-1])
    third = list_tickets(five, Query(), 2, second[-1])
    assert [row.number for row in (*first, *second, *third)] == numbers(five)
    assert len(third) == 1


def test_lines_are_the_same_tickets_without_what_no_line_shows(five: Desk) -> None:
    tag_ticket(five, list_tickets(five, Query(), 9)[2].id, add=["urgent"])
    whole = list_tickets(five, Query(), 9)
    assert (whole[2].phone, whole[2].tags) == ("2125550144", ("urgent",))
    lines = list_tickets(five, Query(), 9, lines=True)
    assert lines == tuple(row._replace(phone="", tagged="") for row in whole)


def test_a_word_finds_the_caller_and_a_beginning_only_while_typing(five: Desk) -> None:
    assert numbers(five, "whitfield") == ["T-26-00003"]
    assert numbers(five, "whit") == []
    typing = query_of(five, "whit", half_typed=True)
    assert [row.number for row in list_tickets(five, typing, 9)] == ["T-26-00003"]


def test_counting_stops_where_nobody_reads_further(
    five: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert count_tickets(five, Query()) == 5
    assert count_tickets(five, query_of(five, "whitfield")) == 1
    monkeypatch.setattr(tickets, "COUNTED", 3)
    assert count_tickets(five, Query()) == 4
    assert count_said(4) == "3+"


def test_counts_are_said_in_thousands() -> None:
    assert count_said(1_204) == "1,204"
    assert count_said(5_000) == "5,000"
    assert count_said(5_001) == "5,000+"


def test_what_waits_is_open_once_its_time_has_come(desk: Desk, clock: StillClock) -> None:
    finish_call(desk, start_call(desk), "waiting", clock.at + 600)
    assert numbers(desk, "status:waiting") == ["T-26-00001"]
    clock.go_on(601)
    assert numbers(desk, "status:waiting") == numbers(desk, "-status:open") == []
    (row,) = list_tickets(desk, query_of(desk, "status:open"), 9)
    assert row.status == "open"


def test_signs_alone_are_not_taken_for_everything(five: Desk) -> None:
    with pytest.raises(BadInput, match="no word"):
        query_of(five, "%%")
    assert query_of(five, "  ") == Query()


@pytest.mark.parametrize(
    ("typed", "said", "under"),
    [
        ("roe court:inb", "There is no court “inb”; did you mean “ianb”?", "inb"),
        ("office:paris", "there are: .*cedar-rapids", "paris"),
        ("symptom:linking,qwery", "no symptom “qwery”", "qwery"),
        ("clerk:mortis", "did you mean “mortiz”", "mortis"),
        ("-status:opne", "did you mean “open”", "opne"),
        ("status:merged", "found under the one it went on in", "merged"),
        ("tag:urgent", "There is no tag “urgent”; there are: test.", "urgent"),
        ("action:temprary-password", "did you mean “temporary-password”", "temprary-password"),
        ("incident:12", "there is none yet", "12"),
        ("escalated-to:supervisors", "did you mean “supervisor”", "supervisors"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused_at_its_word_and_not_applied_while_it_is_typed(
    five: Desk, typed: str, said: str, under: str
) -> None:
    with pytest.raises(BadQuery, match=said) as refused:
        query_of(five, typed)
    wrong = refused.value
    assert wrong.typed[wrong.start : wrong.end] == under
    typing = query_of(five, typed, half_typed=True)
    assert [str(each) for each in typing.unread] == [str(wrong)]


def test_the_beginning_of_a_symptom_stands_for_all_that_begin_so(five: Desk) -> None:
    (clause,) = query_of(five, "sym:linking").clauses
    assert "linking-error" in clause.values
    assert all(each.startswith("linking") for each in clause.values)


def test_few_hits_for_words_come_best_first_and_nothing_else_does(five: Desk) -> None:
    words, fields = query_of(five, "resolved whitfield"), query_of(five, "court:ianb")
    assert ordered(words, 3).sort == "best"
    assert ordered(words, 201).sort == ""
    assert ordered(fields, 3) == fields
    assert ordered(query_of(five, "whit", half_typed=True), 3).sort == ""
    assert ordered(query_of(five, "whitfield sort:oldest"), 3).sort == "oldest"
    best = ordered(query_of(five, "whitfield"), 1)
    assert [row.number for row in list_tickets(five, best, 9)] == ["T-26-00003"]


def test_a_file_has_a_row_a_ticket_and_empty_cells_for_the_unknown(five: Desk) -> None:
    newest, *others = filed_rows(list_tickets(five, query_of(five, ""), 9))
    assert len(others) == 4
    unknown = dict(zip((column.name for column in TICKETS), newest, strict=True))
    assert unknown["caller_name"] is unknown["symptom"] is None
    assert unknown["resolved_at"] == "2026-06-01T13:18:03Z"
    assert unknown["opened_local"] == "2026-06-01T08:18:03-05:00"
