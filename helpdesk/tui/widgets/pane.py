"""A framed part of a screen that shows lines made for its width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widgets import Static

Painter = Callable[[int, int], Sequence[Content]]
"""Makes the lines for a width and a height in cells."""


class Pane(Static):
    """Lines that are made anew when they or the size change; the layout never moves."""

    DEFAULT_CSS = """
    Pane { height: auto; }
    """

    def __init__(self, title: str, *, id: str, classes: str = "") -> None:  # noqa: A002
        """Begin empty.

        Args:
            title: What stands on the frame where there is room for one.
            id: The widget's id.
            classes: The widget's classes.
        """
        super().__init__(id=id, classes=classes, markup=False)
        self.border_title = Content(title)
        self._paint: Painter | None = None
        self._shown: str | None = None

    def show(self, paint: Painter) -> None:
        """Show other lines.

        Args:
            paint: Makes them.
        """
        self._paint = paint
        self._draw()

    def show_lines(self, lines: Sequence[Content]) -> None:
        """Show lines that are the same for every size.

        Args:
            lines: The lines.
        """
        self.show(lambda _width, _height: lines)

    def on_resize(self) -> None:
        """Make the lines anew for the new size."""
        self._draw()

    def _draw(self) -> None:
        if self._paint is None or self.size.width == 0:
            return
        lines = self._paint(self.size.width, self.size.height)
        content = Content("\n").join(lines)
        if content.markup != self._shown:
            self._shown = content.markup
            self.update(content, layout=False)
