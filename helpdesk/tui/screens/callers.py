"""Everybody who ever called: found by any part of anything, opened as a card."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult

from helpdesk.desk.caller_search import look_for_callers
from helpdesk.domain.callers import CallersFound
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row, RowList


class CallersScreen(ListScreen):
    """Callers, and a box to find them; Enter opens the card."""

    TITLE_OF_SCREEN = "callers"

    def __init__(self) -> None:
        """Begin in the box, with who called last."""
        super().__init__()
        self._typing = True
        self._listed: str | None = None
        self._no_caller = ""

    def body(self) -> ComposeResult:
        """A box above a list."""
        yield LineBox("phone, name, firm, e-mail, bar number or ticket number", id="find")
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """In the box accept and leave; in the list what lists have, and who looks alike."""
        if self._typing:
            return ("accept", "box-leave", "box-down", "box-up", *IN_A_BOX)
        if self.GOING or self.console.view is not None:
            return super().live()
        return ("alike", *super().live())

    def box(self) -> LineBox | None:
        """The box, while it is typed in."""
        return self.query_one("#find", LineBox) if self._typing else None

    def typed(self) -> None:
        """Narrow the list; a newer letter drops the answer to an older one."""
        self.do_soon(partial(self._list, self._typed))

    async def refreshed(self) -> None:
        """Fetch what is listed, the cursor where it was."""
        self.set_focus(self.box())
        await self._list(self._typed, keep=True)

    async def do_find(self) -> None:
        """Go to the box."""
        self._typing = True
        self.set_focus(self.box())

    async def do_accept(self) -> None:
        """Open the card of the chosen caller, or a ticket by its number that has no caller."""
        await self._catch_up()
        if self._no_caller:
            await self.console.show_ticket(self._no_caller)
        else:
            await self.do_open()

    async def do_box_leave(self) -> None:
        """Leave the box; its words stay."""
        self._typing = False
        self.set_focus(None)

    async def do_box_down(self) -> None:
        """One row down."""
        await self._catch_up()
        self.rows.move(1)

    async def do_box_up(self) -> None:
        """One row up."""
        await self._catch_up()
        self.rows.move(-1)

    async def do_open(self) -> None:
        """Open the card of the chosen caller."""
        row = self.rows.chosen
        if row is not None:
            await self.console.show_caller(int(row.key))

    async def do_alike(self) -> None:
        """Review who may be the same person."""
        from helpdesk.tui.screens.alike import AlikeScreen  # noqa: PLC0415 - opened rarely

        await self.console.push_screen(AlikeScreen())

    @property
    def _typed(self) -> str:
        return self.query_one("#find", LineBox).content.strip()

    async def _catch_up(self) -> None:
        """List for what stands in the box: fingers may be quicker than the database."""
        self.give_up()
        if self._typed != self._listed:
            await self._list(self._typed)

    async def _list(self, typed: str, *, keep: bool = False) -> None:
        found = await self.console.thread.read(look_for_callers, typed, counted=True)
        self._listed, self._no_caller = typed, found.no_caller
        self.rows.show(_rows(found, typed), keep=keep)


def _rows(found: CallersFound, typed: str) -> list[Row]:
    rows = [Row(str(caller.id), caller.label) for caller in found.callers]
    if not rows:
        rows.append(Row("", f"Nobody fits “{typed}”." if typed else "Nobody has called yet."))
    if found.said:
        rows.insert(0, Row("", found.said))
    return rows
