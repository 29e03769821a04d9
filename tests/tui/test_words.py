"""Texts that are fitted into their place on the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from helpdesk.tui.words import fitted

TEXTS = st.lists(st.sampled_from(["a", " ", "é", "…", "字", "e\u0301", "☎"])).map("".join)


@given(TEXTS, st.integers(-1, 12))
def test_a_text_takes_the_cells_it_is_given_and_says_where_something_is_missing(
    text: str, width: int
) -> None:
    said = fitted(text, width)
    assert cell_len(said) == max(0, width)
    if cell_len(text) <= width:
        assert said.rstrip(" ") == text.rstrip(" ")
    else:
        assert said.endswith("…") or width <= 0
