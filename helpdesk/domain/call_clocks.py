"""How long the parts of a call have taken up to a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise


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


def stretches_within(
    lengths: Sequence[int], recorded: tuple[int, int], corrected: tuple[int, int]
) -> list[tuple[int, int]]:
    """Lay the stretches of a call out between its corrected times, without gaps.

    Args:
        lengths: How many seconds each took, in order.
        recorded: When the call began and ended by what was recorded, in seconds UTC.
        corrected: When it really did; the end is not before the beginning.

    Returns:
        When each began and ended. What lies outside of the corrected times has no length; the
        first and the last that do not are made shorter or longer.
    """
    if not lengths:
        return []
    began, over = corrected
    # Counted from the time that is right, a computer's clock set meanwhile does no harm.
    start = over - sum(lengths) if over == recorded[1] else recorded[0]
    edges = list(accumulate(lengths, initial=start))[1:-1]
    inner = [min(max(edge, began), over) for edge in edges]
    return list(pairwise([began, *inner, over]))
