"""Files that somebody asks for: never in the place of the desk's own, and who may have them."""

from __future__ import annotations

import os
import pwd
from itertools import product
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.saved_reports import save_report
from helpdesk.desk.staff import change_role
from helpdesk.errors import NotAllowed
from tests.cli.conftest import Run

REFUSED = "is a place of the desk's own files: choose another one."


def names_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


PLACES = (
    "data/helpdesk.db", "data/helpdesk.db-wal", "data/helpdesk.db-shm",
    "data/helpdesk.db-journal", "data/desk.yaml", "data/courts.yaml",
    "playbooks/new.json", "playbooks/courts/ianb/new.json", "playbooks/../data/helpdesk.db",
    "data/Desk.YAML", "linked/helpdesk.db", "data/linked.json", "linked/../linked/desk.yaml",
)  # fmt: skip


def test_no_report_takes_the_place_of_a_file_of_the_desk(run: Run, called: Desk) -> None:
    home = called.folder.home
    (home / "playbooks" / "courts" / "ianb").mkdir(parents=True)
    (home / "linked").symlink_to(home / "data")
    (home / "data" / "linked.json").symlink_to(home / "data" / "desk.yaml")
    before = names_in(home)
    for place, force in product(PLACES, ((), ("--force",))):
        ran = run("stats", "by-symptom", "--format", "json", "--out", home / place, *force)
        assert (ran.status, ran.err) == (1, f"helpdesk: {home / place} {REFUSED}\n")
    assert names_in(home) == before
    assert called.folder.database.read_bytes().startswith(b"SQLite")
    assert run("tickets").status == 0


def test_no_other_command_and_no_key_takes_such_a_place(
    run: Run, called: Desk, tmp_path: Path
) -> None:
    home = called.folder.home
    home.joinpath("playbooks").mkdir()
    (tmp_path / "log.csv").write_text("started,caller\nlast week,Roe\n")
    rows, settings = home / "playbooks" / "rows.csv", home / "data" / "desk.yaml"
    for said, path in (
        (("export", "calls", "--out", rows, "--force"), rows),
        (("playbooks", "missed", "--out", rows, "--force"), rows),
        (("playbooks", "figures", "li", "--out", rows, "--force"), rows),
        (("stats", "--format", "csv", "--out", home / "playbooks"), home / "playbooks" / "calls_"),
        (("import", tmp_path / "log.csv", "--dry-run", "--faults", settings), settings),
        (("backup", settings), settings),
        (("backup", home / "playbooks"), home / "playbooks"),
    ):
        ran = run(*said)
        assert (ran.status, ran.err.count(REFUSED)) == (1, 1), said
        assert f"helpdesk: {path}" in ran.err
    with pytest.raises(NotAllowed, match="own files"):
        save_report(called, make_report(called, Question()), str(home / "playbooks" / "r.csv"))
    assert not any([*home.glob("playbooks/*"), settings.exists()])


def test_an_auditor_prints_reports_and_exports_none(
    run: Run, called: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    login = pwd.getpwuid(os.getuid()).pw_name
    run("staff", "list")  # whoever starts is on the list
    change_role(called, login, "auditor")
    for report in (("stats", "by-clerk"), ("playbooks", "figures", "li"), ("playbooks", "missed")):
        assert run(*report).status == 0
        ran = run(*report, "--out", "z.csv")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == (
            f"helpdesk: {login} is auditor: ask one of clerk, lead, supervisor, admin.\n"
        )
    assert not (tmp_path / "z.csv").exists()
