"""Faulty rows of an import: written down whole, mended there, and brought in once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.import_keys import Keys
from tests.cli.conftest import Run
from tests.support.calls import rows

HEADINGS = "started_at,duration,outcome,note,clerk"
GOOD = "2025-03-03 09:00,5m,resolved,no menus,jlee"
WEIRD = "2025-03-04 09:00,5m,weird,- no link yet,jlee"
MENDED = {"weird": "resolved"}
TEXTS = "SELECT text FROM note ORDER BY text"


def mended(faults: Path, changes: dict[str, str], path: Path) -> Path:
    """A copy of a file in which some texts were mended."""
    text = faults.read_text("utf-8-sig")
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
    return path


def log_of(tmp_path: Path, *told: str) -> Path:
    """A log with these rows."""
    path = tmp_path / "log.csv"
    path.write_text("\n".join([HEADINGS, *told]))
    return path


def test_every_cell_of_a_row_with_too_many_is_kept_and_it_stays_faulty_until_it_is_mended(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    log = log_of(
        tmp_path,
        "2025-03-03 09:00,5m,resolved,cannot link, wants a call, today,jlee",
        "2025-03-04 09:00,5m,weird,no menus,jlee",
    )
    faults, again = tmp_path / "faults.csv", tmp_path / "again.csv"
    assert run("import", log, "--faults", faults).status == 1
    half = mended(faults, MENDED, tmp_path / "half.csv")
    ran = run("import", half, "--yes", "--faults", again)
    assert "= 1 to import + 0 imported before + 1 faulty" in ran.out
    assert "more cells than there are headings" in ran.out
    with again.open(encoding="utf-8-sig", newline="") as file:
        headings, row = csv.reader(file)
    assert headings == [*HEADINGS.split(","), "fault_line", "fault", "", ""]
    assert row[:6] == ["2025-03-03 09:00", "5m", "resolved", "cannot link", " wants a call", "2"]
    assert row[7:] == [" today", "jlee"]
    moved = {"cannot link, wants a call,": '"cannot link, wants a call, today",jlee,',
             ", today,jlee": ",,"}  # fmt: skip
    whole = mended(again, moved, tmp_path / "whole.csv")
    assert run("import", whole, "--yes").status == 0
    assert [each["text"] for each in rows(desk, TEXTS)] == [
        "cannot link, wants a call, today", "no menus",
    ]  # fmt: skip


def test_a_text_that_a_spreadsheet_would_run_comes_back_as_it_was(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    log = log_of(
        tmp_path,
        "2025-03-03 09:00,5m,weird,- no link yet,jlee",
        "2025-03-04 09:00,5m,weird,=see ticket 12,jlee",
        "2025-03-05 09:00,-3m,resolved,,jlee",
    )
    faults = tmp_path / "faults.csv"
    run("import", log, "--faults", faults)
    assert "'=see ticket 12" in faults.read_text("utf-8")
    ran = run("import", mended(faults, MENDED, tmp_path / "m.csv"), "--yes")
    assert "“-3m”" in ran.out
    assert [each["text"] for each in rows(desk, TEXTS)] == ["- no link yet", "=see ticket 12"]


def test_a_row_that_was_mended_in_both_files_comes_in_once(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    log, faults = log_of(tmp_path, GOOD, WEIRD), tmp_path / "faults.csv"
    run("import", log, "--yes", "--faults", faults)
    there = mended(faults, MENDED, tmp_path / "there.csv")
    assert "1 to import" in run("import", there, "--yes").out
    here = mended(log, MENDED, tmp_path / "here.csv")
    assert "0 to import + 2 imported before + 0 faulty" in run("import", here, "--yes").out
    assert len(rows(desk, "SELECT 1 FROM call")) == 2


def test_a_mended_row_that_an_older_helpdesk_brought_in_is_known(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = tmp_path / "faults.csv"
    run("import", log_of(tmp_path, GOOD, WEIRD), "--faults", faults)
    there = mended(faults, MENDED, tmp_path / "there.csv")
    with monkeypatch.context() as older:  # which counted all that stands in the file
        older.setattr(Keys, "of", lambda keys, cells: (keys.before(cells), ""))
        assert "1 to import" in run("import", there, "--yes").out
    assert "0 to import + 1 imported before" in run("import", there, "--yes").out


def test_an_interval_with_too_many_cells_is_a_faulty_row(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "phones.csv"
    path.write_text("start,offered,answered,abandoned\n2025-03-03 09:00,1,204,1,203,1\n")
    ran = run("import", "--intervals", path, "--dry-run")
    assert "line 2: more cells than there are headings" in ran.out


def test_a_clerk_that_the_staff_list_would_not_take_makes_a_row_faulty(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    log = log_of(
        tmp_path,
        "2025-03-03 09:00,5m,resolved,,wants a call",
        "2025-03-04 09:00,5m,resolved,,J Lee",
        "2025-03-05 09:00,5m,resolved,,7lee",
        "2025-03-06 09:00,5m,resolved,,jlee",
    )
    ran = run("import", log, "--yes")
    assert "= 1 to import + 0 imported before + 3 faulty" in ran.out
    assert "line 2: “wants a call” is no login, for “ ”: " in ran.out
    assert "line 4: “7lee” is no login: begin with a letter or _; --map “clerk=” leaves" in ran.out
    logins = rows(desk, "SELECT login FROM clerk WHERE uid IS NULL")
    assert [each["login"] for each in logins] == ["jlee"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("options", [(), ("--intervals",)])
def test_of_many_faulty_rows_the_first_are_said_and_where_all_of_them_are(
    run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path, faults = tmp_path / "log.csv", tmp_path / "faults.csv"
    heads = "start,offered,answered,abandoned" if options else "Start Time,Outcome"
    bad = ",".join(["never"] * (heads.count(",") + 1))
    path.write_text("\n".join([heads, *[bad] * 1_320]))
    for where, said in (
        ((), "--faults FILE.csv writes all of them down."),
        (("--faults", faults), f"all are in {faults}."),
    ):
        ran = run("import", path, *options, *where)
        lines = [each for each in ran.out.splitlines() if each.startswith("line ")]
        assert [each.split(":")[0] for each in lines] == [f"line {n}" for n in range(2, 22)]
        assert f"\nand 1,300 more faulty rows: {said}\n" in ran.out
        assert "+ 1,320 faulty" in ran.out
    assert faults.read_text("utf-8-sig").count("\n") == 1_321
    path.write_text("\n".join([heads, *[bad] * 20]))
    assert "more faulty rows" not in run("import", path, *options).out
