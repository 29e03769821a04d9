"""Why a call is looked at again by a supervisor."""

from __future__ import annotations

from typing import Final, NamedTuple

LONG_SECONDS: Final = 4 * 3600
"""A call that took longer is looked at again."""


class FlaggedCall(NamedTuple):
    """A call that a supervisor should look at."""

    call: int
    """The call's id."""

    number: str
    """Its ticket's number."""

    clerk: str
    """Whose it was."""

    caller: str
    """The caller's name, or empty."""

    started_at: int
    """When it began, in seconds UTC."""

    reasons: tuple[str, ...]
    """Why it is flagged; at least one."""


def why_flagged(
    outcome: str, playbook_outcome: str, seconds: int, *, edited: bool, clock_changed: bool
) -> tuple[str, ...]:
    """Say why a call is flagged.

    Args:
        outcome: How it ended.
        playbook_outcome: What the end of the playbook says, or empty.
        seconds: How long it took: talk, hold and wrap.
        edited: Whether its times were set by hand.
        clock_changed: Whether the computer's clock was set meanwhile.

    Returns:
        The reasons; none for a call like any other.
    """
    hours, rest = divmod(seconds, 3600)
    told = {
        "times edited by hand": edited,
        "the computer's clock was set": clock_changed,
        f"took {hours}:{rest // 60:02} hours": seconds > LONG_SECONDS,
        f"ended {outcome}, the playbook says {playbook_outcome}": (
            playbook_outcome not in {"", outcome}
        ),
    }
    return tuple(said for said, is_so in told.items() if is_so)
