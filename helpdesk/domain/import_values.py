"""What stands in the cells of an old call log: lengths of time, directions, outcomes, flags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from helpdesk.domain.playbook import checked_outcome
from helpdesk.errors import BadInput

UNITS: Final[Mapping[str, int]] = {"s": 1, "m": 60, "h": 3_600}
"""What a length without a unit can be counted in, in seconds."""

_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")
_CLOCK: Final = re.compile(r"(-?)(\d+):(\d{2})(?::(\d{2})(?:\.\d+)?)?\Z")
_PARTS: Final = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*h(?:rs?|ours?)?\.?)?\s*(?:(\d+(?:\.\d+)?)\s*m(?:ins?|inutes?)?\.?)?\s*"
    r"(?:(\d+(?:\.\d+)?)\s*s(?:ecs?|econds?)?\.?)?\Z",
    re.IGNORECASE,
)
_SIXTY: Final = 60
_LONGEST: Final = 100 * 366 * 86_400
_LONGEST_TEXT: Final = 100

_DIRECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "in": ("in", "inbound", "incoming", "received", "i", "from caller"),
    "out": ("out", "outbound", "outgoing", "made", "o", "to caller"),
}
_OUTCOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "resolved": (
        "resolved", "closed", "completed", "complete", "fixed", "solved", "done", "answered",
        "settled", "handled", "success",
    ),
    "waiting": (
        "waiting", "pending", "on hold", "open", "in progress", "new", "waiting on customer",
        "waiting on caller", "awaiting response",
    ),
    "callback": ("callback", "call back", "left message", "left voicemail", "voicemail", "lm"),
    "escalated": ("escalated", "escalation", "tier 2", "level 2"),
    "referred": ("referred", "transferred", "redirected", "forwarded", "not ours", "psc"),
    "dropped": (
        "dropped", "abandoned", "hang up", "hung up", "disconnected", "wrong number",
        "no answer", "cut off", "missed",
    ),
}  # fmt: skip
_YES: Final = frozenset({"1", "yes", "y", "true", "x"})
_NO: Final = frozenset({"", "0", "no", "n", "false"})
_SIGNS: Final = re.compile(r"[^a-z0-9]+")


def is_bare(text: str) -> bool:
    """Whether a length of time is a number without a unit."""
    return _NUMBER.match(text) is not None


def seconds_meant(text: str, unit: str) -> int:
    """Read a length of time.

    Args:
        text: ``95``, ``1:35``, ``0:01:35``, ``1m 35s``, ``1.5 min``; of two parts with a colon
            minutes come first, unless the unit is hours.
        unit: What numbers alone are counted in, of ``UNITS``.

    Returns:
        Whole seconds, 0 or more.

    Raises:
        BadInput: When it cannot be read or is negative.
    """
    typed = text.strip()
    if len(typed) > _LONGEST_TEXT:
        raise BadInput(f"“{typed[:20]}…” is no length of time: write it like 95, 1:35 or 1m 35s.")
    if is_bare(typed):
        seconds = float(typed) * UNITS[unit]
    elif match := _CLOCK.match(typed):
        seconds = _clock_seconds(match, unit)
    elif typed and (parts := _PARTS.match(typed)) and any(parts.groups()):
        counted = zip(parts.groups(), (3_600, 60, 1), strict=True)
        seconds = sum(float(part or 0) * each for part, each in counted)
    else:
        raise BadInput(f"“{text}” is no length of time: write it like 95, 1:35 or 1m 35s.")
    if seconds < 0:
        raise BadInput(f"“{text}” is a negative length of time.")
    if seconds > _LONGEST:
        raise BadInput(f"“{text}” is longer than anybody lives: correct it.")
    return round(seconds)


def direction_meant(text: str) -> str:
    """Read which way a call went.

    Args:
        text: Such as ``Inbound``; empty for one that came in.

    Returns:
        ``in`` or ``out``.

    Raises:
        BadInput: When it is neither.
    """
    words = _words(text)
    for direction, said in _DIRECTIONS.items():
        if words in said or (words.endswith(" call") and words.removesuffix(" call") in said):
            return direction
    if words:
        raise BadInput(f"“{text}” is no direction of a call: use in or out.")
    return "in"


def outcome_meant(text: str) -> str:
    """Read how a call ended.

    Args:
        text: Such as ``Closed`` or ``Transferred``.

    Returns:
        One of ``OUTCOMES``.

    Raises:
        BadInput: When it is none that is known.
    """
    words = _words(text)
    for outcome, said in _OUTCOMES.items():
        if words in said:
            return outcome
    return checked_outcome(text)


def flag_meant(text: str) -> bool:
    """Read yes or no.

    Args:
        text: Such as ``1`` or ``no``; empty for no.

    Returns:
        Which.

    Raises:
        BadInput: When it is neither.
    """
    typed = text.strip().lower()
    if typed not in _YES | _NO:
        raise BadInput(f"“{text}” is neither yes nor no: use 1 or 0.")
    return typed in _YES


def _clock_seconds(match: re.Match[str], unit: str) -> float:
    sign, first, second, third = match.groups()
    if int(second) >= _SIXTY or int(third or 0) >= _SIXTY:
        raise BadInput(f"“{match[0]}” is no length of time: write it like 95, 1:35 or 1m 35s.")
    hours = third is not None or unit == "h"
    seconds = int(first) * (3_600 if hours else 60) + int(second) * (60 if hours else 1)
    return (-1 if sign else 1) * (seconds + int(third or 0))


def _words(text: str) -> str:
    return _SIGNS.sub(" ", text.lower()).strip()
