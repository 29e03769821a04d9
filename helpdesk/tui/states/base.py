"""What every state of a call has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.tui.screens.base import EVERYWHERE, IN_A_BOX
from helpdesk.tui.widgets.boxes import Box

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp
    from helpdesk.tui.screens.call import CallScreen

MOVING = ("box-down", "box-up", "box-page-down", "box-page-up")
"""Commands that move in the list beside a box."""


class CallState:
    """One state of the call screen."""

    stage = "playbook"
    """Which widget stands in the middle: ``playbook``, ``rows``, ``form`` or ``menu``."""

    part = ""
    """Which part has its box open: ``caller``, ``symptom``, ``note`` or none."""

    hint = ""
    """What the frame of the middle says."""

    def __init__(self, screen: CallScreen) -> None:
        """Take the screen.

        Args:
            screen: The call screen.
        """
        self.screen = screen

    @property
    def console(self) -> HelpdeskApp:
        """The running console."""
        return self.screen.console

    def live(self) -> tuple[str, ...]:
        """The commands that work in this state."""
        return EVERYWHERE

    def box(self) -> Box | None:
        """The box that is being typed in, if any."""
        return None

    def typed(self) -> None:
        """Something was typed into the box."""

    async def enter(self) -> None:
        """Begin this state."""

    def resized(self) -> None:
        """Lay out anew what was laid out for another width."""

    async def leave(self) -> None:
        """End this state."""

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take a key that is no command; says whether something was done."""
        del key, character
        return False


class BoxState(CallState):
    """A state in which somebody types, with a list beside the box."""

    stage = "rows"

    def live(self) -> tuple[str, ...]:
        """Accept, leave, move."""
        return ("accept", "box-leave", *MOVING, *IN_A_BOX)

    async def do_box_down(self) -> None:
        """One row down."""
        self.screen.rows.move(1)

    async def do_box_up(self) -> None:
        """One row up."""
        self.screen.rows.move(-1)

    async def do_box_page_down(self) -> None:
        """One page down."""
        self.screen.rows.move_page(1)

    async def do_box_page_up(self) -> None:
        """One page up."""
        self.screen.rows.move_page(-1)
