"""Counts of calls span by span, as a row of blocks beside a row of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_BLOCKS: Final = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Sparks:
    """Started calls of each row of a report, span by span."""

    unit: str
    """What a span is: day, week, month or fy."""

    counts: Mapping[str, tuple[int, ...]]
    """The calls of each span, by the row's key."""

    whole: tuple[int, ...]
    """Those of all rows."""


def spark(counts: Sequence[int]) -> str:
    """Draw counts as a row of blocks.

    Args:
        counts: The counts.

    Returns:
        A block each, as high as its part of the greatest; a dot for none.
    """
    most = max(counts, default=0)
    return "".join(_BLOCKS[(each * len(_BLOCKS) - 1) // most] if each else "·" for each in counts)
