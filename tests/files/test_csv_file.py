from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpdesk.domain.tables import Table
from helpdesk.files.csv_file import guarded, table_as_csv, write_csv

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "\0=1",
    "  =1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_lines_end_in_cr_lf_and_the_headings_come_once() -> None:
    table = Table("Calls", ("symptom", "calls"), (("query", 2), ("no, menus", None)), ("header",))
    assert table_as_csv(table) == 'symptom,calls\r\nquery,2\r\n"no, menus",\r\n'


def test_the_mark_for_excel_is_there_when_asked_for() -> None:
    assert table_as_csv(Table("", ("a",), ()), bom=True) == "\ufeffa\r\n"
    assert table_as_csv(Table("", ("a",), ())) == "a\r\n"


def test_a_table_without_rows_is_its_headings() -> None:
    assert read(table_as_csv(Table("", ("a", "b"), ()))) == [["a", "b"]]


def test_rows_are_counted_and_never_all_at_once() -> None:
    file = io.StringIO(newline="")
    assert write_csv(file, ("n",), ((n,) for n in range(1_000))) == 1_000
    assert len(read(file.getvalue())) == 1_001
    assert write_csv(io.StringIO(newline=""), ("n",), iter(())) == 0


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "query error", "'quoted'", "2125550144", "a=b", "12-3"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("number", [-5, 0, -1.5, None])
def test_figures_are_never_touched(number: float | None) -> None:
    assert guarded(number) is number


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("'=1")
@example("''\t@")
@example("a\r\nb")
@example('"')
def test_an_import_that_takes_one_apostrophe_away_has_every_text_again(text: str) -> None:
    ((), (cell, last)) = [[], read(table_as_csv(Table("", ("a", "b"), ((text, "end"),))))[1]]
    taken = cell[1:] if cell.startswith("'") and guarded(cell[1:]) != cell[1:] else cell
    assert (taken, last) == (text, "end")
