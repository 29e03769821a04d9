"""Every command of the console with its key.

The footer, the help, the palette and the README are made from this table, so that they
cannot disagree.

Textual's own bindings run only after a key has travelled through the queues of widget, screen
and app; whoever types ``n0144`` quickly would find the digits on the wrong screen. So the app
looks the key up here first, in the order in which keys were pressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from helpdesk.errors import BadFile, Fault


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does."""

    id: str
    """Its name in the settings; ``do_ID`` is the method that does it."""

    key: str
    """Its key as Textual names it."""

    label: str
    """One or two words for the footer; empty for what needs no telling there."""

    what: str
    """What it does, for the help and the palette."""

    where: str
    """Where it works: two commands of one place never share a key."""


def _everywhere(*rows: tuple[str, str, str, str]) -> tuple[Command, ...]:
    return tuple(Command(*row, "everywhere") for row in rows)


def _place(where: str, *rows: tuple[str, str, str, str]) -> tuple[Command, ...]:
    return tuple(Command(*row, where) for row in rows)


COMMANDS: Final = (
    *_everywhere(
        ("help", "question_mark", "help", "Show every key that works here"),
        ("palette", "colon", "commands", "Choose a command by its name"),
        ("palette-too", "ctrl+p", "", "Choose a command by its name, also from a box"),
        ("quit", "ctrl+q", "", "Leave the console; a call is parked first"),
        ("quit-too", "ctrl+c", "", "The same"),
    ),
    *_place(
        "off a call",
        ("new-call", "n", "NEW CALL", "Begin a call: the clock runs at once"),
        ("late-call", "N", "late", "Begin a call that rang some minutes ago"),
        ("unpark", "P", "back to parked", "Go back to the call that was parked last"),
        ("go", "g", "go", "Go to tickets, promises, playbooks, incidents or home (t, b, p, i, h)"),
        ("find", "slash", "find", "Find tickets by words"),
        ("call-back", "b", "call back", "Call back: a call of ours on this ticket"),
        ("ticket-note", "i", "note", "Write a note on this ticket"),
        ("change", "a", "change", "Change status, promise, owner, tags; link, merge, correct"),
        ("declare-incident", "o", "declare", "Declare an incident: what callers are told"),
        ("end-incident", "x", "it is over", "End an incident: who was promised to hear is due"),
        ("take-back", "u", "undo", "Take back what you did last, on whatever ticket"),
        ("do-again", "U", "", "Do again what was taken back"),
        ("try", "t", "try", "Walk the playbook with a made-up caller"),
        ("leave", "q", "quit", "Leave the console"),
        ("back", "escape", "back", "Go back one screen"),
        ("down", "j", "", "One row down"),
        ("down-too", "down", "", "One row down"),
        ("up", "k", "", "One row up"),
        ("up-too", "up", "", "One row up"),
        ("page-down", "pagedown", "", "One page down"),
        ("page-up", "pageup", "", "One page up"),
        ("first", "home", "", "To the first row"),
        ("last", "end", "", "To the last row"),
        ("mark", "v", "mark", "Mark the chosen ticket, or take the mark off"),
        ("mark-all", "V", "", "Mark every ticket of the query, or take all marks off"),
        ("bulk", "asterisk", "change all", "Change every marked ticket, or all that are listed"),
        ("save-view", "S", "save view", "Save the query as a view; digits open views"),
        ("open", "enter", "open", "Open the chosen row"),
        ("hung-up", "h", "it ended", "For a call left behind: it ended at its last sign of life"),
    ),
    *_place(
        "on a call",
        ("answer-yes", "y", "yes", "Answer yes"),
        ("answer-no", "n", "no", "Answer no"),
        ("answer-dont-know", "d", "don't know", "Answer: the caller does not know"),
        ("next-step", "space", "next", "Said or done: go on"),
        ("take-old", "enter", "old", "Answer as the caller did on an earlier ticket"),
        ("previous-step", "backspace", "back", "Go back to the step before, to change its answer"),
        ("action", "a", "action", "Record something that was done"),
        ("verify", "v", "verify", "Record an identity check"),
        ("note", "i", "note", "Type a note"),
        ("symptom", "s", "symptom", "Choose the symptom, or another one"),
        ("caller", "w", "who", "Say who calls, or correct it"),
        ("history", "C", "history", "The caller's earlier tickets"),
        ("continue", "c", "continue", "Go on with the caller's last ticket"),
        (
            "whole-step",
            "k",
            "more",
            "Read the whole step, and what must never be said",
        ),
        ("letter", "e", "mail", "The steps in writing: an e-mail or a note"),
        ("incident", "o", "incident", "Attach the call to an incident that runs, or declare one"),
        ("park", "p", "park", "Put the caller on hold and the call aside"),
        ("go-on-call", "g", "go", "Look at tickets or playbooks; Escape comes back"),
        ("undo", "u", "undo", "Take back what you did last on this call"),
        ("redo", "U", "", "Do again what was taken back"),
        ("hang-up", "h", "HANG UP", "The caller hung up: the outcome is asked"),
        ("hide", "escape", "", "Hide the temporary password"),
    ),
    *_place(
        "in a box",
        ("accept", "enter", "accept", "Take what stands in the box or the chosen row"),
        ("box-leave", "escape", "leave", "Leave the box; what was typed stays"),
        ("box-next", "tab", "next field", "To the next field"),
        ("not-sure", "tab", "NOT SURE", "Find the playbook by a few questions"),
        ("box-before", "shift+tab", "", "To the field before"),
        ("box-down", "down", "", "One row down in the list"),
        ("box-up", "up", "", "One row up in the list"),
        ("box-page-down", "pagedown", "", "One page down in the list"),
        ("box-page-up", "pageup", "", "One page up in the list"),
        ("blank", "ctrl+x", "blank the secret", "Put dots in place of what must not be saved"),
    ),
    *_place(
        "at the end of a call",
        ("resolved", "r", "resolved", "The matter is settled"),
        ("waiting", "w", "waiting until", "It waits until a time"),
        ("callback", "b", "call back at", "You promised to call back"),
        ("escalated", "e", "escalate to", "Somebody else must take it"),
        ("referred", "x", "not ours", "Send the caller to somebody else, with the reason"),
        ("dropped", "d", "dropped", "The line dropped, or it was a wrong number"),
        ("resume", "escape", "still talking", "Go back to the call"),
        ("hang-up-again", "h", "", "Pressed twice does no harm"),
    ),
    *_place(
        "in a menu",
        ("menu-leave", "escape", "leave", "Close the menu"),
        ("menu-accept", "enter", "take", "Take the chosen row"),
        ("question-back", "backspace", "back", "Ask the question before again"),
    ),
)
"""Every command."""

_NAMES: Final = {
    "question_mark": "?", "colon": ":", "slash": "/", "space": "space", "escape": "esc",
    "backspace": "bksp", "enter": "enter", "pagedown": "pgdn", "pageup": "pgup", "tab": "tab",
    "shift+tab": "shift+tab", "full_stop": ".", "comma": ",", "asterisk": "*",
}  # fmt: skip


_TEXTUAL: Final = {name: textual for textual, name in _NAMES.items()}
_PRINTED: Final = ("question_mark", "colon", "slash", "space", "full_stop", "comma", "asterisk")

AFTER_HANG_UP: Final = ("note", "action", "undo", "redo")
"""Commands of a call that still work at its end."""


_CTRL: Final = "defgkloprux"  # the other letters belong to terminals and browsers


class Keymap:
    """Which key does what at this desk."""

    def __init__(
        self, moved: Mapping[str, str] | None = None, places: Mapping[str, str] | None = None
    ) -> None:
        """Take the keys that the settings moved.

        Args:
            moved: New keys by command.
            places: ``file:line:column`` of each of them, for messages.

        Raises:
            BadFile: When a command is not known, a key is none, or two commands of one place
                would share a key.
        """
        self._commands = {command.id: command for command in COMMANDS}
        self._keys = {command.id: command.key for command in COMMANDS}
        wanted = moved or {}
        for command, key in wanted.items():  # all at once, so that two can change places
            if command in self._commands:
                self._keys[command] = _TEXTUAL.get(key, key)
        faults = [
            _fault((places or {}).get(command, ""), message)
            for command, key in wanted.items()
            if (message := self._refusal(command, key))
        ]
        if faults:
            raise BadFile(faults)

    def command(self, key: str, live: Iterable[str]) -> Command | None:
        """Find what a key does now.

        Args:
            key: The key as Textual names it.
            live: The commands that work now.

        Returns:
            The command, or ``None``.
        """
        for each in live:
            if self._keys[each] == key:
                return self._commands[each]
        return None

    def key(self, command: str) -> str:
        """The key of a command as people read it.

        Args:
            command: Its id.

        Returns:
            Such as ``esc`` or ``U``.
        """
        key = self._keys[command]
        return _NAMES.get(key, key)

    def described(self, live: Iterable[str]) -> list[Command]:
        """The commands that work now.

        Args:
            live: Their ids.

        Returns:
            The commands, in order.
        """
        return [self._commands[each] for each in live]

    def _refusal(self, command: str, key: str) -> str:
        if command not in self._commands:
            near = get_close_matches(command, self._commands, 1)
            meant = f" Did you mean {near[0]}?" if near else " The help (?) names them all."
            return f"there is no command “{command}”.{meant} Without the line the console opens."
        named, moved = self._keys[command], self._commands[command]
        if not _is_key(named):
            return f"“{key}” is not a key here: use a letter, f2 to f9, or ctrl+ one of {_CTRL}."
        if _while_typing(moved) and (len(named) == 1 or named in _PRINTED):
            return f"“{key}” types a sign, and “{command}” works while one types: use f2 to f9."
        for other in COMMANDS:
            if _together(moved, other) and self._keys[other.id] == named:
                return f"the key “{key}” of “{command}” is taken by “{other.id}”: choose another."
        return ""


def _while_typing(command: Command) -> bool:
    return command.where == "in a box" or command.id in {
        "palette-too", "quit", "quit-too", "menu-leave",
    }  # fmt: skip


def _together(one: Command, other: Command) -> bool:
    """Whether two commands are ever live at the same time."""
    places = {one.where, other.where}
    if one.id == other.id:
        return False
    if places == {"in a box", "in a menu"} or {one.id, other.id} == {"box-next", "not-sure"}:
        return one.key != other.key  # each works where the other does not
    if places == {"on a call", "at the end of a call"}:
        return not {one.id, other.id}.isdisjoint(AFTER_HANG_UP)
    return len(places) == 1 or "everywhere" in places


def _is_key(key: str) -> bool:
    plain = {command.key for command in COMMANDS} | set(_NAMES)
    if key in plain or (len(key) == 1 and key.isalpha()):  # digits choose rows and answers
        return True
    if key.startswith("ctrl+"):
        return key[5:] in set(_CTRL)
    return key in {f"f{number}" for number in range(2, 10)}


def _fault(place: str, message: str) -> Fault:
    file, line, column = (place or "desk.yaml:1:1").rsplit(":", 2)
    return Fault(file, int(line), int(column), message)
