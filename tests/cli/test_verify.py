from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def changed(called: Desk) -> Desk:
    """A desk whose journal somebody changed with another program."""
    with closing(sqlite3.connect(called.folder.database, isolation_level=None)) as other:
        other.execute("DROP TRIGGER journal_keeps_values")
        other.execute("UPDATE journal SET who = 'nobody' WHERE act IN ('add_note', 'undo')")
    return called


def sealed(run: Run) -> str:
    """Print a report; what its foot says of the seal."""
    lines = run("stats", "summary").out.splitlines()
    return next(each for each in lines if each.startswith("journal sealed "))


@pytest.mark.usefixtures("called")
def test_a_good_journal_is_said_to_hold_and_knows_the_foot_of_a_report(run: Run) -> None:
    digits = sealed(run).split()[-1]
    ran = run("verify", "--against", digits)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("ok  ")
    assert lines[0].endswith(" chains hold")
    assert "ok  the hash is there: it is the seal of " in ran.out
    assert "entries since: 0;" in lines[-1]
    assert digits in lines[-2]
    assert not [each for each in lines if each.startswith("!!")]


@pytest.mark.usefixtures("called")
def test_the_hash_of_another_desk_is_missed(run: Run) -> None:
    ran = run("verify", "--against", "0123456789abcdef")
    assert ran.status == 1
    assert "!!  journal: no seal and no entry has the hash 0123456789abcdef" in ran.out


@pytest.mark.usefixtures("called")
def test_a_script_whose_hash_is_not_set_is_not_told_that_all_is_well(run: Run) -> None:
    ran = run("verify", "--against", "")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("helpdesk: --against: “” is no hash: give at least ")


@pytest.mark.usefixtures("changed")
def test_the_first_broken_entry_comes_first_and_the_rest_is_counted(run: Run) -> None:
    ran = run("verify")
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert lines[0].startswith("!!  T-26-00001 (ticket:")
    assert "entry 6 was changed; written before any seal" in lines[0]


@pytest.mark.usefixtures("changed")
def test_a_program_reads_the_same_as_json(run: Run) -> None:
    ran = run("verify", "--json")
    told = json.loads(ran.out)
    assert (ran.status, told["ok"], told["faults"]) == (1, False, 1)
    assert told["first"]["ticket"] == "T-26-00001"
    assert told["first"]["seq"] == 6
    assert told["first"]["what"] == "entry 6 was changed"
    assert (told["seals"], told["newest_seal"]) == (0, None)


@pytest.mark.usefixtures("called")
def test_the_seal_stands_at_the_foot_of_every_form_of_a_report(run: Run, tmp_path: Path) -> None:
    foot = sealed(run)
    for form in ("json", "html", "table"):
        assert foot.rstrip("…") in run("stats", "summary", "--format", form).out
    run("stats", "summary", "--out", tmp_path / "s.csv")
    run("stats", "summary", "--out", tmp_path / "s.xlsx")
    for name in ("s.csv", "s.xlsx"):
        told = json.loads((tmp_path / f"{name}.meta.json").read_text("utf-8"))
        assert f"journal sealed {told['journal_sealed']}" == foot
    plain = run("stats", "summary", "--format", "csv").out
    assert "sealed" not in plain


def test_a_folder_without_a_desk_is_not_made_one(run: Run, tmp_path: Path) -> None:
    ran = run("--home", tmp_path / "none", "verify")
    assert ran.status == 1
    assert "holds no desk" in ran.err
