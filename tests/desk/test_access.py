"""The access journal: what is written down, once, and found when somebody changed it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk.access import (
    Looked,
    faults_of_access,
    keep_access,
    list_access,
    note_callers,
)
from helpdesk.desk.caller_card import caller_card
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.exports import export_rows
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.report_scope import period_of
from helpdesk.desk.staff import change_role, look_at_role
from helpdesk.desk.verifying import verify_journal
from helpdesk.errors import NotAllowed
from tests.support.calls import DANA, PHONE
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


@pytest.fixture
def other(desk: Desk, clock: StillClock) -> Iterator[Desk]:
    """A colleague, after mortiz took a call of Dana Whitfield."""
    call = start_call(desk)
    add_caller(desk, call, DANA, PHONE)
    finish_call(desk, call, "resolved")
    other = open_as(desk.folder.home, clock, RVANCE, "supervisor")
    yield other
    other.close()


def looks(desk: Desk) -> list[Looked]:
    return list_access(desk, period_of(desk, "", "", ""))


def told(desk: Desk) -> list[tuple[str, str, str]]:
    keep_access(desk)
    return [(each.login, each.did, each.what) for each in reversed(looks(desk))]


def faults(desk: Desk) -> str:
    return "; ".join(faults_of_access(desk.port))


def test_who_looks_up_a_caller_reads_a_colleagues_ticket_or_exports_is_written_down(
    other: Desk,
) -> None:
    found = look_for_callers(other, "whitf", counted=True).callers
    note_callers(other, found)
    show_ticket(other, "1")
    list(export_rows(other, "calls", ""))
    assert told(other) == [
        ("rvance", "looked up a caller", "Whitfield, Dana"),
        ("rvance", "read a colleague's ticket", "T-26-00001"),
        ("rvance", "exported", "calls"),
    ]
    assert faults(other) == ""


def test_ones_own_tickets_are_not_written_down(desk: Desk, other: Desk) -> None:
    show_ticket(desk, "1")
    keep_access(desk)
    assert looks(other) == []


def test_the_same_look_counts_once_in_ten_minutes(other: Desk, clock: StillClock) -> None:
    caller = look_for_callers(other, "whitf").callers[0].id
    for seconds in (0, 10, 589, 1):
        clock.go_on(seconds)
        caller_card(other, caller)
        keep_access(other)
    assert [each.did for each in looks(other)].count("looked up a caller") == 2


def test_looking_moves_no_change_token_and_no_list(other: Desk) -> None:
    before = other.port.head()
    show_ticket(other, "1")
    keep_access(other)
    assert other.port.head() == before


def test_a_look_that_could_not_be_written_is_written_with_the_next(
    other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_ticket(other, "1")
    with closing(sqlite3.connect(other.folder.database, isolation_level=None)) as holder:
        monkeypatch.setattr("helpdesk.store.connecting.BUSY_SECONDS", 0.0)
        holder.execute("BEGIN IMMEDIATE")
        assert other.looked
        holder.execute("ROLLBACK")
    assert told(other) == [("rvance", "read a colleague's ticket", "T-26-00001")]
    assert other.looked == []


def test_two_consoles_of_one_clerk_write_one_chain(other: Desk, clock: StillClock) -> None:
    second = open_as(other.folder.home, clock, RVANCE, "supervisor")
    show_ticket(other, "1")
    list(export_rows(second, "calls", ""))
    keep_access(second)
    keep_access(other)
    assert faults(other) == ""
    assert len(looks(other)) == 2
    second.close()


def test_a_changed_entry_is_named(other: Desk, home: Path) -> None:
    show_ticket(other, "1")
    list(export_rows(other, "calls", ""))
    keep_access(other)
    with closing(sqlite3.connect(home / "data" / "helpdesk.db")) as raw:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute("UPDATE access SET subject = 'ticket:1'")
        raw.execute("DROP TRIGGER access_keeps_values")
        raw.execute("UPDATE access SET subject = 'actions' WHERE kind = 'export'")
        raw.commit()
    assert faults(other) == "access of rvance: entry 2 was changed"
    assert "access of rvance" in str(verify_journal(other).faults.first)


def test_only_who_answers_for_others_reads_it(desk: Desk, other: Desk) -> None:
    for role in ("clerk", "lead"):
        change_role(desk, "rvance", role)
        look_at_role(other)
        with pytest.raises(NotAllowed, match="supervisor, admin, auditor"):
            looks(other)


def test_another_role_counts_at_once(desk: Desk, other: Desk) -> None:
    assert other.clerk.role == "supervisor"
    change_role(desk, "rvance", "clerk")
    look_at_role(other)
    assert other.clerk.role == "clerk"
