"""Who writes a word into a large index does not wait for the index to be put in order."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from helpdesk.store.connecting import connected
from helpdesk.store.sqlite_file import SqliteFile
from helpdesk.store.upkeep import rebuild_search
from tests.support.clock import START

SECOND = 200_000_000
LARGE, SMALL = 15, 40
"""How many large texts are written one by one, and how many small ones after them."""

WORDS = 12000
"""How many words a large text has."""

MOST_PAGES = 400
"""So many pages of the file a small text may change: some of the index's pieces are merged."""

CLERK = "INSERT INTO clerk(id, login, role, added_at) VALUES (1, 'mortiz', 'clerk', 0)"
TICKETS = """INSERT INTO ticket(id, year, n, court, office, zone, clerk, status, opened_at,
    changed_at) SELECT value, 2026, key + 1, 'ianb', '', '', 1, 'open', 0, 0 FROM json_each(?)"""
MEASURE = "INSERT INTO ticket_search(ticket_search, rank) VALUES (?, ?)"
TEXT = "INSERT INTO ticket_text(ticket, text) VALUES (?, ?)"


@pytest.fixture
def connection(port: SqliteFile) -> Iterator[sqlite3.Connection]:
    """A file with some large texts in it, each a piece of the index by itself."""
    ids = [(SECOND + each) << 30 for each in range(LARGE + SMALL)]
    port.transact("add", START, [(CLERK, ()), (TICKETS, (json.dumps(ids),))])
    chance = random.Random(7)  # noqa: S311 - made-up words
    with closing(connected(port.path, "rw")) as connection:
        connection.execute(MEASURE, ("automerge", 0))
        for ticket in ids[:LARGE]:
            words = (f"{chance.randrange(10**9):x}" for _ in range(WORDS))
            connection.execute(TEXT, (ticket, " ".join(words)))
        connection.execute(MEASURE, ("automerge", 4))
        yield connection


def pages_of_small_texts(connection: sqlite3.Connection) -> list[int]:
    """How many pages each of them changed."""
    found = []
    for place in range(LARGE, LARGE + SMALL):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute(TEXT, ((SECOND + place) << 30, f"a few words {place}"))
        found.append(connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])
    return found


def test_a_small_text_changes_few_pages_of_a_large_index(connection: sqlite3.Connection) -> None:
    assert max(pages_of_small_texts(connection)) <= MOST_PAGES


def test_it_changes_few_pages_too_once_an_index_was_made_anew(
    connection: sqlite3.Connection,
) -> None:
    for sql, _ in rebuild_search():
        connection.execute(sql)
    assert max(pages_of_small_texts(connection)) <= MOST_PAGES


def test_it_would_change_most_of_it_where_sixteen_pieces_are_merged_at_once(
    connection: sqlite3.Connection,
) -> None:
    connection.execute(MEASURE, ("crisismerge", 16))
    assert max(pages_of_small_texts(connection)) > MOST_PAGES
