"""The playbook: single keys answer, record, note, park and hang up."""

from __future__ import annotations

from helpdesk.desk.calls import end_call, park_call
from helpdesk.desk.runs import REPEAT_SECONDS
from helpdesk.domain.live import live_on_call
from helpdesk.domain.permissions import allows
from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, Step
from helpdesk.domain.run import StepKey
from helpdesk.domain.run_words import missing_said
from helpdesk.errors import NotAllowed
from helpdesk.tui.screens.base import EVERYWHERE
from helpdesk.tui.states.on_call import OnCall


class PlaybookState(OnCall):
    """On the call, outside of any box."""

    def live(self) -> tuple[str, ...]:
        """Answers that the step takes, and everything else on a call."""
        hide = ("hide",) if self.screen.shows_password else ()
        view, shown = self.screen.view, self.screen.shown_run()
        declares = allows(self.console.desk.clerk.role, "incident")
        asks = bool(self.screen.wanted())
        live = live_on_call(view, shown, REPEAT_SECONDS, declares=declares, asks=asks)
        return (*hide, *live, *EVERYWHERE)

    def _behind(self) -> list[StepKey]:
        """The steps before the one on the screen."""
        shown = self.screen.shown_run()
        return [passed.key for passed in shown.behind] if shown else []

    def _goes_on(self) -> bool:
        """Whether space leads on: to the next step, to another playbook, or back from it."""
        shown = self.screen.shown_run()
        return bool(shown and shown.goes_on)

    def _old_answer(self) -> str:
        """The answer of an earlier ticket that Enter takes over, or empty."""
        shown = self.screen.shown_run()
        return shown.old_answer if shown else ""

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take a digit that chooses a named answer; say why another answer key does nothing."""
        step = self._step()
        choices = step.choices() if step else ()
        if character and character.isascii() and character.isdigit() and choices:
            place = int(character)
            if not 0 < place <= len(choices):
                raise NotAllowed(f"There are {len(choices)} answers: 1 to {len(choices)}.")
            await self._answer(choices[place - 1].key)
            return True
        if key in {"y", "n", "d", "space"} and not self.console.keymap.command(key, self.live()):
            raise NotAllowed(self._no_answer(key))
        return False

    async def do_answer_yes(self) -> None:
        """Answer yes."""
        await self._answer(YES)

    async def do_answer_no(self) -> None:
        """Answer no."""
        await self._answer(NO)

    async def do_answer_dont_know(self) -> None:
        """Answer that the caller does not know."""
        await self._answer(DONT_KNOW)

    async def do_next_step(self) -> None:
        """Said or done."""
        await self._answer(DONE)

    async def do_take_old(self) -> None:
        """Answer as the caller did on an earlier ticket: it still holds."""
        if self.screen.was_refused:  # Enter was meant for what was refused
            self.screen.say("Enter once more takes the old answer over.")
            return
        await self._answer(self._old_answer())

    async def do_previous_step(self) -> None:
        """Go back to the step before, to change its answer."""
        behind = self._behind()
        if not behind:
            raise NotAllowed("There is no step before this one.")
        self.screen.looking_at = behind[-1]
        self.screen.left_open.clear()  # what was left open is asked again on the way back
        self.screen.draw()

    async def do_fill_in(self) -> None:
        """Ask again what was left open."""
        self.screen.left_open.clear()
        await self.screen.rest()

    async def do_park(self) -> None:
        """Put the caller on hold and go home."""
        await self.console.thread.do(park_call, self.screen.call)
        number = self.screen.view.number if self.screen.view else ""
        await self.screen.leave_call(f"{number} is on hold. P goes back to it.")

    async def do_hang_up(self) -> None:
        """The caller hung up: the wrap clock runs."""
        self.screen.hide_password()
        await self.screen.act(end_call)
        await self.screen.rest()

    async def do_hide(self) -> None:
        """Hide the temporary password."""
        self.screen.hide_password()

    def _step(self) -> Step | None:
        shown = self.screen.shown_run()
        return shown.step if shown else None

    async def _answer(self, answer: str) -> None:
        shown = self.screen.shown_run()
        step = shown.step if shown else None
        if shown is None or step is None:
            raise NotAllowed(self._no_answer(answer[:1]))
        await self.screen.answer((shown.book.slug, step.id), answer)
        run = self.screen.view.run if self.screen.view else None
        if missing := missing_said(run, step):
            self.screen.say(missing)
        await self.screen.ask_prompt()

    def _no_answer(self, key: str) -> str:
        step = self._step()
        if step is None:
            if self.screen.reading is not None:
                return "The incident stands here: s brings the playbook back, h hangs up."
            if self.screen.view and self.screen.view.run:
                return "The playbook is at its end: h hangs up, p parks before a new call (n)."
            return "No playbook is open yet: choose the symptom (s)."
        if not step.answers and not self._goes_on():
            return "This is the end of the playbook: h hangs up, s chooses another."
        if not step.answers:
            return f"“{key}” answers nothing here: space goes on."
        return f"“{key}” is no answer to this question: take one of those shown."
