from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import choose_symptom
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.golden import fill_golden

JUNE = ("--from", "2026-06-01", "--to", "2026-06-30", "--court", "ncmb")


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_figures_tell_of_each_version_how_often_and_how_long(
    run: Run, desk: Desk, clock: StillClock
) -> None:
    fill_golden(desk, clock)
    table = run("playbooks", "figures", "li", *JUNE)
    assert (table.status, table.err) == (0, "")
    assert table.out.startswith("Versions of linking-error\n")
    (row,) = read(run("playbooks", "figures", "linking-error", *JUNE, "--format", "csv").out)
    assert (row["court"], row["version"], row["uses"]) == ("ncmb", "1", "5")
    assert (row["repeat_adjusted_fcr"], row["repeat_adjusted_fcr_n"]) == ("0.5", "2")
    found = json.loads(run("playbooks", "figures", "li", *JUNE, "--format", "json").out)
    assert found["rows"][0]["uses"] == 5
    may = ("--from", "2026-05", "--to", "2026-05", "--format", "csv")
    assert read(run("playbooks", "figures", "li", *may).out) == []


def test_figures_tell_of_a_playbook_that_is_hidden_or_gone_what_it_was_used_for(
    run: Run, desk: Desk, clock: StillClock
) -> None:
    fill_golden(desk, clock)
    before = read(run("playbooks", "figures", "li", *JUNE, "--format", "csv").out)
    desk.folder.settings.write_text("hidden: [linking-error]\n", encoding="utf-8")
    assert (
        read(run("playbooks", "figures", "linking-error", *JUNE, "--format", "csv").out) == before
    )
    refused = run("playbooks", "figures", "which-logins", *JUNE)
    assert (refused.status, "There is no playbook “which-logins”" in refused.err) == (1, True)


@pytest.fixture
def missing(desk: Desk) -> Desk:
    """A desk where words found nothing, and others not what was chosen."""
    call = start_call(desk)
    choose_symptom(desk, call, "which-login", "cannot link =my accounts", ("xqzjvk",))
    return desk


@pytest.mark.usefixtures("missing")
def test_missed_lists_what_found_nothing_or_not_what_was_chosen(run: Run) -> None:
    ran = run("playbooks", "missed", "--from", "2026-06-01", "--to", "2026-06-01")
    lines = ran.out.splitlines()
    assert lines[0] == "Phrases that led astray"
    assert lines[3].split() == ["typed", "ranked_first", "chosen", "now", "ticket", "at_local"]
    assert lines[-2] == "2 of 2 phrases found nothing or not what was chosen"
    assert lines[-1].startswith("journal sealed 2026-")
    found = read(run("playbooks", "missed", "--from", "2026-06-01", "--format", "csv").out)
    assert [(row["typed"], row["chosen"], row["now"]) for row in found] == [
        ("cannot link =my accounts", "which-login", "which-login"), ("xqzjvk", "", "which-login"),
    ]  # fmt: skip
    told = json.loads(run("playbooks", "missed", "--from", "2026-06-01", "--format", "json").out)
    assert told["rows"][1]["ranked_first"] is None
    assert told["rows"][0]["at_local"] == "2026-06-01T08:14:03-05:00"


@pytest.mark.usefixtures("missing")
def test_missed_goes_to_a_file_as_its_name_says(run: Run, tmp_path: Path) -> None:
    for name in ("missed.csv", "missed.json", "missed.txt"):
        ran = run("playbooks", "missed", "--from", "2026-06-01", "--out", tmp_path / name)
        assert (ran.status, ran.out) == (0, "")
        assert ran.err.endswith(f"2 rows in {tmp_path / name}\n")
    assert len(read((tmp_path / "missed.csv").read_text("utf-8-sig"))) == 2
    ran = run("playbooks", "missed", "--out", tmp_path / "missed.csv")
    assert (ran.status, ran.err.count("\n")) == (1, 1)


@pytest.mark.usefixtures("missing")
def test_missed_of_another_court_is_empty_and_no_refusal(run: Run) -> None:
    options = ("--from", "2026-06-01", "--format", "csv")
    assert len(read(run("playbooks", "missed", *options, "--court", "IANB").out)) == 2
    ran = run("playbooks", "missed", *options, "--court", "ncmb")
    assert (ran.status, read(ran.out)) == (0, [])
