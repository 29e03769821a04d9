"""Lines of plain text, drawn as they stand.

Textual would look at each line for markup, wrapping, borders, paddings and tints, and would find
how they look anew whenever they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from helpdesk.domain.safe_text import line
from helpdesk.tui.words import fitted


class PlainLines(Widget):
    """A widget without borders and paddings, on a ground that only another theme changes."""

    FURTHER_LOOKS: ClassVar[Sequence[str]] = ()
    """The component classes of lines that look otherwise."""

    virtual_size = Reactive(Size(0, 0), repaint=False)  # else all is laid out a second time

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Begin with looks that are to be found.

        Args:
            id: The widget's id.
        """
        super().__init__(id=id)
        self._looks: Sequence[Style | None] = ()

    def notify_style_update(self) -> None:
        """Find the looks anew: the styles are others."""
        super().notify_style_update()
        self._looks = ()

    @property
    def looks(self) -> Sequence[Style | None]:
        """How its lines look: most of them first, then each of ``FURTHER_LOOKS``."""
        if not self._looks:
            self._looks = looks_of(self, self.FURTHER_LOOKS)
        return self._looks


class PlainLine(PlainLines):
    """One line, a blank at either end of it."""

    DEFAULT_CSS = """
    PlainLine { height: 1; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        """Begin empty.

        Args:
            id: The widget's id.
        """
        super().__init__(id=id)
        self.said = ""

    def say(self, text: str) -> None:
        """Say something else.

        Args:
            text: One line, as somebody may have typed it; cut with a sign where it does not fit.
        """
        said = line(text)
        if said != self.said:
            self.said = said
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw it."""
        width, (look,) = self.size.width, self.looks
        strip = Strip([Segment(f" {fitted(self.said, width - 2)} "[:width], look)], width)
        return [strip.crop(*crop.column_span) for _ in crop.line_range]


def ground_lines(widget: Widget, crop: Region) -> list[Strip]:
    """Draw a widget that shows nothing of its own, and has no frame: what is on it is drawn there.

    Textual would draw each line, and keep it twice, though next to none of it is seen.

    Args:
        widget: The widget.
        crop: The part of it that is drawn.

    Returns:
        A line for each.
    """
    (look,) = looks_of(widget, ())
    return [Strip.blank(crop.width, look)] * crop.height


def looks_of(widget: Widget, further: Sequence[str]) -> Sequence[Style | None]:
    """Find how the parts of a widget look, as Textual would find it for each line.

    Args:
        widget: The widget.
        further: The component classes of parts that look otherwise.

    Returns:
        How the widget itself looks, then each of ``further``.
    """
    found = map(widget.get_component_rich_style, further)
    seen = [Segment("", style) for style in (widget.rich_style, *found)]
    for each in widget.get_line_filters():
        seen = each.apply(seen, widget.background_colors[1])
    return [segment.style for segment in seen]
