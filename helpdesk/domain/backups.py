"""Backups: what is told of one, how they are named, and which of them may go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePath
from typing import Any, Final

from helpdesk.domain.courts import local

LATE_SECONDS: Final = 3 * 86_400
"""A desk whose newest good backup is older than this has to be told."""

_DAY: Final = "%Y-%m-%d"
_MONTH: Final = "%Y-%m"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as its sidecar tells of it."""

    path: PurePath
    """The file."""

    at: int = 0
    """The moment that it holds, in seconds UTC; 0 when no sidecar tells it."""

    size: int = 0
    """Bytes of the file."""

    nightly: bool = False
    """Whether the program made it by itself, and may remove it."""

    fault: str = ""
    """Why it cannot be counted on; empty for a good one."""

    told: Mapping[str, Any] = field(default_factory=dict)
    """All that the sidecar says."""

    def rows(self, table: str) -> int:
        """How many rows it holds.

        Args:
            table: Of which table.

        Returns:
            Their number; 0 when it is not told.
        """
        return int(self.told.get("tables", {}).get(table, 0))


def backup_name(at: int, zone: str, kind: str = "helpdesk") -> str:
    """Name a backup after its moment.

    Args:
        at: The moment, in seconds UTC.
        zone: The zone of the desk's office.
        kind: What the name begins with.

    Returns:
        Such as ``helpdesk-2026-06-01-020003.db``.
    """
    return f"{kind}-{local(at, zone):%Y-%m-%d-%H%M%S}.db"


def to_remove(backups: Iterable[Backup], keep: int, months: int, zone: str) -> tuple[Backup, ...]:
    """Choose which of the nightly backups have had their time.

    Kept are the newest good one of each of the last days, and the newest good one of each of
    the last months. What a person made, what is not good, and the newest good one of all always
    stay.

    Args:
        backups: Every backup there is.
        keep: Of how many days one is kept.
        months: Of how many months one is kept.
        zone: In which zone days are meant.

    Returns:
        Those that may go.
    """
    good = sorted((each for each in backups if not each.fault), key=lambda each: -each.at)
    kept = set(map(id, good[:1]))
    for form, most in ((_DAY, keep), (_MONTH, months)):
        newest: dict[str, Backup] = {}
        for each in good:
            newest.setdefault(f"{local(each.at, zone):{form}}", each)
        kept |= {id(each) for each in list(newest.values())[:most]}
    return tuple(each for each in good if each.nightly and id(each) not in kept)


def newest_good(backups: Iterable[Backup]) -> Backup | None:
    """Find the backup to restore.

    Args:
        backups: Every backup there is.

    Returns:
        The newest good one.
    """
    good = (each for each in backups if not each.fault)
    return max(good, key=lambda each: each.at, default=None)


def night_of(moment: int, zone: str, at: str) -> str:
    """The day whose nightly work is due at a moment: before the time, that of the day before.

    Args:
        moment: In seconds UTC.
        zone: The zone of the desk's office.
        at: From what time of the day on it is done, such as ``02:00``.

    Returns:
        The date.
    """
    here = local(moment, zone)
    return (here.date() - timedelta(days=f"{here:%H:%M}" < at)).isoformat()


def lateness_said(now: int, since: int, *, any_good: bool) -> str:
    """Say that a desk has been without a backup for too long.

    Args:
        now: The moment, in seconds UTC.
        since: When the newest good backup was made, or the desk.
        any_good: Whether there is a good one.

    Returns:
        A sentence; empty when it is not yet so.
    """
    if now - since <= LATE_SECONDS:
        return ""
    days = (now - since) // 86_400
    return f"No good backup for {days:,} days" if any_good else "There is no good backup"
