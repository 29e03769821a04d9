"""Draws, of the widgets on a screen, only the lines in which something changed.

Textual draws every widget in the rectangle around all changes: where the first line and the last
one change, as with most keys, that is the whole screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from textual._compositor import ChopsUpdate, Compositor, CompositorMap, ReflowResult
from textual.geometry import Offset, Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from helpdesk.tui.widgets.plain_lines import ground_lines

# Without what Textual remembers: changes lie elsewhere at every key, and thousands would stay.
_meeting: Final = getattr(Region.intersection, "__wrapped__", Region.intersection)
_holds: Final = getattr(Region.contains_region, "__wrapped__", Region.contains_region)


class Drawing(Compositor):
    """Textual's own, but for what it draws when only parts of the screen changed."""

    asks_where = False
    """Whether just now it is asked for what a line says at the mouse, not for how it looks."""

    _changed: Sequence[Region] = ()

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out anew; only where something came, went or moved is it drawn.

        Textual draws whatever stands behind that in the order of the widgets as well.
        """
        dirty, before = set(self._dirty_regions), _places(self._full_map)
        found = super().reflow(parent, size)
        self._full_map_invalidated = False  # else Textual lays out the same once more
        moved = before ^ _places(self._full_map)
        seen = {clip.intersection(region) for _, region, clip in moved}
        self._dirty_regions = dirty | {each for each in seen if each}
        return found

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Find what the mouse points at, and where in the text of it."""
        self.asks_where = True
        try:
            return super().get_widget_and_offset_at(x, y)
        finally:
            self.asks_where = False

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterator[tuple[Region, Region, list[Strip]]]:
        """The widgets that are seen, each with what is seen of it.

        Textual has cut each line when the next widget is asked for. A line that it left whole
        remembers itself as its only piece, and would stay until a sweep for such circles.
        """
        for region, part, strips in self._seen(crop):
            yield region, part, strips
            for strip in strips:
                strip._divide_cache._cache.pop((strip.cell_length,), None)  # noqa: SLF001

    def _seen(self, crop: Region | None) -> Iterator[tuple[Region, Region, list[Strip]]]:
        """The widgets that are seen where something changed."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        left = self._changed
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            hit = [part for each in left if (part := _meeting(each, seen))]
            if hit:
                left = [each for each in left if not _holds(seen, each)]
                top, bottom = min(part.y for part in hit), max(part.bottom for part in hit)
                part = Region(seen.x, top, seen.width, bottom - top)
                yield region, part, widget.render_lines(part.translate(-region.offset))


class PaintedScreen(Screen[None]):
    """A screen that draws what changed, and may do so without Textual's turns."""

    PAINTS_AT_ONCE = False
    """Whether keys mostly move nothing on it: what they change is painted without the turn that
    Textual gives each widget to tell of it."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Who has the keys; the boxes show it, and Textual would paint the whole screen anew."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        super().__init__()
        self._compositor: Drawing = Drawing()

    @property
    def asks_where(self) -> bool:
        """Whether just now the mouse asks where in a text it is, and nothing is drawn."""
        return self._compositor.asks_where

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the ground: all else is on its widgets."""
        return ground_lines(self, crop)

    def note_changes(self) -> None:
        """Take note of what was changed by now: its widgets will tell of it only afterwards."""
        seen = self._compositor.visible_widgets
        changed = {each for each in seen if each._repaint_regions}  # noqa: SLF001
        self._compositor.update_widgets(changed)

    def paint(self) -> None:
        """Paint what was changed by now; where something moves, once that is laid out."""
        widgets = (self, *self._compositor.visible_widgets)
        moves = self._scroll_required or any(each._layout_required for each in widgets)  # noqa: SLF001
        stands = self.is_current and self._compositor.size == self.app.size
        if self.PAINTS_AT_ONCE and stands and not moves and not self.app._batch_count:  # noqa: SLF001
            self.note_changes()
            self._compositor_refresh()
        self.check_idle()


def _places(laid_out: CompositorMap) -> set[tuple[Widget, Region, Region]]:
    """Each widget with its place, and the part of the screen in which it is seen."""
    return {(widget, each.region, each.clip) for widget, each in laid_out.items()}
