"""Who calls: one box for whatever the caller says first, and a form for somebody new."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.callers import (
    UNKNOWN,
    add_caller,
    set_caller,
    set_unknown_caller,
)
from helpdesk.domain.caller_form import FIELDS, caller_of, known_of
from helpdesk.domain.callers import has_family_name
from helpdesk.domain.phones import looks_like_phone, looks_whole, read_phone
from helpdesk.errors import SecretFound
from helpdesk.tui.screens.base import IN_A_BOX
from helpdesk.tui.states.base import BoxState, CallState
from helpdesk.tui.states.symptom import SymptomState
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.caller_form import CallerForm
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.domain.calls import CallView
    from helpdesk.tui.screens.call import CallScreen

NEW = "new"
"""The last row of the list, which is always there."""

_AT_ONCE: Final = 3
"""Digits from which on who has them is found as quickly as they are painted."""


class CallerState(BoxState):
    """The caller box, narrowing as one types."""

    part = "caller"
    hint = "Who calls?  Enter on the empty box: unknown caller"

    _listed: str | None = None  # what was typed for the rows that are listed

    def __init__(self, screen: CallScreen) -> None:
        """Say what Enter on the empty box does.

        Args:
            screen: The call screen.
        """
        super().__init__(screen)
        if self._own:
            self.hint = "Who calls?  Enter on the empty box: as it is"

    def box(self) -> LineBox:
        """The caller box."""
        return self.screen.query_one("#caller-box", LineBox)

    async def enter(self) -> None:
        """Open the box with what was left in it; who called last is listed first."""
        self._listed = None
        await self._list("")
        with suppress(SecretFound):  # it was said when it was typed
            await self._catch_up()

    def typed(self) -> None:
        """Narrow the list; a newer letter drops the answer to an older one."""
        typed = self._typed
        if len(typed) >= _AT_ONCE and looks_like_phone(typed):
            self.screen.do_soon(partial(self._list, typed))
        else:
            self.screen.do_soon(partial(self._list_behind, typed))
            self.screen.shown_soon()

    async def do_accept(self) -> None:
        """Take the chosen caller, or open the form for a new one."""
        typed = self._typed
        await self._catch_up()
        row = self.screen.rows.chosen
        if row is None or row.key == NEW:
            await self.screen.change(NewCallerState(self.screen, typed))
            return
        if not typed and row.key == self._own:
            pass  # nothing is written of who calls already
        elif row.key == UNKNOWN:
            await self.screen.act(set_unknown_caller, typed)
        else:
            await self.screen.act(set_caller, int(row.key), typed)
        await self._next()

    async def do_box_leave(self) -> None:
        """Leave the question open and go on with the call."""
        await self.screen.rest()

    async def do_box_down(self) -> None:
        """One row down."""
        await self._catch_up()
        await super().do_box_down()

    async def do_box_up(self) -> None:
        """One row up; from the first to the last, which is a new caller."""
        await self._catch_up()
        await super().do_box_up()

    async def leave(self) -> None:
        """Give up a search whose answer nobody waits for."""
        self.screen.give_up()

    @property
    def _typed(self) -> str:
        return self.box().content.strip()

    @property
    def _own(self) -> str:
        """The row of who calls already; empty where nobody is known."""
        view = self.screen.view
        return str(view.caller.id) if view is not None and view.caller is not None else ""

    async def _catch_up(self) -> None:
        """List for what stands in the box: fingers may be quicker than the database."""
        self.screen.give_up()
        if self._typed != self._listed:
            await self._list(self._typed)

    async def _list_behind(self, typed: str) -> None:
        """List once the letter is painted: both want the one processor that Python has."""
        await self.screen.painted()
        await self._list(typed)

    async def _list(self, typed: str) -> None:
        found = await self.console.thread.read(look_for_callers, typed)
        rows = [Row(str(caller.id), caller.label) for caller in found.callers]
        if not typed:
            rows = _first(self.screen.view, [Row(UNKNOWN, "unknown caller"), *rows])
        elif found.said:
            rows.insert(0, Row("", found.said))
        if looks_like_phone(typed) and looks_whole(read_phone(typed).digits):
            rows.append(Row(UNKNOWN, f"unknown caller at {read_phone(typed)}"))
        said = f"new caller “{typed}”" if typed else "new caller"
        self.screen.rows.show([*rows, Row(NEW, said)])
        sure = found.callers and not found.meant and has_family_name(typed, found.callers[0].name)
        if typed and not sure:  # who is only near is taken by choice
            self.screen.rows.choose(NEW)
        self._listed = typed

    async def _next(self) -> None:
        self.box().fill("")
        if self.screen.view is not None and self.screen.view.symptom:
            await self.do_box_leave()
        else:
            await self.screen.change(SymptomState(self.screen))


def _first(view: CallView | None, rows: list[Row]) -> list[Row]:
    """Who calls already stands first, so that Enter on the empty box changes nothing."""
    if view is None or view.caller is None:
        return rows
    own = Row(str(view.caller.id), view.caller.label)
    return [own, *(row for row in rows if row.key != own.key)]


class NewCallerState(CallState):
    """The form for a new caller."""

    stage = "form"
    hint = "New caller  (Tab next field, Enter takes it; nothing is required)"

    def __init__(self, screen: CallScreen, typed: str) -> None:
        """Take what was typed into the caller box.

        Args:
            screen: The call screen.
            typed: A phone number or a name.
        """
        super().__init__(screen)
        self._typed = typed
        self._place = 0

    def live(self) -> tuple[str, ...]:
        """Accept, leave, next and previous field."""
        return ("accept", "box-leave", "box-next", "box-before", "box-down", "box-up", *IN_A_BOX)

    def box(self) -> LineBox:
        """The box of the field that is being typed in."""
        return self._form.field(FIELDS[self._place][0])

    async def enter(self) -> None:
        """Fill in what is known already; what was typed here before stays."""
        view = self.screen.view
        told = known_of(self._typed, view.phone if view else "")
        if self.screen.left_in.get(NEW, "") != self._typed:  # somebody else is meant now
            self._form.fill({})
        self.screen.left_in[NEW] = self._typed
        values = self._form.values() | told
        self._form.fill(values)
        empty = (place for place, (name, *_) in enumerate(FIELDS) if not values[name])
        self._place = next(empty, 0)

    async def do_accept(self) -> None:
        """Write the caller down."""
        values = self._form.values()
        await self.screen.act(add_caller, caller_of(values), values["phone"])
        self._form.fill({})
        self.screen.query_one("#caller-box", LineBox).fill("")
        await self.screen.change(SymptomState(self.screen))

    async def do_box_leave(self) -> None:
        """Back to the caller box."""
        await self.screen.change(CallerState(self.screen))

    async def do_box_next(self) -> None:
        """To the next field, from the last to the first."""
        self._go(1)

    async def do_box_before(self) -> None:
        """To the field before."""
        self._go(-1)

    async def do_box_down(self) -> None:
        """To the next field."""
        self._go(1)

    async def do_box_up(self) -> None:
        """To the field before."""
        self._go(-1)

    @property
    def _form(self) -> CallerForm:
        return self.screen.query_one(CallerForm)

    def _go(self, by: int) -> None:
        self._place = (self._place + by) % len(FIELDS)
        self.screen.set_focus(self.box())
