from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from helpdesk.desk import chains
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.findings import Finding
from helpdesk.desk.upkeep import examine, examine_database

NO_TRIGGER = "DROP TRIGGER journal_value_stays_in_its_place"


@pytest.fixture
def used(desk: Desk) -> Desk:
    for _ in range(3):
        finish_call(desk, start_call(desk), "resolved")
    return desk


def finding(desk: Desk, what: str) -> Finding:
    return next(each for each in examine_database(desk) if each.what == what)


def behind_its_back(desk: Desk, *statements: str) -> None:
    """Change the database as somebody with another program would."""
    with closing(sqlite3.connect(desk.folder.database, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


def test_a_good_database_has_nothing_wrong(used: Desk) -> None:
    found = list(examine_database(used))
    assert [each.what for each in found] == [
        "tables", "database", "references", "search", "texts", "journal", "sums", "times",
        "calls", "staff",
    ]  # fmt: skip
    assert all(each.ok for each in found), found


def test_a_value_changed_behind_the_program_is_found(used: Desk) -> None:
    change = "UPDATE journal_value SET new = '1' WHERE field = 'started_at'"
    behind_its_back(used, NO_TRIGGER, change)
    journal = finding(used, "journal")
    assert not journal.ok
    assert "T-26-00001" in journal.said
    assert "the values of entry 1 were changed" in journal.said
    assert journal.said.endswith("; and 2 more")


def test_an_entry_removed_behind_the_program_is_found(used: Desk) -> None:
    behind_its_back(
        used,
        "DROP TRIGGER journal_keeps_entries",
        "DROP TRIGGER journal_value_keeps_values",
        "DELETE FROM journal_value WHERE entry = (SELECT min(id) FROM journal WHERE seq = 2)",
        "DELETE FROM journal WHERE id = (SELECT min(id) FROM journal WHERE seq = 2)",
    )
    assert "entry 2 is missing" in finding(used, "journal").said


def test_the_journal_is_read_in_stretches(used: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "STRETCH", 2)
    assert finding(used, "journal").said == "4 chains hold; 0 seals: not sealed yet"


def test_a_damaged_page_does_not_end_the_examination(used: Desk) -> None:
    used.port.close()
    behind_its_back(used, "PRAGMA wal_checkpoint(TRUNCATE)")
    with used.folder.database.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xff" * 4096 * 40)
    found = list(examine(used.folder))
    assert [each.what for each in found if not each.ok]
    assert all(each.way_out for each in found if not each.ok)
    assert {"folder", "database"} <= {each.what for each in found}
