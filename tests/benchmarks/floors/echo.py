"""The least that a Textual program can be that shows the keys pressed."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class Echo(App[None]):
    """Everything typed, in one line."""

    typed = "READY "

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Header()
        yield Static(self.typed)
        yield Footer()

    def on_key(self, event: events.Key) -> None:
        """Show one more letter."""
        self.typed += event.character or ""
        self.query_one(Static).update(self.typed)


if __name__ == "__main__":
    Echo().run()
