"""Moving by pages and to the ends in a list that begins and ends with headings."""

from __future__ import annotations

import pytest

from helpdesk.tui.widgets.row_list import Row, RowList

ROWS = [Row(key, key or "heading") for key in ("", "a", "", "b", "c", "")]


@pytest.mark.parametrize(
    ("begin", "by", "end"),
    [
        ("c", -99, "a"),
        ("a", 99, "c"),
        ("b", -3, "a"),
        ("a", 1, "b"),
        ("c", 1, "a"),
        ("a", -1, "c"),
    ],
)
def test_the_first_row_is_above_and_the_last_one_below(begin: str, by: int, end: str) -> None:
    rows = RowList()
    rows.show(ROWS)
    rows.choose(begin)
    rows.move(by)
    assert rows.chosen is not None
    assert rows.chosen.key == end
