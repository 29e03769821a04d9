from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from helpdesk.tui.painting import Painted

TERMINAL: Final = Console(force_terminal=True, color_system="truecolor")
WIDTH: Final = 24
ROWS: Final = 4
STYLES: Final = (
    "", "bold", "red", "on blue", "bold green on black", "italic #102030 on #405060",
    "bold #102030 on #010203", "underline reverse", "bright_red on bright_white", "color(200)",
)  # fmt: skip

SIGNS = st.sampled_from(["a", "b", "c", " ", "é", "字", "…"])
PIECES = st.lists(
    st.tuples(st.lists(SIGNS, max_size=9).map("".join), st.sampled_from(STYLES)), max_size=5
)
SCREENS = st.lists(st.lists(PIECES, min_size=ROWS, max_size=ROWS), min_size=1, max_size=4)


def painting(lines: list[list[tuple[str, str]]]) -> LayoutUpdate:
    strips: list[Iterable[Strip]] = []
    for pieces in lines:
        segments = [Segment(text, Style.parse(style)) for text, style in pieces]
        strips.append([Strip(segments).adjust_cell_length(WIDTH)])
    return LayoutUpdate(strips, Region(0, 0, WIDTH, ROWS))


def shown(screen: pyte.Screen) -> list[list[object]]:
    return [[_seen(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(ROWS)]


def _seen(cell: pyte.screens.Char) -> object:
    """A cell; of a blank only what is seen of it."""
    is_ground = not (cell.underscore or cell.reverse or cell.strikethrough)
    return cell.bg if cell.data == " " and is_ground else cell


@given(SCREENS)
def test_what_differs_brings_a_terminal_to_what_painting_everything_brings_it_to(
    screens: list[list[list[tuple[str, str]]]],
) -> None:
    painted, screen = Painted(), pyte.Screen(WIDTH, ROWS)
    stream = pyte.Stream(screen)
    for each in screens:
        stream.feed(painted.change(painting(each), ColorSystem.TRUECOLOR))
        whole = pyte.Screen(WIDTH, ROWS)
        pyte.Stream(whole).feed(painting(each).render_segments(TERMINAL))
        assert shown(screen) == shown(whole)


def test_what_stands_there_is_not_sent_again_until_it_is_forgotten() -> None:
    painted = Painted()
    lines = [[("Lee, Pat", "bold")], [("linking error", "")], [], [("x", "red")]]
    first = painted.change(painting(lines), ColorSystem.TRUECOLOR)
    assert "Lee, Pat" in first
    assert painted.change(painting(lines), ColorSystem.TRUECOLOR) == ""
    lines[3] = [("y", "red")]
    assert len(painted.change(painting(lines), ColorSystem.TRUECOLOR)) < 30
    painted.forget()
    lines[3] = [("x", "red")]
    assert painted.change(painting(lines), ColorSystem.TRUECOLOR) == first


@given(SCREENS, st.lists(st.sampled_from(STYLES), min_size=ROWS, max_size=ROWS))
def test_blanks_that_are_erased_look_like_blanks_that_are_written(
    screens: list[list[list[tuple[str, str]]]], styles: list[str]
) -> None:
    erasing, writing = Painted(), Painted()
    erasing.erases = True
    erased, written = (pyte.Screen(WIDTH, ROWS) for _ in range(2))
    for each in screens:
        lines = [[*line, (" " * 14, style)] for line, style in zip(each, styles, strict=True)]
        for painted, screen in ((erasing, erased), (writing, written)):
            said = painted.change(painting(lines), ColorSystem.TRUECOLOR)
            pyte.Stream(screen).feed(said)
        assert shown(erased) == shown(written)


def test_many_blanks_are_erased_only_where_the_terminal_is_known_to_do_so() -> None:
    painted = Painted()
    assert " " * WIDTH in painted.change(painting([[], [], [], []]), ColorSystem.TRUECOLOR)
    painted.forget()
    painted.erases = True
    assert "\x1b[24X" in painted.change(painting([[], [], [], []]), ColorSystem.TRUECOLOR)


@pytest.mark.parametrize("style", ["reverse", "underline", "strike", "underline reverse on blue"])
def test_blanks_that_are_more_than_their_ground_are_written(style: str) -> None:
    painted = Painted()
    painted.erases = True
    row = [[(" " * WIDTH, style)], [], [], []]
    assert " " * WIDTH in painted.change(painting(row), ColorSystem.TRUECOLOR)


@pytest.mark.parametrize(("sign", "jump"), [("a", "\x1b[19C"), ("…", "\x1b[1;21H")])
def test_it_jumps_by_cells_only_where_each_sign_before_is_surely_one_cell(
    sign: str, jump: str
) -> None:
    painted = Painted()
    painted.change(painting([[("-" * WIDTH, "")], [], [], []]), ColorSystem.TRUECOLOR)
    row = f"{sign}{'-' * 19}x".ljust(WIDTH, "-")
    said = painted.change(painting([[(row, "")], [], [], []]), ColorSystem.TRUECOLOR)
    assert said == f"\x1b[1H{sign}{jump}x"


def test_the_look_of_a_blank_is_sent_only_where_it_is_seen() -> None:
    painted = Painted()
    row = [("a", "bold red on blue"), ("   ", "green on blue"), ("b", "bold red on blue")]
    said = painted.change(painting([row, [], [], []]), ColorSystem.TRUECOLOR)
    assert "a   b" in said
    row[1] = ("   ", "underline green on blue")
    assert "\x1b[4;32;44m" in painted.change(painting([row, [], [], []]), ColorSystem.TRUECOLOR)
    row[1] = ("   ", "bold on blue")
    painted.change(painting([row, [], [], []]), ColorSystem.TRUECOLOR)
    row[1] = ("   ", "italic on blue")
    assert painted.change(painting([row, [], [], []]), ColorSystem.TRUECOLOR) == ""
