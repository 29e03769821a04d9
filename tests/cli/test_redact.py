from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from helpdesk.desk.backup_list import backups_of
from helpdesk.desk.callers import set_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.purging import purge
from helpdesk.desk.statuses import change_status
from helpdesk.desk.ticket_notes import add_note_to_ticket
from tests.cli.conftest import Run
from tests.support.bytes import found_in
from tests.support.calls import call_of_dana, rows
from tests.support.clock import StillClock

WORDS = "firewall"


@pytest.mark.usefixtures("called")
def test_a_dry_run_says_where_words_stand_and_changes_nothing(run: Run, home: Path) -> None:
    told = run("redact", 1, "--text", WORDS, "--dry-run")
    assert told.status == 0
    assert told.out.splitlines() == [
        "note text of T-26-00001: 1 time",
        "journal, old and new values: 1 time",
        "In all 2 times. Taken out, it cannot be brought back.",
    ]
    assert found_in(WORDS, home)


@pytest.mark.usefixtures("called")
def test_words_from_standard_input_are_taken_out_and_the_desk_still_holds(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORDS}\n"))
    told = run("redact", 1, "--text", "-", "--reason", "not ours to keep", "--yes")
    assert told.out.startswith("note text of T-26-00001: 1 time\n")
    assert "Exports and backups that were copied elsewhere are not known here." in told.out
    assert WORDS not in told.out + told.err
    assert found_in(WORDS, home) == []
    assert "▒▒▒ (redacted)" in run("show", 1).out
    assert "emptied" not in run("show", 1).out
    journal = next(line for line in run("doctor").out.splitlines() if " journal " in line[:14])
    assert journal.startswith("ok")
    assert journal.endswith("1 entries with values removed by redaction or purge")


@pytest.mark.usefixtures("called")
def test_without_yes_it_asks_and_without_an_answer_nothing_goes(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run("redact", 1, "--note", 1, "--reason", "why not").status == 1
    assert found_in(WORDS, home)
    assert run("redact", 1, "--note", 9, "--dry-run").status == 1
    assert run("redact", 1, "--dry-run").status == 1
    assert "exactly like this" in run("redact", 1, "--text", "no such words", "--dry-run").err


def test_a_note_that_is_not_there_is_told_with_those_that_are(run: Run, called: Desk) -> None:
    def said(number: int) -> str:
        return run("redact", number, "--note", 9, "--dry-run").err

    assert said(1) == "helpdesk: 1 has 2 notes: choose --note 1 to 2.\n"
    call = call_of_dana(called)
    finish_call(called, call, "resolved")
    assert said(2) == "helpdesk: 2 has no note: take words out with --text.\n"
    call = call_of_dana(called)
    add_note_to_call(called, call, "a sealed matter")
    finish_call(called, call, "resolved")
    assert said(3) == "helpdesk: 3 has 1 note: choose --note 1.\n"


def test_what_is_held_and_what_is_due_are_listed(run: Run, called: Desk, home: Path) -> None:
    assert "everything is kept" in run("purge", "--dry-run").err
    called.folder.settings.write_text("retention: {notes: 90d, phones: 18m}", encoding="utf-8")
    assert run("hold", 1, "--reason", "Roe v. Roe", "--caller").status == 0
    assert "Roe v. Roe" in run("hold").out
    plan = run("purge", "--dry-run").out
    assert [line.split()[:4] for line in plan.splitlines()[2:4]] == [
        ["notes", "90d", "0", "tickets"], ["phones", "18m", "0", "numbers"],
    ]  # fmt: skip
    assert "held: caller Whitfield, Dana" in plan
    assert run("purge", "--yes").out.startswith("notes: 0 tickets purged\n")
    assert run("hold", 1, "--release", "--reason", "settled", "--caller").status == 0
    assert "nothing is held" in run("hold").err
    for alone in (("--release", "--reason", "settled"), ("--reason", "Roe v. Roe"), ("--caller",)):
        ran = run("hold", *alone)
        assert (ran.status, "Give the NUMBER of the ticket" in ran.err) == (2, True)
    assert run("purge").status == 1
    said = run("purge", "--finish", "--compact").out.splitlines()[-1]
    size = (home / "data" / "helpdesk.db").stat().st_size
    assert said == f"The database has {size:,} bytes now."


def test_a_purge_looks_for_no_words_in_older_backups_and_says_that_they_hold_it(
    run: Run, called: Desk
) -> None:
    run("backup")
    (before,) = backups_of(called.folder).glob("*.db")
    os.utime(before, (called.clock.now(), called.clock.now()))
    assert found_in(WORDS, before.parent)
    older = f"1 older backup, the newest {before.relative_to(called.folder.home)}"
    (ticket,) = rows(called, "SELECT id FROM ticket")
    add_note_to_ticket(called, ticket["id"], "a zwitscherkasten, written afterwards")
    redacted = run("redact", 1, "--text", "zwitscherkasten", "--reason", "not ours", "--yes").out
    assert f"\n{older}, may hold it in parts: no whole word of it was seen there\n" in redacted
    called.folder.settings.write_text("retention: {notes: 31d}", encoding="utf-8")
    change_status(called, ticket["id"], "closed", "done")
    purged = run("purge", "--yes").out
    assert f"\n! {older}: each holds what was taken out after it was made, until it" in purged
    assert "was seen" not in purged


@pytest.mark.usefixtures("called")
@pytest.mark.parametrize("whose", [(), ("--caller",)])
def test_a_dry_run_says_that_a_hold_refuses_what_it_looks_for(
    run: Run, home: Path, whose: tuple[str, ...]
) -> None:
    words = ("redact", 1, "--text", WORDS, "--reason", "not ours")
    run("hold", 1, "--reason", "Roe v. Roe", *whose)
    refused = run(*words, "--yes").err.removeprefix("helpdesk: ")
    assert "is held since" in refused
    dry = run(*words, "--dry-run")
    assert (dry.status, dry.err) == (0, "")
    assert f"\n! {refused}" in dry.out
    asked = run(*words)  # nothing is asked: no answer would do
    assert (asked.status, asked.err) == (1, "helpdesk: It is held: nothing was taken out.\n")
    assert found_in(WORDS, home)
    run("hold", 1, "--release", "--reason", "settled", *whose)
    assert "held" not in run(*words, "--dry-run").out


@pytest.mark.usefixtures("called")
def test_rules_that_cannot_be_read_are_told_with_their_place(run: Run, home: Path) -> None:
    settings = home / "data" / "desk.yaml"
    for text, fault in (
        ("notes: soon", "is no age"),
        ("callers: 5d", "5d is too short: "),
        ("callers: 30d", "for up to 30 days, so that 31d is the least."),
        ("phones: 30d", "for up to 30 days, so that 31d is the least."),
    ):
        settings.write_text(f"retention:\n  {text}\n", encoding="utf-8")
        told = run("purge", "--dry-run").err
        assert "desk.yaml:2:3: " in told
        assert fault in told
    settings.write_text("retention: {callers: 31d, phones: 31d, drafts: 1d}\n", encoding="utf-8")
    assert run("purge", "--dry-run").status == 0


def test_a_restore_says_what_that_was_taken_out_comes_back_and_how_it_goes_again(
    run: Run, called: Desk, clock: StillClock
) -> None:
    run("backup")
    (before,) = backups_of(called.folder).glob("*.db")
    assert "brings back" not in run("restore", before, "--dry-run").out
    assert run("redact", 1, "--text", WORDS, "--reason", "not ours", "--yes").status == 0
    redacted = (
        "The backup brings back what was redacted on T-26-00001, as far as it holds that: "
        "helpdesk redact takes it out again."
    )
    assert f"!!        {redacted}\n" in run("restore", before, "--dry-run").out
    # words on a ticket that is not in it cannot come back with it
    call = call_of_dana(called)
    add_note_to_call(called, call, "a sealed matter")
    finish_call(called, call, "resolved")
    run("redact", 2, "--text", "sealed matter", "--reason", "sealed", "--yes")
    assert f"!!        {redacted}\n" in run("restore", before, "--dry-run").out
    called.settings = called.settings._replace(retention={"notes": "30d"})
    change_status(called, rows(called, "SELECT id FROM ticket WHERE n = 1")[0]["id"], "resolved")
    clock.go_on(90 * 86_400)
    purge(called)
    called.close()
    both = (
        "The backup brings back what was redacted on T-26-00001 and what was purged of 1 ticket, "
        "as far as it holds that: helpdesk redact and helpdesk purge take it out again."
    )
    assert f"!!        {both}\n" in run("restore", before, "--dry-run").out
    restored = run("restore", before, "--yes").out
    assert f" {both} The database that was there is kept as " in restored
    assert WORDS in run("show", 1).out
    (later,) = backups_of(called.folder).glob("replaced-*.db")
    assert "brings back" not in run("restore", later, "--dry-run").out


def test_a_restore_says_that_callers_come_back_out_of_whom_words_were_taken_since(
    run: Run, called: Desk
) -> None:
    run("backup")
    (before,) = backups_of(called.folder).glob("*.db")
    call, (caller,) = start_call(called), rows(called, "SELECT id, name FROM caller")
    set_caller(called, call, caller["id"], "")
    finish_call(called, call, "resolved")
    assert run("redact", 2, "--text", caller["name"], "--reason", "asked", "--yes").status == 0
    assert "what was redacted of 1 caller" in run("restore", before, "--dry-run").out
