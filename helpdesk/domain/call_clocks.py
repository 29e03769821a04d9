"""How long the parts of a call have taken up to a moment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long the parts of a call have taken up to a moment."""

    talk: int = 0
    """Seconds talked."""

    hold: int = 0
    """Seconds on hold or parked."""

    wrap: int = 0
    """Seconds after the caller hung up."""

    running: str = ""
    """Which of them runs: ``talk``, ``hold``, ``wrap`` or none."""

    since: int = 0
    """When the running one began, in seconds UTC."""

    def at(self, now: int) -> Clocks:
        """The clocks at a later moment.

        Args:
            now: The moment, in seconds UTC.

        Returns:
            The same clocks with the running one moved on.
        """
        more = max(0, now - self.since) if self.running else 0
        return Clocks(
            self.talk + (more if self.running == "talk" else 0),
            self.hold + (more if self.running == "hold" else 0),
            self.wrap + (more if self.running == "wrap" else 0),
            self.running,
            max(now, self.since),
        )
