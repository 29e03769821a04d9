"""Whether a call is a repeat, and which call of the same caller it is (STATS §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

REPEAT_SECONDS: Final = 7 * 86_400
"""W: a call exactly this long after another is still a repeat, a second later it is none."""

SAME_CONTACT_SECONDS: Final = 120
"""A call this soon after a line dropped is the same contact, and no repeat."""


@dataclass(frozen=True, slots=True)
class EarlierCall:
    """One inbound call of the same caller."""

    started_at: int
    """When it began, in seconds UTC."""

    ended_at: int | None
    """When the caller hung up, or the line dropped."""

    outcome: str
    """How it ended, or empty."""

    symptom: str
    """What it was about, or empty."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a call stands to the earlier ones of the same caller."""

    nth: int = 1
    """Which call it is within ``REPEAT_SECONDS``; the same contact counts once."""

    dropped: bool = False
    """Whether the line had dropped just before: it is the same contact."""

    symptoms: frozenset[str] = frozenset()
    """What the earlier ones were about."""


def within_repeat(earlier: int, later: int) -> bool:
    """Whether a call is so soon after another that it counts as a repeat.

    Args:
        earlier: When the other began, in seconds UTC.
        later: When the call began.

    Returns:
        Whether it began after it, and at most ``REPEAT_SECONDS`` later.
    """
    return 0 < later - earlier <= REPEAT_SECONDS


def repeat_of(started_at: int, calls: Sequence[EarlierCall]) -> Repeat:
    """Say how a call stands to the earlier ones.

    Args:
        started_at: When it began, in seconds UTC.
        calls: Inbound calls of the same caller, the first first.

    Returns:
        Which call of how long it is.
    """
    earlier = [call for call in calls if within_repeat(call.started_at, started_at)]
    starts = [*(call.started_at for call in earlier[1:]), started_at]
    same = [_same_contact(call, next_at) for call, next_at in zip(earlier, starts, strict=False)]
    return Repeat(
        nth=len(earlier) - sum(same) + 1,
        dropped=bool(same) and same[-1],
        symptoms=frozenset(call.symptom for call in earlier if call.symptom),
    )


def ordinal(number: int) -> str:
    """A number as it is counted.

    Args:
        number: From 1.

    Returns:
        Such as ``2nd``.
    """
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _same_contact(call: EarlierCall, next_at: int) -> bool:
    return goes_on(call.outcome, call.started_at, call.ended_at, next_at)


def goes_on(outcome: str, started_at: int, ended_at: int | None, next_at: int) -> bool:
    """Whether the next call is the same contact: the line had dropped just before.

    Args:
        outcome: How the earlier call ended.
        started_at: When it began, in seconds UTC.
        ended_at: When it ended, if that is known.
        next_at: When the next one began.

    Returns:
        Whether it began at most ``SAME_CONTACT_SECONDS`` after the line dropped.
    """
    ended = started_at if ended_at is None else ended_at
    return outcome == "dropped" and next_at - ended <= SAME_CONTACT_SECONDS
