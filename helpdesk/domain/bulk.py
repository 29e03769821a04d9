"""A change of many tickets at once: what it is, and what it would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from helpdesk.errors import BadInput

KINDS = ("status", "owner", "tags")
"""What can be changed on many tickets at once."""


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One change, for many tickets."""

    kind: str
    """One of ``KINDS``."""

    value: str
    """The status, the owner's login, or tags with a minus before those to be taken off."""

    reason: str = ""
    """Why, where a status needs it."""

    @property
    def said(self) -> str:
        """The change in a few words."""
        return f"{self.kind} {self.value}" + (f" ({self.reason})" if self.reason else "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A ticket that a change leaves as it is, and why."""

    number: str
    """The ticket's number."""

    reason: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What a change would do."""

    changed: int
    """How many tickets it changes."""

    refused: tuple[Refusal, ...]
    """Those that it leaves as they are."""

    op: str = ""
    """The operation, once it is done."""

    example: str = ""
    """The number of a ticket that it changes, on which all of it can be taken back."""

    def __str__(self) -> str:
        """Such as *will change 37, will refuse 2: 2 are resolved already*."""
        told = f"will change {self.changed:,}, will refuse {len(self.refused):,}"
        return told + (f", because {reasons_of(self.refused)}" if self.refused else "")


def bulk_change_meant(text: str) -> BulkChange:
    """Read a change as people type it.

    Args:
        text: ``status=resolved``, ``status=closed: done by letter``, ``owner=jlee``,
            ``tags=urgent -later``.

    Returns:
        The change.

    Raises:
        BadInput: When it is none.
    """
    kind, sign, rest = text.strip().partition("=")
    kind = kind.strip().lower()
    if not sign or kind not in KINDS or not rest.strip():
        raise BadInput(
            f"“{text.strip()}” is no change: write status=resolved, status=closed: why, "
            "owner=LOGIN or tags=urgent -later."
        )
    value, _, reason = rest.partition(":") if kind == "status" else (rest, "", "")
    return BulkChange(kind, value.strip(), reason.strip())


def reasons_of(refused: Iterable[Refusal]) -> str:
    """Why tickets are refused, the commonest reason first.

    Args:
        refused: The refusals.

    Returns:
        Each reason with how often it comes.
    """
    counted = Counter(each.reason.replace(each.number, "it") for each in refused)
    return "; ".join(f"{many}× {reason}" for reason, many in counted.most_common())
