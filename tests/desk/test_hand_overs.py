from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from helpdesk.desk.calls import finish_call, park_call, start_call, take_call
from helpdesk.desk.corrections import correct_ticket
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import accept_escalation, return_escalation
from helpdesk.desk.hand_overs import (
    add_note_for_shift,
    make_hand_over,
    newest_sheet,
    take_line,
    write_sheet,
)
from helpdesk.desk.home import home_view
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.owners import assign_ticket
from helpdesk.desk.promises import promise_on_ticket
from helpdesk.desk.standing_sheet import next_business_day_ends, untaken_lines
from helpdesk.desk.statuses import change_status
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.desk.undo import undo_elsewhere
from helpdesk.desk.view import call_view
from helpdesk.domain.whens import said_in
from helpdesk.errors import BadInput, NotAllowed, SecretFound
from tests.support.calls import call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as

HOUR = 3600


@pytest.fixture
def other(desk: Desk, home: Path, clock: StillClock) -> Iterator[Desk]:
    """The same desk as a supervisor sees it."""
    assert desk.folder.home == home
    other = open_as(home, clock, RVANCE, "supervisor")
    yield other
    other.close()


def promised(desk: Desk, due_at: int, outcome: str = "callback") -> int:
    """Take a call from Dana that ends with a promise; the ticket."""
    call = call_of_dana(desk)
    return finish_call(desk, call, outcome, due_at).ticket


def escalated(desk: Desk, target: str) -> int:
    """Take a call that somebody else must go on with; the ticket."""
    return finish_call(desk, start_call(desk), "escalated", None, target).ticket


def kinds(desk: Desk) -> list[str]:
    return [each.matter.kind for each in newest_sheet(desk).lines]


def an_incident(desk: Desk) -> None:
    sql = """INSERT INTO incident(id, n, court, symptom, line, declared_at, clerk)
        VALUES (1, 12, 'ianb', 'linking-error', 'Maintenance', ?, ?)"""
    desk.port.transact("op", desk.clock.now(), [(sql, (desk.clock.now(), desk.clerk.id))])


def everything(desk: Desk, clock: StillClock) -> dict[str, int]:
    """One matter of every kind; the tickets and calls by name."""
    made = {"late": promised(desk, clock.at + 60), "coming": promised(desk, clock.at + 5 * HOUR)}
    made["waiting"] = promised(desk, clock.at + 26 * HOUR, "waiting")
    promised(desk, clock.at + 50 * HOUR, "waiting")  # after tomorrow: the next shift's own
    made["parked"] = start_call(desk)
    park_call(desk, made["parked"])
    made["escalated"] = escalated(desk, "supervisor")
    an_incident(desk)
    add_note_for_shift(desk, "The card gateway is slow.")
    clock.go_on(120)
    return made


ALL = ["callback", "callback", "waiting", "parked", "incident", "escalated", "note"]


def test_a_preview_holds_what_is_late_runs_or_falls_due_until_the_next_business_day(
    desk: Desk, clock: StillClock
) -> None:
    made = everything(desk, clock)
    preview = newest_sheet(desk)
    assert preview.id == 0
    assert [each.matter.kind for each in preview.lines] == ALL
    assert [each.place for each in preview.lines] == list(range(1, 8))
    tickets = [each.matter.ticket for each in preview.lines]
    assert tickets[:3] == [made["late"], made["coming"], made["waiting"]]
    assert preview.lines[0].caller == "Whitfield, Dana"
    assert untaken_lines(desk) == 0


def test_a_sheet_fixes_its_lines_and_counts_what_nobody_has_taken(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    everything(desk, clock)
    assert make_hand_over(desk).startswith("Handed over: 7 lines.")
    promised(desk, clock.at + HOUR)
    clock.go_on(60)
    sheet = newest_sheet(other)
    assert (sheet.clerk, len(sheet.lines), sheet.untaken) == ("mortiz", 7, 7)
    assert untaken_lines(other) == home_view(other).untaken == 7
    take_line(other, sheet.lines[0].id)
    took = newest_sheet(desk)
    assert (took.lines[0].taken_by, took.lines[0].taken_at, took.untaken) == (
        "rvance", clock.at, 6,
    )  # fmt: skip
    assert untaken_lines(desk) == 6


def test_what_is_dealt_with_meanwhile_is_done_whatever_kind_it_is(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    made = everything(desk, clock)
    make_hand_over(desk)
    promise_on_ticket(desk, made["late"], "callback", clock.at + 90 * HOUR)
    take_call(desk, made["parked"])
    finish_call(desk, made["parked"], "resolved")
    accept_escalation(other, made["escalated"])
    desk.port.transact("end", clock.at, [("UPDATE incident SET ended_at = ?", (clock.at,))])
    done = [each.matter.kind for each in newest_sheet(desk).lines if each.done]
    assert done == ["callback", "parked", "incident", "escalated"]
    assert untaken_lines(desk) == newest_sheet(desk).untaken == 3


def test_what_was_promised_on_a_merged_ticket_waits_until_the_one_it_goes_on_in_is_done(
    desk: Desk, clock: StillClock
) -> None:
    one, other = promised(desk, clock.at + HOUR), promised(desk, clock.at + 2 * HOUR, "waiting")
    make_hand_over(desk)
    merge_tickets(desk, one, other)
    assert [each.done for each in newest_sheet(desk).lines] == [False, False]
    assert untaken_lines(desk) == home_view(desk).due == 2
    change_status(desk, other, "resolved")
    assert [each.done for each in newest_sheet(desk).lines] == [True, True]
    assert untaken_lines(desk) == 0


def test_what_is_promised_on_a_ticket_that_was_taken_out_again_waits_for_that_one(
    desk: Desk, clock: StillClock
) -> None:
    one = promised(desk, clock.at + HOUR)
    other = promised(desk, clock.at + 90 * HOUR, "waiting")  # later than the sheet looks ahead
    merge_tickets(desk, one, other)
    make_hand_over(desk)
    unmerge_ticket(desk, one)
    change_status(desk, other, "resolved")
    assert [each.done for each in newest_sheet(desk).lines] == [False]
    assert untaken_lines(desk) == 1


def test_of_two_clerks_one_takes_a_line_and_the_other_is_told_who_has_it(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    add_note_for_shift(desk, "One.")
    make_hand_over(desk)
    line = newest_sheet(desk).lines[0].id
    assert "yours" in take_line(desk, line)
    clock.go_on(60)
    with pytest.raises(NotAllowed, match=r"^MORTIZ took line 1 at 08:14\.$"):
        take_line(other, line)
    assert "free" in take_line(desk, line)
    assert "yours" in take_line(other, line)
    assert faults_of(desk.port) == []


def test_who_was_quicker_between_looking_and_writing_wins(
    desk: Desk, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_note_for_shift(desk, "One.")
    make_hand_over(desk)
    line = newest_sheet(desk).lines[0].id
    transact = desk.port.transact
    quicker: list[str] = []

    def late(*args: object, **kwargs: object) -> object:
        if not quicker:
            quicker.append(take_line(other, line))
        return transact(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.port, "transact", late)
    with pytest.raises(NotAllowed, match="RVANCE took line 1"):
        take_line(desk, line)
    assert newest_sheet(desk).lines[0].taken_by == "rvance"


def test_a_sheet_stands_through_the_next_business_day_and_a_newer_one_replaces_it(
    desk: Desk, clock: StillClock
) -> None:
    add_note_for_shift(desk, "One.")
    make_hand_over(desk)
    with pytest.raises(NotAllowed, match="MORTIZ made one at 08:14, a moment ago"):
        make_hand_over(desk)
    first = newest_sheet(desk).id
    clock.go_on(8 * HOUR)
    make_hand_over(desk)
    second = newest_sheet(desk)
    assert second.id != first
    assert [each.matter.said for each in second.lines] == ["MORTIZ: One."]  # nobody took it
    take_line(desk, second.lines[0].id)
    clock.go_on(31 * HOUR)  # 23:14 of the next day
    assert newest_sheet(desk).id == second.id
    clock.go_on(HOUR)
    assert newest_sheet(desk).id == 0
    assert untaken_lines(desk) == 0
    assert newest_sheet(desk).lines == ()  # it was taken


def test_what_a_friday_leaves_is_taken_over_on_the_next_business_day(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    clock.go_on(4 * 24 * HOUR + 9 * HOUR)  # Friday 17:14
    add_note_for_shift(desk, "One.")
    make_hand_over(desk)
    court = desk.home_court._replace(closed=(date(2026, 6, 8),))
    other.courts = {**other.courts, court.id: court}
    clock.go_on(3 * 24 * HOUR)  # Monday, on which this court is closed
    assert untaken_lines(desk) == untaken_lines(other) == 1
    clock.go_on(15 * HOUR)  # Tuesday 08:14
    assert untaken_lines(desk) == 0
    take_line(other, newest_sheet(other).lines[0].id)
    assert untaken_lines(other) == 0


def test_a_note_written_after_the_sheet_waits_for_the_next_one(desk: Desk) -> None:
    make_hand_over(desk)
    add_note_for_shift(desk, "Later.")
    sheet = newest_sheet(desk)
    assert sheet.lines == ()
    assert [each.matter.said for each in sheet.since] == ["MORTIZ: Later."]
    assert undo_elsewhere(desk).startswith("Taken back: the note “Later.”")
    assert newest_sheet(desk).since == ()


def test_a_note_for_the_shift_holds_no_secret_and_is_not_empty(desk: Desk) -> None:
    for text in ("", "  ", "x" * 401):
        with pytest.raises(BadInput, match="1 to 400 characters"):
            add_note_for_shift(desk, text)
    with pytest.raises(SecretFound):
        add_note_for_shift(desk, "ssn 123-45-6789")
    assert rows(desk, "SELECT * FROM shift_note") == []


def test_an_auditor_reads_the_sheet_and_takes_nothing(
    desk: Desk, home: Path, clock: StillClock
) -> None:
    add_note_for_shift(desk, "One.")
    make_hand_over(desk)
    auditor = open_as(home, clock, (1002, "akim"), "auditor")
    with pytest.raises(NotAllowed):
        take_line(auditor, newest_sheet(auditor).lines[0].id)
    auditor.close()


def test_what_came_back_is_on_the_sheet_as_such(desk: Desk, clock: StillClock) -> None:
    escalated(desk, "lead")
    assert "not accepted yet" in newest_sheet(desk).lines[0].matter.said
    clock.go_on(desk.settings.accept_minutes * 60)
    assert "came back, nobody accepted it" in newest_sheet(desk).lines[0].matter.said


def test_the_next_business_day_ends_at_midnight_there_over_weekends_and_closures(
    desk: Desk, clock: StillClock
) -> None:
    zone = desk.home_office.zone
    assert said_in(next_business_day_ends(desk, clock.at), zone) == "Wed 03 Jun 00:00 CDT"
    clock.go_on(4 * 24 * HOUR)  # Friday
    assert said_in(next_business_day_ends(desk, clock.at), zone) == "Tue 09 Jun 00:00 CDT"
    court = desk.home_court._replace(closed=(date(2026, 6, 8),))
    desk.courts = {**desk.courts, court.id: court}
    assert said_in(next_business_day_ends(desk, clock.at), zone) == "Wed 10 Jun 00:00 CDT"


def test_a_sheet_is_written_for_nobody_elses_eyes(desk: Desk, clock: StillClock) -> None:
    path = write_sheet(desk, clock.at, "HANDOVER\n")
    assert path.name == "hand-over-2026-06-01-0814.txt"
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_text() == "HANDOVER\n"


def test_home_shows_what_is_escalated_to_me_and_what_came_back_to_me(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    waiting, returned = (escalated(desk, target) for target in ("supervisor", "rvance"))
    seen = home_view(other).escalated
    assert [(each.ticket, each.for_me, each.said) for each in seen] == [
        (waiting, True, "from MORTIZ to supervisor"),
        (returned, True, "from MORTIZ to rvance"),
    ]
    assert home_view(desk).escalated == ()
    return_escalation(other, returned, "not ours")
    assert [each.said for each in home_view(desk).escalated] == ["RVANCE gave it back: not ours"]
    clock.go_on(desk.settings.accept_minutes * 60)
    assert [each.said for each in home_view(desk).escalated] == [
        "RVANCE gave it back: not ours", "supervisor did not accept it",
    ]  # fmt: skip
    assert [(each.said, each.alert) for each in home_view(other).escalated] == [
        ("from MORTIZ to supervisor, its time is over", True)
    ]
    accept_escalation(other, waiting)
    assert [each.ticket for each in home_view(desk).escalated] == [returned]
    assert home_view(other).escalated == ()


@pytest.mark.parametrize("comes_back", ["returned", "not accepted"])
def test_what_came_back_is_shown_until_somebody_does_something_or_two_weeks_are_over(
    desk: Desk, other: Desk, clock: StillClock, comes_back: str
) -> None:
    tickets = [escalated(desk, "supervisor") for _ in range(2)]
    clock.go_on(60)
    correct_ticket(desk, tickets[0], "symptom", "linking-error")  # before it comes back
    if comes_back == "returned":
        for each in tickets:
            return_escalation(other, each, "not ours")
    else:
        clock.go_on(desk.settings.accept_minutes * 60)
    assert [each.ticket for each in home_view(desk).escalated] == tickets
    clock.go_on(13 * 24 * HOUR)
    assert [each.ticket for each in home_view(desk).escalated] == tickets
    add_note_to_ticket(other, tickets[0], "I only look at it.")
    assign_ticket(other, tickets[1], "rvance")
    assert [each.ticket for each in home_view(desk).escalated] == tickets[:1]
    clock.go_on(24 * HOUR)
    assert home_view(desk).escalated == ()


def test_the_line_of_a_call_that_goes_on_is_about_its_ticket(desk: Desk) -> None:
    call = call_of_dana(desk)
    found = newest_sheet(desk).lines[0]
    assert found.matter.ticket == call_view(desk, call).ticket
    assert found.matter.said == "on call, no symptom yet, MORTIZ"
    assert kinds(desk) == ["parked"]
