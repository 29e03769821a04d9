"""What colleagues made of a call's ticket meanwhile: void, gone on in another, or corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.acting import ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.ticket_rows import said_number, standing_of, ticket_row
from helpdesk.domain.calls import CallView
from helpdesk.store.journal import get_last_writer_of
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


def symptom_changed_by(desk: Desk, view: CallView, before: CallView | None) -> str:
    """Find the colleague who gave the ticket of a call another symptom since it was fetched.

    Args:
        desk: The desk.
        view: The call as it stands now.
        before: The same as it was fetched before; ``None`` for not at all.

    Returns:
        The login; empty when nobody did, or whoever sits here.
    """
    if before is None or before.ticket != view.ticket or before.symptom == view.symptom:
        return ""
    field = f"ticket/{view.ticket}/symptom"
    who = get_last_writer_of(desk.port, ticket_chain(view.ticket), field)
    return "" if who == desk.clerk.login else who
