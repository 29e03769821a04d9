"""What was done, or how the caller was verified: a menu, and the fields it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from helpdesk.desk.actions import (
    Issued,
    add_action_to_call,
    issue_password,
    refusal_of_credential,
)
from helpdesk.domain.actions import ActionField, ActionKind
from helpdesk.domain.call_words import given_said
from helpdesk.domain.identity import PASSWORD_KIND
from helpdesk.domain.words import moment
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.plain.state import ChoiceState, TextState

if TYPE_CHECKING:
    from helpdesk.plain.call import CallAtHand

_TITLES: Final = {
    "action": "what was done?",
    "verify": "how was the caller verified? the method only.",
}


class MenuState(ChoiceState):
    """The kinds of action, or of identity check, each with its key."""

    def __init__(self, call: CallAtHand, menu: str) -> None:
        """Take the menu.

        Args:
            call: The call.
            menu: ``action`` or ``verify``.
        """
        super().__init__(call.console)
        self._call = call
        self._menu = menu
        shown = call.shown()
        step = shown.step if shown else None
        fits = step.actions if step else ()
        kinds = [each for each in call.desk.library.actions.values() if each.menu == menu]
        self._kinds = {
            kind.key: kind for kind in sorted(kinds, key=lambda kind: kind.name not in fits)
        }
        self._fits = fits

    def asks(self) -> Iterator[str]:
        """List the kinds; those that belong to the step come first."""
        yield _TITLES[self._menu]
        yield from (f"{key} {said}" for key, said in self.choices().items())

    def choices(self) -> dict[str, str]:
        """The kinds by key."""
        return {
            key: f"{kind.text}{' (this step)' if kind.name in self._fits else ''}"
            for key, kind in self._kinds.items()
        }

    def choose(self, key: str) -> None:
        """Record the kind, or ask for what it needs."""
        kind = self._kinds[key]
        if refusal := refusal_of_credential(self._call.desk, self._call.view, kind):
            self.do_leave()
            raise NotAllowed(refusal)
        desk = self._call.desk
        if given := given_said(self._call.view, kind, desk.library.actions, desk.clock.now()):
            self.console.say(given)
        fields = [field for field in kind.fields if field.required]
        if fields:
            self.console.go(field_state(self._call, kind, {}))
        else:
            record(self._call, kind, {})

    def do_leave(self) -> None:
        """Close the menu."""
        self._call.rest()


class ChosenField(ChoiceState):
    """A required field with choices."""

    def __init__(self, call: CallAtHand, kind: ActionKind, values: dict[str, str]) -> None:
        """Take the kind and the fields that are filled in."""
        super().__init__(call.console)
        self._call, self._kind, self._values = call, kind, values

    def asks(self) -> Iterator[str]:
        """List the choices."""
        yield f"{self._kind.text}: {_open(self._kind, self._values)[0].text.lower()}?"
        yield from (f"{key} {said}" for key, said in self.choices().items())

    def choices(self) -> dict[str, str]:
        """The choices by digit."""
        choices = _open(self._kind, self._values)[0].choices
        return {str(place): choice for place, choice in enumerate(choices, 1)}

    def choose(self, key: str) -> None:
        """Take one."""
        _fill(self._call, self._kind, self._values, self.choices()[key])

    def do_leave(self) -> None:
        """Record nothing."""
        self._call.rest()


class TypedField(TextState):
    """A required field that is typed."""

    def __init__(self, call: CallAtHand, kind: ActionKind, values: dict[str, str]) -> None:
        """Take the kind and the fields that are filled in."""
        super().__init__(call.console)
        self._call, self._kind, self._values = call, kind, values

    def asks(self) -> Iterator[str]:
        """Ask for the field."""
        yield f"{self._kind.text}: {_open(self._kind, self._values)[0].text.lower()}?"

    def helps(self) -> Iterator[str]:
        """The same again."""
        yield from self.asks()
        yield f"{self.console.keymap.key('box-leave')}  record nothing"

    def take_text(self, typed: str) -> None:
        """Take what was typed."""
        if not typed:
            field = _open(self._kind, self._values)[0]
            raise BadInput(f"“{self._kind.text}” needs: {field.text}.")
        _fill(self._call, self._kind, self._values, typed)

    def do_leave(self) -> None:
        """Record nothing."""
        self._call.rest()


def field_state(
    call: CallAtHand, kind: ActionKind, values: dict[str, str]
) -> ChosenField | TypedField:
    """The state that asks for the next field of an action.

    Args:
        call: The call.
        kind: What is being recorded.
        values: The fields that are filled in, by name.

    Returns:
        The state.
    """
    made = ChosenField if _open(kind, values)[0].choices else TypedField
    return made(call, kind, values)


def record(call: CallAtHand, kind: ActionKind, fields: dict[str, str]) -> None:
    """Record an action and go back to the playbook.

    Args:
        call: The call.
        kind: What was done.
        fields: What is recorded with it.
    """
    say = call.console.say
    if kind.name == PASSWORD_KIND:
        issued = call.act(issue_password, fields)
        call.rest()
        for each in _password_lines(call, kind, issued, fields.get("delivery", "")):
            say(each)
        return
    call.act(add_action_to_call, kind.name, fields)
    call.rest()
    key = call.console.keymap.key
    letter = f" {key('letter')} puts the steps in writing." if kind.letter else ""
    told = call.said(kind.told)
    say(f"{kind.text}.{f' tell: {told}' if told else ''}{letter} {key('undo')} takes it back.")


def _password_lines(
    call: CallAtHand, kind: ActionKind, issued: Issued, delivery: str
) -> Iterator[str]:
    """The password once, with all that must be said about it."""
    until = moment(issued.expires_at, call.view.office.zone, call.desk.clock.now())
    yield "the next line is a temporary password. it is said once and kept nowhere; a screen,"
    yield "its scroll-back or a log of this terminal may keep it: clear them afterwards."
    yield f"password {issued.password}  holds until {until}."
    yield f"type it into CM/ECF. give it only by: {delivery}. {call.said(kind.told)}"
    yield "issued and recorded; a promise asks by then whether it is linked."


def _open(kind: ActionKind, values: dict[str, str]) -> list[ActionField]:
    return [field for field in kind.fields if field.required and field.name not in values]


def _fill(call: CallAtHand, kind: ActionKind, values: dict[str, str], value: str) -> None:
    filled = {**values, _open(kind, values)[0].name: value}
    if _open(kind, filled):
        call.console.go(field_state(call, kind, filled))
    else:
        record(call, kind, filled)
