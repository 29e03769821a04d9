"""Keeps from an auditor who called and what was said, through whatever door."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.domain.permissions import allows
from helpdesk.errors import NotAllowed


def wear_mask(desk: Desk) -> None:
    """Let whoever may not see persons read the database masked from now on.

    Args:
        desk: The desk, signed in.
    """
    if allows(desk.clerk.role, "persons") or desk.behind_mask is not None:
        return
    from helpdesk.store.masked_file import MaskedFile  # noqa: PLC0415 - for auditors only

    desk.behind_mask, desk.port = desk.port, MaskedFile(desk.folder.database)


def require_persons(desk: Desk, what: str) -> None:
    """Refuse to look for people to whoever may not see them.

    Args:
        desk: The desk.
        what: What was typed, in a word for the sentence.

    Raises:
        NotAllowed: When the clerk's role does not have it.
    """
    if not allows(desk.clerk.role, "persons"):
        said = f"{desk.clerk.role}s find nobody by {what}: use court:, symptom:, clerk:, status:, "
        raise NotAllowed(f"{said}outcome:, action:, opened: or a ticket's number.")
