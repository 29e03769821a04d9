"""Incidents: declared by who may, tied to calls, and at their end everybody promised is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import home_view, promises_due
from helpdesk.desk.incidents import (
    attach_incident,
    declare_incident,
    end_incident,
    list_incidents,
    read_incident,
)
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.outages import running_incidents
from helpdesk.desk.promises import kept_promises
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.desk.undo import redo_last, undo_elsewhere, undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller
from helpdesk.domain.guard import find_secret
from helpdesk.domain.incidents import fall_back, line_suggested
from helpdesk.domain.promises import Kept
from helpdesk.domain.words import promise_words
from helpdesk.errors import BadInput, HelpdeskError, NotAllowed, NotFound, SecretFound
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.outages import LINKING, call_about

LINE = "The link page is down. Nothing needs to be changed on your side."
MINUTE, HOUR, DAY = 60, 3_600, 86_400


@pytest.fixture
def other(desk: Desk, home: Path, clock: StillClock) -> Iterator[Desk]:
    """The same desk on the console of a colleague who is a clerk."""
    assert desk.folder.home == home
    other = open_as(home, clock, RVANCE, "clerk")
    yield other
    other.close()


def declared(desk: Desk, symptom: str = LINKING) -> int:
    return declare_incident(desk, "ianb", symptom, LINE)


def promised(desk: Desk, outcome: str = "callback") -> int:
    """A call that is tied to the incident of its symptom and waits for its end; its ticket."""
    call = call_about(desk, outcome="")
    number = attach_incident(desk, call).n
    finish_call(desk, call, outcome, incident=number)
    return call_view(desk, call).ticket


def test_incidents_are_numbered_from_one_and_say_what_is_read_out(desk: Desk) -> None:
    assert [declared(desk), declared(desk, "pdf-upload")] == [1, 2]
    first = running_incidents(desk)[-1]
    assert (first.n, first.court, first.symptom, first.line) == (1, "ianb", LINKING, LINE)
    assert first.clerk == "mortiz"


@pytest.mark.parametrize(
    ("court", "symptom", "line", "refusal"),
    [
        ("nowhere", LINKING, LINE, NotFound),
        ("ianb", "nothing", LINE, NotFound),
        ("ianb", LINKING, " \n ", BadInput),
        ("ianb", LINKING, "x" * 501, BadInput),
        ("ianb", LINKING, "My ssn is 123-45-6789", SecretFound),
    ],
)
def test_what_cannot_be_declared_is_refused_and_leaves_nothing(
    desk: Desk, court: str, symptom: str, line: str, refusal: type[HelpdeskError]
) -> None:
    with pytest.raises(refusal):
        declare_incident(desk, court, symptom, line)
    assert rows(desk, "SELECT * FROM incident") == []


def test_a_clerk_is_told_whom_to_ask(other: Desk) -> None:
    with pytest.raises(NotAllowed, match="ask one of lead, supervisor, admin"):
        declared(other)
    with pytest.raises(NotAllowed, match="ask one of lead, supervisor, admin"):
        end_incident(other, 1)


def test_a_second_one_of_the_same_symptom_and_court_is_refused_also_at_the_same_moment(
    desk: Desk, home: Path, clock: StillClock
) -> None:
    lead = open_as(home, clock, RVANCE, "lead")
    written = desk.port.transact

    def both(*args: object, **kwargs: object) -> object:
        desk.port.transact = written  # type: ignore[method-assign]
        declared(lead)
        return written(*args, **kwargs)  # type: ignore[arg-type]

    desk.port.transact = both  # type: ignore[method-assign, assignment]
    for _ in range(2):
        with pytest.raises(NotAllowed, match="Incident 1 runs for this symptom"):
            declared(desk)
    lead.close()
    assert list_incidents(desk)[1] == 1


def test_a_call_is_tied_to_the_incident_of_its_symptom_and_undo_takes_it_back(desk: Desk) -> None:
    declared(desk)
    call = call_about(desk, outcome="")
    assert attach_incident(desk, call).n == 1
    view = call_view(desk, call)
    assert view.incident is not None
    assert (view.incident.n, view.incident.tickets) == (1, 1)
    with pytest.raises(NotAllowed, match="attached to incident 1 already"):
        attach_incident(desk, call)
    assert undo_last(desk, call).startswith("Taken back: the link to the incident")
    assert call_view(desk, call).incident is None
    redo_last(desk, call)
    assert call_view(desk, call).incident is not None


def test_of_several_at_the_court_one_is_named_and_none_elsewhere_fits(desk: Desk) -> None:
    call = call_about(desk, "store-card", outcome="")
    with pytest.raises(NotAllowed, match="none runs there"):
        attach_incident(desk, call)
    declared(desk)
    declared(desk, "pdf-upload")
    declare_incident(desk, "ncmb", "store-card", LINE)
    with pytest.raises(NotAllowed, match="there run incident 2, incident 1"):
        attach_incident(desk, call)
    with pytest.raises(NotAllowed, match="Incident 3 does not run at"):
        attach_incident(desk, call, 3)
    assert attach_incident(desk, call, 2).symptom == "pdf-upload"
    end_incident(desk, 2)
    assert call_view(desk, call).incident is None
    with pytest.raises(NotAllowed, match="Incident 2 does not run"):
        attach_incident(desk, call, 2)


def test_a_promise_for_its_end_has_a_day_on_which_nobody_is_forgotten(
    desk: Desk, clock: StillClock
) -> None:
    declared(desk)
    ticket = promised(desk)
    (promise,) = rows(desk, "SELECT due_at, incident FROM promise WHERE ticket = ?", ticket)
    zone = ZoneInfo("America/Chicago")
    assert datetime.fromtimestamp(promise["due_at"], zone) == datetime(2026, 6, 2, 17, tzinfo=zone)
    assert promise["incident"] is not None
    clock.go_on(DAY)
    (due,) = home_view(desk).promises
    assert (due.incident, due.incident_over) == (1, False)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-06-01T23:59", "2026-06-02T17:00"),
        ("2026-06-05T16:00", "2026-06-08T17:00"),  # over the weekend
        ("2026-07-02T09:00", "2026-07-06T17:00"),  # and the holiday kept on a Friday
        ("2026-10-30T09:00", "2026-11-02T17:00"),  # over the change of the clocks
    ],
)
def test_the_fall_back_is_the_end_of_the_next_business_day(now: str, due: str) -> None:
    zone = ZoneInfo("America/Chicago")
    moments = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (now, due))
    at, expected = (int(moment.timestamp()) for moment in moments)
    assert fall_back(at, "America/Chicago") == expected


def test_a_call_that_is_not_tied_cannot_wait_for_the_end(desk: Desk) -> None:
    declared(desk)
    call = call_about(desk, outcome="")
    with pytest.raises(NotAllowed, match="not attached to a running incident 1"):
        finish_call(desk, call, "callback", incident=1)
    attach_incident(desk, call)
    with pytest.raises(BadInput, match="Only waiting or callback"):
        finish_call(desk, call, "resolved", incident=1)
    assert call_view(desk, call).wrap_ended_at is None


def test_at_its_end_everybody_promised_is_listed_first_and_open_again(
    desk: Desk, clock: StillClock
) -> None:
    late = call_about(desk, "pdf-upload", outcome="")
    finish_call(desk, late, "callback", clock.now() + MINUTE)
    declared(desk)
    tickets = [promised(desk, outcome) for outcome in ("callback", "waiting")]
    settled = call_about(desk, outcome="")
    attach_incident(desk, settled)
    finish_call(desk, settled, "resolved")
    clock.go_on(HOUR)
    assert [each.incident_over for each in home_view(desk).promises] == [False]
    assert end_incident(desk, 1, "the server was started again") == 2
    due = promises_due(desk, 9)
    assert [each.ticket for each in due[:2]] == tickets
    assert [each.incident_over for each in due[:2]] == [True] * 2
    home = home_view(desk)
    assert [each.ticket for each in home.promises[:2]] == tickets
    assert (home.due, home.late, home.over) == (3, 1, 2)
    assert due[2].number == call_view(desk, late).number
    found = list_tickets(desk, query_of(desk, "status:open"), 9)
    assert {each.id for each in found} >= set(tickets)
    incident, attached = read_incident(desk, 1)
    assert (incident.ended_by, incident.note) == ("mortiz", "the server was started again")
    assert [each.status for each in attached] == ["open", "open", "resolved"]
    assert faults_of(desk.port) == []


@pytest.mark.parametrize(("waited", "kept"), [(MINUTE, 1), (2 * DAY, 0)])
def test_who_is_called_back_after_the_end_and_by_the_promised_day_was_called_in_time(
    desk: Desk, clock: StillClock, waited: int, kept: int
) -> None:
    began = clock.now()
    declared(desk)
    ticket = promised(desk)
    clock.go_on(HOUR)
    end_incident(desk, 1)
    clock.go_on(waited)
    back = start_callback(desk, ticket)
    finish_call(desk, back, "resolved")
    clock.go_on(2 * DAY)
    assert kept_promises(desk, began, clock.now()) == Kept(kept, 1)


def test_a_promise_whose_incident_is_over_is_late_when_its_day_is_over_and_no_sooner(
    desk: Desk, clock: StillClock
) -> None:
    declared(desk)
    promised(desk)
    end_incident(desk, 1)
    clock.go_on(MINUTE)
    (over,) = promises_due(desk, 9)
    assert promise_words(over, clock.now()) == ("! OVER", "call back")
    assert home_view(desk).late == 0
    clock.go_on(2 * DAY)
    assert promise_words(over, clock.now()) == ("! LATE", "call back")
    home = home_view(desk)
    assert (home.due, home.late, home.over) == (1, 1, 0)


def test_one_undo_takes_the_end_back_for_everybody(desk: Desk, clock: StillClock) -> None:
    declared(desk)
    tickets = [promised(desk), promised(desk)]
    before = rows(desk, "SELECT id, wakes_at FROM ticket ORDER BY id")
    desk.opened_after = desk.port.head()
    clock.go_on(HOUR)
    end_incident(desk, 1)
    assert undo_elsewhere(desk).startswith("Taken back: the end of the incident")
    assert [each.n for each in running_incidents(desk)] == [1]
    assert rows(desk, "SELECT id, wakes_at FROM ticket ORDER BY id") == before
    waiting = rows(desk, "SELECT id FROM ticket WHERE wakes_at > ? ORDER BY id", clock.now())
    assert [row["id"] for row in waiting] == tickets
    assert end_incident(desk, 1) == 2
    assert faults_of(desk.port) == []


def test_the_end_opens_the_ticket_in_which_a_promised_one_goes_on(
    desk: Desk, clock: StillClock
) -> None:
    declared(desk)
    ticket = promised(desk)
    into = promised(desk)
    merge_tickets(desk, ticket, into)
    clock.go_on(HOUR)
    assert end_incident(desk, 1) == 1
    assert {each.ticket for each in promises_due(desk, 9)} == {into}
    (row,) = rows(desk, "SELECT wakes_at FROM ticket WHERE id = ?", into)
    assert row["wakes_at"] == clock.now()


def test_the_end_is_not_taken_back_when_another_runs_by_now(desk: Desk) -> None:
    desk.opened_after = desk.port.head()
    declared(desk)
    end_incident(desk, 1)
    lead = open_as(desk.folder.home, desk.clock, RVANCE, "lead")
    declared(lead)
    with pytest.raises(NotAllowed, match="Incident 2 runs for this symptom"):
        undo_elsewhere(desk)
    assert [each.n for each in running_incidents(desk)] == [2]
    lead.close()


@pytest.mark.parametrize("ends_first", [True, False])
def test_a_call_that_waits_for_an_end_at_that_very_moment_is_not_forgotten(
    desk: Desk, *, ends_first: bool
) -> None:
    declared(desk)
    call = call_about(desk, outcome="")
    attach_incident(desk, call)
    lead = open_as(desk.folder.home, desk.clock, RVANCE, "lead")
    acts: list[Callable[[], object]] = [
        lambda: finish_call(desk, call, "callback", incident=1),
        lambda: end_incident(lead, 1),
    ]
    slow, quick = acts if ends_first else reversed(acts)
    port = desk.port if ends_first else lead.port
    written = port.transact

    def both(*args: object, **kwargs: object) -> object:
        port.transact = written  # type: ignore[method-assign]
        quick()
        return written(*args, **kwargs)  # type: ignore[arg-type]

    port.transact = both  # type: ignore[method-assign, assignment]
    if ends_first:
        with pytest.raises(NotAllowed, match="not attached to a running incident 1"):
            slow()
        assert rows(desk, "SELECT id FROM promise") == []
    else:
        assert slow() == 1
        assert [each.incident_over for each in home_view(desk).promises] == [True]
    assert faults_of(desk.port) == []
    lead.close()


def test_what_is_over_or_was_never_there_is_not_ended(desk: Desk) -> None:
    declared(desk)
    end_incident(desk, 1)
    with pytest.raises(NotAllowed, match="mortiz ended it"):
        end_incident(desk, 1)
    with pytest.raises(NotFound, match="no incident 7"):
        end_incident(desk, 7)


def test_a_caller_who_was_called_before_its_end_is_not_called_again(desk: Desk) -> None:
    declared(desk)
    ticket = promised(desk)
    again = start_call(desk)
    add_caller(desk, again, Caller(0, name="Roe, Pat", court="ianb"))
    from helpdesk.desk.merging import continue_ticket

    continue_ticket(desk, again, ticket)
    finish_call(desk, again, "resolved")
    assert end_incident(desk, 1) == 0


def test_the_sentence_that_is_suggested_is_one_that_may_be_kept(desk: Desk) -> None:
    for book in desk.library.playbooks.values():
        for court in desk.courts.values():
            said = line_suggested(book.title, court)
            assert find_secret(said) is None, said
            assert len(said) <= 500
