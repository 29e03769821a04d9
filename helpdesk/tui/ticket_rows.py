"""Tickets and promises as lines of lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from helpdesk.domain.home import DuePromise
from helpdesk.domain.presence import sign_of
from helpdesk.domain.tickets import TicketRow
from helpdesk.tui.widgets.row_list import Row
from helpdesk.tui.words import STATUS_SIGNS, fitted, moment, promise_words

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp

_WIDE: Final = 100


def ticket_rows(
    console: HelpdeskApp, tickets: Iterable[TicketRow], now: int, marked: Collection[int] = ()
) -> list[Row]:
    """Tickets as lines of a list, made once they are seen.

    Args:
        console: The console: knows the titles.
        tickets: The tickets.
        now: The moment, in seconds UTC.
        marked: The ids of those that are marked to be changed with others.

    Returns:
        A line for each.
    """
    said = partial(_ticket_said, console, now, console.desk.home_office.zone)
    return [
        Row(ticket.number, "", later=partial(said, ticket, marked=ticket.id in marked))
        for ticket in tickets
    ]


def _ticket_said(
    console: HelpdeskApp, now: int, zone: str, ticket: TicketRow, *, marked: bool
) -> str:
    sign = "*" if marked else STATUS_SIGNS.get(ticket.status, " ")
    when, width = moment(ticket.opened_at, zone, now), console.size.width
    there = sign_of(console.surroundings.there, ticket.id)
    room = width - (74 if width >= _WIDE else 60) - len(there) - bool(there)
    said = f"{sign} {ticket.number} {when:<10} {ticket.court.upper():<5} "
    said += f"{fitted(ticket.caller or 'unknown caller', 16)} "
    said += f"{fitted(console.symptom_title(ticket.symptom) or '-', max(10, room))} "
    said += f"{ticket.status:<10}" if width >= _WIDE else ""
    return f"{said}{fitted(ticket.clerk, 8)} {there}".rstrip()


def pressing_said(promises: Iterable[DuePromise]) -> str:
    """The head above promises that press.

    Args:
        promises: The promises.

    Returns:
        ``Late``, with the end of an incident where there is one.
    """
    over = any(each.incident_over for each in promises)
    return f"Late{' or the incident over' if over else ''}"


def promise_row(console: HelpdeskApp, promise: DuePromise, now: int) -> Row:
    """One promise as a line of a list; its key is the ticket's number.

    Args:
        console: The console: knows the titles.
        promise: The promise.
        now: The moment, in seconds UTC.

    Returns:
        The line; a late one stands out, and says so.
    """
    sign, what = promise_words(promise, now)
    said = partial(_promise_said, console, now, promise, f"{sign:<6}", what)
    return Row(promise.number, "", alert=bool(sign), later=said)


def _promise_said(
    console: HelpdeskApp, now: int, promise: DuePromise, sign: str, what: str
) -> str:
    when = moment(promise.due_at, console.desk.home_office.zone, now)
    is_wide = console.size.width >= _WIDE
    kind, who = (16, 20) if is_wide else (15, 15)
    number = f"{promise.number} " if is_wide else promise.number.removeprefix("T-")
    said = f"{sign} {when:<10} {fitted(what, kind)} "
    said += f"{fitted(promise.caller or 'unknown caller', who)} "
    return f"{said}{number} {console.symptom_title(promise.symptom)}"
