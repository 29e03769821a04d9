"""The playbooks: searched by words, read without a call."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from helpdesk.desk.symptoms import rank_symptoms
from helpdesk.desk.playbook_text import playbook_text
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.screens.ticket import TextScreen, hung
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row, RowList


class PlaybooksScreen(ListScreen):
    """Every playbook, and a box to find one."""

    TITLE_OF_SCREEN = "playbooks"
    _typing = True

    def body(self) -> ComposeResult:
        """A box above a list."""
        yield LineBox("a code, or what the caller says", id="find")
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """In the box accept and leave; in the list what lists have."""
        if self._typing:
            return ("accept", "box-leave", "box-down", "box-up", *IN_A_BOX)
        return super().live()

    def box(self) -> LineBox | None:
        """The box, while it is typed in."""
        return self.query_one("#find", LineBox) if self._typing else None

    async def refreshed(self) -> None:
        """List them all at first."""
        self.set_focus(self.box())
        self.typed()

    def typed(self) -> None:
        """Rank for what was typed."""
        found = rank_symptoms(self.console.desk, self.query_one("#find", LineBox).content)
        library = self.console.desk.library.playbooks
        self.rows.show(
            [
                Row(each.slug, f"{each.code:<3} {each.title:<52} {library[each.slug].theme}")
                for each in found
            ],
            keep=True,
        )

    async def do_find(self) -> None:
        """Go to the box."""
        self._typing = True
        self.set_focus(self.box())

    async def do_accept(self) -> None:
        """Read the chosen playbook."""
        await self.do_open()

    async def do_box_leave(self) -> None:
        """Leave the box for the list."""
        self._typing = False
        self.set_focus(None)

    async def do_box_down(self) -> None:
        """One row down."""
        self.rows.move(1)

    async def do_box_up(self) -> None:
        """One row up."""
        self.rows.move(-1)

    async def do_open(self) -> None:
        """Read the chosen playbook."""
        row = self.rows.chosen
        if row is not None:
            await self.console.push_screen(PlaybookScreen(row.key))


class PlaybookScreen(TextScreen):
    """One playbook as text, with the values of the desk's own court."""

    def __init__(self, slug: str) -> None:
        """Take the playbook.

        Args:
            slug: Its slug.
        """
        super().__init__()
        self._slug = slug

    async def refreshed(self) -> None:
        """Lay the playbook out."""
        playbook = self.console.desk.library.playbooks[self._slug]
        self.TITLE_OF_SCREEN = playbook.slug
        desk, width = self.console.desk, self.size.width
        text = playbook_text(desk, playbook)
        self.show_text([Content(part) for each in text for part in hung(each, width - 3)])
