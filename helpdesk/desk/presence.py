"""Which ticket is on which screen: written without the journal, told, never a lock."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk
from helpdesk.domain.presence import ALIVE_SECONDS, Presence
from helpdesk.store.clerks import find_looking, save_looking


@act("read")
def look_at(desk: Desk, ticket: int | None) -> None:
    """Say which ticket this console has on its screen.

    Args:
        desk: The desk.
        ticket: The ticket's id; ``None`` for none.
    """
    if desk.console is not None:
        batch = Batch(desk)
        batch.write(save_looking(desk.console, ticket, batch.stamp.at))
        batch.send()


@act("read")
def others_there(desk: Desk) -> tuple[Presence, ...]:
    """List who else has a ticket on the screen.

    Args:
        desk: The desk.

    Returns:
        One for each other living console with a ticket, by login.
    """
    rows = find_looking(desk.port, desk.clock.now() - ALIVE_SECONDS, desk.console).dicts()
    return tuple(Presence(row["ticket"], row["login"], bool(row["on_call"])) for row in rows)
