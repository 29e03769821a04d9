"""The playbooks: searched by words, read without a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.app import ComposeResult
from textual.content import Content

from helpdesk.desk.playbook_text import playbook_text
from helpdesk.desk.playbooks import get_playbook
from helpdesk.desk.reports import versions_on_screen
from helpdesk.desk.symptoms import rank_symptoms
from helpdesk.domain.ratios import FEW, Ratio
from helpdesk.domain.tables import Figure
from helpdesk.tui.breaking import hung
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.screens.ticket import TextScreen
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row, RowList

_DAYS: Final = 90


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
        self._rank(keep=True)

    def typed(self) -> None:
        """Rank for what was typed; the best is chosen."""
        self._rank(keep=False)

    def _rank(self, *, keep: bool) -> None:
        found = rank_symptoms(self.console.desk, self.query_one("#find", LineBox).content)
        library = self.console.desk.library.playbooks
        self.rows.show(
            [
                Row(each.slug, f"{each.code:<3} {each.title:<52} {library[each.slug].theme}")
                for each in found
            ],
            keep=keep,
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
    """One playbook as a tree, with the values of the desk's own court, and how it does."""

    def __init__(self, slug: str) -> None:
        """Take the playbook.

        Args:
            slug: Its slug.
        """
        super().__init__()
        self._slug = slug

    def live(self) -> tuple[str, ...]:
        """What texts have, and to try the playbook."""
        back, *further = super().live()
        return (back, "try", *further)

    async def refreshed(self) -> None:
        """Lay the playbook out; its figures come below when they are there."""
        self.TITLE_OF_SCREEN = self._slug
        self._show([])
        self.do_soon(self._show_figures)

    async def do_try(self) -> None:
        """Walk it with a made-up caller."""
        from helpdesk.tui.screens.preview import PreviewScreen  # noqa: PLC0415 - opened rarely

        playbook = get_playbook(self.console.desk, self._slug)
        await self.console.push_screen(PreviewScreen(playbook))

    async def _show_figures(self) -> None:
        table = await self.console.beside.read(versions_on_screen, self._slug, _DAYS)
        heading = f"Versions, on calls of the last {_DAYS} days"
        rows = [_version(dict(zip(table.columns, row, strict=True))) for row in table.rows]
        self._show(["", heading, *(rows or ["  not used"])])

    def _show(self, figures: list[str]) -> None:
        playbook = self.console.desk.library.playbooks.get(self._slug)
        if playbook is None:
            self.show_text([Content(f" {self._slug} is not among the playbooks any more.")])
            return
        text = [*playbook_text(self.console.desk, playbook), *figures]
        width = self.size.width - 3
        self.show_text([Content(part) for each in text for part in hung(each, width)])


def _version(row: Mapping[str, Figure]) -> str:
    ratio, length = row["repeat_adjusted_fcr"], row["median_s"]
    many, fcr = 0, f"too few (n<{FEW})"
    if isinstance(ratio, Ratio):
        many = ratio.whole
        if ratio.interval is not None and not ratio.too_few:
            low, high = (f"{100 * end:.1f}" for end in ratio.interval)
            fcr = f"{100 * ratio.part / many:.1f}% ({low} to {high})"
    median = f"{length:.0f} s" if isinstance(length, int | float) else "no times"
    since = str(row["first_used_local"])[: len("2026-06-01")]
    told = f"  {row['court']} v{row['version']} since {since}: {row['uses']} calls, "
    told += f"median {median}, resolved on first call {fcr} of {many}"
    return f"{told}; most ended after {row['exits']}" if row["exits"] else told
