"""Menus that an action or an identity check is chosen from, and the fields it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.desk.actions import add_action_to_call, issue_password, refusal_of_credential
from helpdesk.desk.letters import letter_of_call
from helpdesk.desk.speaking import said
from helpdesk.domain.actions import ActionField, ActionKind
from helpdesk.domain.call_words import given_said
from helpdesk.domain.identity import PASSWORD_KIND
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.tui.screens.base import EVERYWHERE, IN_A_BOX
from helpdesk.tui.states.base import MOVING, CallState
from helpdesk.tui.widgets.boxes import LineBox
from helpdesk.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen

TITLES = {"action": "What was done?", "verify": "How was the caller verified? (the method only)"}
"""What stands above each menu."""


class ListState(CallState):
    """A state with a menu in the middle."""

    stage = "menu"
    _title = ""

    def live(self) -> tuple[str, ...]:
        """Take a row, leave, look further down; the keys of the menu are its own."""
        if self.menu_rows.chosen is None:
            return ("menu-leave", *EVERYWHERE[1:])
        return ("menu-accept", "menu-leave", *MOVING, *EVERYWHERE[1:])

    def show_menu(self, title: str, rows: list[Row], *, box: bool = False) -> None:
        """Show a menu.

        Args:
            title: What is asked; stands on the frame.
            rows: The choices, each with its key.
            box: Whether there is a box to type in.
        """
        self.screen.name_stage(title)
        self.menu_rows.show(rows)
        self.menu_box.display = box
        if box:
            self._title = title
            self.menu_box.fill(self.screen.left_in.pop(title, ""))

    async def do_box_down(self) -> None:
        """One row down."""
        self.menu_rows.move(1)

    async def do_box_up(self) -> None:
        """One row up."""
        self.menu_rows.move(-1)

    async def do_box_page_down(self) -> None:
        """One page down."""
        self.menu_rows.move_page(1)

    async def do_box_page_up(self) -> None:
        """One page up."""
        self.menu_rows.move_page(-1)

    @property
    def menu_rows(self) -> RowList:
        """The list of the menu."""
        return self.screen.query_one("#menu-rows", RowList)

    @property
    def menu_box(self) -> LineBox:
        """The box of the menu."""
        return self.screen.query_one("#menu-box", LineBox)

    async def do_menu_leave(self) -> None:
        """Close the menu; what was typed in it stays."""
        self.keep_typed()
        await self.screen.rest()

    async def do_menu_accept(self) -> None:
        """Take the chosen row, as its key would."""
        row = self.menu_rows.chosen
        if row is not None:
            await self.take_key(row.key, row.key)

    def keep_typed(self) -> None:
        """Keep what stands in the box for when the same is asked again."""
        if self.box() is not None:
            self.screen.left_in[self._title] = self.menu_box.content


class MenuState(ListState):
    """The kinds of action, or of identity check, each with its key."""

    def __init__(self, screen: CallScreen, menu: str) -> None:
        """Take the menu.

        Args:
            screen: The call screen.
            menu: ``action`` or ``verify``.
        """
        super().__init__(screen)
        self._menu = menu
        kinds = self.console.desk.library.actions.values()
        self._kinds = {kind.key: kind for kind in kinds if kind.menu == menu}

    async def enter(self) -> None:
        """List the kinds; those that belong to the step on the screen come first."""
        shown = self.screen.shown_run()
        step = shown.step if shown else None
        fits = step.actions if step else ()
        kinds = sorted(self._kinds.values(), key=lambda kind: kind.name not in fits)
        rows = [
            Row(
                kind.key, f"{kind.key}  {kind.text}{'  <- this step' if kind.name in fits else ''}"
            )
            for kind in kinds
        ]
        self.show_menu(TITLES[self._menu], rows)

    async def take_key(self, key: str, character: str | None) -> bool:
        """Record the kind whose key it is, or ask for what it needs."""
        if not character or self.console.keymap.command(key, self.live()):
            return False
        kind = self._kinds.get(character)
        if kind is None:
            raise NotAllowed(f"“{character}” is not in this menu; esc closes it.")
        await self._refuse_credential(kind)
        if any(field.required for field in kind.fields):
            await self.screen.change(FieldState(self.screen, kind))
            self.screen.say(_given_before(self.screen, kind), refused=True)
        else:
            await record(self.screen, kind, {})
        return True

    async def _refuse_credential(self, kind: ActionKind) -> None:
        read, view = self.console.thread.read, self.screen.view
        refusal = await read(refusal_of_credential, view, kind) if view else None
        if refusal:
            await self.do_menu_leave()
            raise NotAllowed(refusal)


class FieldState(ListState):
    """The required fields of an action, one after the other."""

    def __init__(self, screen: CallScreen, kind: ActionKind) -> None:
        """Take the kind.

        Args:
            screen: The call screen.
            kind: What is being recorded.
        """
        super().__init__(screen)
        self._kind = kind
        self._open = [field for field in kind.fields if field.required]
        self._values: dict[str, str] = {}

    def live(self) -> tuple[str, ...]:
        """Accept and leave; digits choose."""
        if self._field.choices:
            return super().live()
        return ("accept", "menu-leave", *IN_A_BOX)

    def box(self) -> LineBox | None:
        """The box, for a field that is typed."""
        return None if self._field.choices else self.menu_box

    async def enter(self) -> None:
        """Ask for the first field."""
        self._ask()

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take the choice of a digit."""
        del key
        choices = self._field.choices
        if not choices or not character or not character.isdigit() or not character.isascii():
            return False
        if not 0 < int(character) <= len(choices):
            raise NotAllowed(f"There are {len(choices)} choices: 1 to {len(choices)}.")
        await self._take(choices[int(character) - 1])
        return True

    async def do_accept(self) -> None:
        """Take what stands in the box."""
        typed = self.menu_box.content.strip()
        if not typed:
            raise BadInput(f"“{self._kind.text}” needs: {self._field.text}.")
        await self._take(typed)

    @property
    def _field(self) -> ActionField:
        return self._open[min(len(self._values), len(self._open) - 1)]

    def _ask(self) -> None:
        field = self._field
        rows = [
            Row(str(place), f"{place}  {choice}") for place, choice in enumerate(field.choices, 1)
        ]
        self.show_menu(f"{self._kind.text}: {field.text}?", rows, box=not field.choices)

    async def _take(self, value: str) -> None:
        self._values[self._field.name] = value
        if len(self._values) < len(self._open):
            self._ask()
            self.screen.set_focus(self.box())
        else:
            await record(self.screen, self._kind, self._values)


async def record(screen: CallScreen, kind: ActionKind, fields: dict[str, str]) -> None:
    """Record an action and go back to the playbook.

    Args:
        screen: The call screen.
        kind: What was done.
        fields: What is recorded with it.
    """
    given = _given_before(screen, kind)  # as the ticket stood before this one
    again = f" {given}" if given else ""
    if kind.name == PASSWORD_KIND:
        issued = await screen.act(issue_password, fields)
        await screen.rest()
        screen.show_password(issued, fields.get("delivery", ""))
        screen.say(f"Issued and recorded; a promise asks by then whether it is linked.{again}")
        return
    await screen.act(add_action_to_call, kind.name, fields)
    view, console = screen.view, screen.console
    copied = ""
    if kind.letter and view:
        try:
            written = await console.thread.read(letter_of_call, view)
            console.copy_to_clipboard(written.text)
            copied = f" Now paste it into your mail, to {written.to or 'the address on record'}."
        except NotAllowed as refusal:  # nothing to write yet, or a value is missing
            copied = f" {refusal}" if view.run else ""
    await screen.rest()
    told = said(console.desk, kind.told, view)
    screen.say(f"{kind.text}.{copied}{f' Tell: {told}' if told else ''} u takes it back.{again}")


def _given_before(screen: CallScreen, kind: ActionKind) -> str:
    desk, view = screen.console.desk, screen.view
    return given_said(view, kind, desk.library.actions, desk.clock.now()) if view else ""
