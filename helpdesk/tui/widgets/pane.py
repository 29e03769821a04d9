"""A framed part of a screen that shows lines made for its width."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rich.segment import Segment
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from helpdesk.tui.drawing import PaintedScreen

_MOST_KEPT: Final = 200
_NOTHING: Final = Content("")

Painter = Callable[[int, int], Sequence[Content]]
"""Makes the lines for a width and a height in cells."""


class Pane(Widget):
    """Lines that are made anew when they or the size change; only those that differ are drawn."""

    DEFAULT_CSS = """
    Pane { height: 1fr; }
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)  # else all is laid out a second time

    def __init__(self, title: str, *, id: str, classes: str = "") -> None:  # noqa: A002
        """Begin empty.

        Args:
            title: What stands on the frame where there is room for one.
            id: The widget's id.
            classes: The widget's classes.
        """
        super().__init__(id=id, classes=classes)
        self.border_title = Content(title)
        self._paint: Painter | None = None
        self._lines: Sequence[Content] = ()
        self._size_had = Size(0, 0)
        self._kept: dict[tuple[str, tuple[Span, ...]], Strip] = {}
        self._kept_width = 0

    def notify_style_update(self) -> None:
        """Draw anew what was kept: the styles are others."""
        super().notify_style_update()
        self._kept = {}

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
        # What is out of sight has no size, and mostly comes back with the one it had.
        self._size_had = self.size or self._size_had
        self._draw()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        if y >= len(self._lines) or not width:
            return Strip.blank(width, self.visual_style.rich_style)
        return placed(self, drawn(self, self._lines[y], y), y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; without a frame around them those of before are kept: steps come again."""
        if self.styles.gutter or self.text_selection:
            return super().render_lines(crop)
        if self._kept_width != self.size.width or len(self._kept) > _MOST_KEPT:
            self._kept, self._kept_width = {}, self.size.width
        return [self._whole(y).crop(*crop.column_span) for y in crop.line_range]

    def _whole(self, y: int) -> Strip:
        """Draw a line as wide as the pane, without what marking with the mouse needs."""
        content = self._lines[y] if y < len(self._lines) else _NOTHING
        key = (content.plain, tuple(content.spans))
        found = self._kept.get(key)
        if found is None:
            found = _drawn(self, content)
            found = found.adjust_cell_length(self._kept_width, self.visual_style.rich_style)
            for each in self.get_line_filters():
                found = found.apply_filter(each, self.background_colors[1])
            self._kept[key] = found
        return found

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What was marked with the mouse, to be copied."""
        return selection.extract("\n".join(each.plain for each in self._lines)), "\n"

    def _draw(self) -> None:
        width, height = self._size_had
        if self._paint is None or width == 0:
            return
        old, self._lines = self._lines, list(_fitting(self._paint(width, height), width))
        count = min(height, max(len(old), len(self._lines)))
        changed = [y for y in range(count) if not _same(old, self._lines, y)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))


def _fitting(lines: Sequence[Content], width: int) -> Iterator[Content]:
    """The lines, one that is too long as several."""
    for each in lines:
        if each.cell_length > width or "\n" in each.plain:
            yield from each.wrap(width)
        else:
            yield each


def _same(old: Sequence[Content], new: Sequence[Content], y: int) -> bool:
    if y >= len(old) or y >= len(new):
        return False
    return old[y].is_same(new[y])


def drawn(widget: Widget, content: Content, y: int) -> Strip:
    """Draw one line of a text, with what is marked of it with the mouse.

    Args:
        widget: The widget that the text is in.
        content: The line, which is no longer than the widget is wide.
        y: The place of the line in the text, counted from 0.

    Returns:
        What Textual draws.
    """
    if (selected := widget.text_selection) and (span := selected.get_span(y)):
        start, end = span
        style = Style.from_styles(widget.screen.get_component_styles("screen--selection"))
        content = content.stylize(style, start, end if end >= 0 else None)
    return _drawn(widget, content)


def placed(widget: Widget, strip: Strip, y: int) -> Strip:
    """Add to a line where each part of it stands in the text, if the mouse asks for that.

    Lines that are drawn go without: each place would be a look of its own, and be remembered.

    Args:
        widget: The widget that the text is in.
        strip: The line.
        y: The place of the line in the text, counted from 0.

    Returns:
        The line, with or without.
    """
    screen = widget.screen
    asked = isinstance(screen, PaintedScreen) and screen.asks_where
    return strip.apply_offsets(0, y) if asked else strip


def _drawn(widget: Widget, content: Content) -> Strip:
    parts = content.render(widget.visual_style, "", widget._get_style)  # noqa: SLF001
    segments = [Segment(text, look.rich_style) for text, look in parts]
    return Strip(segments, content.cell_length)
