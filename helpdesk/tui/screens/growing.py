"""A list that is fetched in stretches, the next one when the cursor comes near the last row."""

from __future__ import annotations

from helpdesk.tui.screens.lists import ListScreen


class GrowingScreen(ListScreen):
    """A list screen whose rows grow downwards; rows are only ever added."""

    async def grow(self) -> bool:
        """Fetch the next stretch.

        Returns:
            Whether there was one.
        """
        return False

    async def do_down(self) -> None:
        """One row down."""
        await self._near_end()
        await super().do_down()

    async def do_down_too(self) -> None:
        """One row down."""
        await self.do_down()

    async def do_page_down(self) -> None:
        """One page down."""
        await self._near_end()
        await super().do_page_down()

    async def do_last(self) -> None:
        """To the last row by now, and fetch what is behind it: all of it may take minutes."""
        await self.grow()
        await super().do_last()

    async def _near_end(self) -> None:
        rows = self.rows
        if rows.cursor + 2 * rows.size.height >= len(rows.rows):
            await self.grow()
