"""What is wrong: a code, a few words, or the ticket that the call goes on with."""

from __future__ import annotations

from contextlib import suppress

from helpdesk.desk.runs import REPEAT_SECONDS, choose_symptom, continue_ticket, rank_symptoms
from helpdesk.domain.calls import PastCall
from helpdesk.errors import BadInput, SecretFound
from helpdesk.tui.states.base import BoxState
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row
from helpdesk.tui.words import moment

CONTINUE = "continue:"
"""How the row that continues an older ticket is marked."""


class SymptomState(BoxState):
    """The symptom box, ranking as one types."""

    part = "symptom"
    hint = "What is wrong?  a code (li), or the caller's own words"

    def box(self) -> LineBox:
        """The symptom box."""
        return self.screen.query_one("#symptom-box", LineBox)

    async def enter(self) -> None:
        """Open the box with what was left in it; an older ticket to go on with comes first."""
        self._rank("")
        with suppress(SecretFound):  # it was said when it was typed
            self.typed()

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
        else:
            await self.screen.act(choose_symptom, row.key, self.box().content.strip())
        self.screen.looking_at = ""
        self.box().fill("")
        await self._to_playbook()

    async def do_box_leave(self) -> None:
        """Leave the question open."""
        await self._to_playbook()

    def _rank(self, typed: str) -> None:
        found = rank_symptoms(self.console.desk, typed)
        rows = [
            Row(each.slug, f"{each.code:<3} {each.title}{_why(each.why, typed)}") for each in found
        ]
        view = self.screen.view
        past = view.continues(REPEAT_SECONDS) if view and not typed.strip() else None
        self.screen.rows.show([self._continue(past), *rows] if past else rows)

    def _continue(self, past: PastCall) -> Row:
        view = self.screen.view
        now = self.console.desk.clock.now()
        when = moment(past.opened_at, view.office.zone, now) if view else ""
        what = self.console.symptom_title(past.symptom) if past.symptom else "dropped line"
        said = f"continue {past.number}  {what}  {when} {past.clerk} ({past.status})"
        return Row(f"{CONTINUE}{past.ticket}", said, alert=True)

    async def _to_playbook(self) -> None:
        await self.screen.rest()


def _why(words: tuple[str, ...], typed: str) -> str:
    return f"   ({', '.join(words)})" if words and len(typed) > 3 else ""  # noqa: PLR2004
