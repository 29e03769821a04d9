"""The least that a Textual program can be that paints a whole screen of other lines on a key."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Footer, Header


class Lines(Widget):
    """Lines that are other ones after each key."""

    turn = 0

    def render_line(self, y: int) -> Strip:
        """One line, as wide as the screen."""
        place, width = self.turn * self.size.height + y, self.size.width
        said = f"  T-26-{place:06} READY " + f"line {place} of very many, " * 9
        return Strip([Segment(said[:width].ljust(width))], width)


class Cells(App[None]):
    """A header, a footer, and as many lines as fit between them."""

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Header()
        yield Lines()
        yield Footer()

    def on_key(self, event: events.Key) -> None:
        """Show the next page."""
        del event
        lines = self.query_one(Lines)
        lines.turn += 1
        lines.refresh()


if __name__ == "__main__":
    Cells().run()
