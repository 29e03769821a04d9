"""What any engine behind the port must hold; here the SQLite file."""

from __future__ import annotations

import gc
import sqlite3
import stat
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from helpdesk.domain.entries import Entry
from helpdesk.domain.journal import Change, Head
from helpdesk.errors import ChangedMeanwhile, GivenUp, StoreBusy, StoreProblem
from helpdesk.port import Conflict, Statement
from helpdesk.store import connecting
from helpdesk.store.clerks import add_clerk, save_role
from helpdesk.store.connecting import Connection
from helpdesk.store.journal import add_entry
from helpdesk.store.opening import open_file
from helpdesk.store.sqlite_file import SqliteFile
from tests.support.clock import START
from tests.support.programs import finished

ROLES: Statement = ("SELECT id, role FROM clerk ORDER BY id", ())
ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"
LONG = ENDLESS.replace("FROM c)", "FROM c WHERE n < 10000)")


def clerk(number: int, role: str = "clerk") -> Statement:
    return add_clerk(number, 1000 + number, f"clerk{number}", role, START)


def entry(seq: int, subject: str = "desk", act: str = "act", before: str = "") -> list[Statement]:
    changes = (Change("what", None, str(seq)),)
    return add_entry(Entry(subject, seq, START, "mortiz", act, changes, ("00",), before))


def ids(port: SqliteFile) -> list[int]:
    return [row[0] for row in port.query(*ROLES).rows]


def background(work: Callable[[], object]) -> Thread:
    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_what_is_written_is_there_for_everybody_at_once(
    port: SqliteFile, other: SqliteFile
) -> None:
    port.transact("op", START, [clerk(1), clerk(2, "lead")])
    assert other.query(*ROLES).rows == [(1, "clerk"), (2, "lead")]


def test_a_thread_that_ended_leaves_the_log_of_writes_where_it_is(path: Path) -> None:
    port = open_file(path, START)

    def work() -> None:
        port.transact("op", START, [clerk(1)])
        assert not port.where.moved()

    background(work).join()
    gc.collect()
    assert not port.where.moved()
    assert ids(port) == [1]
    port.close()


def test_a_batch_answers_questions_about_what_it_wrote(port: SqliteFile) -> None:
    (rows,) = port.transact("op", START, [clerk(1), clerk(2)], then=[ROLES])
    assert rows.columns == ("id", "role")
    assert list(rows.dicts()) == [{"id": 1, "role": "clerk"}, {"id": 2, "role": "clerk"}]


def test_a_batch_sent_twice_counts_once_and_answers_twice(
    port: SqliteFile, other: SqliteFile
) -> None:
    first = port.transact("op", START, [clerk(1)], then=[ROLES])
    again = other.transact("op", START, [clerk(1)], then=[ROLES])
    assert again == first
    assert ids(port) == [1]


def test_another_batch_under_an_operation_id_that_was_used_writes_nothing(
    port: SqliteFile,
) -> None:
    port.transact("op", START, [clerk(1)])
    port.transact("op", START, [clerk(2)])
    assert ids(port) == [1]


def test_a_broken_constraint_takes_the_whole_batch_back(port: SqliteFile) -> None:
    with pytest.raises(Conflict):
        port.transact("op", START, [clerk(1), *entry(1), clerk(2, "king")])
    assert ids(port) == []
    assert port.head() == 0


def test_a_batch_that_was_refused_can_be_sent_again_under_its_id(port: SqliteFile) -> None:
    with pytest.raises(Conflict):
        port.transact("op", START, [clerk(1, "king")])
    port.transact("op", START, [clerk(1, "lead")])
    assert port.query(*ROLES).rows == [(1, "lead")]


def test_a_row_that_refers_to_nothing_is_refused(port: SqliteFile) -> None:
    orphan = ("INSERT INTO call_ticket(call, ticket, share) VALUES (1, 1, 1.0)", ())
    with pytest.raises(Conflict):
        port.transact("op", START, [orphan])


def test_a_batch_with_a_wrong_statement_leaves_nothing_behind(port: SqliteFile) -> None:
    with pytest.raises(StoreProblem):
        port.transact("op", START, [clerk(1), ("INSERT INTO nowhere VALUES (1)", ())])
    assert ids(port) == []
    port.transact("op", START, [clerk(2)])
    assert ids(port) == [2]


def test_whoever_comes_second_to_a_place_in_a_chain_is_told_so(
    port: SqliteFile, other: SqliteFile
) -> None:
    port.transact("first", START, entry(1))
    with pytest.raises(ChangedMeanwhile):
        other.transact("second", START, [clerk(1), *entry(1, act="other")])
    assert ids(other) == []


def test_the_change_token_grows_with_every_entry(port: SqliteFile, other: SqliteFile) -> None:
    assert port.head() == 0
    heads = []
    for seq in (1, 2, 3):
        port.transact(f"op{seq}", START, entry(seq))
        heads.append(other.head())
    assert heads == sorted(set(heads))


@pytest.mark.parametrize("value", ["", "õ\n'\"?:x", 3.0, 0, -1, 2**62, None, "\N{PILE OF POO}"])
def test_a_value_comes_back_as_it_went_in(port: SqliteFile, value: str | float | None) -> None:
    came = port.query("SELECT ?", (value,)).value()
    assert came == value
    assert type(came) is type(value)


def test_a_cell_never_takes_a_value_of_another_type(port: SqliteFile) -> None:
    with pytest.raises(Conflict):
        port.transact("op", START, [add_clerk(1, None, "x", "clerk", "soon")])  # type: ignore[arg-type]


def test_the_reading_side_cannot_write(port: SqliteFile) -> None:
    port.transact("op", START, [clerk(1)])
    with pytest.raises(StoreProblem):
        port.query("DELETE FROM clerk")
    assert ids(port) == [1]


def test_several_selects_see_the_same_moment_while_others_write(
    port: SqliteFile, other: SqliteFile
) -> None:
    port.transact("both", START, [clerk(1, "lead"), clerk(2, "clerk")])
    done = Event()

    def swap() -> None:
        roles = ("lead", "clerk")
        for op in count():
            if done.is_set():
                return
            one, two = roles if op % 2 else roles[::-1]
            other.transact(f"swap{op}", START, [save_role(1, one), save_role(2, two)])

    writer = background(swap)
    one, two = (("SELECT role FROM clerk WHERE id = ?", (number,)) for number in (1, 2))
    asked = [one, (LONG, ()), two]  # time enough for others between the first and the last
    pairs = [{rows.value() for rows in port.snapshot(asked)[::2]} for _ in range(200)]
    done.set()
    writer.join()
    assert all(pair == {"lead", "clerk"} for pair in pairs)


def test_waiting_ends_when_another_program_writes(port: SqliteFile, other: SqliteFile) -> None:
    before = port.head()
    writer = background(lambda: other.transact("op", START, entry(1)))
    assert port.wait(before, 60) > before
    writer.join()


def test_waiting_ends_at_once_when_there_is_something_new(
    port: SqliteFile, other: SqliteFile
) -> None:
    before = port.head()
    other.transact("op", START, entry(1))
    assert port.wait(before, 0) == other.head()


def test_waiting_gives_up_when_the_time_is_over(port: SqliteFile) -> None:
    port.transact("op", START, entry(1))
    head = port.head()
    assert port.wait(head, 0) == head


def test_waiting_on_a_closed_database_ends_in_words(port: SqliteFile) -> None:
    said: list[str] = []
    waiting = Event()

    def wait() -> None:
        try:
            while True:
                waiting.set()
                port.wait(10**9, 0.2)
        except StoreProblem as problem:
            said.append(str(problem))

    watcher = background(wait)
    waiting.wait()
    while watcher.is_alive():
        port.close()
        watcher.join(0.01)
    assert said


def test_a_connection_that_another_thread_uses_is_closed_once_it_is_free(
    port: SqliteFile,
) -> None:
    within, leave, told = Event(), Event(), list[int]()

    def read() -> None:
        with port.one_moment():
            within.set()
            leave.wait()
            told.append(port.query("SELECT 7").value())

    reading = background(read)
    within.wait()
    closing = background(port.close)
    closing.join(0.1)
    assert closing.is_alive()
    leave.set()
    closing.join()
    reading.join()
    assert told == [7]


@pytest.mark.parametrize("has_written", [False, True])
def test_an_endless_search_is_given_up_and_the_next_one_works(
    port: SqliteFile, has_written: bool
) -> None:
    said: list[str] = []

    def search() -> None:
        if has_written:  # it reads on the same connection from then on
            port.transact("op", START, [clerk(1)])
        try:
            port.query(f"SELECT * FROM ({ENDLESS})")
        except StoreProblem as problem:
            said.append(str(problem))
        said.append(str(port.query("SELECT 17").value()))

    searching = background(search)
    while searching.is_alive():
        port.interrupt()
        searching.join(0.01)
    assert "given up" in said[0]
    assert said[-1] == "17"


def test_a_read_that_is_ended_between_its_rows_leaves_nothing_open(
    port: SqliteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_at_version = port._refuse_newer

    def ended(connection: Connection) -> None:
        monkeypatch.undo()
        port.interrupt()  # while there are rows to fetch
        looks_at_version(connection)

    monkeypatch.setattr(port, "_refuse_newer", ended)
    with pytest.raises(GivenUp) as held:  # held as the one who waits for it holds it
        port.query("VALUES (1), (2)")
    assert port.query("SELECT 17").value() == 17
    assert "given up" in str(held.value)


def test_interrupting_never_breaks_a_write(port: SqliteFile) -> None:
    done = Event()

    def write() -> None:
        port.transact("op", START, [clerk(number) for number in range(1, 2000)])
        done.set()

    writer = background(write)
    while writer.is_alive():
        port.interrupt()
        writer.join(0.001)
    assert done.is_set()
    assert len(ids(port)) == 1999


def test_a_backup_is_a_whole_database_of_its_own(port: SqliteFile, tmp_path: Path) -> None:
    port.transact("op", START, [clerk(1), *entry(1)])
    kept = tmp_path / "kept.db"
    port.backup(kept)
    port.transact("later", START, [clerk(2)])
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.db"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    opened = open_file(kept, START)
    assert ids(opened) == [1]
    assert opened.head() == 1
    assert opened.query("PRAGMA integrity_check").value() == "ok"
    opened.close()


def test_a_backup_never_writes_over_a_file(port: SqliteFile, tmp_path: Path) -> None:
    precious = tmp_path / "precious.db"
    precious.write_bytes(b"precious")
    with pytest.raises(StoreProblem, match="there already"):
        port.backup(precious)
    assert precious.read_bytes() == b"precious"


def test_a_backup_into_a_folder_that_is_not_there_is_refused_in_words(
    port: SqliteFile, tmp_path: Path
) -> None:
    with pytest.raises(StoreProblem, match="choose another place"):
        port.backup(tmp_path / "nowhere" / "kept.db")


def test_a_lock_that_is_held_too_long_is_said_and_nothing_is_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.01)
    port = open_file(path, START)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match=r"holds helpdesk\.db for too long"):
        port.transact("op", START, [clerk(1)])
    assert ids(port) == []  # reading goes on meanwhile
    holder.execute("ROLLBACK")
    holder.close()
    port.transact("op", START, [clerk(1)])
    assert ids(port) == [1]
    port.close()


def test_many_threads_write_through_one_port_and_lose_nothing(port: SqliteFile) -> None:
    def write(first: int) -> None:
        for number in range(first, first + 20):
            port.transact(f"op{number}", START, [clerk(number)])

    writers = [background(partial(write, first)) for first in (100, 200, 300, 400)]
    for writer in writers:
        writer.join()
    assert len(ids(port)) == 80


def test_six_clerks_who_change_one_chain_all_the_time_leave_every_change_in_it(
    port: SqliteFile, other: SqliteFile
) -> None:
    heads = "SELECT seq, hash FROM journal WHERE subject = 'desk' ORDER BY seq DESC LIMIT 1"

    def change(door: SqliteFile, name: str) -> None:
        for place in range(10):
            for attempt in count():
                newest = door.query(heads).rows
                head = Head(*newest[0]) if newest else Head()
                told = entry(head.seq + 1, act=f"{name}.{place}", before=head.hash)
                try:
                    door.transact(f"{name}.{place}.{attempt}", START, told)
                    break
                except ChangedMeanwhile:
                    continue

    doors = [(port if number % 2 else other, f"clerk{number}") for number in range(6)]
    clerks = [background(partial(change, door, name)) for door, name in doors]
    for each in clerks:
        each.join()
    rows = port.query("SELECT act FROM journal WHERE subject = 'desk'").rows
    assert sorted(row[0] for row in rows) == sorted(
        f"clerk{number}.{place}" for number in range(6) for place in range(10)
    )


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from helpdesk.errors import StoreProblem
from helpdesk.store.opening import open_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
port = open_file(Path(sys.argv[1]), 0)
add = "INSERT INTO clerk(id, login, role, added_at) VALUES (?, ?, 'clerk', 0)"
port.transact("small", 0, [(add, (1, "kept"))])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    port.transact("large", 0, [(add, (n, str(n) * 5000)) for n in range(2, 100)])
except StoreProblem as problem:
    print(problem)
print([row[0] for row in port.query("SELECT login FROM clerk").rows])
"""


def test_a_full_disk_is_said_and_what_was_written_before_stays(path: Path) -> None:
    said, kept = finished(FULL_DISK, path).splitlines()
    assert "disk may be full" in said
    assert kept == "['kept']"
