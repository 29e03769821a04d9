"""Picks a caller by a few words, and says whose a ticket without a caller is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from helpdesk.desk.caller_links import link_caller, preview_link
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.domain.phones import shown
from helpdesk.domain.ticket_history import TicketHistory
from helpdesk.errors import NotFound
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp


def caller_picked(
    console: HelpdeskApp,
    asked: str,
    then: Callable[[int], Awaitable[Question | str]],
    *,
    but: int = 0,
    filled: str = "",
) -> Question:
    """Ask for a caller: words first, then one of those who fit.

    Args:
        console: The console.
        asked: What is asked.
        then: Takes the caller's id.
        but: A caller who is left out.
        filled: What stands in the box to begin with.

    Returns:
        The question.
    """

    async def found(typed: str) -> Question:
        hits = await console.thread.read(look_for_callers, typed)
        rows = [Row(str(each.id), each.label) for each in hits.callers if each.id != but]
        if not rows:
            raise NotFound(f"Nobody fits “{typed}”: take fewer letters.")

        async def chosen(key: str) -> Question | str:
            return await then(int(key))

        told = (hits.said,) if typed and hits.said else ()
        return Question(asked, chosen, rows, lines=told)

    example = "phone, name, firm, e-mail or bar number; Enter lists who fits"
    return Question(asked, found, box=True, example=example, filled=filled)


async def link_question(console: HelpdeskApp, history: TicketHistory) -> Question:
    """Ask whose a ticket without a caller is, and say what else is linked with it.

    Args:
        console: The console.
        history: The ticket.

    Returns:
        The question.
    """
    ticket, number = history.row.id, history.row.number
    preview = await console.thread.read(preview_link, ticket)
    phones = ", ".join(map(shown, preview.phones))

    async def link(caller: int, *, others: bool) -> str:
        calls = await console.thread.do(link_caller, ticket, caller, others=others)
        many = f"{calls:,} call" if calls == 1 else f"{calls:,} calls"
        return f"{number} has a caller: {many} linked. u takes it back."

    async def then(caller: int) -> Question | str:
        if not preview.calls:
            return await link(caller, others=False)

        async def which(key: str) -> str:
            return await link(caller, others=key == "1")

        calls = "call" if preview.calls == 1 else "calls"
        more = f"{preview.calls:,} more anonymous {calls} from {phones}"
        rows = [Row("1", f"1  this ticket, and {more}"), Row("2", "2  this ticket alone")]
        return Question("Which are linked?", which, rows, lines=(f"{more} would be linked too.",))

    asked = f"Who called about {number}?{f'  (from {phones})' if phones else ''}"
    return caller_picked(console, asked, then, filled=phones if len(preview.phones) == 1 else "")
