"""Legal holds: nothing is taken out of a ticket or a caller before they are released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.desk.acting import Batch, act, caller_chain, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.ticket_rows import numbered_row, said_number
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store import holds
from helpdesk.store.callers import get_callers
from helpdesk.store.owners import (
    find_callers_as_one,
    find_callers_of,
    find_calls_of_tickets,
    find_tickets_as_one,
)
from helpdesk.store.tickets import find_rows


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that runs."""

    id: int
    """Its id."""

    said: str
    """Of what it is: a ticket's number, or a caller."""

    at: int
    """Since when, in seconds UTC."""

    login: str
    """Who ordered it."""

    reason: str
    """Why."""


@act("hold", again=True)
def hold(desk: Desk, number: str, reason: str, *, caller: bool = False) -> str:
    """Let nothing be redacted or purged on a ticket, or on all that is its caller's.

    Args:
        desk: The desk.
        number: The ticket's number.
        reason: Why; such as the name of the proceeding.
        caller: Whether it holds the ticket's caller, with every ticket of theirs.

    Returns:
        What is held now, as a sentence.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When no reason is said.
        NotAllowed: When it is held already, or the ticket has no caller.
    """
    why = storable(reason).strip()
    if not why:
        raise BadInput('Say why it is held: --reason "...".')
    batch, row, chain = _begun(desk, number, caller=caller)
    of = (None, row["caller"]) if caller else (row["id"], None)
    if _running(desk, of):
        raise NotAllowed(f"{_said(row, caller=caller)} is held already.")
    by = batch.stamp
    batch.write(holds.add_hold(batch.new_id(), of, by.at, by.clerk, why))
    batch.tell(chain, "hold", [Change("hold", None, "on"), Change("reason", None, why)])
    batch.send()
    return f"{_said(row, caller=caller)} is held: nothing of it is redacted or purged."


@act("hold", again=True)
def release(desk: Desk, number: str, reason: str, *, caller: bool = False) -> str:
    """End a hold on a ticket, or on its caller.

    Args:
        desk: The desk.
        number: The ticket's number.
        reason: Why it ends.
        caller: Whether the hold on its caller is meant.

    Returns:
        What is not held any more, as a sentence.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When no reason is said.
        NotAllowed: When it is not held.
    """
    why = storable(reason).strip()
    if not why:
        raise BadInput('Say why the hold ends: --reason "...".')
    batch, row, chain = _begun(desk, number, caller=caller)
    of = (None, row["caller"]) if caller else (row["id"], None)
    running = _running(desk, of)
    if not running:
        raise NotAllowed(f"{_said(row, caller=caller)} is not held.")
    by = batch.stamp
    batch.write(*(holds.release_hold(each["id"], by.at, by.clerk) for each in running))
    batch.tell(chain, "release_hold", [Change("hold", "on", None), Change("reason", None, why)])
    batch.send()
    return f"{_said(row, caller=caller)} is not held any more."


@act("read")
def list_holds(desk: Desk) -> tuple[Hold, ...]:
    """List every hold that runs.

    Args:
        desk: The desk.

    Returns:
        The holds, the oldest first.
    """
    return _named(desk, list(holds.find_holds(desk.port).dicts()))


@act("read")
def holds_of(desk: Desk, number: str) -> tuple[Hold, ...]:
    """List the holds that keep a ticket, its own and its caller's.

    Args:
        desk: The desk.
        number: The ticket's number.

    Returns:
        The holds, the oldest first.

    Raises:
        NotFound: When there is no such ticket.
    """
    return holds_on(desk, [numbered_row(desk, number)["id"]])


def holds_on(
    desk: Desk, tickets: Sequence[int], callers: Sequence[int] | None = None
) -> tuple[Hold, ...]:
    """List the holds that keep anything in some tickets.

    Args:
        desk: The desk.
        tickets: The tickets' ids; what is merged with them counts too.
        callers: Callers besides theirs.

    Returns:
        The holds on them, or on their callers.
    """
    if not holds.find_holds(desk.port).rows:  # nearly always: one look is enough
        return ()
    as_one = find_tickets_as_one(desk.port, tickets)
    of = find_callers_of(desk.port, as_one, find_calls_of_tickets(desk.port, as_one))
    people = find_callers_as_one(desk.port, [*of, *(callers or ())])
    return _named(desk, list(holds.find_holds_on(desk.port, as_one, people).dicts()))


def refuse_held(desk: Desk, tickets: Sequence[int], callers: Sequence[int]) -> None:
    """Refuse to take anything out of what is held.

    Args:
        desk: The desk.
        tickets: The tickets' ids.
        callers: The callers' ids.

    Raises:
        NotAllowed: When a hold runs on any; the message names it.
    """
    if said := held_said(desk, tickets, callers):
        raise NotAllowed(said)


def held_said(desk: Desk, tickets: Sequence[int], callers: Sequence[int]) -> str:
    """Say why nothing may be taken out of some tickets and callers.

    Args:
        desk: The desk.
        tickets: The tickets' ids.
        callers: The callers' ids.

    Returns:
        A sentence that names the first hold that runs on any; empty when none does.
    """
    for each in holds_on(desk, tickets, callers):
        day = f"{local(each.at, desk.home_office.zone):%Y-%m-%d}"
        return (
            f"{each.said} is held since {day} ({each.login}): release it first "
            "(helpdesk hold --release)."
        )
    return ""


def _begun(desk: Desk, number: str, *, caller: bool) -> tuple[Batch, dict[str, Any], str]:
    row = numbered_row(desk, number)
    if caller and row["caller"] is None:
        raise NotAllowed(f"{said_number(row)} has no caller.")
    chain = caller_chain(row["caller"]) if caller else ticket_chain(row["id"])
    return Batch(desk, decided_on=[chain]), row, chain


def _running(desk: Desk, of: tuple[int | None, int | None]) -> list[Mapping[str, Any]]:
    ticket, caller = ([] if each is None else [each] for each in of)
    return list(holds.find_holds_on(desk.port, ticket, caller).dicts())


def _said(row: dict[str, Any], *, caller: bool) -> str:
    return f"The caller of {said_number(row)}" if caller else said_number(row)


def _named(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> tuple[Hold, ...]:
    tickets = [row["ticket"] for row in rows if row["ticket"] is not None]
    callers = [row["caller"] for row in rows if row["caller"] is not None]
    numbers = {each["id"]: said_number(each) for each in find_rows(desk.port, tickets).dicts()}
    people = {each.id: each.name or "(no name)" for each in get_callers(desk.port, callers)}
    return tuple(
        Hold(
            row["id"],
            numbers.get(row["ticket"], "") or f"caller {people.get(row['caller'], '')}",
            row["at"],
            row["login"],
            row["reason"],
        )
        for row in rows
    )
