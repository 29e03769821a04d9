"""The end of a call: the caller has hung up, one key gives the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.desk.calls import finish_call, resume_call
from helpdesk.desk.escalations import target_of_call
from helpdesk.desk.speaking import said
from helpdesk.desk.suggesting import suggested_promise
from helpdesk.domain.call_words import finished_said, nobody_said
from helpdesk.domain.commands import AFTER_HANG_UP
from helpdesk.domain.escalations import TARGETS
from helpdesk.domain.incidents import OVER, Incident, fall_back
from helpdesk.domain.playbook import OUTCOMES, Referral
from helpdesk.domain.safe_text import line
from helpdesk.domain.waiting import Suggested
from helpdesk.domain.whens import EXAMPLES, in_both_zones, moment_meant
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.tui.screens.base import EVERYWHERE, IN_A_BOX
from helpdesk.tui.states.base import MOVING
from helpdesk.tui.states.menu import ListState
from helpdesk.tui.states.on_call import OnCall
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row
from helpdesk.tui.words import fitted

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen

_OUTCOMES = (
    ("r", "resolved", "settled on this call"),
    ("w", "waiting", "waits until a time"),
    ("b", "callback", "we call back at a time"),
    ("e", "escalated", "somebody else must take it"),
    ("x", "referred", "not ours: sent to somebody else"),
    ("d", "dropped", "line dropped or wrong number"),
)


class EndingState(OnCall, ListState):
    """The outcome bar; the wrap clock runs."""

    def live(self) -> tuple[str, ...]:
        """The outcomes; what was forgotten is still written down; and back to the call."""
        return (*OUTCOMES, "resume", *AFTER_HANG_UP, "hang-up-again", *EVERYWHERE)

    async def enter(self) -> None:
        """List the outcomes; the playbook's own comes marked."""
        shown = self.screen.shown_run()
        last = shown.run.last if shown else None
        likely = last.outcome if last else ""
        rows = [
            Row(
                key,
                f"{key}  {outcome:<10} {self._text(outcome, text)}"
                f"{'  <- the playbook' if outcome == likely else ''}",
            )
            for key, outcome, text in _OUTCOMES
        ]
        self.show_menu("The caller hung up: how did it end?   esc: still talking", rows)

    def _text(self, outcome: str, text: str) -> str:
        view = self.screen.view
        called = outcome == "dropped" and view is not None and view.outbound
        return "nobody was reached: what was promised stands" if called else text

    async def do_resolved(self) -> None:
        """The matter is settled."""
        await finish(self.screen, "resolved")

    async def do_dropped(self) -> None:
        """The line dropped."""
        await finish(self.screen, "dropped")

    async def do_waiting(self) -> None:
        """Ask until when."""
        await self.screen.change(UntilState(self.screen, "waiting"))

    async def do_callback(self) -> None:
        """Ask when."""
        await self.screen.change(UntilState(self.screen, "callback"))

    async def do_escalated(self) -> None:
        """Ask to whom."""
        await self.screen.change(EscalateState(self.screen))

    async def do_referred(self) -> None:
        """Ask why."""
        await self.screen.change(ReasonState(self.screen))

    async def do_resume(self) -> None:
        """Go back to the call."""
        await self.screen.act(resume_call)
        await self.screen.rest()

    async def do_hang_up_again(self) -> None:
        """Nothing: the call has ended already."""


class _AfterHangUp(ListState):
    """A question behind an outcome; Escape goes back to the outcomes."""

    def live(self) -> tuple[str, ...]:
        """Accept and leave."""
        return ("accept", "menu-leave", *IN_A_BOX)

    def box(self) -> LineBox | None:
        """The box."""
        return self.menu_box

    async def do_menu_leave(self) -> None:
        """Back to the outcomes."""
        self.keep_typed()
        await self.screen.change(EndingState(self.screen))


class UntilState(_AfterHangUp):
    """Until when it waits, or when to call back: read in the caller's zone, echoed in both."""

    def __init__(self, screen: CallScreen, outcome: str) -> None:
        """Take the outcome.

        Args:
            screen: The call screen.
            outcome: ``waiting`` or ``callback``.
        """
        super().__init__(screen)
        self._outcome = outcome
        self._suggested: Suggested | None = None

    async def enter(self) -> None:
        """Open the box."""
        asked = "Waits until when?" if self._outcome == "waiting" else "Call back when?"
        over, view = self._until_over(), self.screen.view
        self.show_menu(f"{asked}   {EXAMPLES}", over, box=True)
        if self._outcome == "waiting" and view is not None and not over:
            self._suggested = await self.console.thread.read(suggested_promise, view)
        self.typed()

    def typed(self) -> None:
        """Echo the moment in the caller's zone and in the clerk's."""
        typed = self.menu_box.content.strip()
        if self._means_over(typed):
            self.screen.say(self.menu_rows.rows[0].text)
            return
        try:
            self.screen.say(self._echo(self._moment(typed)) if typed else self._offer())
        except BadInput as refusal:
            self.screen.say(str(refusal), refused=True)

    async def do_accept(self) -> None:
        """Finish the call with the promise; Enter alone takes the end of the incident."""
        typed, view = self.menu_box.content.strip(), self.screen.view
        if view and self._means_over(typed or OVER):
            await finish(self.screen, self._outcome, incident=view.incident)
            return
        due_at = self._moment(typed)
        await finish(self.screen, self._outcome, due_at=due_at, echo=self._echo(due_at))

    def _until_over(self) -> list[Row]:
        """The end of the incident that the call is attached to, as a choice."""
        view = self.screen.view
        if view is None or view.incident is None:
            return []
        now = self.console.desk.clock.now()
        latest = fall_back(now, view.office.zone, view.court.closed)
        said = f"{OVER}  when incident {view.incident.n} is over, at the latest "
        return [Row(OVER, said + self._echo(latest))]

    def _means_over(self, typed: str) -> bool:
        return typed.lower() == OVER and bool(self._until_over())

    def _moment(self, typed: str) -> int:
        view = self.screen.view
        assert view is not None  # noqa: S101 - the call has ended on this screen
        if typed.lower() == OVER:
            raise BadInput("“end” is the end of an incident: esc esc, then o attaches the call.")
        if not typed and self._suggested and self._suggested.due_at is not None:
            return self._suggested.due_at
        now = self.console.desk.clock.now()
        return moment_meant(typed, now, view.office.zone, view.court.closed)

    def _offer(self) -> str:
        """What the playbook suggests, for Enter on the empty box."""
        view = self.screen.view
        if self._suggested is None:
            return nobody_said(view) if view and self._outcome == "callback" else ""
        if self._suggested.due_at is None:
            return f"{self._suggested.said}: type a time."
        return f"enter takes {self._echo(self._suggested.due_at)}: {self._suggested.said}"

    def _echo(self, due_at: int) -> str:
        view = self.screen.view
        assert view is not None  # noqa: S101
        here = self.console.desk.home_office.zone
        return in_both_zones(due_at, view.office.zone, here, view.court.closed)


class EscalateState(_AfterHangUp):
    """To whom a call is escalated."""

    async def enter(self) -> None:
        """Open the box."""
        self.show_menu(
            f"Escalate to whom?  {', '.join(TARGETS)} or a login   (PACER: esc, x)", [], box=True
        )

    async def do_accept(self) -> None:
        """Finish the call."""
        typed = self.menu_box.content.strip()
        if not typed:
            raise BadInput("Say to whom: a clerk's login or a role, such as supervisor.")
        meant = await self.console.thread.read(target_of_call, self.screen.call, typed)
        await finish(self.screen, "escalated", reason=meant)


class ReasonState(ListState):
    """Why a caller is sent to somebody else; each reason says who can help."""

    def live(self) -> tuple[str, ...]:
        """Take, leave, move; digits choose."""
        return ("menu-accept", "menu-leave", *MOVING, *EVERYWHERE)

    async def enter(self) -> None:
        """List the reasons with number, hours, and whether somebody answers there now."""
        shown = self.screen.shown_run()
        likely = shown.run.referral if shown else ""
        rows = [
            Row(
                str(place),
                f"{place} {'*' if reason.name == likely else ' '} {fitted(reason.text, 33)} "
                f"{self._said(reason.to)}",
            )
            for place, reason in enumerate(self._reasons, 1)
        ]
        self.show_menu("Not ours: why?   1 to 9, then enter   * the playbook's reason", rows)
        for place, reason in enumerate(self._reasons, 1):
            if reason.name == likely:
                self.menu_rows.choose(str(place))

    async def take_key(self, key: str, character: str | None) -> bool:
        """Choose the reason of a digit, and say in full who can help."""
        del key
        if not character or not character.isdigit() or not character.isascii():
            return False
        if not 0 < int(character) <= len(self._reasons):
            raise NotAllowed(f"There are {len(self._reasons)} reasons: 1 to {len(self._reasons)}.")
        self.menu_rows.choose(character)
        self.screen.say(self._advice(self._reasons[int(character) - 1]))
        return True

    async def do_menu_accept(self) -> None:
        """Finish the call with the chosen reason."""
        row = self.menu_rows.chosen
        if row is not None:
            reason = self._reasons[int(row.key) - 1]
            await finish(self.screen, "referred", reason=reason.name, echo=self._advice(reason))

    async def do_menu_leave(self) -> None:
        """Back to the outcomes."""
        await self.screen.change(EndingState(self.screen))

    @property
    def _reasons(self) -> list[Referral]:
        return list(self.console.desk.library.referrals.values())

    def _advice(self, reason: Referral) -> str:
        first = f"First: {self._said(reason.first)} " if reason.first else ""
        return f"{first}Then: {self._said(reason.to)}"

    def _said(self, text: str) -> str:
        return line(said(self.console.desk, text, self.screen.view))


async def finish(
    screen: CallScreen,
    outcome: str,
    *,
    due_at: int | None = None,
    reason: str = "",
    echo: str = "",
    incident: Incident | None = None,
) -> None:
    """Finish the call and go back to where the clerk was.

    Args:
        screen: The call screen.
        outcome: How it ended.
        due_at: The promised moment, in seconds UTC.
        reason: Why it was referred, or to whom escalated.
        echo: What is said besides the number.
        incident: The incident whose end it waits for, in place of a moment.
    """
    number = incident.n if incident else None
    echo = f"They hear when incident {number} is over." if incident else echo
    do = screen.console.thread.do
    view = await do(finish_call, screen.call, outcome, due_at, reason, incident=number)
    await screen.leave_call(finished_said(view, outcome, reason, echo), refused=view.is_over)
