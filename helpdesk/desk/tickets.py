"""Tickets as they are looked for: by words and fields, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.domain.queries import Query, query_meant
from helpdesk.domain.tables import Table
from helpdesk.domain.tickets import STATUSES, TicketRow, number_said, status_now
from helpdesk.domain.whens import iso_local, iso_utc
from helpdesk.errors import BadInput
from helpdesk.store.tickets import count_tickets as counted
from helpdesk.store.tickets import find_tickets

COUNTED: Final = 5_000
"""How far tickets are counted: nobody reads further, and counting a million takes a second."""

COLUMNS: Final = (
    "number", "status", "outcome", "symptom", "court", "office",
    "caller_name", "caller_firm", "caller_phone", "caller_email",
    "clerk", "opened_at", "opened_local", "resolved_at", "tags",
)  # fmt: skip
"""The columns of tickets in files."""


@act("read")
def query_of(desk: Desk, typed: str, *, half_typed: bool = False) -> Query:
    """Read what was typed to look for tickets.

    Args:
        desk: The desk; days are meant in its own office's zone.
        typed: Words and ``field:value``.
        half_typed: Whether the person is still typing.

    Returns:
        The query.

    Raises:
        BadInput: When a part cannot be read, or nothing in it can be looked for.
    """
    now, zone = desk.clock.now(), desk.home_office.zone
    query = query_meant(typed, now, zone, desk.clerk.login, half_typed=half_typed)
    if typed.strip() and query == Query(half_typed=query.half_typed):
        raise BadInput(f"“{typed.strip()}” holds no word to look for.")
    return query


@act("read")
def list_tickets(
    desk: Desk, query: Query, limit: int, before: TicketRow | None = None
) -> tuple[TicketRow, ...]:
    """List tickets, newest first.

    Args:
        desk: The desk.
        query: Which ones; merged ones are found under the ticket they went on in.
        limit: The most to fetch; ``count_tickets`` says how many there are.
        before: The last row of the page before, for the next page.

    Returns:
        The tickets.
    """
    now = desk.clock.now()
    place = (before.opened_at, before.id) if before else None
    rows = find_tickets(desk.port, query, now, limit, place)
    return tuple(row_of(row, now) for row in rows.dicts())


@act("read")
def count_tickets(desk: Desk, query: Query) -> int:
    """Count tickets, up to one more than ``COUNTED``.

    Args:
        desk: The desk.
        query: Which ones.

    Returns:
        How many there are.
    """
    return counted(desk.port, query, desk.clock.now(), COUNTED + 1)


def count_said(count: int) -> str:
    """A count of tickets as it is shown.

    Args:
        count: What ``count_tickets`` gave.

    Returns:
        Such as ``1,204``, or ``5,000+``.
    """
    return f"{count:,}" if count <= COUNTED else f"{COUNTED:,}+"


@act("read")
def refuse_unknown(desk: Desk, query: Query) -> None:
    """Refuse a query that found nothing because what it names does not exist.

    Args:
        desk: The desk.
        query: What was looked for.

    Raises:
        NotFound: When there is no such court.
        BadInput: When there is no such status.
    """
    if query.court:
        desk.court(query.court)
    if query.status and query.status not in STATUSES:
        known = ", ".join(STATUSES)
        raise BadInput(f"There is no status “{query.status}”; there are: {known}.")


def row_of(row: Mapping[str, Any], now: int) -> TicketRow:
    """Make a ticket of its row.

    Args:
        row: The columns of a ticket with its caller.
        now: The moment, in seconds UTC, for what wakes by itself.

    Returns:
        The ticket.
    """
    return TicketRow(
        id=row["id"],
        number=number_said(row["year"], row["n"]),
        status=status_now(row["status"], row["wakes_at"], now),
        outcome=row["outcome"] or "",
        symptom=row["symptom"] or "",
        court=row["court"],
        office=row["office"],
        zone=row["zone"],
        clerk=row["clerk"],
        opened_at=row["opened_at"],
        resolved_at=row["resolved_at"],
        wakes_at=row["wakes_at"],
        reopened=row["reopened"],
        caller=row["name"] or "",
        firm=row["firm"] or "",
        phone=row["phone"] or "",
        email=row["email"] or "",
        tags=tuple((row["tags"] or "").split()),
    )


def tickets_table(rows: Iterable[TicketRow]) -> Table:
    """Make a table of tickets, for files.

    Args:
        rows: The tickets.

    Returns:
        The table; what is not known is an empty cell.
    """
    return Table("Tickets", COLUMNS, tuple(_cells(row) for row in rows))


def _cells(row: TicketRow) -> tuple[str | None, ...]:
    said = (
        row.number, row.status, row.outcome, row.symptom, row.court, row.office,
        row.caller, row.firm, row.phone, row.email, row.clerk,
        iso_utc(row.opened_at), iso_local(row.opened_at, row.zone),
        iso_utc(row.resolved_at) if row.resolved_at is not None else None, " ".join(row.tags),
    )  # fmt: skip
    return tuple(cell or None for cell in said)
