"""Links: two tickets that have to do with each other."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.reversal import tell_together
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.domain.journal import Change
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.links import add_link, find_links

LINKS: Final = {
    "same-fault": "the same fault as",
    "caused-by": "caused by",
    "follow-up": "follow-up of",
}
"""How two tickets can have to do with each other."""


@act("record", again=True)
def link_tickets(desk: Desk, ticket: int, other: int, kind: str) -> None:
    """Say that two tickets have to do with each other; both show it.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        other: The other ticket's id.
        kind: One of ``LINKS``.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When there is no such kind of link.
        NotAllowed: When they are the same, or linked like that already.
    """
    if kind not in LINKS:
        raise BadInput(f"“{kind}” is no link: use {', '.join(LINKS)}.")
    if ticket == other:
        raise NotAllowed("A ticket has always to do with itself: name another one.")
    batch = Batch(desk, decided_on=[ticket_chain(ticket), ticket_chain(other)])
    row, to = ticket_row(desk, ticket), ticket_row(desk, other)
    known = find_links(desk.port, ticket)
    if any(
        (each["ticket"], each["other"], each["kind"]) == (ticket, other, kind) for each in known
    ):
        raise NotAllowed(f"{said_number(row)} is linked to {said_number(to)} like that already.")
    link, at = batch.new_id(), batch.stamp.at
    batch.write(add_link(link, ticket, other, kind, at, batch.stamp.clerk))
    told = {
        ticket: [
            Change(f"ticket_link/{link}/struck", "1", "0"),
            Change("linked", None, f"{LINKS[kind]} {said_number(to)}"),
        ],
        other: [Change("linked from", None, said_number(row))],
    }
    tell_together(batch, "link_tickets", told)
    batch.send()
