"""What can be done at any time of a call, also after the caller has hung up."""

from __future__ import annotations

from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.runs import REPEAT_SECONDS
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.errors import NotAllowed
from helpdesk.tui.states.base import CallState
from helpdesk.tui.states.caller import CallerState
from helpdesk.tui.states.going import GoingState
from helpdesk.tui.states.incident import tie_to_incident
from helpdesk.tui.states.letter import LetterState
from helpdesk.tui.states.menu import MenuState
from helpdesk.tui.states.note import NoteState
from helpdesk.tui.states.symptom import SymptomState
from helpdesk.tui.states.taking_out import take_out
from helpdesk.tui.states.whole import WholeStepState


class OnCall(CallState):
    """A state outside of any box: one key opens each of the others."""

    async def do_action(self) -> None:
        """Open the menu of actions."""
        await self.screen.change(MenuState(self.screen, "action"))

    async def do_verify(self) -> None:
        """Open the menu of identity checks."""
        await self.screen.change(MenuState(self.screen, "verify"))

    async def do_note(self) -> None:
        """Type a note."""
        await self.screen.change(NoteState(self.screen))

    async def do_symptom(self) -> None:
        """Choose the symptom; where an incident was read out the playbook comes back."""
        self.screen.put_aside = self.screen.reading.n if self.screen.reading else None
        await self.screen.change(SymptomState(self.screen))

    async def do_caller(self) -> None:
        """Say who calls."""
        await self.screen.change(CallerState(self.screen))

    async def do_history(self) -> None:
        """Show the caller's card with all earlier tickets."""
        caller = self.screen.view.caller if self.screen.view else None
        if caller is None:
            raise NotAllowed("Nobody is named yet: say who calls first (w).")
        await self.console.show_caller(caller.id)

    async def do_whole_step(self) -> None:
        """Read the whole step."""
        await self.screen.change(WholeStepState(self.screen))

    async def do_continue(self) -> None:
        """Go on with the caller's last ticket."""
        view = self.screen.view
        past = view.continues(REPEAT_SECONDS) if view else None
        if past is None:
            raise NotAllowed("This caller has no ticket of the last days to go on with.")
        await self.screen.act(continue_ticket, past.ticket)
        self.screen.say(f"Gone on with {past.number}.")
        await self.screen.rest_or_ask_version()

    async def do_letter(self) -> None:
        """Put the steps in writing."""
        await self.screen.change(LetterState(self.screen))

    async def do_go_on_call(self) -> None:
        """Choose where to look."""
        await self.screen.change(GoingState(self.screen))

    async def do_incident(self) -> None:
        """Attach the call to an incident, or declare one."""
        await tie_to_incident(self.screen)

    async def do_take_out(self) -> None:
        """Take out for good what slipped in."""
        await take_out(self.screen)

    async def do_undo(self) -> None:
        """Take back what was done last."""
        echo = await self.screen.act(undo_last)
        self.screen.hide_password_taken_back()
        self.screen.looking_at = None
        self.screen.say(echo)
        await self.screen.ask_prompt()

    async def do_redo(self) -> None:
        """Do it again."""
        self.screen.say(await self.screen.act(redo_last))
