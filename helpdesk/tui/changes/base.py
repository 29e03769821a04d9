"""What the questions about one ticket have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from helpdesk.domain.ticket_history import TicketHistory
from helpdesk.tui.screens.ask import Question

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp

Step = Callable[[], Awaitable[Question | str]]
"""Does something at once and says what, or asks first."""

Steps = dict[str, tuple[str, Step]]
"""By its key, what a step is called and does."""


class Changes:
    """Changes of one ticket."""

    def __init__(self, console: HelpdeskApp, history: TicketHistory) -> None:
        """Take the ticket.

        Args:
            console: The console.
            history: The ticket as it was read last: what the person saw.
        """
        self._console, self._history = console, history

    @property
    def _number(self) -> str:
        return self._history.row.number

    async def _do(self, act: Callable[..., None], *values: object) -> None:
        await self._console.thread.do(act, self._history.row.id, *values)
