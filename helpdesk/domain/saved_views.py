"""Saved views: queries with a number and a name, one's own before those that all share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from helpdesk.errors import BadInput

PLACES: Final = range(1, 10)
"""The digits that open a view."""

LONGEST_NAME: Final = 20
"""So many characters of a name fit above a list."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query that a digit opens."""

    place: int
    """The digit."""

    name: str
    """What people call it."""

    query: str
    """The query as it is typed, so that ``clerk:me`` is whoever looks."""

    kind: str = "ours"
    """``own``, ``shared``, or ``ours`` for one that every desk begins with."""

    id: int = 0
    """The row's id; 0 for one that no row holds."""


@dataclass(frozen=True, slots=True)
class CountedView:
    """A view with how many tickets it finds now."""

    view: SavedView
    """The view."""

    count: str
    """The count as it is shown; ``?`` for a query that cannot be read any more."""


OURS: Final = (
    SavedView(1, "open", "status:open"),
    SavedView(2, "mine", "clerk:me status:open,waiting,escalated"),
    SavedView(3, "waiting", "status:waiting"),
    SavedView(4, "escalated", "status:escalated"),
    SavedView(5, "today", "opened:today"),
    SavedView(6, "late", "is:late"),
    SavedView(7, "flagged", "flagged:yes"),
)
"""What stands at each place until a view is saved there."""

_FIRST: Final = ("ours", "shared", "own")


def arranged(saved: Iterable[SavedView]) -> tuple[SavedView, ...]:
    """Choose which view each digit opens.

    Args:
        saved: The views that were saved, a clerk's own and the shared ones.

    Returns:
        One view a place, by place: an own one before a shared one, that before ours.
    """
    places: dict[int, SavedView] = {}
    for view in sorted((*OURS, *saved), key=lambda view: (_FIRST.index(view.kind), view.id)):
        places[view.place] = view
    return tuple(places[place] for place in sorted(places))


def checked_name(place: int, name: str) -> str:
    """Check where a view is to stand and what it is to be called.

    Args:
        place: The digit.
        name: The name as typed.

    Returns:
        The name, its blanks folded.

    Raises:
        BadInput: When the digit or the name will not do.
    """
    if place not in PLACES:
        raise BadInput(f"A view has a digit from 1 to 9, not {place}.")
    folded = " ".join(name.split())
    if not folded or len(folded) > LONGEST_NAME:
        raise BadInput(f"“{folded}”: a view's name takes 1 to {LONGEST_NAME} characters.")
    return folded
