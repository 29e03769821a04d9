"""A list of lines with a cursor, that draws only what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from helpdesk.domain.safe_text import line
from helpdesk.tui.widgets.plain_lines import PlainLines
from helpdesk.tui.words import fitted

NOTHING_FITS: Final = "Nothing fits what was typed: take fewer letters."
"""What is said where no row is left."""


class Row(NamedTuple):
    """One line of a list."""

    key: str
    """What it stands for; empty for a heading, which the cursor passes over."""

    text: str
    """What it says."""

    alert: bool = False
    """Whether it stands out; the text says why too."""

    later: Callable[[], str] | None = None
    """Makes what it says once it is seen, for lists of which most is not."""

    @property
    def said(self) -> str:
        """What it says."""
        return self.later() if self.later else self.text


class RowList(PlainLines):
    """Lines with a cursor; never takes the focus, so that typing goes on beside it."""

    COMPONENT_CLASSES = {"row--cursor", "row--heading", "row--alert"}  # noqa: RUF012
    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        & > .row--cursor { text-style: bold reverse; }
        & > .row--heading { color: $text-muted; text-style: bold; }
        & > .row--alert { color: $text-warning; text-style: bold; }
    }
    """

    FURTHER_LOOKS = ("row--cursor", "row--heading", "row--alert")

    def __init__(self, *, numbered: bool = False, id: str | None = None) -> None:  # noqa: A002
        """Begin empty.

        Args:
            numbered: Whether the first nine rows show the digit that chooses them.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._cursor = 0
        self._top = 0
        self._numbered = numbered
        self._more_above = self._more_below = False

    @property
    def cursor(self) -> int:
        """The place of the row under the cursor, counted from 0."""
        return self._cursor

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown."""
        return self._rows

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows and self._is_row(self._cursor) else None

    def show(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Show other rows.

        Args:
            rows: The rows.
            keep: Whether the cursor stays on the row that it was on, if that is still there.
        """
        self._put(rows, keep=keep)
        self.refresh()

    def _put(self, rows: Sequence[Row], *, keep: bool) -> None:
        held = self.chosen.key if keep and self.chosen else None
        self._rows, self._more_above, self._more_below = rows, False, False
        places = [place for place, row in enumerate(rows) if row.key and row.key == held]
        self._cursor = places[0] if places else self._next(-1, 1)
        self._top = self._top if places else 0

    def show_part(
        self,
        rows: Sequence[Row],
        *,
        more: tuple[bool, bool],
        steady: bool,
        unseen: bool = False,
    ) -> None:
        """Show a part of a longer list, the cursor on the row that it was on.

        Args:
            rows: The rows in memory.
            more: Whether the list goes on before them, and behind them.
            steady: Whether the cursor's row stays where it is on the screen.
            unseen: Whether the rows that were seen are the same; below them there may be more.
        """
        cursor, top, held = self._cursor, self._top, self.chosen
        filled = len(self._rows) >= top + self.size.height
        same = unseen and filled and more == (self._more_above, self._more_below)
        self._put(rows, keep=True)
        if held is not None and (self.chosen is None or self.chosen.key != held.key):
            self._cursor = max(0, min(cursor, len(rows) - 1))  # its row is gone: the next one
            self._top = top
        elif steady:
            self._top = max(0, self._cursor - (cursor - top))
        self._more_above, self._more_below = more
        if not same:
            self.refresh()

    def choose(self, key: str) -> None:
        """Put the cursor on a row.

        Args:
            key: The row's key; the cursor stays where no row has it.
        """
        places = [place for place, row in enumerate(self._rows) if row.key == key]
        self._cursor = places[0] if places else self._cursor
        self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor; by one it goes round, by more it stops at the ends.

        Args:
            by: How many rows, downwards.
        """
        if not self._rows:
            return
        step, cursor, top = 1 if by > 0 else -1, self._cursor, self._top
        if abs(by) == 1 and not (self._more_above or self._more_below):
            self._cursor = self._next(self._cursor, step)
        else:
            aim = max(0, min(len(self._rows) - 1, self._cursor + by))
            self._cursor = self._nearest(aim, step)
        self._scroll()
        if self._top == top:
            self.refresh(*(self._line_of(place) for place in {cursor, self._cursor}))
        else:
            self.refresh()

    def move_page(self, pages: int) -> None:
        """Move the cursor by whole pages, downwards."""
        self.move(pages * max(2, self.size.height - 1))

    def move_to_end(self, *, last: bool) -> None:
        """Move the cursor to the first or the last row."""
        self.move(len(self._rows) * (1 if last else -1) * 2)

    def nth(self, place: int) -> Row | None:
        """Find a row by its digit.

        Args:
            place: From 1.

        Returns:
            The row, or ``None``.
        """
        rows = [row for row in self._rows if row.key]
        return rows[place - 1] if 0 < place <= len(rows) else None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw, the cursor in view whatever the height is by now."""
        self._scroll()
        size = self.size
        strips = [self._drawn(y, size) for y in crop.line_range]
        if crop.column_span != (0, size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _drawn(self, y: int, size: Size) -> Strip:
        """One line."""
        plain, cursor, heading, alert = self.looks
        place, width = self._top + y, size.width
        if place >= len(self._rows):
            return Strip.blank(width, plain)
        below = len(self._rows) - place
        if y == size.height - 1 and (below > 1 or self._more_below):
            said = fitted("   ↓ more" if self._more_below else f"   ↓ {below:,} more", width)
            return Strip([Segment(said, heading)], width)
        row = self._rows[place]
        look = alert if row.alert else plain
        if not row.key:
            look = heading
        elif place == self._cursor:
            look = cursor
        return Strip([Segment(fitted(self._marked(place, row), width), look)], width)

    def _marked(self, place: int, row: Row) -> str:
        if not row.key:
            return f" {line(row.said)}"
        sign = ">" if place == self._cursor else " "
        if not self._numbered:
            return f"{sign} {line(row.said)}"
        number = sum(1 for each in self._rows[: place + 1] if each.key)
        return f"{sign} {number if number <= 9 else ' '} {line(row.said)}"  # noqa: PLR2004

    def _line_of(self, place: int) -> Region:
        return Region(0, place - self._top, self.size.width, 1)

    def _is_row(self, place: int) -> bool:
        return 0 <= place < len(self._rows) and bool(self._rows[place].key)

    def _nearest(self, place: int, step: int) -> int:
        """A row, or where a heading stands the next one onwards, else the last one before it."""
        onwards = range(place, len(self._rows) if step > 0 else -1, step)
        back = range(place, -1 if step > 0 else len(self._rows), -step)
        return next((each for each in (*onwards, *back) if self._is_row(each)), 0)

    def _next(self, place: int, step: int) -> int:
        """The next row that is no heading, going round."""
        for _ in range(len(self._rows)):
            place = (place + step) % len(self._rows)
            if self._is_row(place):
                return place
        return 0

    def _scroll(self) -> None:
        if not self.size.height:
            return  # it is not laid out yet: keys may come before
        body = max(1, self.size.height - 1)  # the last line tells of more
        above = (
            self._cursor - 1
            if self._cursor and not self._is_row(self._cursor - 1)
            else self._cursor
        )
        self._top = max(min(self._top, above), self._cursor - body + 1, 0)
        if not any(row.key for row in islice(self._rows, self._cursor + 1, None)):
            whole = len(self._rows) - self.size.height  # the lines below the last row too
            self._top = max(self._top, min(above, whole))
        if not self._more_below:
            self._top = min(self._top, max(0, len(self._rows) - self.size.height))
