from __future__ import annotations

from dataclasses import replace

import pytest

from helpdesk.desk.callers import find_callers, set_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.logged import log_call
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.ticket_text import ticket_lines
from helpdesk.desk.view import call_view, clocks_of, place_of
from helpdesk.desk.walking import known_facts
from helpdesk.domain.call_clocks import Clocks
from helpdesk.domain.records import CallRecord
from helpdesk.domain.run import Known
from helpdesk.errors import NotFound
from tests.support.calls import call_of_dana, rows
from tests.support.clock import StillClock


def test_a_call_that_is_not_there_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(NotFound, match="not in the database"):
        call_view(desk, 17)


def test_a_court_that_left_the_file_is_shown_by_its_id(desk: Desk) -> None:
    call = call_of_dana(desk)
    desk.courts = {name: court for name, court in desk.courts.items() if name != "ianb"}
    view = call_view(desk, call)
    assert (view.court.id, view.court.short) == ("ianb", "IANB")
    assert view.office.zone == desk.home_office.zone


def test_an_office_that_left_the_file_is_shown_by_its_id_and_in_its_own_zone(desk: Desk) -> None:
    _, number = log_call(desk, CallRecord(desk.clock.now() - 600, "ianb", "sioux-city", talk_s=60))
    (call,) = rows(desk, "SELECT id FROM call")
    ianb = desk.courts["ianb"]
    offices = tuple(office for office in ianb.offices if office.id != "sioux-city")
    desk.courts = {**desk.courts, "ianb": ianb._replace(offices=offices)}
    view = call_view(desk, call["id"])
    assert (view.court.short, view.office.id, view.office.name) == (
        "Iowa Northern", "sioux-city", "sioux-city"
    )  # fmt: skip
    said = list(ticket_lines(desk, show_ticket(desk, number)))
    assert "  Court     Iowa Northern, sioux-city (ianb)" in said
    _, elsewhere = place_of(desk, "ianb", "closed-down", "America/Denver")
    assert (elsewhere.id, elsewhere.zone) == ("closed-down", "America/Denver")
    _, unsaid = place_of(desk, "ianb", "")
    assert unsaid.id == "cedar-rapids"


def test_earlier_tickets_of_the_caller_are_shown_newest_first_without_this_one(
    desk: Desk, clock: StillClock
) -> None:
    finish_call(desk, call_of_dana(desk), "resolved")
    (dana,) = find_callers(desk, "whitfield")
    calls = []
    for _ in range(2):
        clock.go_on(3600)
        calls.append(start_call(desk))
        set_caller(desk, calls[-1], dana.id, "0144")
    view = call_view(desk, calls[-1])
    assert [past.number for past in view.past] == ["T-26-00002", "T-26-00001"]
    assert [past.status for past in view.past] == ["open", "resolved"]


def test_a_run_stands_on_the_version_that_was_current_when_it_began(desk: Desk) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error")
    view = call_view(desk, call)
    assert view.run is not None
    assert view.version == 1
    bare = replace(desk.library, playbooks={})
    desk.read_playbooks = lambda _: bare
    desk.read_library_again()
    assert call_view(desk, call).run == view.run


def test_what_the_desk_knows_comes_from_date_and_settings_of_the_tickets_court(desk: Desk) -> None:
    court, office = place_of(desk, "ianb", "cedar-rapids")
    facts = known_facts(desk, court, office, [])
    assert facts["court-is-live"] == Known("yes", "desk")
    assert facts["pay-later-allowed"] == Known("yes", "desk")
    assert "fee-lockout" not in facts
    coming = court._replace(go_live=None, settings={})
    assert known_facts(desk, coming, office, []) == {"court-is-live": Known("no", "desk")}
    unknown = coming._replace(kind="")  # a court that left the file
    assert known_facts(desk, unknown, office, []) == {}


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ([("a", "yes", 0)], "yes"),
        ([("a", "yes", 0), ("a", "no", 0)], "no"),
        ([("a", "yes", 0), ("b", "no", 0)], "no"),
        ([("a", "yes", 0), ("b", "no", 0), ("a", "yes", 0)], "yes"),
        ([("a", "yes", 0), ("b", "dont-know", 0)], "yes"),
        ([("a", "yes", 0), ("a", "dont-know", 0)], None),  # no longer said by anybody
        ([("a", "yes", 0), ("a", "no", 1)], "yes"),
        ([("a", "yes", 1)], None),
        ([("a", "dont-know", 0)], None),
    ],
)
def test_the_latest_answer_about_a_fact_counts_as_long_as_it_stands(
    desk: Desk, told: list[tuple[str, str, int]], value: str | None
) -> None:
    court, office = place_of(desk, "ianb", "cedar-rapids")
    answers = [
        {"playbook": "p", "step": step, "fact": "linked-here", "value": said, "struck": struck}
        for step, said, struck in told
    ]
    known = known_facts(desk, court, office, answers).get("linked-here")
    assert known == (Known(value, "ticket") if value else None)


def test_segments_add_up_and_the_open_one_runs() -> None:
    def segment(kind: str, began: int, to: int | None, seconds: int | None) -> dict[str, object]:
        return {"kind": kind, "from_at": began, "to_at": to, "seconds": seconds}

    clocks = clocks_of(
        [
            segment("talk", 0, 60, None),
            segment("hold", 60, 100, 33),
            segment("talk", 100, 110, None),
            segment("wrap", 110, None, None),
        ]
    )
    assert clocks == Clocks(talk=70, hold=33, wrap=0, running="wrap", since=110)
    assert clocks_of([]) == Clocks()
