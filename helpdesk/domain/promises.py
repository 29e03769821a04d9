"""Promises on a ticket, and what became of them (STATS §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STATES: Final = ("pending", "late", "kept", "missed", "cancelled")
"""What a promise can be."""

IS_DUE: Final = frozenset({"late", "kept", "missed"})
"""As what it counts among those that were due: pending and cancelled ones do not."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise made on the ticket."""

    kind: str
    """``callback``, ``waiting`` or ``linked-by-then``."""

    due_at: int
    """When it is due, in seconds UTC."""

    zone: str
    """The zone it was said in."""

    made_at: int
    """When it was made, in seconds UTC."""

    clerk: str
    """Who made it."""

    done_at: int | None
    """When it was kept or done away with, in seconds UTC."""

    struck: bool
    """Whether it was recorded in error."""

    id: int = 0
    """The promise's id."""

    ended: str = ""
    """How it was dealt with: ``called``, ``came``, ``moved``, ``dropped`` or empty."""

    reason: str = ""
    """Why it was dropped, or empty."""


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """Something promised that is not dealt with."""

    number: str
    """The ticket's number."""

    promise: Promised
    """What was promised."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises of those that fell due were kept."""

    kept: int
    """Called back in time."""

    due: int
    """Fell due and were not cancelled before."""


def promise_state(due_at: int, attempt_at: int | None, done_at: int | None, now: int) -> str:
    """What a promise to call back is.

    Args:
        due_at: The promised moment, in seconds UTC.
        attempt_at: When it was first tried to call back, reached or not.
        done_at: When it was dealt with, in whatever way.
        now: The moment.

    Returns:
        ``kept`` when somebody tried in time; ``cancelled`` when it was dealt with before its
        time without a call (the caller rang first, or another time was agreed); ``missed``
        when it was dealt with too late; ``late`` while it is overdue; else ``pending``.
    """
    if attempt_at is not None and attempt_at <= due_at:
        return "kept"
    if done_at is not None:
        return "cancelled" if done_at <= due_at else "missed"
    return "pending" if now <= due_at else "late"


def waiting_state(due_at: int, done_at: int | None, ended: str, now: int) -> str:
    """What a promise to look at a ticket by a time is.

    Args:
        due_at: The promised moment, in seconds UTC.
        done_at: When it was dealt with.
        ended: How: ``called``, ``came``, ``moved``, ``dropped`` or empty.
        now: The moment.

    Returns:
        ``kept`` when it was dealt with in time; ``cancelled`` when it was moved or dropped in
        time; ``missed`` when it was dealt with too late; ``late`` while it is overdue; else
        ``pending``.
    """
    if done_at is None:
        return "pending" if now <= due_at else "late"
    if done_at > due_at:
        return "missed"
    return "cancelled" if ended in {"moved", "dropped"} else "kept"


def kept_rate(states: list[str]) -> Kept:
    """Count the promises that were kept.

    Args:
        states: What each is.

    Returns:
        Kept, of those due: pending and cancelled ones are not.
    """
    counted = [state for state in states if state in IS_DUE]
    return Kept(counted.count("kept"), len(counted))
