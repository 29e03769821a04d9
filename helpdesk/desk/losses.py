"""What would be lost by a restore, and what that was taken out would come back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpdesk.desk.desk import Desk
from helpdesk.store.comparing import find_missing


@dataclass(frozen=True, slots=True)
class Lost:
    """What the present desk holds that a backup does not."""

    tickets: tuple[str, ...] = ()
    """The numbers of the tickets that it has not, oldest first."""

    calls: int = 0
    """How many calls."""

    entries: int = 0
    """How many entries of the journal: every change that it has not."""

    last_at: int = 0
    """The moment of the newest of them, in seconds UTC."""

    redacted: tuple[str, ...] = ()
    """The numbers of its tickets out of which words were taken, which it may still hold."""

    redacted_of: tuple[tuple[str, int], ...] = ()
    """Of how many of what else it holds words were taken out: ``caller``, ``desk`` for boxes that
    belong to no ticket."""

    purged: tuple[tuple[str, int], ...] = ()
    """Of how many of what it holds was purged what it may still hold: ``ticket``, ``caller``,
    ``desk`` for note boxes."""


def find_lost(desk: Desk, file: Path) -> Lost:
    """Compare the desk with a backup.

    Args:
        desk: The desk.
        file: The backup.

    Returns:
        What the desk holds that it does not.

    Raises:
        StoreProblem: When one cannot be read.
    """
    missing = find_missing(desk.folder.database, file)
    return Lost(
        tuple(missing["numbers"]),
        missing["calls"],
        missing["entries"],
        missing["last_at"],
        tuple(missing["redacted"]),
        tuple(missing["redacted_of"]),
        tuple(missing["purged"]),
    )
