"""Links tickets of unknown callers to a caller later: all that came from the same number."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.callers import known_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.reversal import tell_together
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.domain.caller_card import LinkPreview
from helpdesk.domain.journal import Change
from helpdesk.errors import NotAllowed
from helpdesk.store.caller_links import find_anonymous, find_anonymous_of, find_phones_of
from helpdesk.store.reversing import save_value
from helpdesk.store.tickets import save_changed


@act("read")
def preview_link(desk: Desk, ticket: int) -> LinkPreview:
    """Say what linking a ticket to a caller would link too.

    Args:
        desk: The desk.
        ticket: The ticket's id.

    Returns:
        The other tickets and calls without a caller that came from the same numbers.
    """
    phones = find_phones_of(desk.port, ticket)
    rows = [row for row in find_anonymous(desk.port, phones).rows if row[0] != ticket]
    return LinkPreview(tuple(phones), len({row[0] for row in rows}), len(rows))


@act("record", again=True)
def link_caller(desk: Desk, ticket: int, caller: int, *, others: bool = True) -> int:
    """Say whose a ticket without a caller is, and all others that came from the same number.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        caller: The caller's id.
        others: Whether the other tickets without a caller from that number are linked too.

    Returns:
        How many calls were linked.

    Raises:
        NotFound: When there is no such ticket or caller.
        NotAllowed: When the ticket has a caller already.
    """
    seen = {ticket, *(of for of, _ in _pairs(desk, ticket, others=others))}
    batch = Batch(desk, decided_on=[ticket_chain(each) for each in sorted(seen)])
    row, found = ticket_row(desk, ticket), known_caller(desk, caller)
    if row["caller"] is not None:
        raise NotAllowed(f"{said_number(row)} has a caller already: {row['name'] or 'no name'}.")
    # What came in since the chains were read is left alone: nobody decided on it.
    pairs = [pair for pair in _pairs(desk, ticket, others=others) if pair[0] in seen]
    told: dict[int, list[Change]] = {ticket: [_linked("ticket", ticket, found.id)]}
    calls = set()
    for of, call in pairs:
        changes = told.setdefault(of, [_linked("ticket", of, found.id)])
        if call not in calls:
            changes.append(_linked("call", call, found.id))
            calls.add(call)
    for of, changes in told.items():
        changes.append(Change("caller", None, found.name or "(no name)"))
        batch.write(*(save_value(each.field, each.new) for each in changes if "/" in each.field))
        batch.write(save_changed(of, batch.stamp.at))
    tell_together(batch, "link_caller", told)
    batch.send()
    return len(calls)


def _pairs(desk: Desk, ticket: int, *, others: bool) -> list[tuple[int, int]]:
    """Ticket and call of all that a link would name."""
    found = list(find_anonymous_of(desk.port, ticket).rows)
    if others:
        found += find_anonymous(desk.port, find_phones_of(desk.port, ticket)).rows
    return [(int(of), int(call)) for of, call in found]


def _linked(table: str, row: int, caller: int) -> Change:
    return Change(f"{table}/{row}/caller", None, str(caller))
