from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from helpdesk.desk.backup_list import backups_of, list_backups
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import open_console
from helpdesk.domain.courts import local
from helpdesk.files.sidecar import sidecar_of
from tests.cli.conftest import Run
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as


def newest(desk: Desk) -> Path:
    return max(backups_of(desk.folder).glob("helpdesk-*.db"))


def test_a_backup_goes_there_and_back_and_every_step_is_one_sentence(
    run: Run, called: Desk, home: Path
) -> None:
    made = run("backup")
    assert made.status == 0
    assert made.out.startswith("Backed up 1 tickets and 1 calls to ")
    assert made.out.count("\n") == 1
    listed = run("backup", "--list")
    assert newest(called).name in listed.out
    assert "good" in listed.out
    words = ("log", "--caller", "Lee", "--phone", "2125550111", "--court", "ianb")
    logged = run(*words, "--symptom", "linking-error", "--outcome", "resolved")
    number = logged.out.split()[0]
    called.port.close()
    before = called.folder.database.read_bytes()
    dry = run("restore", newest(called), "--dry-run")
    assert dry.status == 0, dry
    assert f"1 ticket ({number}), 1 call, " in dry.out
    assert "chains hold" in dry.out
    assert "Nothing was changed." in dry.out
    assert called.folder.database.read_bytes() == before
    restored = run("restore", newest(called), "--yes")
    assert restored.status == 0, restored
    assert "kept as" in restored.out
    assert number not in run("tickets").out
    again = run(*words, "--symptom", "linking-error", "--outcome", "resolved")
    assert again.out.split()[0] > number  # what Lee wrote down leads to nobody else's ticket
    assert run("doctor", "--json").out.startswith("{")
    assert stat.S_IMODE((home / "data" / "helpdesk.db").stat().st_mode) == 0o660


def test_a_restore_says_moments_in_the_zone_in_which_backups_are_listed(
    run: Run, called: Desk
) -> None:
    zone = called.home_office.zone
    assert zone != "UTC"
    run("backup")
    made = local(list_backups(newest(called).parent)[0].at, zone)
    last = local(rows(called, "SELECT max(at) AS at FROM journal")[0]["at"], zone)
    called.port.close()
    assert f"{made:%Y-%m-%d %H:%M %Z}" in run("backup", "--list").out
    said = f"as it was on {made:%Y-%m-%d %H:%M:%S %Z}\n"
    assert said in run("restore", newest(called), "--dry-run").out
    restored = run("restore", newest(called), "--yes").out
    assert f"of {made:%Y-%m-%d %H:%M:%S %Z} from " in restored
    assert f"the last on {last:%Y-%m-%d %H:%M:%S %Z}; " in restored
    called.folder.database.write_bytes(b"")  # the desk cannot say its zone: the backup does
    assert said in run("restore", newest(called), "--dry-run").out


def test_refusals_are_one_sentence_and_status_1(run: Run, called: Desk, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"mine")
    for words, said in (
        (("backup", there), "is there already"),
        (("backup", tmp_path / "no" / "x.db"), "choose another place"),
        (("backup", "x.db", "--list"), "leave FILE away"),
        (("restore", there), "damaged or not a help-desk database"),
        (("restore", tmp_path / "none.db", "--dry-run"), "is not there"),
        (("restore", called.folder.database), "own database"),
    ):
        ran = run(*words)
        assert (ran.status, ran.out) == (1, ""), words
        assert said in ran.err
        assert ran.err.count("\n") == 1
    assert there.read_bytes() == b"mine"


def test_the_work_of_the_night_is_done_by_cron_once(run: Run, called: Desk) -> None:
    first = run("upkeep")
    assert first.status == 0, first
    assert "Backed up 1 tickets" in first.out
    assert "done already" in run("upkeep").out
    assert run("upkeep", "--nightly").out == ""
    assert rows(called, "SELECT count(*) AS n FROM journal WHERE act = 'backup'") == [{"n": 1}]


def test_without_a_desk_nothing_is_made(run: Run, home: Path) -> None:
    for words in (("backup",), ("upkeep",), ("restore", home / "x.db"), ("backup", "--list")):
        run(*words)
    assert not home.exists()


def test_doctor_gives_one_object_for_programs(run: Run, called: Desk) -> None:
    called.folder.database.chmod(0o666)
    told = json.loads(run("doctor", "--json").out)
    wrong = [each["name"] for each in told["checks"] if not each["ok"]]
    assert "rights" in wrong
    assert told["ok"] is False
    mended = run("doctor", "--repair")
    assert ">>  " in mended.out
    assert "ok  rights" in mended.out


def test_a_lost_or_damaged_desk_names_the_backup_to_restore_at_every_door(
    run: Run, called: Desk
) -> None:
    run("backup")
    name = newest(called).name
    called.port.close()
    for held in (b"", b"a letter" * 1_000, None):
        if held is None:
            called.folder.database.unlink()
        else:
            called.folder.database.write_bytes(held)
        for words in (("tickets",), ("show", "1"), ("--plain",)):
            ran = run(*words)
            assert ran.status == 1
            assert f"helpdesk restore {newest(called).parent}/{name}" in ran.err, ran.err
        assert name in run("backup", "--list").out
    assert not called.folder.database.exists()
    assert run("restore", newest(called), "--yes").status == 0
    assert "T-26-00001" in run("tickets").out


@pytest.mark.usefixtures("called")
def test_a_backup_is_not_restored_before_somebody_said_so(
    run: Run, called: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ran = run("restore", newest(called))
    assert ran.status == 1
    assert "holds" in ran.out
    assert "Restored" not in ran.out
    last = "helpdesk: Nothing was changed, for nobody answered: say --yes.\n"
    assert ran.err.endswith(f"[y/N]: \n{last}")


def test_a_restore_that_is_refused_is_not_asked_for(
    run: Run, called: Desk, clock: StillClock
) -> None:
    run("backup")
    console = open_as(called.folder.home, clock)
    open_console(console)
    ran = run("restore", newest(called))
    assert (ran.status, "y/N" in ran.err) == (1, False)
    assert "has a console open: ask them to leave it first" in ran.err
    console.close()


def test_a_sidecar_that_names_no_moment_is_of_no_account(run: Run, called: Desk) -> None:
    run("backup")
    beside = sidecar_of(newest(called))
    told = json.loads(beside.read_text(encoding="utf-8"))
    beside.write_text(json.dumps({**told, "at": 10**14}), encoding="utf-8")
    looked = run("restore", newest(called), "--dry-run")
    assert (looked.status, looked.err) == (0, "")
    assert "the desk as it was on 2026-" in looked.out


BROKEN = ["court: [", "backups: {folder: away}\ntheme: pink\n", "theme: pink\nlines: maybe\n"]


@pytest.mark.parametrize("text", BROKEN, ids=["no YAML", "one bad value", "two"])
def test_a_slip_in_desk_yaml_stops_no_backup_no_restore_and_no_verifying(
    run: Run, called: Desk, home: Path, text: str
) -> None:
    settings = called.folder.settings
    settings.write_text(text, encoding="utf-8")
    where = home / ("away" if "away" in text else "data/backups")
    made = run("backup")
    (file,) = where.glob("helpdesk-*.db")
    commands = (("backup", "--list"), ("verify",), ("restore", file, "--dry-run"),
                ("restore", file, "--yes"))  # fmt: skip
    done = [made, *(run(*each) for each in commands)]
    assert [ran.status for ran in done] == [0] * len(done)
    for ran in done:
        (said,) = ran.err.splitlines()
        assert said.startswith(f"helpdesk: {settings}:1:") or ":2:1: " in said
        assert ("and 1 more" in said) is ("maybe" in text)
    assert file.name in done[1].out
    assert "Not in it: no ticket" in done[3].out  # the present desk was read
    assert list(where.glob("replaced-*.db"))
    refused = run("stats", "by-symptom")
    assert (refused.status, refused.out) == (1, "")


def test_broken_courts_stop_no_backup(run: Run, called: Desk) -> None:
    called.folder.courts.write_text("courts: {zz: {}}", encoding="utf-8")
    made = run("backup")
    assert (made.status, len(made.err.splitlines())) == (0, 1)
    assert "courts.yaml:1:" in made.err
    assert newest(called).exists()


def test_a_court_that_is_not_there_is_done_without(run: Run, called: Desk) -> None:
    called.folder.settings.write_text("court: zz\nbackups: {folder: away}\n", encoding="utf-8")
    made = run("backup")
    assert made.status == 0
    assert "there is no court “zz”" in made.err
    assert list((called.folder.home / "away").glob("helpdesk-*.db"))
