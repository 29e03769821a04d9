"""Two people and one field: the second one sees both values and picks."""

from __future__ import annotations

from helpdesk.desk.acting import ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.errors import FieldChanged
from helpdesk.store.journal import get_last_writer


def refuse_stale(
    desk: Desk, ticket: int, field: str, seen: str | None, now: str, wanted: str
) -> None:
    """Refuse to overwrite what the person has not seen; other fields do not matter.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        field: The field as people call it.
        seen: What the person saw there; ``None`` to overwrite whatever it is.
        now: What stands there now.
        wanted: What the person wants there.

    Raises:
        FieldChanged: When something else stands there than was seen and than is wanted.
    """
    refuse_stale_in(desk, ticket_chain(ticket), field, seen, now, wanted)


def refuse_stale_in(
    desk: Desk, subject: str, field: str, seen: str | None, now: str, wanted: str
) -> None:
    """The same for whatever has a chain in the journal.

    Args:
        desk: The desk.
        subject: Whose chain.
        field: The field as people call it.
        seen: What the person saw there; ``None`` to overwrite whatever it is.
        now: What stands there now.
        wanted: What the person wants there.

    Raises:
        FieldChanged: When something else stands there than was seen and than is wanted.
    """
    if seen is not None and now not in {seen, wanted}:
        raise FieldChanged(field, now, wanted, get_last_writer(desk.port, subject))
