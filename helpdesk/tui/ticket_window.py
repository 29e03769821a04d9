"""The part of a list of tickets that is in memory: a few pages, wherever one looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from helpdesk.desk.tickets import list_tickets
from helpdesk.domain.queries import BEST, Query
from helpdesk.domain.tickets import TicketRow

if TYPE_CHECKING:
    from helpdesk.tui.desk_thread import DeskThread

PAGE: Final = 50
"""How many tickets are fetched at once, unless the screen shows more."""

MOST: Final = 6 * PAGE
"""How many are kept; the list may have millions."""


class TicketWindow:
    """Neighbouring rows of a list, moved along as the cursor comes near an end of them."""

    def __init__(
        self,
        thread: DeskThread,
        query: Query = Query(),  # noqa: B008 - frozen
        rows: Sequence[TicketRow] = (),
        many: int = PAGE,
        *,
        asked: int = 0,
    ) -> None:
        """Begin with a first page, or with nothing fetched.

        Args:
            thread: Where the database is asked.
            query: Which tickets, in which order.
            rows: The first ``asked`` of them, or all; none where they are not fetched yet.
            many: How many are fetched at once.
            asked: How many were asked for at first; 0 for ``many``.
        """
        self._many = many
        self._thread = thread
        self.query = query
        self.rows: list[TicketRow] = list(rows)
        self.is_first = True
        self.is_last = len(rows) < (asked or many)

    @property
    def count(self) -> int | None:
        """How many tickets there are in all, where all of them are in memory."""
        return len(self.rows) if self.is_first and self.is_last else None

    async def begin(self, *, last: bool = False) -> None:
        """Fetch the first page, or the last.

        Args:
            last: Whether the last.
        """
        ranked = self.query.sort == BEST
        rows = await self._page(
            MOST if ranked else self._many, None, backwards=last and not ranked
        )
        whole = ranked or len(rows) < self._many
        self.rows, self.is_first, self.is_last = rows, not last or whole, last or whole

    def has(self, place: int, margin: int) -> bool:
        """Whether a row, and some beyond it, are in memory, as far as there are any.

        Args:
            place: The row, counted from the first in memory; below 0 for rows before it.
            margin: How many rows beyond it are wanted.

        Returns:
            Whether nothing has to be fetched for them.
        """
        after = self.is_last or place + margin < len(self.rows)
        return after and (self.is_first or place - margin >= 0)

    async def reach(self, place: int, margin: int) -> bool:
        """Fetch more where a row, and some beyond it, are not in memory.

        What others fetch meanwhile, from another place, stays as they left it.

        Args:
            place: The row, counted from the first in memory; below 0 for rows before it.
            margin: How many rows beyond it are wanted.

        Returns:
            Whether the rows in memory are other ones now.
        """
        changed = False
        while place + margin >= len(self.rows) and not self.is_last:
            known = self.rows
            more = await self._page(self._many, known[-1], backwards=False)
            if self.rows is not known:
                return changed
            changed, self.is_last = True, len(more) < self._many
            dropped = max(0, len(self.rows) + len(more) - MOST)
            self.rows = [*self.rows, *more][dropped:]
            self.is_first = self.is_first and not dropped
            place -= dropped
        while place - margin < 0 and not self.is_first:
            known = self.rows
            more = await self._page(self._many, known[0], backwards=True)
            if self.rows is not known:
                return changed
            changed, self.is_first = True, len(more) < self._many
            self.is_last = self.is_last and len(self.rows) + len(more) <= MOST
            self.rows = [*more, *self.rows][:MOST]
            place += len(more)
        return changed

    async def refresh(self) -> None:
        """Fetch the same stretch again: others wrote."""
        if self.is_first or not self.rows:
            wanted = max(self._many, len(self.rows))
            rows = await self._page(wanted, None, backwards=False)
        else:
            wanted = len(self.rows)
            rows = await self._page(wanted, self.rows[0], backwards=False, with_it=True)
        if not rows and not self.is_first:  # all of it is gone
            await self.begin(last=True)
            return
        self.rows, self.is_last = rows, len(rows) < wanted

    async def _page(
        self, limit: int, beside: TicketRow | None, *, backwards: bool, with_it: bool = False
    ) -> list[TicketRow]:
        return list(
            await self._thread.read(
                list_tickets,
                self.query,
                limit,
                beside,
                backwards=backwards,
                with_it=with_it,
                lines=True,
            )
        )
