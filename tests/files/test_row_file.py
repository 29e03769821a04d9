from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.errors import BadInput
from helpdesk.files.csv_file import guarded, unguarded
from helpdesk.files.row_file import open_rows
from tests.support.workbooks import sheet_of, workbook_around, write_workbook

ROWS = [["Name", "Said"], ["Müller, Ä", 'a "b"\nc'], ["", ""], ["=Roe", "x"]]
READ = [(2, ["Müller, Ä", 'a "b"\nc']), (5, ["=Roe", "x"])]


@given(st.text(max_size=40) | st.text("'=+-@\t\r\0＝ x", max_size=6))
def test_a_guarded_text_is_the_same_when_the_guard_is_taken_away(text: str) -> None:
    assert unguarded(str(guarded(text))) == text


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "cp1252")],
)
def test_delimiters_and_encodings_are_found_and_lines_counted(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    path = tmp_path / "log.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(ROWS)
    found = open_rows(path)
    assert found.headings == ("Name", "Said")
    assert list(found.rows()) == list(found.rows()) == READ


def test_lines_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Call log 2025,,\n\nName,Said,\nRoe,x,\n")
    found = open_rows(path)
    assert (found.headings, list(found.rows())) == (("Name", "Said"), [(4, ["Roe", "x", ""])])


OPEN = 'a,"said\n'
BELOW = "b,x\nc,y\n"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (OPEN + BELOW, 2),
        (BELOW + OPEN, 4),
        (BELOW + OPEN.strip(), 4),
        (BELOW + 'c,"', 4),
        (OPEN + BELOW + 'd,"Roe, Pat"\n' + BELOW, 2),
        (OPEN + BELOW + '"d","Roe, Pat"\n' + BELOW, 2),
        (f'{BELOW}"two\nlines, ""so""","said\n{BELOW}', 5),
        (f'{BELOW}"two\r\nlines",x\r\n{OPEN}{BELOW}', 6),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "|"])
def test_a_quote_that_is_never_closed_takes_in_no_other_row_and_its_line_is_named(
    tmp_path: Path, rows: str, line: int, delimiter: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"Name,Said\n{rows}".replace(",", delimiter), newline="")
    with pytest.raises(BadInput, match=f"the quote opened on line {line} is never closed"):
        list(open_rows(path).rows())


CELLS = st.text(st.sampled_from('"ab,;\r\n '), max_size=8)


@given(
    st.lists(st.tuples(CELLS, CELLS).map(list), max_size=5),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_quotes_that_are_closed_never_refuse_a_row(
    rows: list[list[str]], quoting: Literal[0, 1]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file, quoting=quoting)
            writer.writerows([["Name", "Said"], *rows])
        found = [cells for _, cells in open_rows(path).rows()]
    assert found == [row for row in rows if any(map(str.strip, row))]


def test_a_quote_inside_a_line_is_read_as_it_always_was(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text('Name,Said\n"Roe" & Doe,5" pipe\n')
    assert list(open_rows(path).rows()) == [(2, ["Roe & Doe", '5" pipe'])]


@pytest.mark.parametrize("told", [True, False, None])
def test_the_guard_is_taken_away_only_where_the_sidecar_says_so(
    tmp_path: Path, *, told: bool | None
) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Name,Said\n'=Roe,'x\n")
    if told is not None:
        (tmp_path / "log.csv.meta.json").write_text(json.dumps({"formula_guard": told}))
    ((_, cells),) = open_rows(path).rows()
    assert cells == ["=Roe" if told else "'=Roe", "'x"]


def test_a_workbook_gives_times_and_lengths_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    row = [(46174.395833333336, 1), (95 / 86_400, 2), (2125550144.0, 0)]
    write_workbook(path, [["Call log"], ["Start", "Length", "Phone"], row])
    found = open_rows(path)
    assert (found.headings, found.said) == (("Start", "Length", "Phone"), "sheet Log")
    assert list(found.rows()) == [(3, ["2026-06-01 09:30:00", "0:01:35", "2125550144"])]


def test_lines_of_json_keep_what_is_not_known_apart_from_nothing(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_text('{"a": null, "b": 0}\n\n{"b": "x", "c": {"d": 1}}\n')
    found = open_rows(path)
    assert found.headings == ("a", "b", "c")
    assert list(found.rows()) == [(1, ["", "0", ""]), (3, ["", "x", '{"d": 1}'])]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (b'{"a": 1,}', "no JSON from character 9 on"),
        (b"a,b", "no JSON from character 1 on"),
        (b"[1]", "not an object"),
        (b'{"a": 1, "a": 2}', "“a” is there twice"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "too many digits"),
        (b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}", "nested too deep"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a": "M\xfcller"}', "character 9 is not UTF-8"),
    ],
)
def test_a_line_that_is_no_json_is_faulty_and_the_others_are_rows(
    tmp_path: Path, wrong: bytes, why: str
) -> None:
    path = tmp_path / "calls.jsonl"
    path.write_bytes(b'{"a": 1}\n\n' + wrong + b'\n{"a": "x"}\n')
    found = open_rows(path)
    assert list(found.rows()) == [(1, ["1"]), (4, ["x"])]
    ((line, reason),) = [(each.line, each.reason) for each in found.faults]
    assert (line, why in reason, reason.endswith("."), len(reason) < 100) == (3, True, True, True)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.csv", "", "is empty"),
        ("a.pdf", "x", "only .csv"),
        ("a.xlsx", "no zip", "no workbook"),
        ("a.jsonl", "[1]\n", "not an object"),
        ("a.jsonl", "{\n", "not lines of JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, name: str, text: str, why: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(BadInput, match=why):
        open_rows(path)
    with pytest.raises(BadInput, match="cannot be read"):
        open_rows(tmp_path / f"none{name}")


FAR_AWAY = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
LONG_CELL = f'<row><c t="inlineStr"><is><t>{"x" * 2_000_000}</t></is></c></row>'


@pytest.mark.parametrize(
    ("name", "written", "why"),
    [
        ("far.xlsx", workbook_around(sheet_of(FAR_AWAY)), "more than 512 MB of memory"),
        ("long.xlsx", workbook_around(sheet_of(LONG_CELL)), "a cell of more than 1,048,576"),
        ("cut.xlsx", workbook_around(b"<worksheet"), "no workbook"),
        ("many.csv", b"h," * 100_000, "more than 1,000 columns"),
        ("quote.csv", b'Date,Name\n1,"' + b"x" * 2_000_000 + b"\n", "a quote never closed"),
        ("lines.csv", b"Date,Name\n" + b'"a\n",' * 1_000_000, "a quote never closed"),
        ("half.csv", b"\xff\xfea\0b", "neither UTF-8 nor Windows"),
        ("deep.jsonl", b"[" * 100_000, "nested too deep"),
        ("nested.jsonl", b'{"a":' + b"[" * 60 + b"]" * 60 + b"}", "nested too deep"),
        ("twice.jsonl", b'{"a": 1, "a": 2}', "“a” is there twice"),
        ("nan.jsonl", b'{"a": NaN}', "NaN is no number"),
        ("huge.jsonl", b'{"a": ' + b"9" * 5_000 + b"}", "not lines of JSON"),
        ("names.jsonl", b"\n".join(b'{"k%d": 1}' % at for at in range(1_100)), "1,000 names"),
        ("line.jsonl", b'{"a": "' + b"x" * 5_000_000 + b'"}', "more than 4,194,304 characters"),
    ],
)
def test_a_file_that_would_take_all_memory_is_refused_in_a_sentence(
    tmp_path: Path, name: str, written: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(written)
    with pytest.raises(BadInput, match=why) as refused:
        list(open_rows(path).rows())
    assert len(str(refused.value)) < 400


def test_what_is_no_ordinary_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    for name in ("pipe.csv", "folder.csv", "loop.csv"):
        with pytest.raises(BadInput, match=r"no ordinary file|cannot be read"):
            open_rows(tmp_path / name)
