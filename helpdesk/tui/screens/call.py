"""The call screen: who, what, the playbook, what was done; one state at a time takes the keys."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult

from helpdesk.desk.notes import keep_draft
from helpdesk.desk.prompts import open_prompt
from helpdesk.desk.runs import REPEAT_SECONDS
from helpdesk.desk.speaking import shown_run
from helpdesk.desk.versions import has_newer_version
from helpdesk.domain.calls import CallView
from helpdesk.domain.incidents import Incident
from helpdesk.domain.permissions import allows
from helpdesk.domain.run import StepKey
from helpdesk.domain.run_words import RunShown
from helpdesk.playbooks.finding import Hint
from helpdesk.tui.draft import Draft
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.screens.fetched_call import FetchedCall
from helpdesk.tui.states.base import CallState
from helpdesk.tui.states.caller import CallerState
from helpdesk.tui.states.ending import EndingState
from helpdesk.tui.states.filling import FillingState
from helpdesk.tui.states.newer import NewerState
from helpdesk.tui.states.playbook import PlaybookState
from helpdesk.tui.states.symptom import SymptomState
from helpdesk.tui.widgets.boxes import Box, NoteBox
from helpdesk.tui.widgets.call_panes import CallPanes, CallShown
from helpdesk.tui.widgets.row_list import RowList


class CallScreen(FetchedCall):
    """One call, from ring to hang-up."""

    CSS_PATH = "call.tcss"
    PAINTS_AT_ONCE = True

    def __init__(self, call: int = 0) -> None:
        """Take the call.

        Args:
            call: The call's id; it is in the database already. 0 for none yet.
        """
        super().__init__()
        self.state: CallState = CallState(self)
        self._begin_with(call)

    def stand_empty(self) -> None:
        """Ask the first question of a call, with nothing left of the one before."""
        self.give_up()
        self.draft.forget()
        self.hide_password()
        self._begin_with(0)
        self._panes.empty()
        self._open(CallerState(self))
        self.set_focus(self.state.box())
        self.say("")
        self.write_lines()

    async def resumed(self) -> None:
        """Wait until the screen has done all that it does when it comes on top."""
        done = asyncio.Event()
        self.call_later(done.set)
        await done.wait()

    def take_up(self, call: int) -> None:
        """Take another call.

        Args:
            call: The call's id; it is in the database already.
        """
        if self.call:
            self.stand_empty()
        self._begin_with(call)

    def _begin_with(self, call: int) -> None:
        self.begun = asyncio.Event()
        self.call = call
        self.view: CallView | None = None
        self.looking_at: StepKey | None = None
        self.put_aside: int | None = None  # the number of an incident whose line was read out
        self.left_in: dict[str, str] = {}
        self.left_open: set[str] = set()
        self.given_up: list[str] = []
        self.hints: dict[str, Hint] | None = None
        self.today = ()
        self.as_of = self._viewed = -1
        self._is_drawn = True
        self.ticket_shown = None
        self.secret_refused = False
        self.draft = Draft(self, keep_draft, call)

    def body(self) -> ComposeResult:
        """The panes."""
        yield CallPanes()

    @property
    def rows(self) -> RowList:
        """The list in the middle."""
        return self.query_one("#rows", RowList)

    async def refreshed(self) -> None:
        """Fetch the call; at the first time begin where it stands."""
        first = self.view is None or not self.begun.is_set()  # others may have fetched it
        await self.fetch()
        if self.view is None:
            return
        if first:
            if self._held.draft:
                self.query_one(NoteBox).fill(self._held.draft)
            await self.begin()
            self.begun.set()
        await self.fetch_beside()

    async def begin(self) -> None:
        """Begin with the first question that is still open."""
        view = self._held
        if view.ended_at is None and not view.asked_caller:
            await self.change(CallerState(self))
        elif view.ended_at is None and not view.symptom:
            await self.change(SymptomState(self))
        else:
            await self.rest()

    async def rest(self) -> None:
        """Go where single keys are commands: the playbook, or the outcomes after a hang-up."""
        ended = self._held.ended_at is not None
        label = "" if ended else self._open_prompt()
        if label:
            await self.change(FillingState(self, label))
        else:
            await self.change(EndingState(self) if ended else PlaybookState(self))

    async def ask_prompt(self) -> None:
        """Ask what the step that came up needs to be said with, when it needs anything."""
        if self._open_prompt():
            await self.rest()

    def wanted(self) -> str:
        """What the step on the screen asks for and nobody has filled in; empty for nothing."""
        shown, view = self.shown_run(), self.view
        return open_prompt(view, shown.step) if view and shown and shown.step else ""

    def _open_prompt(self) -> str:
        label = self.wanted()
        return "" if label in self.left_open else label

    async def change(self, state: CallState) -> None:
        """Let another state take the keys.

        Args:
            state: The state.
        """
        await self.state.leave()
        self._open(state)
        await state.enter()
        self.set_focus(state.box())
        self.draw()

    def _open(self, state: CallState) -> None:
        self.state = state
        self._panes.show_stage(state.stage, state.hint or "Playbook")
        self._panes.open_part(state.part)

    def name_stage(self, title: str) -> None:
        """Write on the frame of the middle what is asked there.

        Args:
            title: The question.
        """
        self._panes.name_stage(title)

    async def rest_or_ask_version(self) -> None:
        """Go on with a ticket that is taken up again; ask when its playbook was changed since."""
        self.looking_at = None
        newer = await self.console.thread.read(has_newer_version, self._held)
        if newer:
            await self.change(NewerState(self))
        else:
            await self.rest()

    def draw(self) -> None:
        """Show the call as it was fetched last, once all is done that the key does."""
        self._is_drawn = False

    def show_lines(self) -> None:
        """Bring the panes up to date, then the first and the last line."""
        if not self._is_drawn and self.view is not None and self.stands:
            self._is_drawn = True
            self._draw(self.view)
        super().show_lines()

    def _draw(self, view: CallView) -> None:
        desk = self.console.desk
        shown = CallShown(
            view=view,
            run=self.shown_run(),
            reading=self.reading,
            home=self.console.home,
            today=self.today,
            now=desk.clock.now(),
            kinds=desk.library.actions,
            titles=self.console.symptom_title,
            repeat_within=REPEAT_SECONDS,
            declares=allows(desk.clerk.role, "incident"),
        )
        self._panes.show(shown)

    def shown_run(self) -> RunShown | None:
        """The run with what is said about it; ``None`` where no step is on the screen."""
        view = self.view
        if view is None or self.reading is not None:
            return None
        return shown_run(self.console.desk, view, self.looking_at)

    @property
    def reading(self) -> Incident | None:
        """The incident whose line stands in place of the playbook."""
        incident = self.view.incident if self.view else None
        return incident if incident and incident.n != self.put_aside else None

    def head_parts(self) -> list[str]:
        """What the first line says; nothing of a call that is not in the database yet."""
        first, *further = super().head_parts()
        return [first if self.call else "new call", *further]

    def live(self) -> tuple[str, ...]:
        """The commands of the state."""
        return self.state.live()

    def resized(self) -> None:
        """Let the state lay out anew what it had laid out for another width."""
        self._panes.open_part(self.state.part)
        self.state.resized()

    def owners(self) -> tuple[object, ...]:
        """The state, then the screen."""
        return (self.state, self)

    def box(self) -> Box | None:
        """The box of the state."""
        return self.state.box()

    def typed(self) -> None:
        """Tell the state that something was typed."""
        self.state.typed()

    async def take_key(self, key: str, character: str | None) -> bool:
        """Let the state take a key that is no command."""
        return await self.state.take_key(key, character)

    async def on_unmount(self) -> None:
        """Keep the last words of a note when the console is left in the middle of a call."""
        if self.console.view is not None:
            await self.draft.keep(whole=True)

    async def leave_call(self, echo: str, *, refused: bool = False) -> None:
        """Go back to where the clerk was before this call.

        Args:
            echo: What is said there.
            refused: Whether it tells why something was not done.
        """
        self.hide_password()
        await self.draft.keep()  # nobody waits for resting fingers on a screen that is emptied
        under = self.console.screen_stack[-2]
        if isinstance(under, DeskScreen):
            await under.fetch_ahead()  # keys typed ahead find the calls as they now stand
        self.console.view = None
        await self.console.pop_screen()
        if isinstance(under, DeskScreen):
            under.say(echo, refused=refused)
        self.console.ready_call.empty_soon()

    @property
    def _held(self) -> CallView:
        assert self.view is not None  # noqa: S101 - fetched before any state begins
        return self.view

    @property
    def _panes(self) -> CallPanes:
        return self.query_one(CallPanes)
