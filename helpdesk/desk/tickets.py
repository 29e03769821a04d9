"""Tickets as they are looked for: by words and fields, in an order, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.masking import require_persons
from helpdesk.domain.permissions import ROLES
from helpdesk.domain.queries import BEST, Query
from helpdesk.domain.tickets import STATUSES, TicketRow, status_now
from helpdesk.errors import BadInput
from helpdesk.store.names import names_in_use
from helpdesk.store.ticket_lists import Place, find_page
from helpdesk.store.ticket_lists import count_tickets as counted

if TYPE_CHECKING:
    from helpdesk.domain.export_cells import Filed
    from helpdesk.domain.tables import Cell

COUNTED: Final = 5_000
"""How far tickets are counted: nobody reads further, and counting a million takes a second."""

RANKED: Final = 200
"""So many hits for words are ranked, the best first; more are listed by their time."""

LISTED: Final = tuple(status for status in STATUSES if status != "merged")
"""The statuses that tickets in lists can have."""


_PAGE: Final = 1_000
_STEADY: Final = ("", "newest", "oldest")
"""Orders in which a ticket keeps its place whatever is done on it."""

_OF_PERSONS: Final = ("word", "caller", "firm", "phone")
"""Fields by which people are found."""


@act("read")
def query_of(desk: Desk, typed: str, *, half_typed: bool = False) -> Query:
    """Read what was typed to look for tickets.

    Args:
        desk: The desk; days are meant in its own office's zone.
        typed: Words and ``field:value``, as :mod:`helpdesk.domain.query_reading` reads them.
        half_typed: Whether the person is still typing: then nothing is refused, and what
            cannot be read yet is not applied.

    Returns:
        The query.

    Raises:
        BadQuery: When a part cannot be read or names what does not exist.
        BadInput: When nothing in it can be looked for.
    """
    if not typed.strip():
        return Query(half_typed=half_typed)
    from helpdesk.domain.query_reading import Asker, query_meant  # noqa: PLC0415 - not for the list of all

    asker = Asker(desk.clock.now(), desk.home_office.zone, desk.clerk.login, partial(_known, desk))
    query = query_meant(typed, asker, half_typed=half_typed)
    if any(each.field in _OF_PERSONS for each in query.clauses):
        require_persons(desk, "words, names or numbers")
    if not half_typed and query == Query():
        raise BadInput(f"“{typed.strip()}” holds no word to look for.")
    return query


def _known(desk: Desk, field: str) -> Collection[str]:
    """The names that a field of the query language can have at this desk."""
    if field in {"court", "office"}:
        offices = (office.id for court in desk.courts.values() for office in court.offices)
        return tuple(desk.courts) if field == "court" else tuple(offices)
    if field in {"status", "outcome"}:
        from helpdesk.domain.playbook import OUTCOMES  # noqa: PLC0415 - five dataclasses

        return LISTED if field == "status" else (*OUTCOMES, "none")
    if field == "escalated-to":
        return (*names_in_use(desk.port, "clerk"), *ROLES)
    used = names_in_use(desk.port, field)
    if field in {"clerk", "incident"}:
        return used
    if field == "symptom":
        return {*used, *desk.library.playbooks, "none"}
    return {*used, *(desk.library.actions if field == "action" else ("test",))}


@act("read")
def list_tickets(
    desk: Desk,
    query: Query,
    limit: int,
    beside: TicketRow | None = None,
    *,
    backwards: bool = False,
    with_it: bool = False,
    lines: bool = False,
) -> tuple[TicketRow, ...]:
    """List a page of tickets, in the order that the query asks for.

    Args:
        desk: The desk.
        query: Which ones; merged ones are found under the ticket they went on in.
        limit: The most to fetch; ``count_tickets`` says how many there are.
        beside: A row of the list, for the page behind it; ``None`` for the first page.
        backwards: Whether the page ends before that row; without a row, the last page.
        with_it: Whether that row itself is in the page, if it still belongs there.
        lines: Whether they are shown as lines only: then their phone and tags are left empty.

    Returns:
        The tickets.
    """
    now = desk.clock.now()
    place = Place((beside.place, beside.id) if beside else None, backwards, with_it)
    rows = find_page(desk.port, query, now, limit, place, lines=lines)
    return tuple([listed_of(row, now) for row in rows])


def ticket_pages(desk: Desk, query: Query, limit: int) -> Iterator[tuple[TicketRow, ...]]:
    """List tickets a page after the other, so that a list of any length takes little memory.

    Args:
        desk: The desk.
        query: Which ones.
        limit: The most to list.

    Yields:
        Tickets, in the order that the query asks for; all at once where the order is one in which
        a ticket may move meanwhile, and be missed.
    """
    last, most = None, _PAGE if query.sort in _STEADY else limit
    while limit > 0:
        page = list_tickets(desk, query, min(most, limit), last)
        if page:
            yield page
        if len(page) < most:
            return
        limit, last = limit - len(page), page[-1]


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


def ordered(query: Query, count: int) -> Query:
    """Put the best hits first where a finished query finds few for its words.

    Args:
        query: What was asked.
        count: How many tickets it finds.

    Returns:
        The query, with its order; unchanged where an order was asked for.
    """
    ranked = query.has_words and not query.half_typed and not query.sort and count <= RANKED
    return query._replace(sort=BEST) if ranked else query


def count_said(count: int) -> str:
    """A count of tickets as it is shown.

    Args:
        count: What ``count_tickets`` gave.

    Returns:
        Such as ``1,204``, or ``5,000+``.
    """
    return f"{count:,}" if count <= COUNTED else f"{COUNTED:,}+"


def row_of(row: Mapping[str, Any], now: int) -> TicketRow:
    """Make a ticket of its row.

    Args:
        row: The columns of a ticket with its caller.
        now: The moment, in seconds UTC, for what wakes by itself.

    Returns:
        The ticket.
    """
    return listed_of(
        (
            row["id"], row["year"], row["n"], row["status"], row["wakes_at"],
            row["outcome"] or "", row["symptom"] or "", row["court"], row["office"], row["zone"],
            row["clerk"], row["opened_at"], row["resolved_at"], row["reopened"],
            row["name"] or "", row["firm"] or "", row["phone"] or "", row["email"] or "",
            row["tags"] or "", 0,
        ),
        now,
    )  # fmt: skip


def listed_of(row: Sequence[Any], now: int) -> TicketRow:
    """Make a ticket of a row of a list.

    Args:
        row: What ``LISTED_COLUMNS`` of the store says, and the place.
        now: The moment, in seconds UTC, for what wakes by itself.

    Returns:
        The ticket.
    """
    made = TicketRow._make(row)
    if made.wakes_at is None:
        return made
    return made._replace(status=status_now(made.status, made.wakes_at, now))


def filed_rows(tickets: Sequence[TicketRow]) -> Iterator[tuple[Cell, ...]]:
    """Lay out tickets for files.

    Args:
        tickets: The tickets.

    Returns:
        Their rows, each as ``TICKETS`` has them; what is not known is an empty cell.
    """
    from helpdesk.domain.export_cells import ticket_rows  # noqa: PLC0415 - for files only

    return ticket_rows([_filed(row) for row in tickets])


def _filed(row: TicketRow) -> Filed:
    return (
        row.number, row.status, row.outcome or None, row.symptom or None, row.court,
        row.office, row.caller or None, row.firm or None, row.phone or None, row.email or None,
        row.clerk, row.opened_at, row.zone, row.resolved_at,
        " ".join(row.tags) or None,
    )  # fmt: skip
