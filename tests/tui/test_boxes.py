"""A box draws itself as Textual would draw it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from helpdesk.tui.widgets.boxes import LineBox, NoteBox

WIDTH = 24
TEXTS = ("", "a", "Lee, Pat", "é…", "字x字", "x" * (WIDTH - 4), "x" * WIDTH, "y" * 2 * WIDTH)


class Boxes(App[None]):
    CSS = "#padded { padding: 0 1; } .warm NoteBox { background: $warning; }"

    def compose(self) -> ComposeResult:
        yield LineBox("a name", id="plain")
        yield LineBox("a name", id="padded", alone=True)
        yield LineBox("a name that is much longer than the box is wide", id="long")
        yield NoteBox(id="note")


def cells(strips: list[Strip]) -> Iterator[tuple[str, object]]:
    """What is seen: of a blank only its ground."""
    for segment in (segment for strip in strips for segment in strip):
        style = segment.style or Style()
        yield from ((sign, style.bgcolor if sign == " " else style) for sign in segment.text)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
@pytest.mark.parametrize("name", ["plain", "padded", "long"])
@pytest.mark.parametrize("has_keys", [True, False])
async def test_a_box_is_drawn_as_textual_draws_it(theme: str, name: str, has_keys: bool) -> None:
    app = Boxes()
    async with app.run_test(size=(WIDTH, 6)) as console:
        app.theme = theme
        box = app.query_one(f"#{name}", LineBox)
        app.set_focus(box if has_keys else None)
        for text in TEXTS:
            box.value = text
            for place in {0, len(text) // 2, len(text)}:
                box.cursor_position = place
                await console.pause()
                all_of_it = Region(0, 0, *box.outer_size)
                drawn = list(cells(box.render_lines(all_of_it)))
                box._styles_cache.clear()
                assert drawn == list(cells(Widget.render_lines(box, all_of_it)))


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_a_note_is_drawn_as_textual_draws_it_whatever_changes_its_looks(theme: str) -> None:
    app = Boxes()
    async with app.run_test(size=(WIDTH, 8)) as console:
        box, seen = app.query_one(NoteBox), []
        for change in (
            lambda: setattr(app, "theme", theme),
            lambda: app.set_focus(box),
            lambda: box.fill("She will call\nagain"),
            lambda: app.screen.add_class("warm"),
            lambda: app.set_focus(None),
            lambda: setattr(app, "theme", "nord"),
            lambda: app.screen.remove_class("warm"),
        ):
            change()
            await console.pause()
            all_of_it = Region(0, 0, *box.outer_size)
            drawn = list(cells(box.render_lines(all_of_it)))
            box._styles_cache.clear()
            box._line_cache.clear()
            assert drawn == list(cells(TextArea.render_lines(box, all_of_it)))
            seen.append(drawn)
    assert all(one != next_one for one, next_one in pairwise(seen[1:]))


@pytest.mark.parametrize("key", ["ctrl+z", "super+z", "ctrl+x"])
async def test_no_key_takes_a_whole_note_away(key: str) -> None:
    app = Boxes()
    async with app.run_test(size=(WIDTH, 6)):
        note = app.query_one(NoteBox)
        for sign in "two words":
            await note.take(events.Key("space" if sign == " " else sign, sign))
        assert await note.take(events.Key(key, None)) is False
        assert note.content == "two words"
