"""Rows that are folded up read as the rows that they are made of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.folded import Each, Folded, folded
from helpdesk.domain.ratios import Ratio

MANY = 700
ROWS = tuple((f"row {place}", place, Ratio(place, 700), None) for place in range(MANY))
CUTS = st.builds(slice, *(st.none() | st.integers(-800, 800) for _ in range(2)))


@given(st.integers(-MANY, MANY - 1), CUTS)
def test_rows_that_are_folded_read_as_they_were(place: int, cut: slice) -> None:
    found = Folded(iter(ROWS))
    assert len(found) == MANY
    assert found[place] == ROWS[place]
    assert found[cut] == ROWS[cut]
    assert tuple(found) == ROWS


@pytest.mark.parametrize("place", [MANY, -MANY - 1])
def test_there_is_no_row_beyond_the_ends(place: int) -> None:
    for rows in (Folded(ROWS), Each(ROWS, lambda row, _: row)):
        with pytest.raises(IndexError):
            rows[place]


@pytest.mark.parametrize(("many", "is_folded"), [(0, False), (256, False), (257, True)])
def test_few_rows_stay_as_they_are(many: int, is_folded: bool) -> None:
    found = folded(iter(ROWS[:many]))
    assert isinstance(found, Folded) == is_folded
    assert tuple(found) == ROWS[:many]


@given(st.integers(-MANY, MANY - 1), CUTS)
def test_what_is_made_of_rows_is_made_only_where_it_is_wanted(place: int, cut: slice) -> None:
    made: list[int] = []

    def make(row: Sequence[object], at: int) -> tuple[object, int]:
        made.append(at)
        return row[0], at

    each = Each(ROWS, make)
    assert made == []
    assert each[place] == (f"row {place % MANY}", place % MANY)
    assert len(made) == 1
    assert each[cut] == tuple((f"row {at}", at) for at in range(MANY)[cut])
    assert list(each) == [(f"row {at}", at) for at in range(MANY)]
