"""The lines around a search box: the saved views above it, and below what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from helpdesk.domain.queries import BEST, Query
from helpdesk.domain.query_parts import BadQuery
from helpdesk.domain.safe_text import line
from helpdesk.domain.saved_views import LONGEST_NAME, CountedView
from helpdesk.tui.widgets.plain_lines import PlainLine
from helpdesk.tui.words import fitted

_ORDERS: Final = {
    "": "newest first", "newest": "newest first", "oldest": "oldest first",
    "changed": "last changed first", "due": "what is due, soonest first", BEST: "best first",
}  # fmt: skip

_SHORTEST: Final = 3
"""So many cells of a view's name stay in any case."""


class ViewsLine(PlainLine):
    """The saved views with their digits and counts; names are cut where not all have room."""

    DEFAULT_CSS = """
    ViewsLine { color: $foreground; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="views")
        self._views: Sequence[CountedView] = ()
        self._listed: int | None = None  # the digit of the view that is listed

    def show(self, views: Sequence[CountedView], query: str) -> None:
        """Show the views.

        Args:
            views: The views by place.
            query: What is listed; its view is marked.
        """
        self._views = views
        self._listed = self._place(query)
        self.on_resize()

    def mark(self, query: str) -> None:
        """Mark the view that is listed.

        Args:
            query: What is listed.
        """
        if self._listed != (listed := self._place(query)):
            self._listed = listed
            self.on_resize()

    def on_resize(self) -> None:
        """Say as much of each name as there is room for."""
        room = LONGEST_NAME
        while room > _SHORTEST and cell_len(self._said(room)) > self.size.width - 2:
            room -= 1
        self.say(self._said(room))

    def _place(self, query: str) -> int | None:
        wanted = " ".join(query.split())
        found = (each.view.place for each in self._views if each.view.query == wanted)
        return next(found, None)

    def _said(self, room: int) -> str:
        """The views, so many cells of each name."""
        return "  ".join(
            f"{'>' if each.view.place == self._listed else ''}{each.view.place} "
            f"{fitted(line(each.view.name), room).rstrip()} {each.count}"
            for each in self._views
        )


class MeantLine(PlainLine):
    """How many tickets there are and in which order, the periods meant, or what is wrong."""

    DEFAULT_CSS = """
    MeantLine { color: $text-muted; }
    MeantLine.wrong { color: $text-warning; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="meant")

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
        self.tell("   ".join((said, *query.periods)))

    def counting(self, query: Query) -> None:
        """Say what is listed, before it is counted.

        Args:
            query: What was asked, as it was understood.
        """
        self.show("…", query)

    def wait(self) -> None:
        """Say that the list is the one before until all that is older was gone through."""
        self.tell("searching older tickets…")

    def point(self, wrong: BadQuery, *, typing: bool = False) -> None:
        """Point at the word that is wrong.

        Args:
            wrong: What cannot be read.
            typing: Whether it is still being typed, and so only not applied yet.
        """
        fits = cell_len(wrong.carets) < self.size.width
        told = "not applied yet: " if typing else ""
        beside = f"{wrong.carets} {told}" if fits else told
        self.tell(f"{beside}{wrong}" if typing else beside, wrong=not typing)

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Say something in the look of it.

        Args:
            text: What.
            wrong: Whether it tells what is wrong.
        """
        self.set_class(wrong, "wrong")
        self.say(text)
