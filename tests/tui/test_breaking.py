"""Long lines: broken where ``textwrap`` breaks them, and wide signs count as two."""

from __future__ import annotations

from random import Random
from textwrap import wrap

import pytest
from rich.cells import cell_len

from helpdesk.tui.breaking import hung


@pytest.mark.parametrize("signs", ["abc", "ab-", "a-1.", "ab--c", "aé-", "а-б"])
@pytest.mark.parametrize("width", [20, 33, 77])
def test_a_line_is_broken_where_textwrap_breaks_it(signs: str, width: int) -> None:
    chance = Random(width)  # noqa: S311 - no secret
    for _ in range(60):
        words = ("".join(chance.choices(signs, k=chance.randrange(1, 9))) for _ in range(25))
        indent = chance.choice((0, 2, 6))
        said = " " * indent + "".join(each + " " * chance.choice((1, 1, 2, 30)) for each in words)
        expected = wrap(said, width, subsequent_indent=" " * (indent + 4))
        assert list(hung(said, width)) == expected


@pytest.mark.parametrize(
    "text", ["x" * 500, "法院" * 300, "法 " * 300, "https://a-b.c/" * 40, "-" * 99]
)
def test_what_has_no_end_is_broken_anywhere_and_nothing_of_it_is_lost(text: str) -> None:
    lines = list(hung(f"  {text}", 40))
    assert max(map(cell_len, lines)) <= 40
    assert min(map(cell_len, lines[:-1])) > 25
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(each.startswith(" " * 6) for each in lines[1:])


def test_a_short_line_stays_one_and_so_does_an_empty_one() -> None:
    assert list(hung("", 40)) == [""]
    assert list(hung("   ", 40)) == [""]
    assert list(hung("  a b", 40)) == ["  a b"]
