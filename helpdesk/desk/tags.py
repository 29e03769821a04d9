"""Tags: short words that a desk puts on its tickets."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.domain.journal import Change
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import add_tag, drop_tag, save_changed

_TAG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,29}\Z")


@act("record", again=True)
def tag_ticket(
    desk: Desk,
    ticket: int,
    add: Collection[str] = (),
    drop: Collection[str] = (),
) -> None:
    """Tag a ticket, or take tags off.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        add: Tags to put on.
        drop: Tags to take off.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When a tag is no single word.
        NotAllowed: When it has all of them, or none of those to be dropped.
    """
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    told = write_tags(batch, row, add, drop)
    batch.tell(ticket_chain(ticket), "tag_ticket", told)
    batch.index(index_ticket(ticket))
    batch.send()


def write_tags(
    batch: Batch, row: dict[str, Any], add: Collection[str], drop: Collection[str]
) -> list[Change]:
    """Put tags of a ticket into a batch.

    Args:
        batch: The batch.
        row: The ticket's row.
        add: Tags to put on.
        drop: Tags to take off.

    Returns:
        What the journal is told.

    Raises:
        BadInput: When a tag is no single word.
        NotAllowed: When it has all of them, or none of those to be dropped.
    """
    ticket, has = row["id"], set((row["tags"] or "").split())
    more = sorted({tag_meant(tag) for tag in add} - has)
    less = sorted({tag_meant(tag) for tag in drop} & has)
    if not more and not less:
        raise NotAllowed(f"{said_number(row)} has exactly these tags already.")
    batch.write(
        *(add_tag(ticket, tag) for tag in more),
        *(drop_tag(ticket, tag) for tag in less),
        save_changed(ticket, batch.stamp.at),
    )
    told = [Change(f"tag/{ticket}/{tag}", "0", "1") for tag in more]
    return told + [Change(f"tag/{ticket}/{tag}", "1", "0") for tag in less]


def tag_meant(text: str) -> str:
    """Read a tag.

    Args:
        text: As people type it.

    Returns:
        The tag in lower case.

    Raises:
        BadInput: When it is no single word of letters, digits and hyphens.
    """
    tag = text.strip().lower().removeprefix("+")
    if not _TAG.match(tag):
        raise BadInput(f"“{text}” is no tag: one word of letters, digits and hyphens.")
    return tag
