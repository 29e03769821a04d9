"""One question over whatever screen asked it: a row is chosen, or a line is typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.widgets import Label

from helpdesk.domain.safe_text import line
from helpdesk.errors import BadInput, HelpdeskError
from helpdesk.tui.screens.base import EVERYWHERE, IN_A_BOX, DeskScreen
from helpdesk.tui.states.base import MOVING
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import NOTHING_FITS, Row, RowList


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what is done with the answer."""

    title: str
    """What is asked; stands above."""

    then: Callable[[str], Awaitable[Question | str]]
    """Takes the row's key or what was typed; gives the next question, or what is said when all
    is done. A refusal is shown, and what was typed stays."""

    rows: Sequence[Row] = ()
    """What can be chosen; a key of one sign chooses its row at once where nothing is typed."""

    box: bool = False
    """Whether there is a box; with rows it narrows them."""

    find: Callable[[str], Sequence[Row]] | None = None
    """Finds the rows for what is typed, where more than its letters says what is meant."""

    example: str = ""
    """What stands in the box while it is empty."""

    filled: str = ""
    """What stands in it to begin with."""

    anew: bool = False
    """Whether the first key takes the place of all that stands in it."""

    echo: Callable[[str], str] | None = None
    """Says what the typed text means while it is typed; may refuse."""

    lines: Sequence[str] = field(default=())
    """What is told before the question, such as two values to choose from."""


class AskScreen(DeskScreen):
    """A question; Escape asks no more and changes nothing."""

    def __init__(self, question: Question) -> None:
        """Take the question.

        Args:
            question: What is asked.
        """
        super().__init__()
        self._question = question

    def body(self) -> ComposeResult:
        """The question, a box where something is typed, and the rows."""
        yield Label("", id="asked", markup=False)
        if self._question.box:
            yield LineBox(self._question.example, id="find")
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """Accept, leave, move; the keys of the rows are their own."""
        if self._question.box:
            return ("accept", "box-leave", "box-down", "box-up", *IN_A_BOX)
        return ("menu-accept", "menu-leave", *MOVING, *EVERYWHERE[1:])

    def box(self) -> LineBox | None:
        """The box, where there is one."""
        return self.query_one("#find", LineBox) if self._question.box else None

    async def refreshed(self) -> None:
        """Ask, the first time."""
        if self.begun.is_set():
            return
        self.query_one("#asked", Label).update(self._asked())
        box = self.box()
        self.set_focus(box)
        if box is not None:
            box.fill(self._question.filled)
            if self._question.anew:
                box.select_all()
        self.typed()

    def typed(self) -> None:
        """Narrow the rows, and say what the text means."""
        box = self.box()
        typed = box.content.strip() if box is not None else ""
        self.query_one(RowList).show(self._fitting(typed))
        if self._question.echo is None or not typed:
            self.say("")
            return
        try:
            self.say(self._question.echo(typed))
        except HelpdeskError as refusal:
            self.say(str(refusal), refused=True)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Choose the row whose key it is, where nothing is typed."""
        if self.box() is not None or not character:
            return False
        if self.console.keymap.command(key, self.live()):
            return False
        if all(row.key != character for row in self._question.rows):
            return False
        await self._take(character)
        return True

    async def do_accept(self) -> None:
        """Take the chosen row, or what was typed."""
        box = self.box()
        typed = box.content.strip() if box is not None else ""
        if self._question.rows:
            await self.do_menu_accept()
        else:
            await self._take(typed)

    async def do_menu_accept(self) -> None:
        """Take the chosen row."""
        row = self.query_one(RowList).chosen
        if row is None:
            raise BadInput(NOTHING_FITS)
        await self._take(row.key)

    async def do_menu_leave(self) -> None:
        """Ask no more."""
        await self.console.pop_screen()

    async def do_box_leave(self) -> None:
        """Ask no more."""
        await self.console.pop_screen()

    async def do_box_down(self) -> None:
        """One row down."""
        self.query_one(RowList).move(1)

    async def do_box_up(self) -> None:
        """One row up."""
        self.query_one(RowList).move(-1)

    async def do_box_page_down(self) -> None:
        """One page down."""
        self.query_one(RowList).move_page(1)

    async def do_box_page_up(self) -> None:
        """One page up."""
        self.query_one(RowList).move_page(-1)

    async def _take(self, value: str) -> None:
        answer = await self._question.then(value)
        if isinstance(answer, Question):
            await self.console.switch_screen(AskScreen(answer))
            return
        await self.console.refresh_home()  # an act may have been the first that u takes back
        if self.console.screen is self:
            await self.console.pop_screen()
        under = self.console.screen
        if answer and isinstance(under, DeskScreen):
            under.say(answer)

    def _fitting(self, typed: str) -> list[Row]:
        if self._question.find is not None and typed:
            return list(self._question.find(typed))
        words = typed.lower().split()
        return [
            row for row in self._question.rows if all(word in row.said.lower() for word in words)
        ]

    def _asked(self) -> str:
        told = "".join(f" {line(each)}\n" for each in self._question.lines)
        return f"{told} {line(self._question.title)}"
