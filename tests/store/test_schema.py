from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import helpdesk.store
from helpdesk.port import Conflict
from helpdesk.store.opening import open_file
from helpdesk.store.schema import (
    APPLICATION_ID,
    SCRIPTS,
    bring_up_to_date,
    make_tables,
    statements,
)
from helpdesk.store.sqlite_file import SqliteFile
from tests.support.clock import START

STORE = Path(helpdesk.store.__file__).parent
TRIGGERS = {
    "access_keeps_entries", "access_keeps_values",
    "journal_keeps_entries", "journal_keeps_values", "seal_keeps_seals", "seal_keeps_values",
    "journal_value_keeps_values", "journal_value_stays_in_its_place",
    "ticket_status_changed", "ticket_text_added", "ticket_text_changed", "ticket_text_removed",
    "caller_part_added", "caller_part_changed", "caller_part_removed",
    "caller_text_added", "caller_text_changed", "caller_text_removed",
}  # fmt: skip
NOT_PORTABLE = re.compile(
    r"\bRETURNING\b|last_insert_rowid|\bCURRENT_|'now'|\brandom\(|\bATTACH\b|CREATE TEMP|"
    r"\bSELECT changes\(|INSERT OR REPLACE|create_function|create_collation|\bOFFSET\b",
    re.IGNORECASE,
)


def shape(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows}


def test_a_new_file_has_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as new,
        closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as migrated,
    ):
        for connection in (new, migrated):
            connection.execute("BEGIN IMMEDIATE")
        make_tables(new, "2026-06-01 13:14:03+00:00")
        bring_up_to_date(migrated)
        for connection in (new, migrated):
            connection.execute("COMMIT")
        assert shape(new) == shape(migrated)
        names = "SELECT migration_set, name FROM _sqlite_migrations ORDER BY id"
        assert new.execute(names).fetchall() == migrated.execute(names).fetchall()
        version = "PRAGMA user_version"
        assert new.execute(version).fetchone() == migrated.execute(version).fetchone()


def test_bringing_a_new_file_up_to_date_changes_nothing(path: Path) -> None:
    open_file(path, START).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = shape(connection)
        connection.execute("BEGIN IMMEDIATE")
        bring_up_to_date(connection)
        connection.execute("COMMIT")
        assert shape(connection) == before


def test_an_older_file_is_brought_up_to_date_when_it_is_opened(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as old:  # as one was before the first script
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("CREATE TABLE leftover(x)")
    port = open_file(path, START)
    assert port.query("PRAGMA user_version").value() == len(SCRIPTS)
    assert port.query("SELECT count(*) FROM ticket").value() == 0
    port.close()


def test_every_table_of_ours_is_strict(port: SqliteFile) -> None:
    tables = port.query(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    ).rows
    lax = {name for name, strict in tables if not strict}
    assert lax == {"_sqlite_migrations", "sqlite_schema"}
    assert {"ticket", "call", "journal", "ticket_text"} <= {
        name for name, strict in tables if strict
    }


def test_every_trigger_is_there(port: SqliteFile) -> None:
    names = port.query("SELECT name FROM sqlite_master WHERE type = 'trigger'").rows
    assert {row[0] for row in names} == TRIGGERS


def test_whatever_is_written_is_written_with_the_settings_that_keep_data_safe(
    port: SqliteFile,
) -> None:
    asked = [(f"PRAGMA {name}", ()) for name in ("foreign_keys", "synchronous", "secure_delete")]
    assert [each.value() for each in port.transact("op", START, [], asked)] == [1, 2, 1]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM journal",
        "UPDATE journal SET who = 'nobody'",
        "DELETE FROM journal WHERE seq = 1",
    ],
)
def test_nothing_takes_an_entry_out_of_the_journal_or_changes_it(
    port: SqliteFile, change: str
) -> None:
    write = """INSERT INTO journal(subject, seq, at, who, act, value_digest, prev_hash, hash)
        VALUES ('desk', 1, 0, 'mortiz', 'act', '', '', 'x')"""
    port.transact("op", START, [(write, ())])
    with pytest.raises(Conflict, match="append-only"):
        port.transact("change", START, [(change, ())])
    assert port.query("SELECT who FROM journal").rows == [("mortiz",)]


@pytest.mark.parametrize("table", ["ticket", "caller"])
def test_the_triggers_keep_the_index_with_every_change_of_a_text(
    port: SqliteFile, table: str
) -> None:
    number = {"ticket": "doc", "caller": "caller"}[table]

    def found(word: str) -> list[int]:
        sql = f"""SELECT t.{table} FROM {table}_search s JOIN {table}_text t
            ON t.{number} = s.rowid WHERE {table}_search MATCH ?"""
        return [row[0] for row in port.query(sql, (word,)).rows]

    owner = {
        "ticket": """INSERT INTO ticket(id, year, n, court, office, zone, clerk, status,
            opened_at, changed_at) VALUES (7, 2026, 1, 'ianb', '', '', 1, 'open', 0, 0)""",
        "caller": "INSERT INTO caller(id, added_at, called_at) VALUES (7, 0, 0)",
    }[table]
    clerk = "INSERT INTO clerk(id, login, role, added_at) VALUES (1, 'mortiz', 'clerk', 0)"
    add = f"INSERT INTO {table}_text({table}, text) VALUES (7, 'first words')"
    port.transact("add", START, [(clerk, ()), (owner, ()), (add, ())])
    assert found("first") == [7]
    port.transact("save", START, [(f"UPDATE {table}_text SET text = 'second words'", ())])
    assert (found("first"), found("second")) == ([], [7])
    port.transact("drop", START, [(f"DELETE FROM {table}_text", ())])
    assert found("second") == found("words") == []
    check = f"INSERT INTO {table}_search({table}_search, rank) VALUES ('integrity-check', 1)"
    port.transact("check", START, [(check, ())])


def test_the_texts_of_very_many_tickets_of_one_moment_have_a_number_each_near_to_it(
    port: SqliteFile,
) -> None:
    second, some = 200_000_000, 2_000
    ids = [(second << 30) + each * 7_654_321 % (1 << 30) for each in range(some, 2 * some)]
    ids += [(second << 30) + each for each in range(some)]
    clerk = "INSERT INTO clerk(id, login, role, added_at) VALUES (1, 'mortiz', 'clerk', 0)"
    owners = """INSERT INTO ticket(id, year, n, court, office, zone, clerk, status, opened_at,
        changed_at) SELECT value, 2026, key + 1, 'ianb', '', '', 1, 'open', 0, 0
        FROM json_each(?)"""
    texts = "INSERT INTO ticket_text(ticket, text) SELECT value, 'words' FROM json_each(?)"
    told = json.dumps(ids)
    port.transact("add", START, [(clerk, ()), (owners, (told,)), (texts, (told,))])
    docs = [row[0] for row in port.query("SELECT doc FROM ticket_text").rows]
    assert len(set(docs)) == len(docs) == 2 * some
    assert min(docs) == second
    assert max(docs) < second + 3 * 86_400
    assert sorted(docs)[len(docs) * 9 // 10] < second + 8 * some
    hits = "SELECT count(*) FROM ticket_search WHERE ticket_search MATCH 'words'"
    assert port.query(hits).value() == 2 * some


def test_a_trigger_stays_whole_when_a_script_is_cut_into_statements() -> None:
    script = "".join((STORE / f"{name}.sql").read_text() for name in SCRIPTS)
    cut = list(statements(script))
    made = {name for each in cut for name in re.findall(r"CREATE TRIGGER (\w+)", each)}
    assert made == TRIGGERS
    assert all(sqlite3.complete_statement(each) for each in cut)
    assert "".join("".join(cut).split()) == "".join(script.split())


OF_ONE_CONNECTION = {STORE / f"{name}.py" for name in ("past_file", "masked_file", "comparing")}
"""Are read only, by connections of their own: what they attach or see otherwise
nobody else does."""


@pytest.mark.parametrize(
    "path",
    sorted({*STORE.glob("*.py"), *STORE.glob("*.sql")} - OF_ONE_CONNECTION),
    ids=lambda path: path.name,
)
def test_no_sql_asks_for_what_a_cluster_cannot_repeat(path: Path) -> None:
    assert NOT_PORTABLE.findall(path.read_text()) == []
