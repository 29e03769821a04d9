"""Exports: tickets, calls, actions and the journal, row by row, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from helpdesk.desk.access import note_look
from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.tickets import listed_of, query_of
from helpdesk.domain.export_cells import NO_MOMENT, ticket_rows
from helpdesk.domain.iso_times import moment_texts, utc_text
from helpdesk.domain.queries import Query
from helpdesk.domain.tables import Cell
from helpdesk.domain.tickets import TicketRow, number_said, status_now
from helpdesk.errors import StoreProblem
from helpdesk.store.exports import actions_of, calls_of, count_journal, journal_after, journal_of
from helpdesk.store.ticket_lists import Place, count_tickets, find_page, find_rows
from helpdesk.store.tickets import FILED

_PAGE: Final = 200
"""How many tickets are fetched at once: memory stays the same for any number, and so few stay in
the cache of the processor, which takes a third less time than a thousand."""

_ALL: Final = 2**62

Row = Sequence[Cell]
"""One row of a file."""

Rows = Generator[Row, None, None]
"""Rows of one moment, which the database holds for them until they are read or closed."""

Progress = Callable[[int, int], None]
"""Told how many tickets are done, and of how many."""


@act("export")
def export_rows(desk: Desk, what: str, typed: str, progress: Progress | None = None) -> Rows:
    """Hand over the rows of an export, newest ticket first, all as of one moment.

    Args:
        desk: The desk.
        what: One of ``EXPORTS``.
        typed: Which tickets, as in the query language; those of nothing typed are all. The
            journal of all is that of callers, clerks and the desk too, in the order of writing.
        progress: Told how much is done.

    Returns:
        The rows, each as its columns have it; to be closed when they are not read to the end.

    Raises:
        BadInput: When the query cannot be read or names what does not exist.
        StoreProblem: At the end, when they are not all that there were at the beginning.
    """
    query = query_of(desk, typed)._replace(sort="newest")
    note_look(desk, "export", what)
    told = progress or (lambda *_: None)
    if what == "journal" and not typed.strip():
        return _whole_journal(desk, told)
    if what == "tickets":
        return _ticket_rows(desk, query, told)
    rows_of = {"calls": _call_rows, "actions": _action_rows, "journal": _journal_rows}
    return _rows(desk, query, rows_of[what], told)


def _ticket_rows(desk: Desk, query: Query, progress: Progress) -> Rows:
    """The rows as they come from the database: a million of them are never made objects."""
    port, now = desk.port, desk.clock.now()
    with port.one_moment():
        wanted = count_tickets(port, query, now, _ALL)
        seen, page = 0, find_rows(port, query, now, _PAGE, Place(), FILED).rows
        while page:
            _, years, places, statuses, wakes, *known, _ = zip(*page, strict=True)
            numbers, now_is = map(number_said, years, places), partial(status_now, now=now)
            yield from ticket_rows([
                *zip(numbers, map(now_is, statuses, wakes), *known, strict=True)
            ])  # fmt: skip
            seen += len(page)
            progress(seen, wanted)
            last = Place((page[-1][-1], page[-1][0]))
            page = find_rows(port, query, now, _PAGE, last, FILED).rows
    _refuse_less(seen, wanted, "tickets")


def _rows(
    desk: Desk,
    query: Query,
    rows_of: Callable[[Desk, Sequence[TicketRow]], Iterator[Row]],
    progress: Progress,
) -> Rows:
    port, now = desk.port, desk.clock.now()
    with port.one_moment():
        wanted = count_tickets(port, query, now, _ALL)
        seen, page = 0, find_page(port, query, now, _PAGE)
        while page:
            tickets = [listed_of(row, now) for row in page]
            yield from rows_of(desk, tickets)
            seen += len(page)
            progress(seen, wanted)
            last = tickets[-1]
            page = find_page(port, query, now, _PAGE, Place((last.place, last.id)))
    _refuse_less(seen, wanted, "tickets")


def _whole_journal(desk: Desk, progress: Progress) -> Rows:
    with desk.port.one_moment():
        wanted = count_journal(desk.port)
        seen, page = 0, journal_after(desk.port, 0, _PAGE)
        while page.rows:
            yield from (_entry_cells(row, desk.home_office.zone) for row in page.dicts())
            seen += len(page.rows)
            progress(seen, wanted)
            page = journal_after(desk.port, page.rows[-1][0], _PAGE)
    _refuse_less(seen, wanted, "rows of the journal")


def _refuse_less(seen: int, wanted: int, what: str) -> None:
    if seen != wanted:
        raise StoreProblem(
            f"There are {wanted:,} {what} and {seen:,} were found one by one: nothing was "
            "written. Run helpdesk doctor."
        )


def _call_rows(desk: Desk, page: Sequence[TicketRow]) -> Iterator[Row]:
    tickets = {ticket.id: ticket for ticket in page}
    for row in calls_of(desk.port, list(tickets)).dicts():
        yield _call_cells(row, tickets[row["ticket"]])


def _call_cells(row: Mapping[str, Any], ticket: TicketRow) -> Row:
    zone, ended_at = row["zone"], row["ended_at"]
    ended = NO_MOMENT if ended_at is None else moment_texts(ended_at, zone)
    return (
        ticket.number, f"C{row['id']:x}", *moment_texts(row["started_at"], zone), zone, *ended,
        row["direction"], row["court"], row["office"], row["name"] or None, row["firm"] or None,
        row["phone"] or None, row["email"] or None, row["clerk"], ticket.symptom or None,
        row["outcome"], row["reason"] or None, row["talk_s"], row["hold_s"], row["wrap_s"],
        row["handle_s"], row["edited"], row["clock_changed"], row["precision"], row["source"],
        " ".join(ticket.tags) or None, _merged_from(row),
    )  # fmt: skip


def _action_rows(desk: Desk, page: Sequence[TicketRow]) -> Iterator[Row]:
    tickets = {ticket.id: ticket for ticket in page}
    for row in actions_of(desk.port, list(tickets)).dicts():
        ticket, expires_at = tickets[row["ticket"]], row["expires_at"]
        yield (
            ticket.number, f"A{row['id']:x}", *moment_texts(row["at"], ticket.zone), ticket.zone,
            ticket.court, ticket.office, row["clerk"], ticket.symptom or None, row["kind"],
            row["fields"] if row["fields"] != "{}" else None,
            utc_text(expires_at) if expires_at is not None else None, row["struck"],
            _merged_from(row),
        )  # fmt: skip


def _journal_rows(desk: Desk, page: Sequence[TicketRow]) -> Iterator[Row]:
    zone = desk.home_office.zone
    for row in journal_of(desk.port, [ticket.id for ticket in page]).dicts():
        yield _entry_cells(row, zone)


def _entry_cells(row: Mapping[str, Any], zone: str) -> Row:
    return (
        row["subject"], number_said(row["year"], row["n"]) if row["n"] else None, row["seq"],
        *moment_texts(row["at"], zone), row["who"], row["act"],
        row["undoes"], row["field"], row["old"], row["new"], row["hash"],
    )  # fmt: skip


def _merged_from(row: Mapping[str, Any]) -> str | None:
    """The number of its own ticket, where that went on in the one it stands under."""
    return number_said(row["year"], row["n"]) if row["depth"] else None
