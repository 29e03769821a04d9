"""The least that a Textual program with a header, a footer and a table can be."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header


class Empty(App[None]):
    """A table with one row."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - Textual's

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Header()
        yield DataTable()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns("number", "status")
        table.add_row("1", "READY")


if __name__ == "__main__":
    Empty().run()
