"""Changes of a ticket's status away from a call: settled, closed, opened again, voided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import write_settled
from helpdesk.desk.promises import write_ended
from helpdesk.desk.stale import refuse_stale
from helpdesk.desk.standing import write_standing
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.domain.journal import Change
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import status_now
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.search import index_ticket

PLAIN = ("open", "resolved", "closed", "void")
"""Statuses that need no time and nobody else; the others come by acts of their own."""


@act("record", again=True)
def change_status(
    desk: Desk,
    ticket: int,
    status: str,
    reason: str = "",
    seen: str | None = None,
) -> None:
    """Give a ticket another status; what was promised on it is dealt with by that.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        status: ``open``, ``resolved``, ``closed`` or ``void``; voiding needs a supervisor.
        reason: Why; needed for closing and voiding.
        seen: The status that the person saw, as it counted then; ``None`` to overwrite.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When there is no such status, or the reason is missing.
        NotAllowed: When the status cannot follow the one that it has.
        FieldChanged: When somebody else gave it another status since.
    """
    refuse_plain(desk, status, reason)
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    now = status_now(row["status"], row["wakes_at"], batch.stamp.at)
    refuse_stale(desk, ticket, "status", seen, now, status)
    told = write_status(batch, row, status, reason)
    batch.tell(ticket_chain(ticket), "change_status", told)
    batch.index(index_ticket(ticket))
    batch.send()


def write_status(batch: Batch, row: Mapping[str, Any], status: str, reason: str) -> list[Change]:
    """Put a change of status into a batch.

    Args:
        batch: The batch.
        row: The ticket's row.
        status: One of ``PLAIN``.
        reason: Why, or empty.

    Returns:
        What the journal is told.

    Raises:
        NotAllowed: When the status cannot follow the one that it has.
    """
    if row["status"] == status:
        raise NotAllowed(f"{said_number(dict(row))} is {status} already.")
    told = write_standing(batch, row, status)
    told += write_ended(batch, row["id"], "dropped", reason=storable(reason))
    told += write_settled(batch, row["id"])
    if reason.strip():
        told.append(Change("reason", None, storable(reason)))
    return told


def refuse_plain(desk: Desk, status: str, reason: str) -> None:
    """Refuse a status that cannot be set like this, by this clerk, without a reason.

    Args:
        desk: The desk.
        status: What is wanted.
        reason: Why, or empty.

    Raises:
        BadInput: When there is no such status, or the reason is missing.
        NotAllowed: When it needs a supervisor.
    """
    if status not in PLAIN:
        raise BadInput(f"“{status}” cannot be set like this: use {', '.join(PLAIN)}.")
    if status == "void":
        desk.require("history")
    if status in {"closed", "void"} and not reason.strip():
        raise BadInput(f"Say why the ticket becomes {status}.")
