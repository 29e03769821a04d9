"""Exports: tickets, calls and actions row by row, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.tickets import (
    COLUMNS,
    list_tickets,
    query_of,
    tickets_table,
)
from helpdesk.domain.queries import Query
from helpdesk.domain.tables import Cell
from helpdesk.domain.tickets import TicketRow, number_said
from helpdesk.domain.whens import iso_local, iso_utc
from helpdesk.errors import ChangedMeanwhile
from helpdesk.store.exports import actions_of, calls_of
from helpdesk.store.ticket_lists import count_tickets

_PAGE: Final = 500
"""How many tickets are fetched at once: memory stays the same for any number."""

_ALL: Final = 2**62

_CALLS: Final = (
    "number", "call_id", "started_at", "started_local", "zone", "ended_at",
    "ended_local", "direction", "court", "office", "caller_name", "caller_firm", "caller_phone",
    "caller_email", "clerk", "symptom", "outcome", "reason", "talk_s", "hold_s", "wrap_s",
    "handle_s", "edited", "clock_changed", "source", "tags", "merged_from",
)  # fmt: skip
_ACTIONS: Final = (
    "number", "action_id", "at", "at_local", "zone", "court", "office", "clerk",
    "symptom", "kind", "fields", "expires_at", "struck", "merged_from",
)  # fmt: skip

EXPORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "tickets": COLUMNS,
    "calls": _CALLS,
    "actions": _ACTIONS,
}
"""What can be exported, with its columns; they are only ever added to."""


@act("export")
def export_rows(desk: Desk, what: str, typed: str) -> Iterator[Sequence[Cell]]:
    """Hand over the rows of an export, newest ticket first.

    Args:
        desk: The desk.
        what: One of ``EXPORTS``.
        typed: Which tickets, as in the query language; those of nothing typed are all.

    Returns:
        The rows, each as its columns have it.

    Raises:
        BadInput: When the query cannot be read or names what does not exist.
        ChangedMeanwhile: At the end, when it is not all that there was at the beginning.
    """
    query = replace(query_of(desk, typed), sort="newest")
    rows_of = {"tickets": _ticket_rows, "calls": _call_rows, "actions": _action_rows}
    return _rows(desk, query, rows_of[what])


def _rows(
    desk: Desk,
    query: Query,
    rows_of: Callable[[Desk, Sequence[TicketRow]], Iterator[Sequence[Cell]]],
) -> Iterator[Sequence[Cell]]:
    wanted = count_tickets(desk.port, query, desk.clock.now(), _ALL)
    seen, page = 0, list_tickets(desk, query, _PAGE)
    while page:
        seen += len(page)
        yield from rows_of(desk, page)
        page = list_tickets(desk, query, _PAGE, page[-1])
    if seen != wanted:
        raise ChangedMeanwhile(
            f"There were {wanted:,} tickets at first and {seen:,} at the end: somebody changed "
            "them meanwhile. Nothing was written; try again."
        )


def _ticket_rows(_: Desk, page: Sequence[TicketRow]) -> Iterator[Sequence[Cell]]:
    yield from tickets_table(page).file_rows


def _call_rows(desk: Desk, page: Sequence[TicketRow]) -> Iterator[Sequence[Cell]]:
    tickets = {ticket.id: ticket for ticket in page}
    for row in calls_of(desk.port, list(tickets)).dicts():
        yield _call_cells(row, tickets[row["ticket"]])


def _call_cells(row: Mapping[str, Any], ticket: TicketRow) -> Sequence[Cell]:
    zone, started_at, ended_at = row["zone"], row["started_at"], row["ended_at"]
    return (
        ticket.number, f"C{row['id']:x}", *_moment(started_at, zone),
        iso_utc(ended_at) if ended_at is not None else None,
        iso_local(ended_at, zone) if ended_at is not None else None,
        row["direction"], row["court"], row["office"], row["name"] or None, row["firm"] or None,
        row["phone"] or None, row["email"] or None, row["clerk"], ticket.symptom or None,
        row["outcome"], row["reason"] or None, row["talk_s"], row["hold_s"], row["wrap_s"],
        row["handle_s"], row["edited"], row["clock_changed"], row["source"],
        " ".join(ticket.tags) or None, _merged_from(row),
    )  # fmt: skip


def _action_rows(desk: Desk, page: Sequence[TicketRow]) -> Iterator[Sequence[Cell]]:
    tickets = {ticket.id: ticket for ticket in page}
    for row in actions_of(desk.port, list(tickets)).dicts():
        ticket = tickets[row["ticket"]]
        expires_at = row["expires_at"]
        yield (
            ticket.number, f"A{row['id']:x}", *_moment(row["at"], ticket.zone), ticket.court,
            ticket.office, row["clerk"], ticket.symptom or None, row["kind"],
            row["fields"] if row["fields"] != "{}" else None,
            iso_utc(expires_at) if expires_at is not None else None, row["struck"],
            _merged_from(row),
        )  # fmt: skip


def _merged_from(row: Mapping[str, Any]) -> str | None:
    """The number of its own ticket, where that went on in the one it stands under."""
    return number_said(row["year"], row["n"]) if row["depth"] else None


def _moment(at: int, zone: str) -> tuple[str, str, str]:
    """A moment in UTC, there with its offset from UTC, and in which zone."""
    return iso_utc(at), iso_local(at, zone), zone
