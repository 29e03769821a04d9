"""Callers who may be the same person, both side by side: merged, or kept apart for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from helpdesk.desk.alike import alike_of, look_for_alike
from helpdesk.desk.caller_merging import keep_apart, merge_callers
from helpdesk.domain.phones import shown
from helpdesk.domain.safe_text import line
from helpdesk.errors import NotAllowed
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.row_list import Row, RowList
from helpdesk.tui.words import fitted, moment

if TYPE_CHECKING:
    from helpdesk.domain.caller_card import Alike
    from helpdesk.domain.calls import Caller

_ENOUGH = 40
_MOST_STRETCHES = 10
_FIELDS = ("name", "phones", "e-mail", "bar no.", "firm", "role", "court", "called")


class AlikeScreen(ListScreen):
    """A list of pairs, the chosen one side by side below it."""

    TITLE_OF_SCREEN = "the same person?"

    def __init__(self, caller: int | None = None) -> None:
        """Take what is reviewed.

        Args:
            caller: Only whoever may be the same as this one; ``None`` for everybody.
        """
        super().__init__()
        self._caller = caller
        self._pairs: list[Alike] = []
        self._looked_at = 0
        self._after: tuple[int, int] | None = None

    def body(self) -> ComposeResult:
        """The list above both."""
        yield RowList()
        yield Static("", id="both", markup=False)

    def live(self) -> tuple[str, ...]:
        """What the lists share, merging and keeping apart."""
        live = super().live()
        if self.GOING or not self.moving():
            return live
        return ("merge-callers", "keep-apart", *live)

    async def refreshed(self) -> None:
        """Look for pairs anew, the cursor where it was."""
        if self._caller is not None:
            self._pairs = await self.console.thread.read(alike_of, self._caller)
        else:
            before = self._looked_at
            self._pairs, self._looked_at, self._after = [], 0, None
            await self._look()
            while self._looked_at < before and self._after is not None:
                await self._look()
        self._show()

    def show_lines(self) -> None:
        """Bring both up to date with the cursor too."""
        super().show_lines()
        if self.stands:
            self._show_both()

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
        await self._grow()
        await super().do_last()

    async def _near_end(self) -> None:
        rows = self.rows
        if rows.cursor + 2 * rows.size.height >= len(rows.rows):
            await self._grow()

    async def do_open(self) -> None:
        """Open the card of the first."""
        await self.console.show_caller(self._chosen.one.id)

    async def do_merge_callers(self) -> None:
        """Ask who of the two stays, and merge the other by pointer."""
        one, other = self._chosen.one, self._chosen.other

        async def then(key: str) -> str:
            gone, stays = (other, one) if key == "1" else (one, other)
            await self.console.thread.do(merge_callers, gone.id, stays.id)
            return f"{_name(gone)} counts as {_name(stays)} now. u takes it back."

        rows = [Row("1", f"1  {one.label}"), Row("2", f"2  {other.label}")]
        await self.console.ask(Question("Which of them stays?  Nothing is lost.", then, rows))

    async def do_keep_apart(self) -> None:
        """Say that they are two people: it is not suggested again."""
        one, other = self._chosen.one, self._chosen.other
        await self.console.thread.do(keep_apart, one.id, other.id)
        await self.refreshed()
        self.say(f"{_name(one)} and {_name(other)} are two people. u takes it back.")

    @property
    def _chosen(self) -> Alike:
        row = self.rows.chosen
        if row is None:
            raise NotAllowed("There is no pair to decide on.")
        return self._pairs[int(row.key)]

    async def _grow(self) -> None:
        """Look at the next callers, if there are any."""
        if self._after is not None:
            await self._look()
            self._show()

    async def _look(self) -> None:
        """Look at who called last until there is enough to decide on."""
        enough = len(self._pairs) + _ENOUGH
        for _ in range(_MOST_STRETCHES):
            found = await self.console.thread.read(look_for_alike, self._after)
            self._pairs += found.pairs
            self._looked_at += found.looked_at
            self._after = found.after
            if self._after is None or len(self._pairs) >= enough:
                return

    def _show(self) -> None:
        rows = [
            Row(
                str(place),
                f"{fitted(_name(each.one), 24)} =? {fitted(_name(each.other), 24)} "
                f"{', '.join(each.why)}",
            )
            for place, each in enumerate(self._pairs)
        ]
        self.rows.show([Row("", self._heading()), *rows], keep=True)

    def _heading(self) -> str:
        count = len(self._pairs)
        found = f"{count:,} pair{'' if count == 1 else 's'}" if count else "No pair"
        if self._caller is not None:
            return f"{found} to decide on"
        rest = "; pgdn looks further" if self._after is not None else ""
        return f"{found} among the {self._looked_at:,} who called last{rest}"

    def _show_both(self) -> None:
        row = self.rows.chosen
        pair = self._pairs[int(row.key)] if row and int(row.key) < len(self._pairs) else None
        width = max(10, (self.size.width - 14) // 2)
        lines = []
        if pair is not None:
            left, right = self._cells(pair.one), self._cells(pair.other)
            for name, one, other in zip(_FIELDS, left, right, strict=True):
                sign = "=" if one and one.lower() == other.lower() else " "
                lines.append(
                    f" {name:<8}{sign} {fitted(line(one), width)}  {fitted(line(other), width)}"
                )
        self.query_one("#both", Static).update(Content("\n".join(lines)))

    def _cells(self, caller: Caller) -> tuple[str, ...]:
        desk = self.console.desk
        called = moment(caller.called_at, desk.home_office.zone, desk.clock.now())
        return (
            caller.name, ", ".join(map(shown, caller.phones)), caller.email, caller.bar_number,
            caller.firm, caller.role, f"{caller.court}/{caller.office}", called,
        )  # fmt: skip


def _name(caller: Caller) -> str:
    return line(caller.name) or "(no name)"
