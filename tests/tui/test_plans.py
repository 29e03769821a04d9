"""How SQLite finds the rows of every statement that a screen runs: by an index, in its order."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Final

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.port import Statement
from tests.support.clock import StillClock
from tests.support.plans import SMALL, scanned, sorted_whole
from tests.support.screens import burst, paste, press, running, settled
from tests.support.watched import WatchedFile
from tests.tui.scenes import busy_morning
from tests.tui.walks import walk

TICKETS: Final = 300
FEWEST: Final = 150
"""So many different statements are looked at, or the walk does not reach the screens."""

WALKED: Final = (
    "home", "tickets", "one ticket", "a query listed", "tickets marked", "promises",
    "a ticket's note", "whose it is to be", "one playbook", "a report", "incidents",
    "a hand-over sheet", "a note for the shift", "flagged calls", "who looked at whom",
    "a caller's card", "the same person?", "not sure, one question on", "a question",
    "something to say", "an earlier step", "password shown", "a card over a call",
)  # fmt: skip
"""Between them these states run every statement that any state of the console runs."""

LISTED: Final = (
    "status:open", "-status:resolved firewall", "sort:changed", "sort:oldest court:ianb",
    "sort:due", "opened:2026-05 link", "is:late", "caller:whitfield", "0144", "dur>20m",
)  # fmt: skip

REASONS: Final = {
    r"\) w CROSS JOIN ticket t ON t.id = w.id": "the rows of one page, after its LIMIT",
    r"\) w CROSS JOIN promise p ON p.id = w.id": "the few promises listed, after its LIMIT",
    r"bm25\(": "so few hits that they are ranked: helpdesk.desk.tickets.RANKED",
    r"\) newest JOIN ticket t": "one page of a caller's tickets, after its LIMIT",
    r"\bc\.office,\s*\(SELECT json_group_array\(number\)": "the numbers of one caller",
    r"INSERT INTO ticket_text": "the text of one ticket",
    r"WHERE started_at >= \? AND court = \?": "a court's calls of the last days",
    r"l\.started_at < \? AND l\.court = \?": "a court's calls of one day",
    r"WHERE caller IN \(SELECT value FROM json_each\(\?\)\)\s+ORDER BY opened_at DESC LIMIT 20":
        "the tickets of one caller, from the index alone",
    r"WHERE l\.caller IN \(SELECT value FROM json_each\(\?\)\)": "the calls of one caller",
    r"WITH RECURSIVE theirs\(id\) AS": "the merged and void tickets of one caller",
    r"WITH since\(at\) AS": "the calls and tickets of one caller, from the index alone",
    r"FROM caller f WHERE f\.firm = \?": "the people of one firm",
    r"json_extract\(e\.value": "counts of half hours, each from the index alone",
    r"apart\(ticket\) AS": "what was voided, and trials: both are rare",
    r"\bfact AS \(|resolved AS MATERIALIZED": "a report: what lies in its period and is not kept",
}  # fmt: skip
"""Statements that sort what no index bounds, and why that is no whole table."""

RUNNING: Final = """
SELECT l.id FROM call l INDEXED BY call_running WHERE l.wrap_ended_at IS NULL AND l.court = ?
ORDER BY l.started_at
"""


@pytest.fixture
def watched(desk: Desk, other: Desk, clock: StillClock) -> WatchedFile:
    """A desk on which much has happened; what is asked of it is remembered."""
    fill_demo(desk, TICKETS)
    busy_morning(desk, other, clock)
    desk.port.close()
    desk.port = port = WatchedFile(desk.folder.database)
    return port


async def look_at_every_screen(desk: Desk) -> None:
    async with running(desk) as console:
        for state in WALKED:
            await walk(console, state)
        for query in LISTED:
            await walk(console, "finding tickets")
            await paste(console, query)
            await burst(console, "⏎")
            await console.press("pagedown", "end", "pageup", "home")
            await settled(console)
        await walk(console, "home")
        await press(console, "gw")


def statements(port: WatchedFile) -> dict[str, Statement]:
    told = (*port.asked, *(each for batch in port.written for each in batch[2]))
    return {sql: (sql, params) for sql, params in told}


def unreasoned(found: Iterable[str], reasons: dict[str, str]) -> Iterator[str]:
    for sql in found:
        if not any(re.search(reason, sql) for reason in reasons):
            yield sql


async def test_no_screen_reads_a_whole_table_or_sorts_one(
    desk: Desk, watched: WatchedFile
) -> None:
    await look_at_every_screen(desk)
    asked = statements(watched)
    assert len(asked) > FEWEST
    # Plain, for with foreign keys on a plan tells of look-ups that never run.
    with closing(sqlite3.connect(watched.path)) as plain:
        read = {sql: found for sql in asked if (found := scanned(plain, *asked[sql]) - SMALL)}
        gone_through = {sql: found for sql in asked if (found := sorted_whole(plain, *asked[sql]))}
    assert read == {}
    left = {sql: gone_through[sql] for sql in unreasoned(gone_through, REASONS)}
    assert left == {}
    used = {reason for reason in REASONS for sql in gone_through if re.search(reason, sql)}
    assert used == set(REASONS), "a reason that no statement needs any more is to go"


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("SELECT t.id FROM ticket t WHERE t.office = ?", "ticket"),
        ("SELECT l.id FROM ticket t JOIN call l ON l.phone = t.office WHERE t.id = ?", "call"),
    ],
)
def test_a_statement_that_reads_a_whole_table_would_be_seen(
    desk: Desk, sql: str, table: str
) -> None:
    with closing(sqlite3.connect(desk.folder.database)) as plain:
        assert scanned(plain, sql, ("",)) == {table}


@pytest.mark.parametrize(
    ("sql", "whole"),
    [
        ("SELECT id FROM ticket WHERE status = ? ORDER BY changed_at", True),
        ("SELECT n.id FROM note n WHERE n.ticket = ? ORDER BY n.text", False),
        ("SELECT id FROM ticket WHERE status = ? ORDER BY opened_at", False),
        (RUNNING, False),
    ],
)  # fmt: skip
def test_a_statement_that_sorts_a_whole_table_would_be_seen(
    desk: Desk, sql: str, whole: bool
) -> None:
    with closing(sqlite3.connect(desk.folder.database)) as plain:
        assert bool(sorted_whole(plain, sql, ("",))) is whole
