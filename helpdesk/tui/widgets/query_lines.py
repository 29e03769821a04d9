"""The lines around a search box: the saved views above it, and below what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from helpdesk.domain.queries import BEST, Query
from helpdesk.domain.query_parts import BadQuery
from helpdesk.domain.safe_text import line
from helpdesk.domain.saved_views import CountedView
from helpdesk.tui.words import fitted

_ORDERS: Final = {
    "": "newest first", "newest": "newest first", "oldest": "oldest first",
    "changed": "last changed first", "due": "what is due, soonest first", BEST: "best first",
}  # fmt: skip


class ViewsLine(Static):
    """The saved views with their digits and counts; cut with a sign where they do not fit."""

    DEFAULT_CSS = """
    ViewsLine { height: 1; padding: 0 1; color: $foreground; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__("", id="views", markup=False)
        self._views: Sequence[CountedView] = ()
        self._query = self._shown = ""

    def show(self, views: Sequence[CountedView], query: str) -> None:
        """Show the views.

        Args:
            views: The views by place.
            query: What is listed; its view is marked.
        """
        self._views = views
        self.mark(query)

    def mark(self, query: str) -> None:
        """Mark the view that is listed.

        Args:
            query: What is listed.
        """
        self._query = " ".join(query.split())
        self._draw()

    def on_resize(self) -> None:
        """Fit the views to the new width."""
        self._draw()

    def _draw(self) -> None:
        said = [
            f"{'>' if each.view.query == self._query else ''}{each.view.place} "
            f"{line(each.view.name)} {each.count}"
            for each in self._views
        ]
        shown = fitted("  ".join(said), self.size.width)
        if shown != self._shown:  # a letter seldom leads to another view
            self._shown = shown
            self.update(Content(shown), layout=False)


class MeantLine(Static):
    """How many tickets there are and in which order, the periods meant, or what is wrong."""

    DEFAULT_CSS = """
    MeantLine { height: 1; padding: 0 1; color: $text-muted; }
    MeantLine.wrong { color: $text-warning; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__("", id="meant", markup=False)
        self._said = ""

    def on_resize(self) -> None:
        """Fit what is said to the new width."""
        self._draw()

    def show(self, count: str, query: Query) -> None:
        """Say what is listed.

        Args:
            count: How many there are.
            query: What was asked, as it was understood.
        """
        if query.unread:
            self.point(query.unread[-1], typing=True)
            return
        tickets = "ticket" if count == "1" else "tickets"
        said = f"{count} {tickets}, {_ORDERS[query.sort]}"
        self._say("   ".join((said, *query.periods)), wrong=False)

    def counting(self, query: Query) -> None:
        """Say what is listed, before it is counted.

        Args:
            query: What was asked, as it was understood.
        """
        self.show("…", query)

    def wait(self) -> None:
        """Say that the list is the one before until all that is older was gone through."""
        self._say("searching older tickets…", wrong=False)

    def point(self, wrong: BadQuery, *, typing: bool = False) -> None:
        """Point at the word that is wrong.

        Args:
            wrong: What cannot be read.
            typing: Whether it is still being typed, and so only not applied yet.
        """
        fits = cell_len(wrong.carets) < self.size.width
        told = "not applied yet: " if typing else ""
        beside = f"{wrong.carets} {told}" if fits else told
        self._say(f"{beside}{wrong}" if typing else beside, wrong=not typing)

    def _say(self, text: str, *, wrong: bool) -> None:
        self.set_class(wrong, "wrong")
        self._said = line(text)
        self._draw()

    def _draw(self) -> None:
        self.update(Content(fitted(self._said, self.size.width)), layout=False)
