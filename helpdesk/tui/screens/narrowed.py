"""A screen that shows the answer to a question, and has keys that narrow it down."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.report_scope import Question
from helpdesk.tui import report_questions as ask_for
from helpdesk.tui.screens.grid import GridScreen

FILTERS: Final = (
    "of-period", "of-court", "of-clerk", "of-symptom", "of-tickets", "as-of", "by-span",
)  # fmt: skip
"""The commands that narrow it down."""


class NarrowedScreen(GridScreen):
    """Keeps what was asked last, and what is to be asked next."""

    def __init__(self, question: Question) -> None:
        """Take the question.

        Args:
            question: What is asked.
        """
        super().__init__()
        self._asked = question
        self._wanted: Question | None = question
        self._making: Question | None = None  # what is made, or was given up

    @property
    def _newest(self) -> Question:
        """What is asked next, where a key was quicker than the screen, else what was last."""
        return self._wanted or self._making or self._asked

    def on_screen_suspend(self) -> None:
        """Another screen is on top, which must not wait for what is being made."""
        self._put_off()

    def _put_off(self) -> None:
        """Give up what is being made: it is made once this screen is on top again."""
        if self.going is not None:
            self._wanted = self._wanted or self._making
            self.stop()

    def _take_it(self, question: Question) -> None:
        self._wanted = question

    async def do_of_period(self) -> None:
        """Ask for the period."""
        await self.console.ask(ask_for.period_asked(self.console, self._newest, self._take_it))

    async def do_of_court(self) -> None:
        """Ask for the court."""
        await self.console.ask(ask_for.court_asked(self.console, self._newest, self._take_it))

    async def do_of_clerk(self) -> None:
        """Ask for the clerk."""
        self._put_off()
        asked = await ask_for.clerk_asked(self.console, self._newest, self._take_it)
        await self.console.ask(asked)

    async def do_of_symptom(self) -> None:
        """Ask for the symptom."""
        await self.console.ask(ask_for.symptom_asked(self.console, self._newest, self._take_it))

    async def do_of_tickets(self) -> None:
        """Ask for a query."""
        await self.console.ask(ask_for.tickets_asked(self.console, self._newest, self._take_it))

    async def do_as_of(self) -> None:
        """Ask for the moment."""
        await self.console.ask(ask_for.as_of_asked(self.console, self._newest, self._take_it))

    async def do_by_span(self) -> None:
        """Ask for the spans."""
        await self.console.ask(ask_for.span_asked(self.console, self._newest, self._take_it))
