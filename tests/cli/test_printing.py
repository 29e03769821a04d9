from __future__ import annotations

import pytest

from helpdesk.cli.printing import remark, say, table_lines, write


def test_numbers_stand_to_the_right_and_text_to_the_left() -> None:
    lines = list(table_lines(("who", "calls"), [("dana", 7), ("roe", 1204), ("x", None)]))
    assert lines == ["who   calls", "----  -----", "dana      7", "roe    1204", "x"]


def test_wide_signs_keep_the_columns_straight() -> None:
    lines = list(table_lines(("a", "b"), [("漢字", "x"), ("Zoe\u0301", "y")]))
    assert lines[2:] == ["漢字  x", "Zoe\u0301   y"]


def test_a_cell_that_is_too_long_is_cut_visibly() -> None:
    *_, row = table_lines(("a",), [("x" * 200,)])
    assert row == "x" * 59 + "…"


def test_a_table_without_rows_has_its_headings() -> None:
    assert list(table_lines(("one", "two"), [])) == ["one  two", "---  ---"]


def test_results_go_to_one_stream_and_remarks_to_the_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say("a\x1b[2Jb\nc")
    remark("d\x9b")
    write("e\r\n")
    out, err = capsys.readouterr()
    assert out == "a�[2Jb\nc\ne\r\n"
    assert err == "d�\n"
