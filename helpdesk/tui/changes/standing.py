"""Changes of where a ticket stands: status, promises, escalations."""

from __future__ import annotations

from helpdesk.desk.escalations import (
    accept_escalation,
    escalate_ticket,
    return_escalation,
    target_meant,
)
from helpdesk.desk.promises import drop_promise, promise_on_ticket
from helpdesk.desk.staff import list_staff
from helpdesk.desk.statuses import change_status
from helpdesk.domain.escalations import TARGETS
from helpdesk.domain.promises import Promised
from helpdesk.domain.tickets import ACTIVE
from helpdesk.domain.whens import said_in
from helpdesk.tui.changes.base import Changes, Step, Steps
from helpdesk.tui.changes.picking import picked
from helpdesk.tui.changes.times import time_question
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row
from helpdesk.tui.words import PROMISES, moment


class StandingChanges(Changes):
    """Status, promises, escalations."""

    def steps(self) -> Steps:
        """The changes that fit the ticket as it stands, by key."""
        steps: Steps = {}
        if self._unanswered():
            steps["y"] = ("take over what was escalated", self._accept)
            steps["g"] = ("give back what was escalated, with the reason", self._give_back)
        if self._history.row.status in ACTIVE:
            steps["r"] = ("resolved", self._status("resolved"))
            steps["w"] = ("waits until a time", self._promise("waiting"))
            steps["k"] = ("we call back at a time", self._promise("callback"))
            steps["e"] = ("escalate to somebody who must accept", self._escalate)
        else:
            steps["o"] = ("open again", self._status("open"))
        if self._open_promises():
            steps["d"] = ("a promise needs no call any more, with the reason", self._drop)
        if self._history.row.status != "closed":
            steps["x"] = ("closed, with the reason", self._status("closed", reason=True))
        return steps

    def void(self) -> Step:
        """Voiding, which is far from the other keys."""
        return self._status("void", reason=True)

    def _unanswered(self) -> bool:
        """Whether somebody is still to take the ticket over."""
        escalations, row = self._history.escalations, self._history.row
        waits = bool(escalations) and escalations[-1].state in {"open", "bounced"}
        return waits and row.status in ACTIVE

    def _open_promises(self) -> list[Promised]:
        merged = self._history.merged_in
        promises = [*self._history.promises, *(one for each in merged for one in each.promises)]
        return [each for each in promises if each.done_at is None and not each.struck]

    def _status(self, status: str, *, reason: bool = False) -> Step:
        async def save(why: str) -> Question | str:
            async def write(seen: str | None) -> str:
                await self._do(change_status, status, why, seen)
                return f"{self._number} is {status}. u takes it back."

            return await picked(write, self._history.row.status)

        async def ask() -> Question | str:
            if status == "void":
                self._console.desk.require("history")  # before a reason is typed for nothing
            if not reason:
                return await save("")
            return Question(f"Why does {self._number} become {status}?", save, box=True)

        return ask

    def _promise(self, kind: str) -> Step:
        async def ask() -> Question | str:
            async def then(due_at: int, echo: str) -> str:
                await self._do(promise_on_ticket, kind, due_at)
                return f"{self._number}: {PROMISES[kind]} {echo}. u takes it back."

            asked = "Waits until when?" if kind == "waiting" else "Call back when?"
            court = self._console.desk.courts.get(self._history.row.court)
            closed = court.closed if court else ()
            return time_question(self._console, asked, self._history.row.zone, then, closed)

        return ask

    async def _drop(self) -> Question | str:
        zone, now = self._history.row.zone, self._console.desk.clock.now()
        still = self._open_promises()
        rows = [
            Row(str(place), f"{place}  {PROMISES[each.kind]} {moment(each.due_at, zone, now)}")
            for place, each in enumerate(still, 1)
        ]

        async def chosen(key: str) -> Question | str:
            promise = still[int(key) - 1]

            async def why(reason: str) -> str:
                await self._console.thread.do(drop_promise, promise.id, reason)
                return f"The promise of {said_in(promise.due_at, zone)} is dealt with. u undo."

            return Question("Why does nobody need to call any more?", why, box=True)

        return await chosen("1") if len(still) == 1 else Question("Which?", chosen, rows)

    async def _escalate(self) -> Question | str:
        async def then(typed: str) -> str:
            target = await self._console.thread.read(target_meant, typed)
            await self._do(escalate_ticket, target)
            return f"{self._number} waits to be taken over by {target}. u takes it back."

        staff = await self._console.thread.read(list_staff)
        rows = [Row(each, f"{each:<12} whoever is one") for each in TARGETS]
        rows += [Row(each.login, f"{each.login:<12} {each.role}") for each in staff]
        return Question("Escalate to whom?  a role or a login", then, rows, box=True)

    async def _accept(self) -> Question | str:
        await self._do(accept_escalation)
        return f"{self._number} is yours now. u takes it back."

    async def _give_back(self) -> Question | str:
        async def then(reason: str) -> str:
            await self._do(return_escalation, reason)
            return f"{self._number} went back. u takes it back."

        return Question("Why does it go back?", then, box=True)
