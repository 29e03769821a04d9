"""What an open console keeps up beside itself: the day's seal, and texts that are due."""

from __future__ import annotations

from collections.abc import Callable

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.due_texts import write_due_texts
from helpdesk.desk.sealing import keep_seal


@act("read")
def keep_up(desk: Desk, progress: Callable[[int, int], None] | None = None) -> None:
    """Seal the journal unless this day has its seal, and write the texts that are due.

    Args:
        desk: The desk.
        progress: Told how much is done; may raise to give it up.
    """
    keep_seal(desk, progress)
    write_due_texts(desk, progress)
