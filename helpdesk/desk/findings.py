"""What an examination says about one part of a desk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    """What was looked at, in a word or two."""

    said: str
    """What was found."""

    way_out: str = ""
    """What to do about it; empty when all is well."""

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not self.way_out
