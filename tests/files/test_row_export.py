from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from helpdesk.domain.file_columns import Column
from helpdesk.domain.report_about import About
from helpdesk.domain.tables import Cell
from helpdesk.errors import NotAllowed, StoreProblem
from helpdesk.files import meta
from helpdesk.files.counting import rows_in
from helpdesk.files.csv_file import unguarded
from helpdesk.files.row_export import write_export
from helpdesk.files.workbook import write_workbook
from helpdesk.files.xlsx_file import MOST_SIGNS

ABOUT = About(
    "calls", "court:ncmb", date(2026, 5, 1), date(2026, 5, 31), 1_777_608_000, 1_780_286_400,
    "America/New_York", 1_780_318_800, 2, "mortiz", 1_780_318_800, "12 ab34", "ncmb",
)  # fmt: skip
TEXT = (Column("place", "count"), Column("said", "text", "what was said"))
TIMED = (
    Column("started_at", "utc"), Column("started_local", "local"), Column("utc_offset", "word"),
    Column("talk_s", "seconds"), Column("edited", "flag"),
)  # fmt: skip
SIGNS = (
    "=+-@\t\r\n\0'\"<>&,; \u00a0\u2003\uff1d\uff0b\uff0d\uff20\x1b\x0b\ufffe\u202e_x0041_ab1é漢😀"
)


def random_texts() -> list[str]:
    dice = random.Random(10)  # noqa: S311 - the same texts each time
    return ["".join(dice.choices(SIGNS, k=dice.randrange(1, 12))) for _ in range(10_000)]


def test_ten_thousand_texts_come_back_from_a_csv_file_and_none_begins_a_formula(
    tmp_path: Path,
) -> None:
    texts, path = random_texts(), tmp_path / "texts.csv"
    count, _ = write_export(path, "csv", TEXT, enumerate(texts), ABOUT)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (head, *rows) = csv.reader(file)
    assert count == len(rows) == len(texts)
    assert head == ["place", "said"]
    assert [unguarded(cell) for _, cell in rows] == texts
    assert not [cell for _, cell in rows if cell.lstrip()[:1] in set("=+-@＝＋－＠")]
    assert not [cell for _, cell in rows if cell[:1] in set("\t\r\0")]


def test_ten_thousand_texts_are_texts_in_a_workbook_and_none_is_a_formula_or_a_link(
    tmp_path: Path,
) -> None:
    texts = [*random_texts(), "=1+1", "http://x.example", "<r><t>x</t></r>", "{=1}", "1e5"]
    path = tmp_path / "texts.xlsx"
    write_export(path, "xlsx", TEXT, enumerate(texts), ABOUT)
    with ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert not [name for name in parts.namelist() if "rels" in name and "sheet" in name]
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    found = [row[1] for row in openpyxl.load_workbook(path)["Data"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in found} <= {"s", "inlineStr"}
    for text, cell in zip(texts, found, strict=True):
        assert as_kept(str(cell.value)) == as_kept(text)


def as_kept(text: str) -> str:
    """What XML can hold of a text: illegal signs all the same, line ends as XML has them."""
    shown = "".join(
        "\ufffd" if (ord(sign) < 32 and sign not in "\t\n\r") or sign == "\ufffe" else sign
        for sign in text
    )
    return shown.replace("_x000D_", "\n").replace("\r", "\n").removesuffix(" ")


def test_a_workbook_has_real_dates_and_lengths_and_says_what_its_columns_mean(
    tmp_path: Path,
) -> None:
    twice = ("2026-11-01T05:30:00Z", "2026-11-01T01:30:00-04:00", "-04:00", 90_061, 1)
    again = ("2026-11-01T06:30:00Z", "2026-11-01T01:30:00-05:00", "-05:00", None, 0)
    path = tmp_path / "calls.xlsx"
    write_export(path, "xlsx", TIMED, [twice, again], ABOUT)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Data", "Definitions", "Filters"]
    data = book["Data"]
    assert (data.freeze_panes, data.auto_filter.ref) == ("A2", "A1:E3")
    assert [cell.value for cell in data[2]] == [
        "2026-11-01T05:30:00Z", datetime(2026, 11, 1, 1, 30), "-04:00",  # noqa: DTZ001
        timedelta(days=1, hours=1, minutes=1, seconds=1), 1,
    ]  # fmt: skip
    assert [data["B2"].number_format, data["D2"].number_format] == [
        "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss",
    ]  # fmt: skip
    assert (data["B3"].value, data["C3"].value) == (data["B2"].value, "-05:00")
    assert data["D3"].value is None
    assert ("query", "court:ncmb") in book["Filters"].iter_rows(values_only=True)


def test_rows_that_do_not_fit_go_on_the_next_sheet_and_long_texts_say_what_is_missing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "many.xlsx"
    rows: list[Sequence[Cell]] = [(place, "x" * 40_000) for place in range(25)]
    written = write_workbook(path, TEXT, rows, {}, most=10)
    book = openpyxl.load_workbook(path)
    sheets = [list(book[name].iter_rows(values_only=True)) for name in book.sheetnames[:3]]
    assert [name for name in book.sheetnames if name.startswith("Data")] == [
        "Data", "Data 2", "Data 3",
    ]  # fmt: skip
    assert [row[0] for sheet in sheets for row in sheet[1:]] == list(range(25))
    kept = str(sheets[2][5][1])
    assert len(kept) <= MOST_SIGNS
    assert f"{40_000 - kept.count('x'):,} more characters" in kept
    assert written.rows == 25
    assert [notice.split()[0] for notice in written.notices] == ["25", "25"]


def test_lines_of_json_have_the_names_of_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    write_export(path, "jsonl", TEXT, [(1, "a\nb"), (2, None)], ABOUT)
    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {"place": 1, "said": "a\nb"}, {"place": 2, "said": None},
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_the_sidecar_says_what_the_file_is_and_has_its_hash(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"texts.{form}"
    rows: Iterator[tuple[int, str]] = ((place, '"\r\n') for place in range(3))
    assert write_export(path, form, TEXT, rows, ABOUT)[0] == 3
    told = json.loads((tmp_path / f"texts.{form}.meta.json").read_text())
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (told["rows"], told["formula_guard"]) == (3, form == "csv")
    assert told["columns"]["said"] == {"unit": "text", "words": "what was said"}
    assert (told["query"], told["first"], told["zone"]) == (
        "court:ncmb", "2026-05-01", "America/New_York",
    )  # fmt: skip
    assert told["as_of"] == "2026-06-01T09:00:00-04:00"


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_a_file_that_lacks_a_row_is_not_kept(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meta, "rows_in", lambda path, form: rows_in(path, form) - 1)
    with pytest.raises(StoreProblem, match="was to hold 2 rows and came out with 1"):
        write_export(tmp_path / f"x.{form}", form, TEXT, [(1, "a"), (2, "b")], ABOUT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_an_export_that_is_given_up_leaves_nothing(tmp_path: Path, form: str) -> None:
    def rows() -> Iterator[tuple[int, str]]:
        yield 1, "a"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_export(tmp_path / f"x.{form}", form, TEXT, rows(), ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_a_sidecar_that_is_there_is_not_replaced_either(tmp_path: Path) -> None:
    (tmp_path / "x.csv.meta.json").write_text("mine")
    with pytest.raises(NotAllowed, match="choose another name"):
        write_export(tmp_path / "x.csv", "csv", TEXT, [(1, "a")], ABOUT)
    assert [each.name for each in tmp_path.iterdir()] == ["x.csv.meta.json"]
