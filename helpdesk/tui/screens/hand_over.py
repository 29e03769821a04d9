"""The hand-over sheet of a shift: read it, take its lines over, write for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from helpdesk.desk.hand_overs import (
    AGAIN_SECONDS,
    add_note_for_shift,
    make_hand_over,
    newest_sheet,
    take_line,
    write_sheet,
)
from helpdesk.domain.folded import Each
from helpdesk.domain.hand_over import (
    Sheet,
    SheetLine,
    head_said,
    is_late,
    mark_said,
    text_of,
)
from helpdesk.domain.home import DUE_COUNTED
from helpdesk.domain.safe_text import block, line
from helpdesk.domain.words import counted
from helpdesk.errors import NotAllowed
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.screens.base import EVERYWHERE
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.row_list import Row, RowList
from helpdesk.tui.words import fitted, moment

_WAYS = (
    Row("c", "c  copy the sheet to the terminal's clipboard"),
    Row("f", "f  write it to a file"),
)


class HandOverScreen(ListScreen):
    """The newest sheet, into the next business day; before there is one, what it would hold."""

    TITLE_OF_SCREEN = "hand-over"

    def __init__(self) -> None:
        """Begin with nothing fetched."""
        super().__init__()
        self._sheet: Sheet | None = None
        self._marks, self._digits = 0, 2
        self._whole = ""

    def body(self) -> ComposeResult:
        """One list, and below it the chosen line in full."""
        yield RowList()
        yield Static("", id="whole", markup=False)

    def live(self) -> tuple[str, ...]:
        """The keys of the sheet; a call is begun behind it (Escape)."""
        if self.GOING or self._sheet is None:
            return ("back", *EVERYWHERE[2:])
        chosen = self._chosen() if self.is_mounted else None
        take = ("take-line",) if chosen is not None and chosen.id else ()
        read = ("open",) if chosen is not None and chosen.number else ()
        moving = [each for each in self.moving() if each != "open"]
        own = ("shift-note", "make-sheet", "export-sheet", "back")
        return (*take, *read, *own, "go", *moving, "take-back", "do-again", *EVERYWHERE)

    async def refreshed(self) -> None:
        """Fetch the sheet, the cursor where it was."""
        many = self.console.home.due > DUE_COUNTED  # then a sheet holds thousands of lines
        reads = self.console.beside if many else self.console.thread
        self._sheet = sheet = await reads.read(newest_sheet)
        made = sheet.lines if sheet.id else ()
        self._digits = max(2, len(f"{len(sheet.lines) + len(sheet.since)}"))
        self._marks = max((len(mark_said(each, self._zone)) for each in made), default=0)
        self.resized()
        await self.console.refresh_home()

    def resized(self) -> None:
        """Lay the lines out for the width that there is."""
        if self._sheet is not None:
            self.rows.show(self._laid_out(self._sheet), keep=True)

    def show_lines(self) -> None:
        """Bring the first and last line up to date, and the chosen line in full."""
        super().show_lines()
        chosen = self._chosen() if self.stands else None
        whole = line(_whole(chosen), 1_000) if chosen else ""
        if whole != self._whole:
            self._whole = whole
            self.query_one("#whole", Static).update(Content(whole))

    async def do_take_line(self) -> None:
        """Take the chosen line over, or give it back."""
        chosen = self._chosen()
        if chosen is None or not chosen.id:
            raise NotAllowed("There is no sheet yet: m makes one of these lines.")
        try:
            said = await self.console.thread.do(take_line, chosen.id)
        finally:
            await self.refreshed()  # also to show who was quicker
        self.say(said)

    async def do_open(self) -> None:
        """Read the ticket of the chosen line."""
        chosen = self._chosen()
        if chosen is None or not chosen.number:
            raise NotAllowed("This line is about no ticket.")
        await self.console.show_ticket(chosen.number)

    async def do_shift_note(self) -> None:
        """Ask for a note."""

        async def then(typed: str) -> str:
            await self.console.thread.do(add_note_for_shift, typed)
            return "Noted: it stands on the next sheet until somebody takes it. u takes it back."

        await self.console.ask(Question("Note for the next shift?", then, box=True))

    async def do_make_sheet(self) -> None:
        """Make the sheet; ask first where one that stands would be replaced."""
        now, sheet = self.console.desk.clock.now(), self._sheet
        if sheet is None or not sheet.id or now - sheet.at < AGAIN_SECONDS:
            said = await self.console.thread.do(make_hand_over)
            await self.refreshed()
            self.say(said)
            return

        async def then(key: str) -> str:
            del key
            return await self.console.thread.do(make_hand_over)

        told = f"There is a sheet: {head_said(sheet, self._zone)}."
        again = Row("m", "m  make another: what is still open stands on it, untaken")
        await self.console.ask(Question("Hand over anew?", then, (again,), lines=(told,)))

    async def do_export_sheet(self) -> None:
        """Ask where the text goes."""
        sheet = self._sheet
        if sheet is None:
            return
        text = block(text_of(sheet, self._zone, self.console.desk.clock.now()))

        async def then(key: str) -> str:
            if key == "c":
                self.console.copy_to_clipboard(text)
                return "The sheet was sent to the terminal's clipboard."
            return f"Written: {await self.console.thread.do(write_sheet, sheet.at, text)}"

        await self.console.ask(Question("The sheet as a text: where to?", then, _WAYS))

    def _chosen(self) -> SheetLine | None:
        if self._sheet is None or self.rows.chosen is None:
            return None
        return _line_at(self._sheet, self.rows.cursor)

    def _laid_out(self, sheet: Sheet) -> Sequence[Row]:
        count = counted(len(sheet.lines), "line")
        preview = f"No hand-over since the last business day. m makes one of {count}:"
        head = head_said(sheet, self._zone) if sheet.id else preview

        def row(place: int, _: int) -> Row:
            found = _line_at(sheet, place)
            if found is not None:
                return self._row(found)
            return Row("", "Written since, for the next sheet" if place else head)

        heads = 2 if sheet.since else 1
        return Each(range(heads + len(sheet.lines) + len(sheet.since)), row)

    def _row(self, each: SheetLine) -> Row:
        late = is_late(each, self.console.desk.clock.now())
        return Row(_key(each), "", late and each.untaken, partial(self._said, each, late))

    def _said(self, each: SheetLine, late: bool) -> str:
        now, matter = self.console.desk.clock.now(), each.matter
        sign = "!" if late else " "
        said = f"{each.place:>{self._digits}} {sign} {matter.kind:<9} "
        said += f"{moment(matter.at, self._zone, now):<10} "
        if each.number:
            said += f"{fitted(line(each.caller) or 'unknown caller', 14)} {each.court.upper():<5} "
        mark = mark_said(each, self._zone) if each.id else ""
        room = self.size.width - 3 - cell_len(said) - self._marks
        said += fitted(line(matter.said), max(8, room))
        return f"{said} {mark}".rstrip()

    @property
    def _zone(self) -> str:
        return self.console.desk.home_office.zone


def _line_at(sheet: Sheet, place: int) -> SheetLine | None:
    """The line in a place of the list; none where a heading stands: at 0, and before the last."""
    if 0 < place <= len(sheet.lines):
        return sheet.lines[place - 1]
    since = place - len(sheet.lines) - 2
    return sheet.since[since] if since >= 0 else None


def _key(each: SheetLine) -> str:
    return f"{each.matter.kind}:{each.matter.row}"


def _whole(each: SheetLine) -> str:
    who = "  ".join(filter(None, (each.number, each.caller)))
    return "   ".join(filter(None, (who, each.matter.said)))
