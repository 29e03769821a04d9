"""How long the parts of a call really took, whatever the computer's clock says (STATS §0)."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.desk import Desk

_CLOCK_SET: Final = 2
"""More seconds than this between the two clocks, and the computer's clock was set (STATS §0)."""


def mark(desk: Desk, call: int, from_at: int) -> None:
    """Remember by the clock that nobody can set when a stretch of a call began.

    Args:
        desk: The desk.
        call: The call.
        from_at: When it began, in seconds UTC; may lie before now.
    """
    behind = desk.clock.now() - from_at
    desk.marks[call] = (from_at, desk.clock.monotonic() - behind)


def measured_seconds(desk: Desk, call: int, now: int) -> int | None:
    """How long the running stretch of a call took by the clock that nobody can set.

    Args:
        desk: The desk.
        call: The call.
        now: The moment, in seconds UTC.

    Returns:
        Seconds; ``None`` when the two clocks agree, or when this console did not see it begin.
    """
    if call not in desk.marks:
        return None
    from_at, since = desk.marks[call]
    seconds = round(desk.clock.monotonic() - since)
    return seconds if abs(seconds - (now - from_at)) > _CLOCK_SET else None
