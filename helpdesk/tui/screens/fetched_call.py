"""What the call screen shows, fetched: the call, and what goes on beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from textual import events

from helpdesk.desk.desk import Desk
from helpdesk.desk.foreseeing import answer_foreseen, foresee
from helpdesk.desk.home import home_view, open_today
from helpdesk.desk.meanwhile import symptom_changed_by
from helpdesk.desk.view import call_view
from helpdesk.domain.call_words import symptom_changed_said
from helpdesk.domain.calls import CallView
from helpdesk.domain.home import HomeView
from helpdesk.domain.run import StepKey
from helpdesk.domain.tickets import TicketRow
from helpdesk.errors import HelpdeskError
from helpdesk.tui.screens.password import PasswordScreen

P = ParamSpec("P")
T = TypeVar("T")

_TODAY: Final = 40


class FetchedCall(PasswordScreen):
    """The part of the call screen that fetches, each thing once."""

    FETCHES_HOME = True

    call = 0
    """The call's id; 0 before it is in the database."""

    looking_at: StepKey | None = None
    """An earlier step that is looked at again, if any."""

    today: tuple[TicketRow, ...] = ()
    """The open tickets of today."""

    _viewed = -1  # the newest entry of the journal that the call takes account of
    _unsaid = ""  # what is said once the key is done, whatever that says itself

    async def act(
        self, act: Callable[Concatenate[Desk, int, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do an act on this call and show what became of it.

        Args:
            act: A function of :mod:`helpdesk.desk` that takes a call.
            *args: What it takes after the call.
            **kwargs: What it takes by name.

        Returns:
            What it returned.
        """
        do = self.console.thread.do
        before = self.view
        done, viewed, view, who = await do(_done_and_viewed, act, self.call, before, args, kwargs)
        self._take(viewed, view)
        self._unsaid = self._changed_said(view, who)
        return done

    async def answer(self, key: StepKey, answer: str) -> None:
        """Answer a step: what follows is shown at once, the next key is taken once it is written.

        Args:
            key: The step.
            answer: The answer's key.

        Raises:
            HelpdeskError: When it is refused; then the step stands there again.
        """
        known, viewed, looked_at = self.view, self._viewed, self.looking_at
        if known is None:
            return
        foreseen = foresee(self.console.desk, viewed, known, key, answer)
        self.looking_at = None
        if foreseen.view is not None and foreseen.is_sure:
            self._take(viewed, foreseen.view)
            self.show_lines()
            self.console.paint_now()
        try:
            self._take(*await self.console.thread.do(answer_foreseen, foreseen))
        except HelpdeskError:
            if self.view is known or self.view is foreseen.view:
                self.looking_at = looked_at
                self._take(viewed, known)
                self.draw()
            raise

    async def fetch(self) -> None:
        """Fetch the call and show it."""
        call = self.call
        if not call:
            return  # it is being written
        before = self.view
        viewed, view, who = await self.console.thread.read(_view, call, before)
        newer = self.view is before or viewed > self._viewed  # a key may have been done meanwhile
        if call == self.call and newer:  # no other one was taken up meanwhile
            self._take(viewed, view)
            if said := self._changed_said(view, who):
                self.say(said, refused=True)

    async def take(self, event: events.Key | events.Paste) -> None:
        """Do what a key or a paste asks; then say what a colleague changed just before it."""
        await super().take(event)
        said, self._unsaid = self._unsaid, ""
        if said and self.console.on_top is self:
            self.say(said, refused=True)
            self.show_lines()

    def _changed_said(self, view: CallView, who: str) -> str:
        """Which symptom a call has now, when it is a colleague's: another question stands."""
        title = self.console.symptom_title
        return symptom_changed_said(title(view.symptom), who) if who else ""

    def _take(self, viewed: int, view: CallView) -> None:
        is_shown = view is self.view
        self._viewed, self.view = viewed, view
        if self in self.console.screen_stack:  # it may have been left meanwhile
            self.console.view = self.view
        self.ticket_shown, run = view.ticket, view.run
        if self.looking_at and (run is None or run.found(self.looking_at) is None):
            self.looking_at = None
        if not is_shown:
            self.draw()

    async def fetch_beside(self) -> None:
        """Fetch what goes on beside the call and show it."""
        as_of, self.console.home, self.today = await self.console.thread.read(_beside)
        self.as_of = min(as_of, self._viewed)
        self.draw()

    async def brought_up_to(self, head: int | None) -> None:
        """Fetch what goes on beside the call; the call too, unless it was fetched since."""
        if head is None or head > self._viewed:
            await self.fetch()
        await self.fetch_beside()

    def draw(self) -> None:
        """Show what was fetched."""


def _view(desk: Desk, call: int, before: CallView | None) -> tuple[int, CallView, str]:
    """The newest entry of the journal, the call fetched after it, whose symptom it has now."""
    head, view = desk.port.head(), call_view(desk, call)
    return head, view, symptom_changed_by(desk, view, before)


def _done_and_viewed(
    desk: Desk,
    act: Callable[..., T],
    call: int,
    before: CallView | None,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> tuple[T, int, CallView, str]:
    """What an act returned, and the call as it left it: fetched at once, for a key waits."""
    return act(desk, call, *args, **kwargs), *_view(desk, call, before)


def _beside(desk: Desk) -> tuple[int, HomeView, tuple[TicketRow, ...]]:
    """What goes on beside the call, fetched at once: each question waits for its turn."""
    return desk.port.head(), home_view(desk), open_today(desk, _TODAY)
