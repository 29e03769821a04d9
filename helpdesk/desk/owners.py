"""Whose a ticket is."""

from __future__ import annotations

from typing import Any

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.stale import refuse_stale
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.domain.journal import Change, changes_between
from helpdesk.errors import NotAllowed, NotFound
from helpdesk.store.clerks import find_clerks
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import save_clerk


@act("record", again=True)
def assign_ticket(desk: Desk, ticket: int, login: str, seen: str | None = None) -> None:
    """Give a ticket to a clerk.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        login: Whose it is to be; ``me`` for the signed-in clerk.
        seen: Whose it was when the person looked; ``None`` to overwrite.

    Raises:
        NotFound: When there is no such ticket or clerk.
        NotAllowed: When the ticket is that clerk's already.
        FieldChanged: When somebody else gave it to a third one since.
    """
    clerk, wanted = owner_meant(desk, login)
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    refuse_stale(desk, ticket, "owner", seen, row["clerk"], wanted)
    told = write_owner(batch, row, (clerk, wanted))
    batch.tell(ticket_chain(ticket), "assign_ticket", told)
    batch.index(index_ticket(ticket))
    batch.send()


def owner_meant(desk: Desk, login: str) -> tuple[int, str]:
    """Read whose a ticket is to be.

    Args:
        desk: The desk.
        login: A clerk's login, or ``me``.

    Returns:
        The clerk's id and login.

    Raises:
        NotFound: When there is no such clerk.
    """
    wanted = desk.clerk.login if login == "me" else login
    clerks = {row["login"]: row["id"] for row in find_clerks(desk.port).dicts()}
    if wanted not in clerks:
        raise NotFound(f"There is no clerk “{login}”; there are: {', '.join(clerks)}.")
    return clerks[wanted], wanted


def write_owner(batch: Batch, row: dict[str, Any], owner: tuple[int, str]) -> list[Change]:
    """Put a new owner into a batch.

    Args:
        batch: The batch.
        row: The ticket's row.
        owner: The clerk's id and login.

    Returns:
        What the journal is told.

    Raises:
        NotAllowed: When the ticket is that clerk's already.
    """
    clerk, login = owner
    if row["clerk"] == login:
        raise NotAllowed(f"{said_number(row)} is {login}'s already.")
    batch.write(save_clerk(row["id"], clerk, batch.stamp.at))
    told = changes_between("ticket", row["id"], {"clerk": row["clerk_id"]}, {"clerk": clerk})
    return [*told, Change("owner", row["clerk"], login)]
