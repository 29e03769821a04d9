"""Whatever is changed in the journal, its values or its seals behind the program is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.sealing import keep_seal
from helpdesk.desk.tags import tag_ticket
from helpdesk.desk.verifying import verify_journal
from helpdesk.domain.entries import digest, entry_hash
from helpdesk.domain.guard import find_secret
from helpdesk.domain.journal import Change
from helpdesk.domain.seals import Covered, seal_hash
from helpdesk.domain.verifying import Printed, Verified
from helpdesk.errors import BadInput
from tests.support.calls import DANA, PHONE, rows
from tests.support.clock import StillClock
from tests.support.desks import open_as

DAY = 86_400
GUARDS = (
    "journal_keeps_entries", "journal_keeps_values", "journal_value_keeps_values",
    "journal_value_stays_in_its_place", "seal_keeps_seals", "seal_keeps_values",
)  # fmt: skip


def a_day(desk: Desk, clock: StillClock, note: str) -> None:
    """Two calls on one day, one with a caller, a note and a tag."""
    clock.go_on(DAY)
    finish_call(desk, start_call(desk), "dropped")
    call = start_call(desk)
    add_caller(desk, call, DANA, PHONE)
    add_note_to_call(desk, call, note)
    finish_call(desk, call, "resolved")
    (ticket,) = rows(desk, "SELECT max(id) AS id FROM ticket")
    tag_ticket(desk, ticket["id"], ["urgent"])


@pytest.fixture
def sealed(desk: Desk, clock: StillClock) -> Desk:
    """A desk with two sealed days, and a third that is not sealed yet."""
    for note in ("the first", "the second"):
        a_day(desk, clock, note)
        keep_seal(desk)
    a_day(desk, clock, "the third")
    return desk


class Behind:
    """The database file, changed as somebody with another program would."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, *statements: str) -> None:
        with self.rows() as other:
            for statement in statements:
                other.execute(statement)

    def rows(self) -> closing[sqlite3.Connection]:
        other = sqlite3.connect(self._path, isolation_level=None)
        other.execute("PRAGMA foreign_keys = OFF")
        for guard in GUARDS:
            other.execute(f"DROP TRIGGER IF EXISTS {guard}")
        return closing(other)


@pytest.fixture
def behind(sealed: Desk) -> Behind:
    return Behind(sealed.folder.database)


def said(found: Verified) -> str:
    assert found.faults.first is not None
    return str(found.faults.first)


def test_an_untouched_journal_holds_and_says_what_was_looked_at(sealed: Desk) -> None:
    found = verify_journal(sealed)
    assert found.faults.first is None, said(found)
    (counted,) = rows(sealed, "SELECT count(*) AS n, count(DISTINCT subject) AS c FROM journal")
    assert (found.entries, found.chains) == (counted["n"], counted["c"])
    assert (found.seals, found.newest and found.newest.day) == (2, "2026-06-03")
    assert found.unsealed > 0
    assert found.checked > found.chains


def test_there_is_one_seal_a_day_and_none_behind_a_later_one(
    sealed: Desk, clock: StillClock
) -> None:
    first = keep_seal(sealed)
    a_day(sealed, clock, "more")
    clock.set_by(-DAY)
    assert keep_seal(sealed) == first
    clock.set_by(-3 * DAY)
    assert keep_seal(sealed) == first
    other = open_as(sealed.folder.home, clock)
    clock.set_by(5 * DAY)
    assert keep_seal(other) == keep_seal(sealed) != first
    other.close()
    assert [row["day"] for row in rows(sealed, "SELECT day FROM seal")] == [
        "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-06",
    ]  # fmt: skip
    assert verify_journal(sealed).faults.count == 0


Cell = str | int | None


def other_values(value: Cell) -> Iterator[Cell]:
    """Each value that is one byte or one bit away."""
    yield from (each for each in ("", "x") if value is None)
    if isinstance(value, int):
        yield from (value + 1, value - 1, value + 2**31, None)
    elif isinstance(value, str):
        yield from (f"{value} ", None)
        if value:
            yield from ("", value[1:], value[:-1], chr(ord(value[0]) ^ 1) + value[1:])
            yield value[:-1] + chr(ord(value[-1]) ^ 1)


def changes(other: sqlite3.Connection) -> Iterator[tuple[str, str, Cell, Cell]]:
    """Change every cell of the first, a middle and the last row of each table, each way.

    Each change stands while it is looked at, and is taken back.
    """
    for table, order in (("journal", "id"), ("journal_value", "entry, field"), ("seal", "day")):
        columns = [row[1] for row in other.execute(f"PRAGMA table_info({table})")]
        every = other.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
        where = " AND ".join(f"{column} IS ?" for column in columns)
        for kept in (every[0], every[len(every) // 2], every[-1]):
            for at, column in enumerate(columns):
                save = f"UPDATE {table} SET {column} = ? WHERE {where}"
                for changed in other_values(kept[at]):
                    now = (*kept[:at], changed, *kept[at + 1 :])
                    with suppress(sqlite3.IntegrityError):  # no such value can stand there
                        other.execute(save, (changed, *kept))
                        yield table, column, kept[at], changed
                        assert other.execute(save, (kept[at], *now)).rowcount == 1


def test_one_changed_byte_in_any_cell_of_any_row_is_found(sealed: Desk, behind: Behind) -> None:
    missed, tried = [], 0
    with behind.rows() as other:
        for change in changes(other):
            tried += 1
            if not verify_journal(sealed).faults.count:
                missed.append(change)
    assert not missed
    assert tried > 150
    assert verify_journal(sealed).faults.count == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("DELETE FROM journal WHERE id = (SELECT upto FROM seal ORDER BY day LIMIT 1)",
         "10 of the 11"),
        ("DELETE FROM journal WHERE subject = (SELECT subject FROM journal WHERE id = 3)", ""),
        ("DELETE FROM journal WHERE id > (SELECT max(upto) - 1 FROM seal)", ""),
        ("DELETE FROM journal WHERE id = (SELECT max(id) - 1 FROM journal)", "missing"),
        ("DELETE FROM journal_value WHERE field = 'text'", "values of entry"),
        ("DELETE FROM seal WHERE day = '2026-06-02'", "does not follow the seal before it"),
        ("UPDATE journal SET id = -id WHERE id IN (4, 5)", ""),
        ("UPDATE journal SET subject = '', seq = 0 WHERE id = (SELECT max(id) FROM journal)",
         "belong to no"),
        ("INSERT INTO journal_value(entry, field, old, new, salt) VALUES (999, 'x', '', '', '')",
         "belong to no entry"),
        ("INSERT INTO journal_value(entry, field, old, new, salt) VALUES (2, 'x', NULL, NULL, '')",
         "values of entry"),
        ("UPDATE journal_value SET new = '' WHERE field = 'text'", "values of entry"),
        ("UPDATE journal_value SET old = '' WHERE old IS NULL AND field = 'text'",
         "values of entry"),
        ("UPDATE note SET text = 'never said'", "does not hold what the journal tells"),
        ("INSERT INTO note SELECT id + 1, ticket, call, at, clerk, 'added', 0 FROM note LIMIT 1",
         "does not hold what the journal tells"),
        ("UPDATE ticket SET status = 'void'", "does not hold what the journal tells"),
        ("UPDATE ticket SET outcome = 'referred' WHERE outcome = 'resolved'",
         "does not hold what the journal tells"),
        ("UPDATE caller SET email = 'else@where.example'", "does not hold what the journal tells"),
        ("UPDATE note SET struck = 1", "does not hold what the journal tells"),
        ("DELETE FROM note", "is gone"),
        ("INSERT INTO caller(id, added_at, called_at) VALUES (5, 0, 0)",
         "the journal tells nothing"),
    ],
)  # fmt: skip
def test_what_was_taken_out_put_in_or_changed_is_named(
    sealed: Desk, behind: Behind, change: str, why: str
) -> None:
    behind(change)
    assert why in said(verify_journal(sealed))


def test_rows_that_change_places_are_found(sealed: Desk, behind: Behind) -> None:
    one, two = rows(sealed, "SELECT entry FROM journal_value WHERE field = 'text' LIMIT 2")
    behind(
        f"UPDATE journal_value SET entry = -1 WHERE entry = {one['entry']} AND field = 'text'",
        f"UPDATE journal_value SET entry = {one['entry']} WHERE entry = {two['entry']}"
        " AND field = 'text'",
        f"UPDATE journal_value SET entry = {two['entry']} WHERE entry = -1",
    )
    assert "values of entry" in said(verify_journal(sealed))


def rehash(other: sqlite3.Connection, subject: str) -> None:
    """Compute the hashes of a chain anew, as somebody who knows how would."""
    before = ""
    asked = "SELECT id, seq, at, who, act, undoes FROM journal WHERE subject = ? ORDER BY seq"
    for entry, seq, at, who, act, undoes in other.execute(asked, (subject,)).fetchall():
        values = other.execute(
            "SELECT field, old, new, salt FROM journal_value WHERE entry = ?", (entry,)
        )
        made = digest((Change(field, old, new), salt) for field, old, new, salt in values)
        hashed = entry_hash(subject, seq, at, who, act, undoes, made, before)
        save = "UPDATE journal SET value_digest = ?, prev_hash = ?, hash = ? WHERE id = ?"
        other.execute(save, (made, before, hashed, entry))
        before = hashed


def rewrite_a_note(behind: Behind) -> None:
    """Change what a note said everywhere, with good hashes of its chain."""
    with behind.rows() as other:
        told = "new = 'the first' AND field = 'text'"
        (subject,) = other.execute(
            "SELECT subject FROM journal "
            f"WHERE id = (SELECT entry FROM journal_value WHERE {told})"
        ).fetchone()
        other.execute(f"UPDATE journal_value SET new = 'never said' WHERE {told}")
        other.execute("UPDATE note SET text = 'never said' WHERE text = 'the first'")
        rehash(other, subject)


def test_a_chain_that_was_hashed_anew_breaks_the_seal_of_its_day(
    sealed: Desk, behind: Behind
) -> None:
    rewrite_a_note(behind)
    found = verify_journal(sealed)
    assert found.faults.count == 1
    assert said(found) == ("seal of 2026-06-02: the entries are no longer those that it sealed")


def test_whoever_seals_anew_as_well_is_found_by_a_printed_hash(
    sealed: Desk, behind: Behind
) -> None:
    printed = rows(sealed, "SELECT day, hash FROM seal ORDER BY day")
    for each in printed:
        assert verify_journal(sealed, Printed(each["hash"][:16] + "…")).found.endswith(each["day"])
    (entry,) = rows(sealed, "SELECT hash FROM journal WHERE id = 2")
    assert (
        verify_journal(sealed, Printed(entry["hash"].upper())).found
        == "it is entry 2 of the journal"
    )
    rewrite_a_note(behind)
    with behind.rows() as other:
        before, last = "", 0
        for day, at, upto in other.execute(
            "SELECT day, at, upto FROM seal ORDER BY day"
        ).fetchall():
            covered = Covered()
            asked = "SELECT subject, seq, hash FROM journal WHERE id > ? AND id <= ? ORDER BY id"
            for each in other.execute(asked, (last, upto)):
                covered.add(*each)
            made = seal_hash(day, at, covered.entries, covered.digest, before)
            save = "UPDATE seal SET digest = ?, prev_hash = ?, hash = ? WHERE day = ?"
            other.execute(save, (covered.digest, before, made, day))
            before, last = made, upto
    assert verify_journal(sealed).faults.count == 0
    for each in printed:
        assert "it is another journal" in said(verify_journal(sealed, Printed(each["hash"][:16])))


@pytest.mark.parametrize("typed", ["1234567", "no hash at all", "12345678z", "", " ", "…"])
def test_what_is_no_hash_is_refused(sealed: Desk, typed: str) -> None:
    with pytest.raises(BadInput, match="is no hash"):
        verify_journal(sealed, Printed(typed))


def test_the_digits_of_a_hash_may_look_like_any_number(sealed: Desk) -> None:
    looks_like_a_bank_number = "cd035f16abca1bf4"
    assert find_secret(looks_like_a_bank_number)
    found = said(verify_journal(sealed, Printed(looks_like_a_bank_number)))
    assert "it is another journal" in found


def test_the_first_broken_entry_is_named_with_its_ticket_and_between_which_seals(
    sealed: Desk, behind: Behind
) -> None:
    behind("UPDATE journal SET who = 'nobody' WHERE subject LIKE 'ticket:%' AND seq = 2")
    found = verify_journal(sealed)
    assert found.faults.first is not None
    assert (found.faults.first.number, found.faults.first.seq) == ("T-26-00001", 2)
    assert "written before the first seal, of 2026-06-02" in said(found)
    assert found.more == 5
    (newest,) = rows(sealed, "SELECT max(id) AS id FROM journal")
    behind(
        "UPDATE journal SET who = 'mortiz' WHERE who = 'nobody'",
        f"UPDATE journal SET act = 'x' WHERE id = {newest['id']}",
    )
    assert "written after the seal of 2026-06-03" in said(verify_journal(sealed))


def test_random_bytes_of_the_three_tables_in_the_file_itself_are_found(
    sealed: Desk, behind: Behind
) -> None:
    """A hash that is flipped in the file, not by SQL, in the database and in its log."""
    (row,) = rows(sealed, "SELECT hash FROM seal ORDER BY day LIMIT 1")
    behind("PRAGMA wal_checkpoint(TRUNCATE)")
    sealed.port.close()
    for path in (sealed.folder.database, Path(f"{sealed.folder.database}-wal")):
        if path.exists():
            held = path.read_bytes()
            path.write_bytes(held.replace(row["hash"].encode(), b"0" * 64))
    assert "seal of 2026-06-0" in said(verify_journal(sealed))
