"""Changes of a caller: corrections, numbers, and who counts as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.desk.caller_corrections import FIELDS, correct_caller, value_of
from helpdesk.desk.caller_merging import merge_callers, unmerge_caller
from helpdesk.domain.caller_card import CallerCard
from helpdesk.domain.phones import shown
from helpdesk.domain.safe_text import line
from helpdesk.tui.changes.base import Step, Steps
from helpdesk.tui.changes.caller_picking import caller_picked
from helpdesk.tui.changes.picking import picked
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp

_KEYS = {
    "n": "name", "f": "firm", "r": "role", "e": "email", "b": "bar_number", "c": "court",
}  # fmt: skip


def caller_question(console: HelpdeskApp, card: CallerCard) -> Question:
    """Ask what is to be changed of a caller.

    Args:
        console: The console.
        card: The caller as it was read last: what the person saw.

    Returns:
        The question.
    """
    steps = _CallerChanges(console, card).steps()

    async def then(key: str) -> Question | str:
        return await steps[key][1]()

    rows = [Row(key, f"{key}  {text}") for key, (text, _) in steps.items()]
    return Question(f"Change {card.caller.name or 'this caller'}: what?", then, rows)


class _CallerChanges:
    """Each change asks for what it needs, and writes against what was seen."""

    def __init__(self, console: HelpdeskApp, card: CallerCard) -> None:
        """Take the caller."""
        self._console, self._card = console, card

    def steps(self) -> Steps:
        """The changes, by key."""
        caller = self._card.caller
        steps: Steps = {
            key: (f"{FIELDS[field]}: {line(value_of(caller, field)) or '-'}", self._correct(field))
            for key, field in _KEYS.items()
        }
        steps["p"] = ("one more phone number", self._add_phone)
        if caller.phones:
            steps["o"] = ("a phone number is wrong or no longer theirs", self._drop_phone)
        steps["j"] = ("merge: this is the same person as another", self._merge)
        if self._card.merged:
            steps["x"] = ("take a merged caller out again", self._unmerge)
        return steps

    async def _do(self, field: str, value: str, seen: str | None) -> None:
        await self._console.thread.do(correct_caller, self._card.caller.id, field, value, seen)

    def _correct(self, field: str) -> Step:
        said, now = FIELDS[field], value_of(self._card.caller, field)

        async def ask() -> Question:
            async def then(value: str) -> Question | str:
                async def write(seen: str | None) -> str:
                    await self._do(field, value, seen)
                    return f"The {said} is corrected. u takes it back."

                return await picked(write, now)

            told = (f"On record: {now or 'none'}",)
            return Question(f"The right {said}?", then, box=True, filled=now, lines=told)

        return ask

    async def _add_phone(self) -> Question:
        async def then(value: str) -> str:
            await self._do("phone", value, "")
            return "The number is on record. u takes it back."

        return Question("Which number?", then, box=True, example="in any spelling")

    async def _drop_phone(self) -> Question:
        async def then(digits: str) -> str:
            await self._do("phone", "", digits)
            return f"{shown(digits)} is off the record. u takes it back."

        rows = [Row(digits, shown(digits)) for digits in self._card.caller.phones]
        return Question("Which number is taken off?", then, rows)

    async def _merge(self) -> Question:
        caller = self._card.caller

        async def then(other: int) -> str:
            stays = await self._console.thread.do(merge_callers, caller.id, other)
            return f"{caller.name} counts as {stays.name or '(no name)'} now. u takes it back."

        asked = f"{caller.name or 'This caller'} is the same person as whom?"
        return caller_picked(self._console, asked, then, but=caller.id)

    async def _unmerge(self) -> Question:
        async def then(key: str) -> str:
            await self._console.thread.do(unmerge_caller, int(key))
            return "Taken apart: both stand on their own again. u takes it back."

        rows = [Row(str(each.id), each.label) for each in self._card.merged]
        return Question("Who is taken out?", then, rows)
