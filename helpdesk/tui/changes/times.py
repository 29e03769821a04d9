"""Questions about times: when to call back, and when a call really began and ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from helpdesk.desk.corrections import correct_call
from helpdesk.domain.call_times import CALL_TIMES, call_time_meant
from helpdesk.domain.courts import local
from helpdesk.domain.ticket_history import PastTalk, TicketHistory
from helpdesk.domain.whens import EXAMPLES, in_both_zones, iso_local, moment_meant
from helpdesk.errors import NotAllowed
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp


def time_question(
    console: HelpdeskApp,
    asked: str,
    zone: str,
    then: Callable[[int, str], Awaitable[str]],
    closed: Collection[date] = (),
) -> Question:
    """Ask for a time that lies ahead, read in the caller's zone and echoed in both.

    Args:
        console: The console.
        asked: What is asked.
        zone: The caller's zone.
        then: Takes the moment and its echo; says what was done.
        closed: The court's closures, which are no business days.

    Returns:
        The question.
    """
    desk = console.desk

    def meant(typed: str) -> tuple[int, str]:
        due_at = moment_meant(typed, desk.clock.now(), zone, closed)
        return due_at, in_both_zones(due_at, zone, desk.home_office.zone, closed)

    async def take(typed: str) -> str:
        return await then(*meant(typed))

    return Question(f"{asked}   {EXAMPLES}", take, box=True, echo=lambda typed: meant(typed)[1])


def call_question(console: HelpdeskApp, history: TicketHistory) -> Question:
    """Ask which call's times are wrong, and for the right ones.

    Args:
        console: The console.
        history: The ticket.

    Returns:
        The question.

    Raises:
        NotAllowed: When no call of the ticket is finished, or the clerk may not correct one.
    """
    console.desk.require("history")
    over = [call for call in history.calls if call.talk_s is not None]
    if not over:
        raise NotAllowed("No call of this ticket is finished: there are no times to correct.")
    rows = [
        Row(str(place), f"{place}  {iso_local(call.started_at, call.zone)}  {call.clerk}")
        for place, call in enumerate(over, 1)
    ]

    async def chosen(key: str) -> Question | str:
        return _times_of(console, over[int(key) - 1])

    return _times_of(console, over[0]) if len(over) == 1 else Question("Which call?", chosen, rows)


def _times_of(console: HelpdeskApp, call: PastTalk) -> Question:
    over_at = call.ended_at or call.started_at

    def echo_of(recorded: int) -> Callable[[str], str]:
        def echo(typed: str) -> str:
            now = console.desk.clock.now()
            meant = call_time_meant(typed, recorded, call.zone, now)
            return f"{local(meant, call.zone):%a %Y-%m-%d %H:%M:%S %Z}"

        return echo

    began, ended = echo_of(call.started_at), echo_of(over_at)

    async def then(started: str) -> Question | str:
        if started:
            began(started)  # a wrong beginning is refused before the end is asked for

        async def last(over: str) -> str:
            await console.thread.do(correct_call, call.id, started, over)
            return "The times are corrected, and flagged as edited. u takes it back."

        filled = iso_local(over_at, call.zone)
        title = f"When did it end?   {CALL_TIMES}"
        return Question(title, last, box=True, filled=filled, echo=ended)

    filled = iso_local(call.started_at, call.zone)
    title = f"When did it really begin?   {CALL_TIMES}"
    return Question(title, then, box=True, filled=filled, echo=began)
