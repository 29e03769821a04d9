"""How much a ratio says: its parts, its 95 % interval, and when it is of too few (STATS §0)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

FEW: Final = 10
"""Below so many a ratio says nothing: “n<10” is shown."""

_Z: Final = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many."""

    part: int
    """How many."""

    whole: int
    """Of how many."""

    @property
    def value(self) -> float | None:
        """The ratio, or ``None`` of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its 95 % Wilson interval, or ``None`` of nothing."""
        if not self.whole:
            return None
        n, share, squared = self.whole, self.part / self.whole, _Z * _Z
        middle = share + squared / (2 * n)
        spread = _Z * sqrt(share * (1 - share) / n + squared / (4 * n * n))
        scale = 1 + squared / n
        return (max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))

    @property
    def too_few(self) -> bool:
        """Whether it says nothing yet."""
        return self.whole < FEW
