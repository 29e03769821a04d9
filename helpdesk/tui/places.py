"""The screens that ``g`` and a second key lead to; each is imported when it is gone to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from helpdesk.tui.screens.base import DeskScreen

_SCREENS: Final = {
    "t": ("marking", "MarkingScreen"),
    "c": ("callers", "CallersScreen"),
    "b": ("promises", "PromisesScreen"),
    "i": ("incidents", "IncidentsScreen"),
    "f": ("flagged", "FlaggedScreen"),
    "p": ("playbooks", "PlaybooksScreen"),
    "r": ("reports", "ReportsScreen"),
    "w": ("wall", "WallScreen"),
    "a": ("access", "AccessScreen"),
}
"""The module and the class of each; home is what lies below all of them."""


def screen_at(place: str) -> DeskScreen | None:
    """Make the screen of a place.

    Args:
        place: The second key after ``g``.

    Returns:
        The screen; ``None`` for home.
    """
    if place not in _SCREENS:
        return None
    module, name = _SCREENS[place]
    made: DeskScreen = getattr(import_module(f"helpdesk.tui.screens.{module}"), name)()
    return made
