"""The parts of the call screen, in one column, two or three by the width of the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.css.scalar import Scalar
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from helpdesk.domain.actions import ActionKind
from helpdesk.domain.calls import CallView
from helpdesk.domain.home import HomeView
from helpdesk.domain.incidents import Incident
from helpdesk.domain.run_words import RunShown
from helpdesk.domain.tickets import TicketRow
from helpdesk.tui import call_lines
from helpdesk.tui.incident_lines import reading_lines, symptom_lines
from helpdesk.tui.playbook_lines import playbook_lines
from helpdesk.tui.widgets.boxes import LineBox, NoteBox
from helpdesk.tui.widgets.caller_form import CallerForm
from helpdesk.tui.widgets.pane import Pane
from helpdesk.tui.widgets.plain_lines import ground_lines
from helpdesk.tui.widgets.row_list import RowList

STAGES: Final = ("playbook", "rows", "form", "menu")
"""What can stand in the middle: the playbook, a list beside a box, the caller form, a menu."""

PARTS: Final = ("caller", "symptom", "note")
"""Parts with a box of their own."""

_NO_RUN: Final = " Choose the symptom (s): the playbook opens here."


@dataclass(frozen=True, slots=True)
class CallShown:
    """A call with all that is said about it on the screen."""

    view: CallView
    """The call."""

    run: RunShown | None
    """Its run, before the symptom is chosen none."""

    reading: Incident | None
    """The incident whose line stands in place of the playbook."""

    home: HomeView
    """What else goes on at the desk."""

    today: tuple[TicketRow, ...]
    """The open tickets of today."""

    now: int
    """The moment, in seconds UTC."""

    kinds: Mapping[str, ActionKind]
    """The kinds of action."""

    titles: Callable[[str], str]
    """A symptom's slug to its title."""

    repeat_within: int
    """How far back an earlier ticket counts as the same matter, in seconds."""

    declares: bool = False
    """Whether the clerk may declare an incident."""


class Middle(Vertical):
    """The column that every terminal shows."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the ground: all else is in its panes."""
        return ground_lines(self, crop)


class CallPanes(Horizontal):
    """Three columns of panes; narrow terminals show only the middle one."""

    _told_beside: object = None  # what the panes at the sides were drawn of

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the ground: all else is in its columns."""
        return ground_lines(self, crop)

    def compose(self) -> ComposeResult:
        """Lay the columns out."""
        with Vertical(id="left"):
            yield Pane("Parked and promises", id="waiting-left", classes="waiting")
            yield Pane("Open today", id="today-left", classes="today")
        with Middle(id="middle"):
            with _part("caller", "Caller"):
                yield Pane("Caller", id="caller")
                example = "phone, name, firm, bar number or ticket number"
                yield LineBox(example, id="caller-box", alone=True)
            with _part("symptom", "Symptom"):
                yield Pane("Symptom", id="symptom")
                example = "what is wrong: a code, or the caller's words"
                yield LineBox(example, id="symptom-box", alone=True)
            yield Vertical(id="secret")
            with Vertical(id="stage", classes="part"):
                yield Pane("Playbook", id="playbook")
                yield RowList(id="rows")
                yield CallerForm(id="form")
                with Vertical(id="menu"):
                    yield LineBox(id="menu-box", alone=True)
                    yield RowList(id="menu-rows")
            with _part("note", "Note (i)"):
                yield NoteBox(id="note-box")
            yield Pane("Done on this ticket", id="done")
            yield Pane("On this call", id="timeline")
        with Vertical(id="right"):
            yield Pane("This caller", id="past")
            yield Pane("Open today", id="today-right", classes="today")
            yield Pane("Parked and promises", id="waiting-right", classes="waiting")

    def show(self, shown: CallShown) -> None:
        """Show a call.

        Args:
            shown: The call.
        """
        view, kinds = shown.view, shown.kinds
        caller = partial(
            call_lines.caller_lines, view, shown.now, shown.repeat_within, kinds, shown.titles
        )
        self._pane("caller").show(lambda width, _height: caller(width))
        reading = shown.reading
        symptom = partial(symptom_lines, view, shown.titles, reading is not None, shown.declares)
        self._pane("symptom").show(symptom)
        self._pane("done").show(partial(call_lines.done_lines, view, kinds))
        self._pane("timeline").show(partial(call_lines.timeline_lines, view, kinds))
        if reading is not None:
            read_out = partial(reading_lines, reading, shown.titles, view.office.zone)
            self._pane("playbook").show(lambda width, height: read_out(width)[:height])
        elif shown.run is None:
            self.show_lines("playbook", [Content.styled(_NO_RUN, "$foreground-muted")])
        else:
            self._pane("playbook").show(partial(playbook_lines, shown.run))
        self._show_sides(shown)

    def empty(self) -> None:
        """Take everything away that belongs to a call."""
        self._told_beside = None
        for pane in self.query(Pane):
            pane.show_lines(())
        for rows in self.query(RowList):
            rows.show(())
        for box in (*self.query(LineBox), *self.query(NoteBox)):
            box.fill("")

    def show_secret(self, lines: Sequence[Content]) -> None:
        """Show a secret; it goes with its widget, for a widget remembers what it drew.

        Args:
            lines: The lines; none to take it away.
        """
        place = self.query_one("#secret")
        place.remove_children()
        place.display = bool(lines)
        if lines:
            place.mount(Static(Content("\n").join(lines), markup=False))

    def show_lines(self, pane: str, lines: Sequence[Content]) -> None:
        """Show lines that are the same for every size.

        Args:
            pane: The pane's id.
            lines: The lines.
        """
        self._pane(pane).show_lines(lines)

    def show_stage(self, stage: str, title: str) -> None:
        """Choose what stands in the middle.

        Args:
            stage: One of ``STAGES``.
            title: What is asked there.
        """
        for name in STAGES:
            self.query_one(f"#{name}").display = name == stage
        self.name_stage(title)

    def open_part(self, open_one: str) -> None:
        """Open the box of a part and close the others.

        Args:
            open_one: One of ``PARTS``, or empty.
        """
        opened = {part: part == open_one for part in PARTS}  # no classes: they cost more
        self.query_one("#caller-box").display = opened["caller"]
        _make_high(self._pane("caller"), 2 if opened["caller"] else 0)
        self.query_one("#symptom-box").display = opened["symptom"]
        self._pane("symptom").display = not opened["symptom"]
        _make_high(self.query_one("#note-part"), 5 if opened["note"] else 0)

    def name_stage(self, title: str) -> None:
        """Write on the frame of the middle what is asked there.

        Args:
            title: The question.
        """
        stage, said = self.query_one("#stage"), Content(title)
        if said != stage._border_title:  # noqa: SLF001 - Textual would draw all that it frames
            stage._border_title = said  # noqa: SLF001
            stage.refresh(Region(0, -1, stage.outer_size.width, 1))

    def _show_sides(self, shown: CallShown) -> None:
        view, now, zone = shown.view, shown.now, shown.view.office.zone
        told = (view.past, view.is_told, view.ticket, zone, shown.home, shown.today, now // 60)
        if told == self._told_beside:
            return
        self._told_beside = told
        past = partial(call_lines.past_lines, view, now, shown.titles)
        waiting = partial(call_lines.waiting_lines, shown.home, now, zone)
        today = partial(call_lines.today_lines, shown.today, view.ticket, shown.titles)
        self._pane("past").show(past)
        for side in ("left", "right"):
            self._pane(f"waiting-{side}").show(waiting)
            self._pane(f"today-{side}").show(today)

    def _pane(self, name: str) -> Pane:
        return self.query_one(f"#{name}", Pane)


def _make_high(widget: Widget, rows: int) -> None:
    """Give a widget a height of its own, or with 0 the one of the style sheet."""
    styles = widget.styles
    if rows and styles.height != Scalar.from_number(rows):  # else all is laid out anew
        styles.height = rows
    elif not rows and styles.inline.has_rule("height"):
        styles.height = None


def _part(name: str, title: str) -> Vertical:
    """A part with a box of its own, below a line with its title."""
    made = Vertical(id=f"{name}-part", classes="part")
    made.border_title = Content(title)
    return made
