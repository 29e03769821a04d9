"""Draws, of the widgets on a screen, only the lines in which something changed.

Textual draws every widget in the rectangle around all changes: where the first line and the last
one change, as with most keys, that is the whole screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class Drawing(Compositor):
    """Textual's own, but for what it draws when only parts of the screen changed."""

    _changed: Sequence[Region] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterator[tuple[Region, Region, list[Strip]]]:
        """The widgets that are seen where something changed, each with what is seen of it."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        hidden: set[int] = set()  # lines behind something as wide as the screen
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            hit = [part for each in self._changed if (part := each.intersection(seen))]
            lines = {y for part in hit for y in part.line_range} - hidden
            if lines:
                top, bottom = min(lines), max(lines) + 1
                part = Region(seen.x, top, seen.width, bottom - top)
                yield region, part, widget.render_lines(part.translate(-region.offset))
            if seen.width == self.size.width:
                hidden |= lines
