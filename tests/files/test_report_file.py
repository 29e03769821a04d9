from __future__ import annotations

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.ratios import Ratio
from helpdesk.domain.report_about import told
from helpdesk.domain.tables import Meaning, Table
from helpdesk.files.page import table_as_page
from helpdesk.files.report_file import write_report
from tests.files.test_row_export import ABOUT

HOSTILE = "</td><script>alert(1)</script>\x1b]52;\"'&"
TABLE = Table(
    "Calls", ("symptom", "aht_s", "percent", "fcr"),
    ((HOSTILE, 269.5, 71.5, Ratio(14, 20)), ("=1+1", None, 28.5, Ratio(0, 0))),
    header=(f"Calls {HOSTILE}", "range"), footer=("rows in range 2",),
    total=("total", 269.5, 100.0, Ratio(14, 20)),
    meant={
        "aht_s": Meaning("AHT", "seconds", "mean of talk + hold + wrap"),
        "percent": Meaning("%", "share", "its part"),
        "fcr": Meaning("FCR", "ratio", "resolved by the first call"),
    },
)  # fmt: skip


class Tags(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@given(st.text(max_size=40))
def test_a_page_runs_nothing_and_fetches_nothing_whatever_stands_in_it(text: str) -> None:
    table = Table(text, ("a", text + "b"), ((text + HOSTILE, text),), (text + HOSTILE,), (text,))
    page = table_as_page(table, told(ABOUT))
    plain = table_as_page(Table("", ("a", "b"), (("", ""),), ("x",), ("y",)), told(ABOUT))
    made, harmless = Tags(page), Tags(plain)
    assert made.tags == harmless.tags
    assert {"script", "link", "img", "iframe"}.isdisjoint(made.tags)
    assert {name for name, _ in made.attributes} == {name for name, _ in harmless.attributes}
    assert "\x1b" not in page
    style = page[page.index("<style>") : page.index("</style>")]
    assert re.search(r"url\(|@import|expression", style) is None


def test_a_page_has_header_total_foot_and_what_its_columns_mean() -> None:
    page = table_as_page(TABLE, told(ABOUT))
    for said in ("size: letter portrait", "<th scope=\"col\" class=\"n\">AHT</th>", "70.0 % of 20",
                 "<tfoot><tr><td>total</td>", "rows in range 2", "mean of talk + hold + wrap",
                 "by mortiz"):  # fmt: skip
        assert said in page


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "xlsx", "html", "table"])
def test_every_form_has_its_rows_counted_in_the_file(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"report.{form}"
    lines = ("Calls", "head", "----", "one", "two", "total", "foot")
    assert write_report(path, form, TABLE, ABOUT, lines=lines) == ()
    assert json.loads((tmp_path / f"report.{form}.meta.json").read_text())["rows"] == 2


def test_a_workbook_of_a_report_has_shares_as_fractions_and_its_sums_apart(
    tmp_path: Path,
) -> None:
    path = tmp_path / "report.xlsx"
    write_report(path, "xlsx", TABLE, ABOUT, lines=())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Data", "Summary", "Definitions", "Filters"]
    data = book["Data"]
    assert [cell.value for cell in data[1]] == list(TABLE.file_columns)
    assert (data["C2"].value, data["C2"].number_format) == (0.715, "0.0%")
    assert (data["D2"].value, data["E2"].value, data["F2"].value) == (0.7, 14, 20)
    assert (data["A3"].value, data["A3"].data_type) == ("=1+1", "s")
    summary = {row[0].value: row[1] for row in book["Summary"].iter_rows()}
    assert summary["rows in range 2"].value is None
    formats = [cell.number_format for (cell,) in zip(*data["B2:F2"], strict=True)]
    assert [summary[name].number_format for name in TABLE.file_columns[1:6]] == formats
    assert (summary["percent"].value, summary["fcr_n"].value) == (1, 20)
    assert summary["aht_s"].value == timedelta(seconds=269.5)
    meant = list(book["Definitions"].iter_rows(values_only=True))
    assert ("aht_s", "seconds", "mean of talk + hold + wrap") in meant


def test_a_column_of_many_units_has_in_a_workbook_the_format_of_each_row(tmp_path: Path) -> None:
    rows = (("count", 275), ("ratio", Ratio(14, 20)), ("seconds", 409), ("share", 71.5),
            ("number", 1.25), ("count", None))  # fmt: skip
    meant = {"value": Meaning("value", "ratio", "the figure")}
    table = Table("Summary", ("unit", "value"), rows, meant=meant, unit_in="unit")
    write_report(tmp_path / "r.xlsx", "xlsx", table, ABOUT, lines=())
    data = openpyxl.load_workbook(tmp_path / "r.xlsx")["Data"]
    assert [(cell.value, cell.number_format) for (cell,) in data["B2:B7"]] == [
        (275, "#,##0"), (0.7, "0.0%"), (timedelta(seconds=409), "[h]:mm:ss"), (0.715, "0.0%"),
        (1.25, "#,##0.0"), (None, "General"),
    ]  # fmt: skip
    told = json.loads((tmp_path / "r.xlsx.meta.json").read_text())["columns"]
    assert (told["value"]["unit"], told["value_low"]["unit"]) == ("by-row", "fraction")
