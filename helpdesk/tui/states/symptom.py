"""What is wrong: a code, a few words, or the ticket that the call goes on with."""

from __future__ import annotations

from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.runs import REPEAT_SECONDS, choose_symptom
from helpdesk.desk.symptoms import rank_symptoms, remember_given_up, symptom_hints
from helpdesk.domain.call_words import continued_said
from helpdesk.domain.calls import PastCall
from helpdesk.errors import BadInput, SecretFound
from helpdesk.playbooks.finding import Found
from helpdesk.tui.states.asking import AskingState
from helpdesk.tui.states.base import BoxState
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row

CONTINUE = "continue:"
"""How the row that continues an older ticket is marked."""


class SymptomState(BoxState):
    """The symptom box, ranking as one types."""

    part = "symptom"
    hint = "What is wrong?  a code (li), the caller's own words, or tab: not sure"

    def box(self) -> LineBox:
        """The symptom box."""
        return self.screen.query_one("#symptom-box", LineBox)

    async def enter(self) -> None:
        """Open the box with what was left in it; an older ticket to go on with comes first."""
        if self.screen.hints is None and self.screen.view is not None:
            self.screen.hints = await self.console.thread.read(symptom_hints, self.screen.view)
        try:
            self.typed()
        except SecretFound:  # it was said when it was typed
            self._rank("")

    def typed(self) -> None:
        """Rank; the words are in memory, so every letter is answered at once."""
        self._rank(self.box().content)

    async def do_accept(self) -> None:
        """Open the chosen playbook, or go on with the older ticket."""
        row = self.screen.rows.chosen
        if row is None:
            raise BadInput("No playbook fits these words: take fewer, or empty the box for all.")
        if row.key.startswith(CONTINUE):
            await self.screen.act(continue_ticket, int(row.key.removeprefix(CONTINUE)))
            self.screen.say("Gone on with the older ticket; the run is taken up where it stopped.")
            self.box().fill("")
            await self.screen.rest_or_ask_version()
        else:
            typed, given_up = self.box().content.strip(), tuple(self.screen.given_up)
            await self.screen.act(choose_symptom, row.key, typed, given_up)
            self.screen.given_up.clear()
            self.box().fill("")
            self.screen.looking_at = None
            await self.screen.rest()

    async def do_not_sure(self) -> None:
        """Ask a few questions instead."""
        await self.screen.change(AskingState(self.screen))

    def live(self) -> tuple[str, ...]:
        """What every box has, and the questions for who has no idea."""
        accept, leave, *further = super().live()
        return (accept, leave, "not-sure", *further)

    async def do_box_leave(self) -> None:
        """Leave the question open."""
        await self.screen.rest()

    def _rank(self, typed: str) -> None:
        found = rank_symptoms(self.console.desk, typed, self.screen.hints)
        if not found:
            remember_given_up(self.screen.given_up, typed.strip())
        rows = [
            Row(each.slug, f"{each.code:<3} {each.title}{_why(each, typed)}", alert=_is_out(each))
            for each in found
        ]
        if not rows:
            rows = [
                Row("", "no playbook fits these words: take fewer, or tab asks some questions")
            ]
        view = self.screen.view
        past = view.continues(REPEAT_SECONDS) if view and not typed.strip() else None
        self.screen.rows.show([self._continue(past), *rows] if past else rows)

    def _continue(self, past: PastCall) -> Row:
        view = self.screen.view
        zone = view.office.zone if view else ""
        now, titles = self.console.desk.clock.now(), self.console.symptom_title
        said = continued_said(past, zone, now, titles)
        return Row(f"{CONTINUE}{past.ticket}", said, alert=True)


def _why(found: Found, typed: str) -> str:
    words = found.why if len(typed) > 3 else ()  # noqa: PLR2004
    told = [", ".join(words)] * bool(words)
    if _is_out(found):
        return f"   {found.known}{f'   ({told[0]})' if told else ''}"
    told += [found.known] * bool(found.known)
    return f"   ({'; '.join(told)})" if told else ""


def _is_out(found: Found) -> bool:
    """Whether the desk knows of an incident, or of more calls than usual."""
    return found.known.startswith("!")
