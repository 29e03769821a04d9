"""What is drawn a part at a time is what the whole would be."""

from __future__ import annotations

from typing import Any, Final

import pyte
import pytest
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen
from textual.widget import Widget

from helpdesk.desk.desk import Desk
from helpdesk.tui.painting import Painted
from helpdesk.tui.widgets.row_list import RowList
from tests.support.screens import NARROW, WIDE, WIDEST, app_of, lines, press, resize, running

CALL: Final = (
    "n 0144", "⌫⌫", "↓↑", "⏎", "li", "⏎", "y", "y", "⌫", "i", "a note", "⎋", "a", "⎋", "w", "⎋",
    "s", "qu", "⎋", "v", "⎋", "?", "⇟", "⎋", "h", "d",
)  # fmt: skip
LISTS: Final = ("gt", "j", "k", "/", "whit", "⌫⌫", "⏎", "⇟", "⎋", "⎋", "1", "j", "⎋", "gp", "⎋")


class Terminal:
    """What a terminal shows that is sent what a console paints."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._painted, self._screen = Painted(), pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)

    def take(self, update: object) -> None:
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            self._stream.feed(self._painted.change(update, ColorSystem.TRUECOLOR))

    def shown(self) -> list[str]:
        return [line.rstrip() for line in self._screen.display]


@pytest.mark.parametrize("size", [NARROW, WIDE, WIDEST])
async def test_after_each_key_the_terminal_shows_the_whole_screen(
    known: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(known, size) as console:
        app, terminal = app_of(console), Terminal(size)
        display = app._display

        def watched(screen: Screen[Any], update: Any) -> None:  # noqa: ANN401 - Textual's own
            terminal.take(update)
            display(screen, update)

        monkeypatch.setattr(app, "_display", watched)
        await resize(console, size)
        app.screen.refresh()
        for keys in (*CALL, *LISTS):
            await press(console, keys)
            assert terminal.shown() == [line.rstrip() for line in lines(console)], keys


@pytest.mark.parametrize("keys", ["", "gt", "gp"])
@pytest.mark.parametrize("look", ["", "1"])
async def test_textual_would_add_nothing_to_what_a_list_draws(
    known: Desk, keys: str, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", look)
    async with running(known) as console:
        await press(console, keys)
        rows = app_of(console).screen.query_one(RowList)
        drawn = rows.render_lines(rows.size.region)
        monkeypatch.setattr(rows, "render_line", drawn.__getitem__)
        added = Widget.render_lines(rows, rows.size.region)
        assert [list(strip) for strip in added] == [list(strip) for strip in drawn]
