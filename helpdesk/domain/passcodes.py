"""Passcodes: how good one must be, and how long wrong ones make everybody wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.errors import BadInput

SHORTEST: Final = 8
"""The fewest characters of a passcode."""

LONGEST: Final = 128
"""The most: hashing takes longer the more there are."""

FREE_TRIES: Final = 5
"""How many wrong ones in a row cost nothing."""

_FEW_SIGNS: Final = 4
_FIRST_WAIT: Final = 30
_LONGEST_WAIT: Final = 900


class Passcode:
    """A passcode as it was typed: nothing prints it, and no guard reads it as a text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Take what was typed.

        Args:
            text: The passcode.
        """
        self._text = text

    def __repr__(self) -> str:
        """Say what it is, not which."""
        return "Passcode()"

    def reveal(self) -> str:
        """Give the text to whoever hashes it.

        Returns:
            The passcode.
        """
        return self._text


def refuse_weak(passcode: Passcode, login: str) -> None:
    """Refuse a passcode that is guessed at once.

    Args:
        passcode: The new one.
        login: Whose it is to be.

    Raises:
        BadInput: When it is too short, too long, of too few signs, or the login.
    """
    text = passcode.reveal()
    if not SHORTEST <= len(text) <= LONGEST:
        raise BadInput(f"A passcode has {SHORTEST} to {LONGEST} characters: take another.")
    if len(set(text)) < _FEW_SIGNS:
        raise BadInput("A passcode has at least four different characters: take another.")
    if login.lower() in text.lower():
        raise BadInput("A passcode does not hold the login: take another.")


def opens_at(tries: Sequence[tuple[int, bool]], now: int) -> int:
    """When the next passcode counts, after those that were tried.

    After five wrong ones in a row each wait is twice the one before: 30 seconds, a minute, up
    to a quarter of an hour.

    Args:
        tries: When each was tried, in seconds UTC, and whether it was right; newest first.
        now: The time, in seconds UTC.

    Returns:
        The moment, in seconds UTC; not after ``now`` when it counts already.
    """
    wrong = next((place for place, (_, right) in enumerate(tries) if right), len(tries))
    if wrong < FREE_TRIES:
        return now
    last = min(tries[0][0], now)  # a clock that was set back must not lock anybody out for days
    return last + min(_LONGEST_WAIT, _FIRST_WAIT << min(wrong - FREE_TRIES, 10))
