"""Whoever corrects a caller of very many tickets keeps nobody waiting, and nothing is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from helpdesk.desk.caller_corrections import correct_caller
from helpdesk.desk.caller_merging import merge_callers
from helpdesk.desk.contents import examine_texts
from helpdesk.desk.desk import Desk
from helpdesk.desk.due_texts import write_due_texts
from helpdesk.desk.keeping_up import keep_up
from helpdesk.desk.mending import repair_database
from helpdesk.desk.nightly import keep_nightly
from helpdesk.desk.redacting import redact
from helpdesk.desk.tickets import count_tickets, query_of
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.desk.wiping import finish_wiping
from helpdesk.domain.removing import Sought
from helpdesk.store.search import index_tickets_of
from helpdesk.tui.desk_thread import DeskThread
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.people import person
from tests.support.programs import finished

MANY = 700
"""So many tickets a caller has: more than are written in one batch."""

MOST_AT_ONCE = 200
"""So many texts one batch may write, for which everybody else waits."""

LIKE_IT = """
INSERT INTO ticket(id, year, n, caller, court, office, zone, clerk, status, opened_at, changed_at)
SELECT t.id - m.value, t.year, t.n + m.value, t.caller, t.court, t.office, t.zone, t.clerk,
    t.status, t.opened_at, t.changed_at
FROM ticket t, json_each(?) m WHERE t.caller = ?
"""

WROTE = """
CREATE TRIGGER wrote AFTER UPDATE OF text ON ticket_text
BEGIN INSERT INTO wrote SELECT count(*) FROM op; END
"""


@pytest.fixture
def busy(desk: Desk) -> int:
    """A caller of very many tickets, each with its text."""
    caller = person(desk, "Zeller, D.", "212-555-0144")
    more = json.dumps(list(range(1, MANY)))
    desk.port.transact("more", 0, [(LIKE_IT, (more, caller)), index_tickets_of([caller])])
    return caller


def found(desk: Desk, word: str) -> int:
    return count_tickets(desk, query_of(desk, word))


def due(desk: Desk) -> int:
    (row,) = rows(desk, "SELECT count(*) AS n FROM text_due")
    return int(row["n"])


def later(_: Callable[..., object]) -> None:
    """What a console does that is killed before it began."""


def most_texts_at_once(desk: Desk) -> int:
    """How many texts one of the batches wrote that have begun."""
    return max(int(row["n"]) for row in rows(desk, "SELECT count(*) AS n FROM wrote GROUP BY at"))


def test_the_texts_of_many_tickets_are_written_some_at_a_time(desk: Desk, busy: int) -> None:
    made = [("CREATE TABLE wrote(at INTEGER) STRICT", ()), (WROTE, ())]
    desk.port.transact("look", 0, made)
    for act, word in (
        (lambda: correct_caller(desk, busy, "name", "Whitfield, Dana"), "whitfield"),
        (lambda: undo_elsewhere(desk), "zeller"),
        (lambda: redo_elsewhere(desk), "whitfield"),
    ):
        act()
        assert found(desk, word) == MANY
        assert due(desk) == 0
        assert most_texts_at_once(desk) <= MOST_AT_ONCE
    assert found(desk, "zeller") == 0
    assert faults_of(desk.port) == []


def test_what_stands_in_no_text_lets_none_be_written(desk: Desk, busy: int) -> None:
    other = person(desk, "Roe, Pat")
    desk.does_beside = later
    correct_caller(desk, busy, "role", "a")
    correct_caller(desk, busy, "court", "ncmb")
    merge_callers(desk, busy, other)
    undo_elsewhere(desk)
    assert due(desk) == 0
    correct_caller(desk, other, "name", "Roe, Patricia")  # few: at once
    assert (due(desk), found(desk, "patricia")) == (0, 1)


@pytest.mark.parametrize(
    "next_one",
    [
        keep_up,
        lambda desk: list(keep_nightly(desk)),
        lambda desk: list(repair_database(desk)),
        lambda desk: correct_caller(desk, person(desk, "Roe, Pat"), "firm", "Roe LLP"),
    ],
)
def test_what_a_killed_console_left_is_written_by_whoever_comes_next(
    desk: Desk, busy: int, clock: StillClock, next_one: Callable[[Desk], object]
) -> None:
    desk.does_beside = later
    correct_caller(desk, busy, "name", "Whitfield, Dana")
    assert (due(desk), found(desk, "whitfield")) == (MANY, 0)
    said = examine_texts(desk)
    assert said.ok
    assert f"; {MANY} are due" in said.said
    other = open_as(desk.folder.home, clock)
    next_one(other)
    assert (due(other), found(other, "whitfield"), found(other, "zeller")) == (0, MANY, 0)
    other.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from helpdesk.desk import due_texts
from helpdesk.desk.caller_corrections import correct_caller
from helpdesk.desk.redacting import redact
from helpdesk.domain.removing import Sought
from tests.support.clock import StillClock
from tests.support.desks import open_as
desk = open_as(Path(sys.argv[1]), StillClock())
due_texts.time.sleep = lambda seconds: os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "correct":
    correct_caller(desk, int(sys.argv[3]), "name", "Whitfield, Dana")
else:
    redact(desk, "1", Sought("Zeller"), "a wish")
"""


def test_a_correction_that_is_killed_in_the_middle_is_whole_in_the_end(
    desk: Desk, busy: int
) -> None:
    finished(KILLED, desk.folder.home, "correct", busy, status=-9)
    left = due(desk)
    assert 0 < left < MANY
    assert found(desk, "whitfield") == MANY - left
    assert write_due_texts(desk) == left
    assert (due(desk), found(desk, "whitfield"), found(desk, "zeller")) == (0, MANY, 0)
    assert faults_of(desk.port) == []


@pytest.mark.usefixtures("busy")
def test_what_is_redacted_of_a_caller_is_in_no_text_once_it_is_said_to_be_done(
    desk: Desk,
) -> None:
    desk.does_beside = later
    assert redact(desk, "1", Sought("Zeller"), "a wish").times
    assert (due(desk), found(desk, "zeller")) == (0, 0)
    assert rows(desk, "SELECT 1 FROM ticket_text WHERE text LIKE '%zeller%'") == []


@pytest.mark.usefixtures("busy")
def test_a_redaction_that_is_killed_in_the_middle_is_finished_by_the_next_one(
    desk: Desk,
) -> None:
    finished(KILLED, desk.folder.home, "redact", status=-9)
    assert 0 < due(desk) < MANY
    assert rows(desk, "SELECT 1 FROM removal WHERE wiped_at IS NULL") != []  # doctor says so
    finish_wiping(desk)
    assert (due(desk), found(desk, "zeller")) == (0, 0)
    assert rows(desk, "SELECT 1 FROM ticket_text WHERE text LIKE '%zeller%'") == []


def test_a_console_goes_on_with_its_keys_meanwhile(desk: Desk, busy: int) -> None:
    async def corrected() -> int:
        thread = DeskThread(desk)
        await thread.do(correct_caller, busy, "name", "Whitfield, Dana")
        at_once = await thread.read(due)
        keep_up(desk)
        assert await thread.read(found, "whitfield") == MANY
        await thread.close()
        return at_once

    assert asyncio.run(corrected()) > 0
