"""A screen with a grid of figures, walked over with the arrows."""

from __future__ import annotations

from helpdesk.tui.screens.lists import MOVING
from helpdesk.tui.screens.patient import PatientScreen
from helpdesk.tui.widgets.figure_grid import FigureGrid


class GridScreen(PatientScreen):
    """The cursor is on one cell; the total is behind the last row."""

    def moving(self) -> tuple[str, ...]:
        """All that moves in the grid."""
        return ("left", "right", *(each for each in MOVING if each != "open"))

    @property
    def grid(self) -> FigureGrid:
        """The grid."""
        return self.query_one(FigureGrid)

    def say_figure(self) -> None:
        """Say what is under the cursor now."""

    async def do_left(self) -> None:
        """One column to the left."""
        self._move(0, -1)

    async def do_right(self) -> None:
        """One column to the right."""
        self._move(0, 1)

    async def do_down(self) -> None:
        """One row down."""
        self._move(1, 0)

    async def do_up(self) -> None:
        """One row up."""
        self._move(-1, 0)

    async def do_down_too(self) -> None:
        """One row down."""
        self._move(1, 0)

    async def do_up_too(self) -> None:
        """One row up."""
        self._move(-1, 0)

    async def do_page_down(self) -> None:
        """One page down."""
        self._move(self.grid.page, 0)

    async def do_page_up(self) -> None:
        """One page up."""
        self._move(-self.grid.page, 0)

    async def do_first(self) -> None:
        """To the first row."""
        self._move(-self.grid.grid.places, 0)

    async def do_last(self) -> None:
        """To the total, or the last row."""
        self._move(self.grid.grid.places, 0)

    def _move(self, down: int, right: int) -> None:
        self.grid.move(down, right)
        self.say_figure()
