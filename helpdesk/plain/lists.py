"""Tickets and promises in lines, and one ticket read out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpdesk.desk.access import MOST, list_access
from helpdesk.desk.access_days import access_days
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import promises_due
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.saved_views import count_views
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.desk.ticket_text import ticket_lines
from helpdesk.desk.tickets import (
    count_said,
    count_tickets,
    list_tickets,
    ordered,
    query_of,
)
from helpdesk.domain.courts import local
from helpdesk.domain.home import HomeView, RunningCall
from helpdesk.domain.queries import Query
from helpdesk.domain.tickets import TicketRow
from helpdesk.domain.words import clock, moment, promise_words

PAGE: Final = 20
"""How many tickets are listed at once."""

_CLERK: Final = "clerk:"
_RUNNING: Final = {"hold": "parked", "wrap": "no outcome yet"}


def ticket_said(desk: Desk, number: str) -> Iterator[str]:
    """Read one ticket out.

    Args:
        desk: The desk.
        number: As people type it.

    Yields:
        Its lines; a note of several lines is as many.
    """
    for text in ticket_lines(desk, show_ticket(desk, number)):
        yield from text.split("\n")


def find_tickets_said(
    desk: Desk, words: str, after: tuple[Query, TicketRow] | None = None
) -> tuple[list[str], tuple[Query, TicketRow] | None]:
    """List tickets a page at a time, in the order that the query asks for.

    Args:
        desk: The desk.
        words: What to look for; nothing lists all.
        after: What the page before gave, for the next one.

    Returns:
        The lines, how periods were understood first, and what gives the next page; ``None``
        after the last one.
    """
    query, last = after or (query_of(desk, words), None)
    count = count_tickets(desk, query)
    if last is None:
        query = ordered(query, count)
    rows = list_tickets(desk, query, PAGE + 1, last)
    if not rows:
        return ["no ticket matches." if words.strip() else "there is no ticket yet."], None
    now = desk.clock.now()
    lines = [f"  {period}" for period in query.periods if last is None]
    lines += [_ticket(desk, each, now) for each in rows[:PAGE]]
    if len(rows) <= PAGE:
        return lines, None
    said = count_said(count)
    lines.append(f"  {PAGE} of {said} tickets. more = the next ones; a number reads one.")
    return lines, (query, rows[PAGE - 1])


def views_said(desk: Desk) -> Iterator[str]:
    """List the saved views with how many tickets each finds now.

    Args:
        desk: The desk.

    Yields:
        A line each.
    """
    for each in count_views(desk):
        yield f"view {each.view.place} {each.view.name}: {each.count}"


def going_said(desk: Desk, call: RunningCall) -> str:
    """One call of this clerk that is not finished.

    Args:
        desk: The desk.
        call: The call.

    Returns:
        One line.
    """
    now = desk.clock.now()
    who = _who(desk, call.caller, call.symptom)
    if call.gone_since is not None:
        began = moment(call.started_at, desk.home_office.zone, now)
        wrap = ", in wrap" * (call.running == "wrap")
        return f"left behind: {call.number}, {who}, began {began}{wrap}."
    state = _RUNNING.get(call.running, "on another console")
    return f"{state} {clock(now - call.since)}: {call.number}, {who}."


def due_said(home: HomeView) -> str:
    """How many promises are due.

    Args:
        home: What goes on at the desk.

    Returns:
        Such as ``2 callbacks due, 1 late.``, or empty.
    """
    if not home.due:
        return ""
    only = len(home.promises) == home.due and {each.kind for each in home.promises}
    what = "callback" if only == {"callback"} else "promise"
    late = home.counted(home.late, to_the_end=home.late == home.due)
    due = home.counted(home.due, to_the_end=True)
    return f"{due} {what}{'s' if home.due > 1 else ''} due{f', {late} late' if home.late else ''}."


def promises_said(desk: Desk) -> Iterator[str]:
    """List what was promised and is not dealt with: the end of incidents, then the oldest.

    Args:
        desk: The desk.

    Yields:
        A line each; a late one says so first.
    """
    found = promises_due(desk, PAGE + 1)
    now = desk.clock.now()
    for each in found[:PAGE]:
        _, what = promise_words(each, now)
        late = "late, " if each.due_at < now else ""
        when = moment(each.due_at, desk.home_office.zone, now)
        who = _who(desk, each.caller, each.symptom)
        yield f"{late}{when} {what}: {each.number}, {who}, {each.clerk}."
    if len(found) > PAGE:
        yield f"  more than {PAGE} are promised: these are the first."
    if not found:
        yield "nothing is promised."


def access_said(desk: Desk, typed: str) -> Iterator[str]:
    """List who looked at whom, newest first.

    Args:
        desk: The desk.
        typed: A period and ``clerk:LOGIN``, each or neither.

    Yields:
        A line each, and how many more there are.

    Raises:
        BadInput: When the period cannot be read.
        NotFound: When there is no such clerk.
        NotAllowed: When the role may not read it.
    """
    words = typed.split()
    clerks = [word for word in words if word.startswith(_CLERK)]
    period = " ".join(word for word in words if word not in clerks)
    login = clerks[-1].removeprefix(_CLERK) if clerks else ""
    found = list_access(desk, access_days(desk, period), login)
    zone = desk.home_office.zone
    for each in found[:PAGE]:
        yield f"{local(each.at, zone):%Y-%m-%d %H:%M} {each.login} {each.did}: {each.what}"
    if len(found) > PAGE:
        least = "at least " if len(found) == MOST else ""
        count = f"{least}{len(found):,}"
        yield f"  the newest {PAGE} of {count}: a period or {_CLERK}LOGIN narrows it."
    if not found:
        yield "nobody looked at anything then."


def _ticket(desk: Desk, row: TicketRow, now: int) -> str:
    when = moment(row.opened_at, desk.home_office.zone, now)
    who = _who(desk, row.caller, row.symptom)
    return f"{row.number} {row.status}, {when}, {row.court.upper()}, {who}, {row.clerk}"


def _who(desk: Desk, caller: str, symptom: str) -> str:
    """Who calls and what is wrong, as far as it is known."""
    what = symptom_title(desk, symptom)
    return ", ".join(filter(None, (caller or "unknown caller", what)))
