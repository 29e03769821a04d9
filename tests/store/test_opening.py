from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.errors import StoreBusy, StoreProblem
from helpdesk.store import connecting
from helpdesk.store.clerks import add_clerk, find_clerks
from helpdesk.store.opening import open_file
from helpdesk.store.schema import APPLICATION_ID, SCRIPTS
from tests.support.chains import faults_of
from tests.support.clock import START
from tests.support.programs import finished


def refused(path: Path) -> str:
    """The sentence that opening a file ends in; the file must stay as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreProblem) as problem:
        open_file(path, START)
    assert (path.read_bytes() if path.is_file() else None) == before
    said = str(problem.value)
    assert str(path) in said
    assert "\n" not in said
    return said


def test_a_first_start_makes_the_folder_and_the_file_and_nothing_else(path: Path) -> None:
    open_file(path, START).close()
    assert [each.name for each in path.parent.iterdir()] == ["helpdesk.db"]


def test_a_new_file_is_marked_as_ours_and_up_to_date(path: Path) -> None:
    port = open_file(path, START)
    assert port.query("PRAGMA application_id").value() == APPLICATION_ID
    assert port.query("PRAGMA user_version").value() == len(SCRIPTS)
    assert port.query("PRAGMA journal_mode").value() == "wal"
    port.close()


def test_a_new_file_is_nobody_elses(path: Path) -> None:
    open_file(path, START).close()
    assert stat.S_IMODE(path.stat().st_mode) & 0o007 == 0


def test_a_file_that_is_there_is_opened_as_it_is(path: Path) -> None:
    port = open_file(path, START)
    port.transact("op", START, [add_clerk(1, 1000, "mortiz", "admin", START)])
    port.close()
    again = open_file(path, START + 60)
    assert [row["login"] for row in find_clerks(again).dicts()] == ["mortiz"]
    again.close()


def test_what_a_killed_first_start_left_behind_is_in_nobodys_way(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.with_name(f".helpdesk.db.{os.getpid()}").write_bytes(b"half a database")
    open_file(path, START).close()
    assert [each.name for each in path.parent.iterdir()] == ["helpdesk.db"]


def test_an_empty_file_is_refused_for_its_tickets_may_be_gone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    assert "is empty" in refused(path)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE journal(id INTEGER PRIMARY KEY)")
    assert "another program" in refused(path)


def test_a_database_of_a_newer_version_is_refused_with_both_versions(path: Path) -> None:
    open_file(path, START).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    said = refused(path)
    assert "version 99" in said
    assert f"knows {len(SCRIPTS)}" in said


@pytest.mark.parametrize(
    "held", [b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_that_is_no_database_is_refused(path: Path, held: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(held)
    assert "not a help-desk database" in refused(path)


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    assert "is not a file" in refused(path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a letter")
    assert "choose another --home" in refused(tmp_path / "desk" / "data" / "helpdesk.db")
    assert (tmp_path / "desk").read_text() == "a letter"


CLOSED = """
import os, platformdirs, sys, tempfile, yaml
from pathlib import Path
from helpdesk.desk.configuration import read_configuration
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from helpdesk.errors import HelpdeskError
read_configuration(Folder(Path("nowhere")))  # imports what nobody could not
with tempfile.TemporaryDirectory() as place:
    home = Path(place)
    data = home / "data"
    if sys.argv[1] != "new":
        open_desk(Folder(home), user=(1000, "mortiz")).close()
        (data / "helpdesk.db").chmod(0o444 if sys.argv[1] == "file" else 0o666)
        data.chmod(0o555 if sys.argv[1] == "folder" else 0o777)
    home.chmod({"new": 0o555, "home": 0o000}.get(sys.argv[1], 0o755))
    if not (child := os.fork()):
        if not os.getuid():
            os.setuid(65534)  # root may write everywhere: go on as nobody
        try:
            open_desk(Folder(home), user=(1000, "mortiz")).close()
            print("opened", flush=True)
        except HelpdeskError as refusal:
            print(refusal, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    home.chmod(0o700)
    if data.exists():
        data.chmod(0o700)
"""


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("file", "read-only here: ask for the right to write"),
        ("folder", "read-only here: ask for the right to write"),
        ("new", "choose another --home"),
        ("home", "choose another --home"),
    ],
)
def test_what_may_not_be_written_or_read_is_refused_in_one_sentence(what: str, said: str) -> None:
    (line,) = finished(CLOSED, what).splitlines()
    assert said in line


def test_a_file_that_another_program_keeps_to_itself_is_said_to_be_busy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file(path, START).close()
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="try again"):
            open_file(path, START).head()


def test_the_unwritten_rest_of_a_lost_database_never_gets_into_a_new_one(path: Path) -> None:
    port = open_file(path, START)
    port.transact("op", START, [add_clerk(1, 1000, "mortiz", "admin", START)])
    rest = Path(f"{path}-wal")
    kept = rest.read_bytes()
    port.close()
    path.unlink()
    rest.write_bytes(kept)
    assert f"{rest.name} is still there" in refused(path)
    assert rest.read_bytes() == kept


FIRST_STARTS = """
import json, os, sys
from pathlib import Path
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
go_read, go_write = os.pipe()
children = []
for number in range(32):
    if not (child := os.fork()):
        os.close(go_write)
        os.read(go_read, 1)  # all begin when the other end is closed
        desk = open_desk(Folder(Path(sys.argv[1])), user=(2000 + number % 8, f"clerk{number % 8}"))
        said = json.dumps([desk.clerk.login, desk.clerk.id]) + "\\n"
        os.write(1, said.encode())
        desk.close()
        os._exit(0)
    children.append(child)
os.close(go_write)
sys.exit(any(os.waitpid(child, 0)[1] for child in children))
"""


def test_thirty_two_first_starts_at_once_make_one_good_desk(path: Path) -> None:
    said = [json.loads(line) for line in finished(FIRST_STARTS, path.parents[1]).splitlines()]
    assert len(said) == 32
    port = open_file(path, START)
    clerks = {row["login"]: row["id"] for row in find_clerks(port).dicts()}
    assert sorted(clerks) == [f"clerk{number}" for number in range(8)]
    assert all(clerks[login] == clerk for login, clerk in said)
    assert port.query("SELECT count(*) FROM journal").value() == 8
    assert port.query("PRAGMA integrity_check").value() == "ok"
    assert faults_of(port) == []
    port.close()
    left = {each.name for each in path.parent.iterdir()}
    assert left <= {"helpdesk.db", "helpdesk.db-wal", "helpdesk.db-shm"}
