"""What colleagues made of the ticket of a call meanwhile: void, or gone on in another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.desk import Desk
from helpdesk.desk.ticket_rows import said_number, standing_of, ticket_row
from helpdesk.store.merging import find_roots


def root_of(desk: Desk, row: Mapping[str, Any]) -> int:
    """Find the ticket that a call counts on.

    Args:
        desk: The desk.
        row: What ``call_row`` gave.

    Returns:
        The id of its ticket, or of the one that it went on in meanwhile.
    """
    own: int = row["ticket"]
    return own if row["merged_into"] is None else find_roots(desk.port, [own]).get(own, own)


def standing_at(desk: Desk, row: Mapping[str, Any], about: int) -> dict[str, Any]:
    """Find where the ticket stands that a call counts on.

    Args:
        desk: The desk.
        row: What ``call_row`` gave.
        about: What ``root_of`` gave.

    Returns:
        What decides on its standing, named as in its own row.

    Raises:
        NotFound: When there is no such ticket.
    """
    return standing_of(row) if about == row["ticket"] else ticket_row(desk, about)


def meanwhile_of(row: Mapping[str, Any], standing: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what became of the ticket of a call besides what is done on the call.

    Args:
        row: What ``call_row`` gave.
        standing: What ``standing_at`` gave.

    Returns:
        The fields of a call that say so.
    """
    elsewhere = standing["id"] != row["ticket"]
    return {
        "went_on_in": said_number(standing) if elsewhere else "",
        "is_void": standing["status"] == "void",
    }
