from __future__ import annotations

import io
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from tests.cli.conftest import Run
from tests.support.bytes import found_in

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
    assert run("purge").status == 1
    said = run("purge", "--finish", "--compact").out.splitlines()[-1]
    size = (home / "data" / "helpdesk.db").stat().st_size
    assert said == f"The database has {size:,} bytes now."


@pytest.mark.usefixtures("called")
def test_rules_that_cannot_be_read_are_told_with_their_place(run: Run, home: Path) -> None:
    settings = home / "data" / "desk.yaml"
    for text, fault in (("notes: soon", "is no age"), ("callers: 5d", "too short")):
        settings.write_text(f"retention:\n  {text}\n", encoding="utf-8")
        told = run("purge", "--dry-run").err
        assert "desk.yaml:2:3: " in told
        assert fault in told
