from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.golden import fill_golden

JUNE = ("--from", "2026-06-01", "--to", "2026-06-30", "--court", "ncmb")


@pytest.fixture(autouse=True)
def _golden(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_has_header_total_and_reconciliation(run: Run) -> None:
    lines = run("stats", "by-symptom", *JUNE).out.splitlines()
    assert lines[0] == "Calls by symptom"
    assert lines[1] == "2026-06-01 00:00 EDT … 2026-07-01 00:00 EDT (America/New_York)"
    assert lines[-5].split()[:5] == ["total", "11", "100.0", "%", "100.0"]
    assert lines[-4].startswith("rows in range 12 = counted 9 + running 1 + dropped 1")
    assert lines[-3] == "before: nothing, that begins before the first call, 2026-06-01"
    assert re.match(r"journal sealed 2026-\d\d-\d\d [0-9a-f]{16}…\Z", lines[-2])
    assert lines[-1].startswith("journal at as-of: entry ")


def test_a_formula_that_a_line_has_no_room_for_goes_on_below(run: Run, tmp_path: Path) -> None:
    printed = run("stats", "summary", *JUNE).out
    table = printed.partition("\nfigure ")[2].partition("\nrows in range")[0].splitlines()
    assert "…" not in "".join(table)
    assert max(map(len, table)) <= 132
    place = table[0].index("formula") + len("figure ")
    begin = next(at for at, each in enumerate(table) if each.startswith("handled "))
    assert [each[place:] for each in table[begin : begin + 2]] == [
        "inbound calls, trials and void tickets left out, that ended", "and did not drop",
    ]  # fmt: skip
    assert not table[begin + 1][:place].strip()
    ran = run("stats", "summary", *JUNE, "--out", tmp_path / "june.txt")
    rows = len(json.loads(run("stats", "summary", *JUNE, "--format", "json").out)["rows"])
    assert f"{rows} rows in " in ran.err
    assert "\n".join(table) in (tmp_path / "june.txt").read_text("utf-8")


def test_csv_has_the_rows_and_nothing_else(run: Run) -> None:
    ran = run("stats", *JUNE, "--format", "csv")
    assert ran.err == ""
    found = {row["symptom"]: row for row in read(ran.out)}
    assert len(found) == 4
    assert found["linking-error"]["started"] == "5"
    assert found["linking-error"]["aht_s"] == "396.0"
    assert found["card-not-authorized"]["aht_s"] == ""
    assert found["card-not-authorized"]["dropped"] == "1"


def test_json_has_the_total_apart(run: Run) -> None:
    found = json.loads(run("stats", *JUNE, "--format", "json").out)
    assert found["total"]["aht_s"] == 408.889
    assert found["total"]["p90_s"] == 744.0
    assert sum(row["handled"] for row in found["rows"]) == found["total"]["handled"] == 9


def test_the_form_of_a_file_is_told_by_its_name(run: Run, tmp_path: Path) -> None:
    for name in ("june.csv", "june.json", "june.txt"):
        ran = run("stats", *JUNE, "--out", tmp_path / name)
        assert (ran.status, ran.out) == (0, "")
        assert f"4 rows in {tmp_path / name}" in ran.err
    assert (tmp_path / "june.csv").read_bytes().startswith(b"\xef\xbb\xbfsymptom,")
    assert json.loads((tmp_path / "june.json").read_text())["title"] == "Calls by symptom"
    assert "rows in range 12" in (tmp_path / "june.txt").read_text()


def test_a_file_in_a_folder_is_named_after_its_filters(run: Run, tmp_path: Path) -> None:
    for said, part in (
        ((), "NCMB_asof-"),
        (("--clerk", "mortiz"), "NCMB_clerk-mortiz_asof-"),
        (("--symptom", "linking-error"), "NCMB_symptom-linking-error_asof-"),
        (("--query", "court:ncmb"), "NCMB_tickets-court-ncmb-"),
    ):
        ran = run("stats", "by-symptom", *JUNE, *said, "--format", "csv", "--out", tmp_path)
        named = [path.name for path in tmp_path.glob("*.csv") if f"_{part}" in path.name]
        assert (ran.status, len(named)) == (0, 1)


@pytest.mark.parametrize(
    "said",
    [
        ("stats", "summary", "--format", "csv", "--out"),
        ("stats", "summary", "--out"),
        ("playbooks", "missed", "--format", "csv", "--out"),
        ("export", "calls", "--out"),
        ("backup",),
    ],
)
@pytest.mark.usefixtures("called")
def test_what_ends_in_a_slash_is_a_folder_and_must_be_there(
    run: Run, tmp_path: Path, said: tuple[str, ...]
) -> None:
    folder = f"{tmp_path / 'new.csv'}/"
    ran = run(*said, folder)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"helpdesk: There is no folder {folder}: make it first, or name a file.\n"
    assert not (tmp_path / "new.csv").exists()


def test_the_mark_for_excel_can_be_left_out(run: Run, tmp_path: Path) -> None:
    run("stats", *JUNE, "--no-bom", "--out", tmp_path / "june.csv")
    assert (tmp_path / "june.csv").read_bytes().startswith(b"symptom,")


@pytest.mark.parametrize("report", ["half-hours", "heat-map"])
def test_where_half_hours_count_a_call_is_said(run: Run, tmp_path: Path, report: str) -> None:
    told = {}
    for attribute in ("start", "end"):
        path = tmp_path / f"{attribute}.csv"
        said = run("stats", report, *JUNE, "--attribute", attribute, "--out", path).err
        query = json.loads(Path(f"{path}.meta.json").read_text())["query"]
        told[attribute] = said.splitlines()[2], query
    filters = "court: ncmb; clerk: all; symptom: all, as corrected; tickets: all"
    assert told["start"] == (filters, "court:ncmb")
    ended = f"{filters}; attribute: end, where the wrap was over"
    assert told["end"] == (ended, "court:ncmb attribute:end")


def test_a_file_that_is_there_is_replaced_only_by_force(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "june.csv"
    path.write_text("mine")
    ran = run("stats", *JUNE, "--out", path)
    assert (ran.status, path.read_text()) == (1, "mine")
    assert "add --force" in ran.err
    assert run("stats", *JUNE, "--out", path, "--force").status == 0
    assert list(tmp_path.glob(".june*")) == []
    assert len(read(path.read_text("utf-8-sig"))) == 4


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        (("--from", "2026-02-30"), 1, "--from: “2026-02-30” is not a period"),
        (("--from", "2026-06-02", "--to", "2026-06-01"), 1, "turn them round"),
        (("--court", "zz"), 1, "there are: ianb"),
        (("--court", ""), 2, "it is empty; leave it out for all"),
        (("--period", ""), 2, "'--period': it is empty; leave it out for all"),
        (("--from", " "), 2, "it is empty; leave it out for the day of the first call."),
        (("--to", ""), 2, "it is empty; leave it out for today."),
        (("--court", "ncmb/"), 1, "“ncmb/” is half a place: write COURT or COURT/OFFICE."),
        (("--court", "/greensboro"), 1, "“/greensboro” is half a place"),
        (("--out", "a.csv", "--format", "xlsx"), 1, "says xlsx: name it a.xlsx, or leave"),
        (("--out", "a.TXT", "--format", "csv"), 1, "“a.TXT” ends in .txt and --format says csv"),
        (("--out", ".csv"), 1, "“.csv” is an ending without a name: write one before it."),
        (("--out", ".csv", "--format", "csv"), 1, "“.csv” is an ending without a name"),
        (("--as-of", " "), 2, "it is empty; leave it out for now."),
        (("--as-of", "9999-12-31T23:59"), 1, "lies too far off"),
        (("--out", "report.pdf"), 1, ".csv, .json, .jsonl, .xlsx, .html, .txt"),
        (("--out", "/nowhere/report.csv"), 1, "choose another place"),
        (("by-moon",), 1, "use one of summary, by-symptom"),
        (("--format", "xlsx"), 1, "--out FILE.xlsx"),
        (("by-clerk", "--by", "week"), 1, "not take it; trend and repeat-callers do."),
        (("trend", "--by", "phone"), 1, "trend goes by day, week, sunday-week, month, fy; not"),
        (("trend", "--attribute", "start"), 1, "not take it; half-hours and heat-map do."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    said: tuple[str, ...], status: int, why: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = list(tmp_path.iterdir())
    ran = run("stats", *said)
    assert (ran.status, ran.out) == (status, "")
    assert why in ran.err
    assert ran.err.count("\n") == 1
    assert set(tmp_path.iterdir()) <= {*before, tmp_path / "state"}


def test_an_ending_that_no_form_has_goes_with_a_form(run: Run, tmp_path: Path) -> None:
    for name in ("june.log", "june", "june.csv"):
        assert run("stats", *JUNE, "--out", tmp_path / name, "--format", "csv").status == 0
        assert read((tmp_path / name).read_text(encoding="utf-8-sig"))
