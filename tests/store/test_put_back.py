"""A database that was taken away is put back from what is open, by whatever thread looks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.store.put_back import keep_former, put_back
from helpdesk.store.sqlite_file import SqliteFile

ADD = "INSERT INTO journal(subject, seq, at, who, act, value_digest, prev_hash, hash) "
ENTRY = f"{ADD}VALUES ('desk', ?, 1, 'jlee', 'add', '', '', ?)"


@pytest.fixture
def file(desk: Desk) -> SqliteFile:
    """A database with a call, by which a thread has written and never read."""
    start_call(desk)
    path = desk.folder.database
    desk.port.close()
    found = SqliteFile(path)
    found.transact("a", 1, [(ENTRY, (9_001, "first"))])
    return found


def entries(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(
            connection.execute("SELECT count(*) FROM journal WHERE seq > 9000").fetchone()[0]
        )


def remove(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def test_a_thread_that_has_only_written_puts_a_deleted_file_back(file: SqliteFile) -> None:
    remove(file.path)
    assert put_back(file)
    file.close()
    assert entries(file.path) == 1


def test_what_was_in_a_replaced_file_is_kept_and_not_what_lies_there_now(
    file: SqliteFile, tmp_path: Path
) -> None:
    older = tmp_path / "older.db"
    with closing(sqlite3.connect(file.path)) as former, closing(sqlite3.connect(older)) as copy:
        former.backup(copy)
    file.transact("b", 2, [(ENTRY, (9_002, "second"))])
    remove(file.path)
    older.rename(file.path)
    aside = tmp_path / "aside.db"
    assert keep_former(file, 3, aside)
    file.close()
    assert (entries(aside), entries(file.path)) == (2, 1)
