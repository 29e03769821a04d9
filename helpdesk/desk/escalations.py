"""Escalations: somebody must take the ticket over, or it comes back by itself."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.standing import write_standing
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.domain.escalations import can_accept, target_among
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, NotAllowed, StoreProblem
from helpdesk.store.clerks import find_clerks
from helpdesk.store.promises import add_escalation, answer_escalation, find_escalations
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import save_clerk

_MINUTE = 60


def target_meant(desk: Desk, text: str) -> str:
    """Read to whom a ticket is escalated.

    Args:
        desk: The desk: knows the clerks.
        text: A login, a role, or the beginning of one; empty for a supervisor.

    Returns:
        The login or the role.

    Raises:
        BadInput: When nobody is called like that, or several are.
    """
    logins = [row["login"] for row in find_clerks(desk.port).dicts()]
    return target_among(storable(text), logins)


def target_of_call(desk: Desk, call: int, text: str) -> str:
    """Read to whom a call is escalated, to say it; see :func:`target_meant`.

    Args:
        desk: The desk.
        call: The call.
        text: What was typed.

    Returns:
        The login or the role; what was typed while the database cannot be read, since the call
        ends all the same.
    """
    with suppress(StoreProblem):
        return target_meant(desk.outbox.desk_of(call) if desk.outbox else desk, text)
    return text


def write_escalation(
    batch: Batch, ticket: int, call: int | None, target: str
) -> tuple[int, list[Change]]:
    """Put an escalation into a batch.

    Args:
        batch: The batch.
        ticket: The ticket.
        call: The call it was escalated on.
        target: A login or a role.

    Returns:
        When it comes back unless somebody accepts it, and what the journal is told.
    """
    stamp, row = batch.stamp, batch.new_id()
    returns_at = stamp.at + batch.desk.settings.accept_minutes * _MINUTE
    batch.write(add_escalation(row, ticket, call, target, stamp.at, stamp.clerk, returns_at))
    told = [Change(f"escalation/{row}/struck", "1", "0"), Change("target", None, target)]
    return returns_at, told


def write_settled(batch: Batch, ticket: int) -> list[Change]:
    """Put into a batch that nobody needs to answer a ticket's escalations any more.

    Args:
        batch: The batch.
        ticket: The ticket.

    Returns:
        What the journal is told; nothing when none was open.
    """
    told: list[Change] = []
    for row in find_escalations(batch.desk.port, ticket):
        if row["answered_at"] is None and not row["struck"]:
            told += _write_answer(batch, row, "settled", "")
    return told


def write_waiting_again(batch: Batch, ticket: int, settled: Collection[int]) -> list[Change]:
    """Put into a batch that escalations of a ticket wait for an answer as before.

    Args:
        batch: The batch.
        ticket: The ticket.
        settled: The escalations' ids.

    Returns:
        What the journal is told.
    """
    told: list[Change] = []
    for row in find_escalations(batch.desk.port, ticket):
        if row["id"] in settled and row["answer"] == "settled":
            told += _write(batch, row, (None, None, None, ""))
    return told


@act("record", again=True)
def escalate_ticket(desk: Desk, ticket: int, target: str, reason: str = "") -> None:
    """Hand a ticket to somebody who must accept it, without a call.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        target: A login or a role, or the beginning of one.
        reason: Why, for whoever takes it over.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When nobody is called like that.
        NotAllowed: When the ticket is done with.
    """
    whom = target_meant(desk, target)
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    told = write_settled(batch, ticket)
    returns_at, more = write_escalation(batch, ticket, None, whom)
    told += more + [Change("reason", None, storable(reason))] * bool(reason.strip())
    told += write_standing(batch, row, "escalated", wakes_at=returns_at)
    batch.tell(ticket_chain(ticket), "change_status", told)
    batch.index(index_ticket(ticket))
    batch.send()


@act("record", again=True)
def accept_escalation(desk: Desk, ticket: int) -> None:
    """Take an escalated ticket over: it is yours, and does not come back by itself.

    Args:
        desk: The desk.
        ticket: The ticket's id.

    Raises:
        NotFound: When there is no such ticket.
        NotAllowed: When it waits for nobody, or for somebody else.
    """
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    open_one = _open_escalation(desk, ticket, said_number(row))
    if not can_accept(open_one["target"], desk.clerk.login, desk.clerk.role):
        raise NotAllowed(f"{said_number(row)} waits for {open_one['target']}, not for you.")
    told = _write_answer(batch, open_one, "accepted", "")
    told += write_standing(batch, row, "escalated")
    batch.write(save_clerk(ticket, batch.stamp.clerk, batch.stamp.at))
    told += changes_between(
        "ticket", ticket, {"clerk": row["clerk_id"]}, {"clerk": batch.stamp.clerk}
    )
    batch.tell(ticket_chain(ticket), "accept_escalation", told)
    batch.index(index_ticket(ticket))
    batch.send()


@act("record", again=True)
def return_escalation(desk: Desk, ticket: int, reason: str) -> None:
    """Give an escalated ticket back with the reason: it is open again.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        reason: Why, for the clerk who escalated it.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When no reason is given.
        NotAllowed: When it waits for nobody.
    """
    if not reason.strip():
        raise BadInput("Say why it goes back, for the clerk who escalated it.")
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    open_one = _open_escalation(desk, ticket, said_number(row))
    told = _write_answer(batch, open_one, "returned", storable(reason))
    told += write_standing(batch, row, "open")
    told.append(Change("reason", None, storable(reason)))
    batch.tell(ticket_chain(ticket), "return_escalation", told)
    batch.index(index_ticket(ticket))
    batch.send()


def _open_escalation(desk: Desk, ticket: int, number: str) -> dict[str, Any]:
    rows = find_escalations(desk.port, ticket)
    found = [row for row in rows if row["answered_at"] is None and not row["struck"]]
    if not found:
        raise NotAllowed(f"{number} waits for nobody to take it over.")
    return found[-1]


def _write_answer(batch: Batch, row: dict[str, Any], answer: str, reason: str) -> list[Change]:
    return _write(batch, row, (batch.stamp.at, batch.stamp.clerk, answer, reason))


def _write(
    batch: Batch, row: dict[str, Any], said: tuple[int | None, int | None, str | None, str]
) -> list[Change]:
    batch.write(answer_escalation(row["id"], *said))
    names = ("answered_at", "answered_by", "answer", "reason")
    return changes_between("escalation", row["id"], row, dict(zip(names, said, strict=True)))
