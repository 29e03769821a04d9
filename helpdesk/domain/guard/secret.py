"""What the guard found: its kind and its place, never the secret itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that must not be kept."""

    kind: str
    """What it looks like, for the refusal; never the secret itself."""

    start: int
    """Where it begins in the text."""

    end: int
    """Where it ends."""
