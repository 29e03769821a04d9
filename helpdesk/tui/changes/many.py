"""Questions about a change of many tickets: what, what it would do, and then it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from helpdesk.desk.bulk import plan_bulk
from helpdesk.desk.staff import list_staff
from helpdesk.domain.bulk import BulkChange, BulkPlan
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.screens.bulk import BulkScreen
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp

_STATUSES = {"r": "resolved", "x": "closed", "o": "open", "v": "void"}
_ROWS = (
    Row("r", "r  resolved"),
    Row("x", "x  closed, with the reason"),
    Row("o", "o  open again"),
    Row("m", "m  owner"),
    Row("t", "t  tags"),
    Row("v", "v  void: count for nothing, with the reason (supervisors)"),
)


def many_question(
    console: HelpdeskApp, tickets: Sequence[int], done: Callable[[], None]
) -> Question:
    """Ask what is to be changed on many tickets.

    Args:
        console: The console.
        tickets: Their ids.
        done: Called once they are changed.

    Returns:
        The question.
    """
    return _Many(console, tickets, done).menu()


class _Many:
    """The questions, one after the other."""

    def __init__(
        self, console: HelpdeskApp, tickets: Sequence[int], done: Callable[[], None]
    ) -> None:
        self._console, self._tickets, self._done = console, tickets, done

    def menu(self) -> Question:
        async def then(key: str) -> Question | str:
            if key in "ro":
                return await self._preview(BulkChange("status", _STATUSES[key]))
            return await self._value(key)

        return Question(f"Change {len(self._tickets):,} tickets: what?", then, _ROWS)

    async def _value(self, key: str) -> Question:
        async def status(reason: str) -> Question:
            return await self._preview(BulkChange("status", _STATUSES[key], reason))

        async def owner(login: str) -> Question:
            return await self._preview(BulkChange("owner", login))

        async def tags(words: str) -> Question:
            return await self._preview(BulkChange("tags", words))

        if key in _STATUSES:
            return Question(f"Why do they become {_STATUSES[key]}?", status, box=True)
        if key == "t":
            asked = "Tags?  urgent puts one on, -urgent takes it off"
            return Question(asked, tags, box=True)
        staff = await self._console.thread.read(list_staff)
        rows = [Row(each.login, f"{each.login:<12} {each.role}") for each in staff]
        return Question("Whose are they to be?", owner, rows, box=True)

    async def _preview(self, change: BulkChange) -> Question:
        plan = await self._console.thread.read(plan_bulk, self._tickets, change)

        async def then(key: str) -> str:
            if key != "y":
                return "Nothing was changed."
            await self._console.switch_screen(BulkScreen(self._tickets, change, self._done))
            return ""

        return Question(f"{change.said}: {plan}", then, _preview_rows(plan))


def _preview_rows(plan: BulkPlan) -> list[Row]:
    first = [Row("y", f"y  change {plan.changed:,} tickets")] if plan.changed else []
    refused = [Row("", f"   {each.number}: {each.reason}") for each in plan.refused]
    return [*first, Row("n", "n  leave them as they are"), *refused]
