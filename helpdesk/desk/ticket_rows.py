"""Fetches the row of a ticket that an act is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from helpdesk.desk.desk import Desk
from helpdesk.domain.courts import local
from helpdesk.domain.tickets import number_meant, number_said, required_number
from helpdesk.errors import NotFound
from helpdesk.store.tickets import find_number, get_ticket


def ticket_row(desk: Desk, ticket: int) -> dict[str, Any]:
    """Fetch a ticket by its id.

    Args:
        desk: The desk.
        ticket: The id.

    Returns:
        The row.

    Raises:
        NotFound: When there is no such ticket.
    """
    row = get_ticket(desk.port, ticket)
    if row is None:
        raise NotFound("This ticket is not in the database any more.")
    return row


def standing_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Where the ticket of a call stands, so that its row need not be fetched again.

    Args:
        row: What ``call_row`` gave.

    Returns:
        What decides on the ticket's standing, named as in its own row.
    """
    names = ("year", "n", "status", "resolved_at", "wakes_at", "reopened")
    standing = {name: row[name] for name in names}
    return {"id": row["ticket"], "outcome": row["ticket_outcome"], **standing}


def numbered_row(desk: Desk, number: str) -> dict[str, Any]:
    """Fetch a ticket by its number.

    Args:
        desk: The desk.
        number: As people type it: ``T-26-04817``, ``26-4817``, ``4817`` for this year's.

    Returns:
        The row.

    Raises:
        BadInput: When it is no number.
        NotFound: When there is no such ticket.
    """
    year, n = required_number(number, local(desk.clock.now(), desk.home_office.zone).year)
    row = find_number(desk.port, year, n)
    if row is None:
        raise NotFound(f"There is no ticket {number_said(year, n)}: helpdesk tickets lists them.")
    return row


def typed_row(desk: Desk, typed: str) -> dict[str, Any] | None:
    """Fetch the ticket whose whole number was typed where other things can be typed too.

    Args:
        desk: The desk.
        typed: What was typed; a number without its year may be anything.

    Returns:
        The row, that of a merged or void ticket too; ``None`` when it is no such number or
        there is no such ticket.
    """
    if not re.match(r"t-|\d\d-\d", typed.strip().lower()):
        return None
    meant = number_meant(typed, local(desk.clock.now(), desk.home_office.zone).year)
    return find_number(desk.port, *meant) if meant else None


def said_number(row: Mapping[str, Any]) -> str:
    """A ticket's number as people quote it.

    Args:
        row: The ticket's row.

    Returns:
        Such as ``T-26-04817``.
    """
    return number_said(row["year"], row["n"])
