"""Who calls: whatever the caller says first, and the fields of somebody new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from helpdesk.desk.caller_details import place_of_caller, role_meant
from helpdesk.desk.callers import (
    add_caller,
    find_callers,
    set_caller,
    set_unknown_caller,
)
from helpdesk.desk.runs import REPEAT_SECONDS
from helpdesk.desk.view import before_of, place_of
from helpdesk.domain.caller_form import FIELDS, caller_of, known_of
from helpdesk.domain.callers import has_family_name
from helpdesk.domain.calls import Caller, CallView, PastCall
from helpdesk.errors import BadInput, HelpdeskError
from helpdesk.plain.state import TextState
from helpdesk.plain.symptom import SymptomState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand

NEW: Final = "new"
"""The line that asks for the fields of a new caller at once."""

ENOUGH: Final = "."
"""The line that ends the fields of a new caller."""

_ROWS: Final = 8


class CallerState(TextState):
    """A part of a number, a name or a ticket's number finds the caller; a digit chooses one."""

    def __init__(self, call: CallAtHand) -> None:
        """Take the call; nothing was looked for yet."""
        super().__init__(call.console)
        self._call = call
        self._typed = ""
        self._found: list[Caller] = []
        self._likely: CallView | None = None

    def asks(self) -> Iterator[str]:
        """Ask who calls."""
        empty = "as it is" if self._call.view.caller else "unknown caller"
        yield f"caller? a part of the number or the name; enter = {empty}."

    def helps(self) -> Iterator[str]:
        """What can be typed."""
        yield "a part of the phone number, the name, the firm or a ticket's number lists callers"
        if self._typed:
            yield from self._rows()
        else:
            known = self._call.view.caller
            yield f"enter  {f'it is {known.label}' if known else 'the caller is unknown'}"
        yield f"{NEW}  the fields of a new caller"
        yield f"{self.console.keymap.key('box-leave')}  leave the question open"

    def take_text(self, typed: str) -> None:
        """Look for callers, or take one of those listed."""
        if not typed and not self._typed:
            if self._call.view.caller is None:
                self._call.act(set_unknown_caller)
            self._call.say_who()
            self._next()
        elif typed == self.console.keymap.key("continue") and self._continues():
            self._choose(1, go_on=True)
        elif typed == NEW:
            self.console.go(NewCallerState(self._call, ""))
        elif self._typed and (not typed or (len(typed) == 1 and typed in "123456789")):
            self._choose(int(typed or self._taken()))
        else:
            self._find(typed)

    def do_leave(self) -> None:
        """Leave the question open and go on with the call."""
        self._call.rest()

    def _find(self, typed: str) -> None:
        self._found = find_callers(self.console.desk, typed)
        self._typed = typed
        self._likely = self._as_called_by(self._found[0]) if self._found else None
        for each in self._rows():
            self.console.say(each)

    def _rows(self) -> Iterator[str]:
        shown = self._found[:_ROWS]
        for place, caller in enumerate(shown, 1):
            yield f"{place} {caller.label}"
            if place == 1 and self._likely and self._continues():
                yield f"  {self._call.before(self._likely)}"
        yield f"{len(shown) + 1} new caller “{self._typed}”"
        more = len(self._found) - len(shown)
        further = f" {more} more: type more of it." if more else ""
        key = self.console.keymap.key("continue")
        go_on = f", {key} = 1 and continue that ticket" if self._continues() else ""
        yield f"  enter = {self._taken()}{go_on}, or a digit, or other words.{further}"

    def _taken(self) -> int:
        """Whom Enter takes: the first, or somebody new where the first has another name."""
        shown = self._found[:_ROWS]
        sure = shown and has_family_name(self._typed, shown[0].name)
        return 1 if sure else len(shown) + 1

    def _as_called_by(self, caller: Caller) -> CallView:
        """The call as it would be with a caller, for what came before."""
        desk, view = self.console.desk, self._call.view
        court, office = view.court, view.office
        if caller.court:
            court, office = place_of(desk, caller.court, caller.office)
        who = replace(view, caller=caller, court=court, office=office)
        return before_of(desk, who, caller.id, self._typed)

    def _continues(self) -> PastCall | None:
        """The ticket that a call of the first one listed most likely goes on with."""
        return self._likely.continues(REPEAT_SECONDS) if self._likely else None

    def _choose(self, place: int, *, go_on: bool = False) -> None:
        shown = self._found[:_ROWS]
        if place <= len(shown):
            self._call.act(set_caller, shown[place - 1].id, self._typed)
            told = place == 1 and self._continues() is not None
            self._call.say_who(told=told)
            self._next(go_on=go_on)
        elif place == len(shown) + 1:
            self.console.go(NewCallerState(self._call, self._typed))
        else:
            raise BadInput(f"There are {len(shown) + 1} rows: 1 to {len(shown) + 1}.")

    def _next(self, *, go_on: bool = False) -> None:
        past = self._call.continues() if go_on else None
        if past:
            self._call.go_on_with(past)
        elif self._call.view.symptom:
            self._call.rest()
        else:
            self.console.go(SymptomState(self._call))


class NewCallerState(TextState):
    """The fields of a new caller, one after the other."""

    def __init__(self, call: CallAtHand, typed: str) -> None:
        """Take what is known already.

        Args:
            call: The call.
            typed: What was typed to find the caller: a number or a name.
        """
        super().__init__(call.console)
        self._call = call
        self._values = known_of(typed, call.view.phone)
        self._open = self._fields()

    def asks(self) -> Iterator[str]:
        """Say how it goes, and ask for the first field."""
        known = ", ".join(f"{name} {value}" for name, value in self._values.items())
        yield f"new caller{f', {known}' if known else ''}. enter = skip, {ENOUGH} = that is all."
        yield self._question()

    def helps(self) -> Iterator[str]:
        """What can be typed."""
        yield self._question()
        yield f"enter  skip it, {ENOUGH}  that is all, nothing is required"
        yield f"{self.console.keymap.key('box-leave')}  back to the question who calls"

    def take_text(self, typed: str) -> None:
        """Take a field; after the last one the caller is written down."""
        if typed and typed != ENOUGH:
            self._check(self._open[0], typed)
            self._values[self._open[0]] = typed
        self._open = [] if typed == ENOUGH else self._open[1:]
        if self._open:
            self.console.say(self._question())
        else:
            self._add()

    def do_leave(self) -> None:
        """Back to the question who calls."""
        self.console.go(CallerState(self._call))

    def _fields(self) -> list[str]:
        return [name for name, _, _ in FIELDS if name not in self._values]

    def _question(self) -> str:
        label, hint = next((label, hint) for name, label, hint in FIELDS if name == self._open[0])
        return f"{label.lower()}?{f' {hint}' if hint else ''}"

    def _check(self, field: str, typed: str) -> None:
        """Refuse at once what would be refused at the end."""
        if field == "role":
            role_meant(typed)
        elif field == "court":
            court, _, office = typed.partition("/")
            place_of_caller(self.console.desk, court, office)

    def _add(self) -> None:
        try:
            self._call.act(add_caller, caller_of(self._values), self._values.get("phone", ""))
        except HelpdeskError:
            self.console.go(CallerState(self._call))
            raise
        self._call.say_who()
        self.console.go(SymptomState(self._call))
