"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.desk.desk import Clock

START: Final = int(datetime(2026, 6, 1, 9, 14, 3, tzinfo=ZoneInfo("America/New_York")).timestamp())
"""Monday morning: the moment every test begins at."""


class StillClock(Clock):
    """Both clocks of the desk, moved only when told."""

    def __init__(self, at: int = START) -> None:
        """Stand still at a moment.

        Args:
            at: The moment, in seconds UTC.
        """
        self.at = at
        self.ticks = 1_000.0

    def now(self) -> int:
        """The moment, in seconds UTC."""
        return self.at

    def monotonic(self) -> float:
        """Seconds of the clock that nobody can set."""
        return self.ticks

    def go_on(self, seconds: float) -> None:
        """Let time pass on both clocks.

        Args:
            seconds: How long.
        """
        self.at += round(seconds)
        self.ticks += seconds

    def set_by(self, seconds: int) -> None:
        """Set the computer's clock, as an administrator or a time server does.

        Args:
            seconds: By how much; negative for back.
        """
        self.at += seconds
