"""Calling back: a call of ours on a ticket, with everything that is known of it."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.clocks import mark
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.domain.journal import Change
from helpdesk.errors import NotAllowed
from helpdesk.store.calls import (
    add_call,
    add_link,
    add_segment,
    save_caller,
    save_symptom,
)
from helpdesk.store.search import index_ticket
from helpdesk.store.ticket_calls import get_last_phone

CALLED_BACK: Final = "callback"
"""How a call is marked whose caller was known because we called."""


@act("call")
def start_callback(desk: Desk, ticket: int, stamp: Stamp | None = None) -> int:
    """Begin to call back on a ticket: the clock runs, and the first attempt is on record.

    The promise stands until the call ends with an outcome; one that reaches nobody (dropped)
    leaves it as it was.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        The call's id.

    Raises:
        NotFound: When there is no such ticket.
        NotAllowed: When the ticket is merged or void.
    """
    row = ticket_row(desk, ticket)
    if row["status"] in {"merged", "void"}:
        raise NotAllowed(f"{said_number(row)} is {row['status']}: call back on another ticket.")
    batch = Batch(desk, stamp)
    at, clerk, call = batch.stamp.at, batch.stamp.clerk, batch.new_id()
    place = (row["court"], row["office"], row["zone"])
    phone = get_last_phone(desk.port, ticket) or row["phone"] or ""
    batch.write(
        add_call(call, clerk, desk.console, place, "out", at, edited=False, source="console"),
        add_link(call, ticket),
        add_segment(batch.new_id(), call, "talk", clerk, desk.console, at),
        save_caller(call, row["caller"], phone, CALLED_BACK, place),
        save_symptom(call, row["symptom"] or "", ""),
    )
    told = [Change("call", None, str(call)), Change("direction", None, "out")]
    batch.tell(ticket_chain(ticket), "start_callback", told)
    batch.index(index_ticket(ticket))
    batch.send()
    mark(desk, call, at)
    return call
