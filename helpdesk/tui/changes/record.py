"""Changes of what is on record of a ticket: owner, tags, links, merges, corrections."""

from __future__ import annotations

from functools import partial

from helpdesk.desk.corrections import correct_ticket
from helpdesk.desk.links import LINKS, link_tickets
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.owners import assign_ticket
from helpdesk.desk.staff import list_staff
from helpdesk.desk.tags import tag_ticket
from helpdesk.desk.undo import undo_entry
from helpdesk.desk.undo_words import acts_to_take_back
from helpdesk.tui.changes.base import Changes, Step, Steps
from helpdesk.tui.changes.caller_picking import link_question
from helpdesk.tui.changes.picking import picked
from helpdesk.tui.changes.times import call_question
from helpdesk.tui.declaring import symptom_rows
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row
from helpdesk.tui.words import moment


class RecordChanges(Changes):
    """Owner, tags, links, merges, corrections, and older acts taken back."""

    def steps(self) -> Steps:
        """The changes, by key; of a merged ticket only that it is taken out again."""
        if self._history.row.status == "void":
            return {"u": ("take back an older act, such as the voiding", self._older)}
        if self._history.merged_into:
            return {"n": (f"unmerge: take it out of {self._history.merged_into}", self._unmerge)}
        row = self._history.row
        known = row.caller or row.firm or row.phone or row.email
        who: Steps = {} if known else {"w": ("who called: link a caller", self._who)}
        first = who | self._members()
        return first | {
            "m": ("owner", self._owner),
            "t": ("tags", self._tags),
            "l": ("link to another ticket", self._link),
            "j": ("merge into another ticket", self._merge),
            "c": ("correct the court", self._correct("court")),
            "s": ("correct the symptom", self._correct("symptom")),
            "z": ("correct the times of a call (supervisors)", self._times),
            "u": ("take back an older act", self._older),
        }

    async def _who(self) -> Question | str:
        return await link_question(self._console, self._history)

    async def _owner(self) -> Question | str:
        staff = await self._console.thread.read(list_staff)
        rows = [Row(each.login, f"{each.login:<12} {each.role}") for each in staff]

        async def then(login: str) -> Question | str:
            async def write(seen: str | None) -> str:
                await self._do(assign_ticket, login, seen)
                return f"{self._number} is {login}'s now. u takes it back."

            return await picked(write, self._history.row.clerk)

        return Question("Whose is it to be?", then, rows, box=True, example="a login")

    async def _tags(self) -> Question | str:
        has = " ".join(self._history.row.tags)

        async def then(typed: str) -> str:
            words = typed.split()
            drop = [word[1:] for word in words if word.startswith("-")]
            await self._do(tag_ticket, [each for each in words if each[:1] != "-"], drop)
            return f"Tags of {self._number} changed. u takes it back."

        told = (f"It has: {has}",) if has else ()
        return Question(
            "Tags?  urgent puts one on, -urgent takes it off", then, box=True, lines=told
        )

    async def _link(self) -> Question | str:
        rows = [Row(str(n), f"{n}  {text} …") for n, text in enumerate(LINKS.values(), 1)]

        async def chosen(key: str) -> Question | str:
            kind = list(LINKS)[int(key) - 1]

            async def then(number: str) -> str:
                other = await self._console.thread.read(show_ticket, number)
                await self._do(link_tickets, other.row.id, kind)
                return f"{self._number} is {LINKS[kind]} {other.row.number}. u takes it back."

            return Question(f"{self._number} is {LINKS[kind]} which ticket?", then, box=True)

        return Question("How do they have to do with each other?", chosen, rows)

    async def _merge(self) -> Question | str:
        async def then(number: str) -> str:
            other = await self._console.thread.read(show_ticket, number)
            await self._do(merge_tickets, other.row.id)
            others = {self._history.row.caller, other.row.caller} - {""}
            warned = "Another caller's: " if len(others) > 1 else ""
            return f"{warned}{self._number} goes on in {other.row.number}. u takes it back."

        asked = f"Merge {self._number} into which ticket?  It can be taken out at any later date."
        return Question(asked, then, box=True, example="T-26-04817 or 4817")

    async def _unmerge(self) -> Question | str:
        return await self._take_out(self._history.row.id, self._number)

    async def _take_out(self, ticket: int, number: str) -> str:
        await self._console.thread.do(unmerge_ticket, ticket)
        return f"{number} stands on its own again. u takes it back."

    def _members(self) -> Steps:
        """Takes a ticket that was merged into this one out again."""
        members = {each.number: each.id for each in self._history.merged_in}
        if not members:
            return {}
        one = next(iter(members))

        async def then(number: str) -> str:
            return await self._take_out(members[number], number)

        async def ask() -> Question | str:
            if len(members) == 1:
                return await then(one)
            rows = [Row(number, number) for number in members]
            return Question("Which is taken out again?", then, rows)

        several = f"take one of the {len(members)} merged tickets out again"
        return {"n": (f"take {one} out again" if len(members) == 1 else several, ask)}

    def _correct(self, field: str) -> Step:
        async def ask() -> Question | str:
            row = self._history.row
            now = f"{row.court}/{row.office}" if field == "court" else row.symptom

            async def then(value: str) -> Question | str:
                async def write(seen: str | None) -> str:
                    await self._do(correct_ticket, field, value, seen)
                    return f"The {field} of {self._number} is corrected. u takes it back."

                return await picked(write, now)

            asked, told = f"The right {field}?", (f"Recorded: {now or 'none'}",)
            if field == "court":
                return Question(asked, then, box=True, example=now, lines=told)
            find = partial(symptom_rows, self._console.desk)
            return Question(asked, then, find(""), box=True, find=find, lines=told)

        return ask

    async def _times(self) -> Question | str:
        return call_question(self._console, self._history)

    async def _older(self) -> Question | str:
        zone, now = self._history.row.zone, self._console.desk.clock.now()
        acts = await self._console.thread.read(acts_to_take_back, self._history)
        rows = [
            Row(
                str(each.seq),
                f"{each.seq:>4}  {moment(each.at, zone, now):<10} {each.who:<10} {said}",
            )
            for each, said in acts
        ]

        async def then(key: str) -> str:
            return await self._console.thread.do(undo_entry, self._number, int(key))

        return Question("Take back which act?  newest first", then, rows)
